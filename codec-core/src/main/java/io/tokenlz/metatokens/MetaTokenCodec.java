package io.tokenlz.metatokens;

import io.tokenlz.core.TokenCodec;
import io.tokenlz.core.TokenDecoder;
import io.tokenlz.core.TokenEncoder;
import java.util.Objects;

/**
 * Replaces repeated runs of tokens by meta-tokens that a dictionary in front of each block defines (META-TOKENS.md).
 *
 * <p>The output is never longer than the input. An encoder holds back up to a window of tokens; a flush ends the block
 * early. How hard it looks for what to replace is the configuration's {@link MetaTokenEffort}. Immutable and thread-safe.
 */
public final class MetaTokenCodec implements TokenCodec {
    private final MetaTokenConfig config;

    /**
     * Makes the codec of a configuration.
     *
     * @param config vocabulary, reserved IDs, form and window
     */
    public MetaTokenCodec(MetaTokenConfig config) {
        this.config = Objects.requireNonNull(config);
    }

    /**
     * What this codec was made of.
     *
     * @return the configuration
     */
    public MetaTokenConfig config() {
        return config;
    }

    @Override
    public String name() {
        return "meta-tokens";
    }

    @Override
    public int vocabularySize() {
        return config.vocabularySize();
    }

    @Override
    public long encodedVocabularySize() {
        return config.encodedVocabularySize();
    }

    @Override
    public TokenEncoder newEncoder() {
        return new TokenEncoder(new MetaTokenEncoderKernel(config));
    }

    @Override
    public TokenDecoder newDecoder() {
        return new TokenDecoder(new MetaTokenDecoderKernel(config));
    }

    @Override
    public String toString() {
        return config.toString();
    }
}
