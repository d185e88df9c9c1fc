package io.tokenlz.hypertokens.embedding;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Sizes of a hyper-encoder, as a checkpoint's configuration gives them (EMBEDDING.md, section 3). Immutable.
 *
 * @param kind how rows are computed
 * @param maxSubtokens the most base tokens of a hypertoken (m), 1 … 64
 * @param modelSize numbers of a row of the model's embedding ({@code model_hidden_size}, D), 1 … 32768
 * @param hiddenSize width that the encoder works in ({@code hidden_size}, d), 1 … 32768; D unless {@code res_latent_attn}
 * @param heads attention heads ({@code num_heads}); divides d
 * @param layers layers ({@code num_hidden_layers}), 1 … 64
 * @param intermediateSize width of the MLP ({@code intermediate_size}), 1 … 32768
 * @param positions whether positions are learnt ({@code position_encoding} is {@code learnable}); of a transformer only
 * @param causal whether a base token attends only to those before it, and the last one's row is the result; of
 *     {@code res_latent_attn} only
 * @param residual whether the first base token's row is added; of {@code res_latent_attn} only
 */
public record EncoderConfig(
        EncoderKind kind,
        int maxSubtokens,
        int modelSize,
        int hiddenSize,
        int heads,
        int layers,
        int intermediateSize,
        boolean positions,
        boolean causal,
        boolean residual) {
    private static final int MOST_SUBTOKENS = 64;
    private static final int MOST_LAYERS = 64;

    /** So that a matrix has fewer than 2³¹ elements. */
    private static final int MOST_SIZE = 1 << 15;

    /**
     * Checks the sizes; {@link #builder} knows the defaults.
     *
     * @param kind as above
     * @param maxSubtokens as above
     * @param modelSize as above
     * @param hiddenSize as above
     * @param heads as above
     * @param layers as above
     * @param intermediateSize as above
     * @param positions as above
     * @param causal as above
     * @param residual as above
     * @throws IllegalArgumentException naming the size that is out of range
     */
    public EncoderConfig {
        requireRange("max_subtokens", maxSubtokens, MOST_SUBTOKENS);
        requireRange("model_hidden_size", modelSize, MOST_SIZE);
        requireRange("hidden_size", hiddenSize, MOST_SIZE);
        requireRange("num_heads", heads, hiddenSize);
        requireRange("num_hidden_layers", layers, MOST_LAYERS);
        requireRange("intermediate_size", intermediateSize, MOST_SIZE);
        if (hiddenSize % heads != 0) {
            throw new IllegalArgumentException("num_heads must divide hidden_size, " + hiddenSize + ", is " + heads);
        }
        if (kind != EncoderKind.RES_LATENT_ATTN && modelSize != hiddenSize) {
            throw new IllegalArgumentException("model_hidden_size must be hidden_size, " + hiddenSize + ", of a "
                    + kind.fileName() + " encoder, is " + modelSize);
        }
    }

    private static void requireRange(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(name + " must be 1 to " + most + ", is " + value);
        }
    }

    /**
     * Begins a configuration.
     *
     * @param kind how rows are computed
     * @param hiddenSize {@code hidden_size}, d
     * @param maxSubtokens {@code max_subtokens}, m
     * @return a builder with every default set
     */
    public static Builder builder(EncoderKind kind, int hiddenSize, int maxSubtokens) {
        return new Builder(kind, hiddenSize, maxSubtokens);
    }

    /** Whether rows are projected into the encoder's width and back. */
    boolean projects() {
        return hiddenSize != modelSize;
    }

    /**
     * The weights that such an encoder has.
     *
     * @return shapes by name, without the prefix that tells the input's from the output's; a new map
     */
    public Map<String, int[]> weightShapes() {
        Map<String, int[]> shapes = new LinkedHashMap<>();
        switch (kind) {
            case MEAN -> {}
            case ATTENTION -> {
                shapes.put("pos_embed.weight", new int[] {maxSubtokens, hiddenSize});
                addAttention(shapes, "attention.%s_proj.weight");
            }
            case TRANSFORMER -> addTransformer(shapes);
            case RES_LATENT_ATTN -> addResLatent(shapes);
        }
        return shapes;
    }

    private void addTransformer(Map<String, int[]> shapes) {
        if (positions) {
            shapes.put("pos_embed.weight", new int[] {maxSubtokens, hiddenSize});
        }
        for (int layer = 0; layer < layers; layer++) {
            String prefix = "layers." + layer + ".";
            addAttention(shapes, prefix + "attention.%s_proj.weight");
            shapes.put(prefix + "mlp.fc1.weight", new int[] {intermediateSize, hiddenSize});
            shapes.put(prefix + "mlp.fc2.weight", new int[] {hiddenSize, intermediateSize});
            addNorm(shapes, prefix + "post_attention_layernorm");
            addNorm(shapes, prefix + "post_mlp_layernorm");
        }
    }

    private void addResLatent(Map<String, int[]> shapes) {
        if (projects()) {
            shapes.put("proj_in.weight", new int[] {hiddenSize, modelSize});
            shapes.put("proj_out.weight", new int[] {modelSize, hiddenSize});
        }
        shapes.put("pos_embed.weight", new int[] {maxSubtokens, hiddenSize});
        for (int layer = 0; layer < layers; layer++) {
            String prefix = "layers." + layer + ".";
            addAttention(shapes, prefix + "w%s.weight");
            shapes.put(prefix + "w1.weight", new int[] {intermediateSize, hiddenSize});
            shapes.put(prefix + "w2.weight", new int[] {hiddenSize, intermediateSize});
            addNorm(shapes, prefix + "norm1");
            addNorm(shapes, prefix + "norm2");
        }
        addNorm(shapes, "norm");
    }

    private void addAttention(Map<String, int[]> shapes, String pattern) {
        for (String part : new String[] {"q", "k", "v", "o"}) {
            shapes.put(pattern.replace("%s", part), new int[] {hiddenSize, hiddenSize});
        }
    }

    private void addNorm(Map<String, int[]> shapes, String name) {
        shapes.put(name + ".weight", new int[] {hiddenSize});
        shapes.put(name + ".bias", new int[] {hiddenSize});
    }

    /** Builds an {@link EncoderConfig}. Not thread-safe. */
    public static final class Builder {
        private final EncoderKind kind;
        private final int hiddenSize;
        private final int maxSubtokens;
        private int modelSize;
        private int heads = 1;
        private int layers = 1;
        private int intermediateSize;
        private boolean positions;
        private boolean causal;
        private boolean residual = true;

        private Builder(EncoderKind kind, int hiddenSize, int maxSubtokens) {
            this.kind = kind;
            this.hiddenSize = hiddenSize;
            this.maxSubtokens = maxSubtokens;
            modelSize = hiddenSize;
            intermediateSize = 4 * Math.min(hiddenSize, MOST_SIZE); // what is above is refused for itself
        }

        /**
         * Sets {@code model_hidden_size} (D); {@code hidden_size} by default.
         *
         * @param size 1 … 32768
         * @return this
         */
        public Builder modelSize(int size) {
            modelSize = size;
            return this;
        }

        /**
         * Sets {@code num_heads}; 1 by default.
         *
         * @param count a divisor of {@code hidden_size}
         * @return this
         */
        public Builder heads(int count) {
            heads = count;
            return this;
        }

        /**
         * Sets {@code num_hidden_layers}; 1 by default.
         *
         * @param count 1 … 64
         * @return this
         */
        public Builder layers(int count) {
            layers = count;
            return this;
        }

        /**
         * Sets {@code intermediate_size}; four times {@code hidden_size} by default.
         *
         * @param size 1 … 32768
         * @return this
         */
        public Builder intermediateSize(int size) {
            intermediateSize = size;
            return this;
        }

        /**
         * Sets whether a transformer has learnt positions ({@code position_encoding}); it has none by default.
         *
         * @param learnable whether it has
         * @return this
         */
        public Builder positions(boolean learnable) {
            positions = learnable;
            return this;
        }

        /**
         * Sets {@code causal}; false by default.
         *
         * @param whether as the file says
         * @return this
         */
        public Builder causal(boolean whether) {
            causal = whether;
            return this;
        }

        /**
         * Sets {@code residual}; true by default.
         *
         * @param whether as the file says
         * @return this
         */
        public Builder residual(boolean whether) {
            residual = whether;
            return this;
        }

        /**
         * Checks everything and makes the configuration.
         *
         * @return a configuration
         * @throws IllegalArgumentException naming the field that is out of range
         */
        public EncoderConfig build() {
            // what an encoder of the kind does not have must not make it refused
            boolean hasMlp = kind == EncoderKind.TRANSFORMER || kind == EncoderKind.RES_LATENT_ATTN;
            return new EncoderConfig(
                    kind,
                    maxSubtokens,
                    modelSize,
                    hiddenSize,
                    kind == EncoderKind.MEAN ? 1 : heads,
                    hasMlp ? layers : 1,
                    hasMlp ? intermediateSize : 1,
                    kind == EncoderKind.TRANSFORMER && positions,
                    kind == EncoderKind.RES_LATENT_ATTN && causal,
                    kind == EncoderKind.RES_LATENT_ATTN && residual);
        }
    }
}
