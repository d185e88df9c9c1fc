package io.tokenlz.hypertokens.embedding;

import org.jspecify.annotations.Nullable;

/** {@code transformer}: layers normalised behind each part, then the mean over all slots. */
final class TransformerRows implements RowEncoder {
    private record Layer(SelfAttention attention, LayerNorm norm1, FeedForward mlp, LayerNorm norm2) {}

    private final EntryTokens tokens;
    private final Activations activations;
    private final @Nullable Tensor positions;
    private final Layer[] layers;
    private final int slots;
    private final int size;

    TransformerRows(HyperEncoder encoder, HostDevice device) {
        EncoderConfig config = encoder.config();
        tokens = new EntryTokens(encoder);
        activations = new Activations(config, device);
        positions = config.positions() ? encoder.weight("pos_embed.weight") : null;
        layers = new Layer[config.layers()];
        for (int i = 0; i < layers.length; i++) {
            String layer = "layers." + i + ".";
            layers[i] = new Layer(
                    new SelfAttention(
                            encoder,
                            layer + "attention.%s_proj.weight",
                            AttentionMask.BETWEEN_VALID,
                            activations,
                            device),
                    new LayerNorm(encoder, layer + "post_attention_layernorm"),
                    new FeedForward(encoder, layer + "mlp.fc1.weight", layer + "mlp.fc2.weight", activations, device),
                    new LayerNorm(encoder, layer + "post_mlp_layernorm"));
        }
        slots = config.maxSubtokens();
        size = config.hiddenSize();
    }

    @Override
    public void encode(int[] subtokens, int offset, int entries, double[] rows) {
        int count = entries * slots;
        double[] x = activations.x;
        double[] change = activations.normalised;
        tokens.gather(subtokens, offset, count, x, activations.valid);
        if (positions != null) {
            tokens.addPositions(positions, entries, x);
        }
        for (Layer layer : layers) {
            layer.attention.apply(x, entries, change);
            EntryTokens.add(x, change, count * size);
            layer.norm1.apply(x, count, x);
            layer.mlp.apply(x, count, change);
            EntryTokens.add(x, change, count * size);
            layer.norm2.apply(x, count, x);
        }
        tokens.meanOfAll(x, entries, rows);
    }
}
