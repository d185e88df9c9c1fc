package io.tokenlz.hypertokens.embedding;

import org.jspecify.annotations.Nullable;

/** {@code res_latent_attn}: layers normalised before each part, in a width of their own, added to the first token's row. */
final class ResLatentRows implements RowEncoder {
    private record Layer(LayerNorm norm1, SelfAttention attention, LayerNorm norm2, FeedForward mlp) {}

    private final EncoderConfig config;
    private final EntryTokens tokens;
    private final Activations activations;
    private final Tensor positions;
    private final Layer[] layers;
    private final LayerNorm norm;
    private final @Nullable Linear projectIn;
    private final @Nullable Linear projectOut;

    /** [tokens, model]: rows before they are projected. */
    private final double[] gathered;

    /** [entries, hidden]: results before they are projected. */
    private final double[] pooled;

    ResLatentRows(HyperEncoder encoder, HostDevice device) {
        config = encoder.config();
        tokens = new EntryTokens(encoder);
        activations = new Activations(config, device);
        positions = encoder.weight("pos_embed.weight");
        AttentionMask mask = config.causal() ? AttentionMask.TO_VALID_BEFORE : AttentionMask.TO_VALID;
        layers = new Layer[config.layers()];
        for (int i = 0; i < layers.length; i++) {
            String layer = "layers." + i + ".";
            layers[i] = new Layer(
                    new LayerNorm(encoder, layer + "norm1"),
                    new SelfAttention(encoder, layer + "w%s.weight", mask, activations, device),
                    new LayerNorm(encoder, layer + "norm2"),
                    new FeedForward(encoder, layer + "w1.weight", layer + "w2.weight", activations, device));
        }
        norm = new LayerNorm(encoder, "norm");
        boolean projects = config.projects();
        projectIn = projects ? new Linear(encoder.weight("proj_in.weight"), device) : null;
        projectOut = projects ? new Linear(encoder.weight("proj_out.weight"), device) : null;
        gathered = device.doubles(projects ? Activations.ENTRIES * config.maxSubtokens() * config.modelSize() : 0);
        pooled = device.doubles(projects ? Activations.ENTRIES * config.hiddenSize() : 0);
    }

    @Override
    public void encode(int[] subtokens, int offset, int entries, double[] rows) {
        int count = entries * config.maxSubtokens();
        double[] x = activations.x;
        if (projectIn == null) {
            tokens.gather(subtokens, offset, count, x, activations.valid);
        } else {
            tokens.gather(subtokens, offset, count, gathered, activations.valid);
            projectIn.apply(gathered, count, x);
        }
        tokens.addPositions(positions, entries, x);
        for (Layer layer : layers) {
            apply(layer, entries, count);
        }
        norm.apply(x, count, x);
        if (projectOut == null) {
            pool(entries, rows);
        } else {
            pool(entries, pooled);
            projectOut.apply(pooled, entries, rows);
        }
        if (config.residual()) {
            tokens.addFirst(subtokens, offset, entries, rows);
        }
    }

    private void apply(Layer layer, int entries, int count) {
        double[] x = activations.x;
        double[] change = activations.normalised;
        layer.norm1.apply(x, count, change);
        layer.attention.apply(change, entries, change);
        EntryTokens.add(x, change, count * config.hiddenSize());
        layer.norm2.apply(x, count, change);
        layer.mlp.apply(change, count, change);
        EntryTokens.add(x, change, count * config.hiddenSize());
    }

    private void pool(int entries, double[] target) {
        if (config.causal()) {
            tokens.lastValid(activations.x, activations.valid, entries, target);
        } else {
            tokens.meanOfValid(activations.x, activations.valid, entries, target);
        }
    }
}
