package io.tokenlz.hypertokens.embedding;

/** Ways to compute a hypertoken's row from those of its base tokens (EMBEDDING.md, section 3). */
public enum EncoderKind {
    /** The mean of the base tokens' rows: for a model without a trained encoder. */
    MEAN("mean"),

    /** One attention over the base tokens. */
    ATTENTION("attention"),

    /** Layers of attention and MLP, normalised behind each. */
    TRANSFORMER("transformer"),

    /** Layers normalised before each, in a space of their own size, added to the first base token's row. */
    RES_LATENT_ATTN("res_latent_attn");

    private final String fileName;

    EncoderKind(String fileName) {
        this.fileName = fileName;
    }

    /**
     * What configuration files call it ({@code encoder_type}).
     *
     * @return a name
     */
    public String fileName() {
        return fileName;
    }

    /**
     * Finds a kind by what files call it.
     *
     * @param fileName an {@code encoder_type}
     * @return the kind
     * @throws IllegalArgumentException if there is none of that name
     */
    public static EncoderKind named(String fileName) {
        for (EncoderKind kind : values()) {
            if (kind.fileName.equals(fileName)) {
                return kind;
            }
        }
        throw new IllegalArgumentException(
                "encoder_type must be mean, attention, transformer or res_latent_attn, is " + fileName);
    }
}
