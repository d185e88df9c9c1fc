package io.tokenlz.hypertokens;

import io.tokenlz.core.TokenDecoder;

/** Decodes whatever a model emits: any mixture of base tokens and live hypertokens. Not thread-safe. */
public final class HypertokenDecoder extends TokenDecoder {
    private final Codebook codebook;

    HypertokenDecoder(HypertokenDecoderKernel kernel) {
        super(kernel);
        codebook = kernel.codebook;
    }

    /**
     * The codebook of the stream so far, rebuilt from the IDs consumed.
     *
     * @return a view that changes as this decoder goes on
     */
    public Codebook codebook() {
        return codebook;
    }
}
