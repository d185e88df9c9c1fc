package io.tokenlz.metatokens;

import io.tokenlz.core.TokenCodec;
import io.tokenlz.core.TokenDecoder;
import io.tokenlz.core.TokenEncoder;
import java.util.Objects;

/**
 * Replaces repeated runs of tokens by meta-tokens that a dictionary in front of each block defines, or one that both sides hold
 * (META-TOKENS.md).
 *
 * <p>The output is never longer than the input. An encoder holds back up to a window of tokens; a flush ends the block
 * early. With a shared dictionary it is causal, and seldom holds back more than it takes to tell entries apart. How hard it looks for what to replace is the configuration's {@link MetaTokenEffort}. Immutable and thread-safe.
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
        MetaTokenDictionary dictionary = config.dictionary();
        return new TokenEncoder(
                dictionary == null ? new MetaTokenEncoderKernel(config) : new SharedEncoderKernel(config, dictionary));
    }

    @Override
    public TokenDecoder newDecoder() {
        MetaTokenDictionary dictionary = config.dictionary();
        return new TokenDecoder(
                dictionary == null ? new MetaTokenDecoderKernel(config) : new SharedDecoderKernel(config, dictionary));
    }

    @Override
    public String toString() {
        return config.toString();
    }
}
