package io.tokenlz.hypertokens;

import io.tokenlz.core.TokenEncoder;

/**
 * Encodes base tokens as hypertokens, greedily.
 *
 * <p>Under {@link ReplayRule#BASE} a {@link #flush} costs nothing but the emission: the codebook goes on as if it had not
 * happened. Under {@link ReplayRule#EMITTED} the codebook follows what is emitted, as a decoder's does. Not thread-safe.
 */
public final class HypertokenEncoder extends TokenEncoder {
    private final Codebook codebook;

    HypertokenEncoder(HypertokenEncoderKernel kernel) {
        super(kernel);
        codebook = kernel.codebook;
    }

    /**
     * The codebook of the stream so far. Under {@link ReplayRule#BASE} it is that of all base tokens consumed; under
     * {@link ReplayRule#EMITTED} that of all IDs emitted.
     *
     * @return a view that changes as this encoder goes on
     */
    public Codebook codebook() {
        return codebook;
    }
}
