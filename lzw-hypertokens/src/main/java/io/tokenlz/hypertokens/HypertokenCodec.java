package io.tokenlz.hypertokens;

import io.tokenlz.core.TokenCodec;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * LZW over token IDs, as zip2zip models speak it (HYPERTOKENS.md). Encoding is greedy; an encoder holds back less than a
 * hypertoken. Immutable and thread-safe.
 */
public final class HypertokenCodec implements TokenCodec {
    private final HypertokenConfig config;
    private final @Nullable CodebookSnapshot start;

    /**
     * Makes the codec of a configuration.
     *
     * @param config a model's sizes, protected IDs and replay rule
     */
    public HypertokenCodec(HypertokenConfig config) {
        this.config = Objects.requireNonNull(config);
        this.start = null;
    }

    /**
     * Makes a codec whose streams start with hypertokens.
     *
     * @param start what every codebook has at the start; both sides must have the same
     */
    public HypertokenCodec(CodebookSnapshot start) {
        this.config = start.config();
        this.start = start;
    }

    private Codebook newCodebook() {
        return start == null ? new Codebook(config) : start.open();
    }

    /** Whether the configuration tells everything that a decoder must know. */
    boolean startsEmpty() {
        return start == null || start.size() == 0;
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
        Codebook codebook = newCodebook();
        return new HypertokenEncoder(
                config.replayRule() == ReplayRule.BASE
                        ? new BaseReplayEncoderKernel(codebook)
                        : new EmittedReplayEncoderKernel(codebook));
    }

    @Override
    public HypertokenDecoder newDecoder() {
        return new HypertokenDecoder(HypertokenDecoderKernel.of(newCodebook()));
    }

    @Override
    public String toString() {
        return start == null ? config.toString() : config + " from " + start.size() + " hypertokens";
    }
}
