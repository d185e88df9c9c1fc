package io.tokenlz.hypertokens.embedding;

/** Computes rows in plain Java, in one defined order (EMBEDDING.md, section 5). Has its own scratch memory: one thread's. */
interface RowEncoder {
    /**
     * Computes some entries' rows.
     *
     * @param subtokens m base tokens of each entry, padded; checked before
     * @param offset index of the first entry's first
     * @param entries at most {@link Activations#ENTRIES}
     * @param rows gets D numbers for each entry, from index 0 on
     */
    void encode(int[] subtokens, int offset, int entries, double[] rows);

    /** Allocates what an encoder needs. */
    static RowEncoder of(HyperEncoder encoder, HostDevice device) {
        return switch (encoder.config().kind()) {
            case MEAN -> new MeanRows(encoder);
            case ATTENTION -> new AttentionRows(encoder, device);
            case TRANSFORMER -> new TransformerRows(encoder, device);
            case RES_LATENT_ATTN -> new ResLatentRows(encoder, device);
        };
    }
}
