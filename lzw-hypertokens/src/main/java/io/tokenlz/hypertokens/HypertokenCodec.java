package io.tokenlz.hypertokens;

import io.tokenlz.core.TokenCodec;
import java.util.Objects;

/**
 * LZW over token IDs, as zip2zip models speak it (HYPERTOKENS.md). Encoding is greedy; an encoder holds back less than a
 * hypertoken. Immutable and thread-safe.
 */
public final class HypertokenCodec implements TokenCodec {
    private final HypertokenConfig config;

    /**
     * Makes the codec of a configuration.
     *
     * @param config a model's sizes, protected IDs and replay rule
     */
    public HypertokenCodec(HypertokenConfig config) {
        this.config = Objects.requireNonNull(config);
    }

    /**
     * What this codec was made of.
     *
     * @return the configuration
     */
    public HypertokenConfig config() {
        return config;
    }

    @Override
    public String name() {
        return "hypertokens";
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
    public HypertokenEncoder newEncoder() {
        return new HypertokenEncoder(
                config.replayRule() == ReplayRule.BASE
                        ? new BaseReplayEncoderKernel(config)
                        : new EmittedReplayEncoderKernel(config));
    }

    @Override
    public HypertokenDecoder newDecoder() {
        return new HypertokenDecoder(HypertokenDecoderKernel.of(config, new Codebook(config)));
    }

    @Override
    public String toString() {
        return config.toString();
    }
}
