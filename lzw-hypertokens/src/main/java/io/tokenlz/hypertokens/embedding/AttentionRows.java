package io.tokenlz.hypertokens.embedding;

/** {@code attention}: one attention over rows and positions, then the mean over all slots. */
final class AttentionRows implements RowEncoder {
    private final EntryTokens tokens;
    private final Activations activations;
    private final Tensor positions;
    private final SelfAttention attention;
    private final int slots;

    AttentionRows(HyperEncoder encoder, HostDevice device) {
        tokens = new EntryTokens(encoder);
        activations = new Activations(encoder.config(), device);
        positions = encoder.weight("pos_embed.weight");
        attention = new SelfAttention(
                encoder, "attention.%s_proj.weight", AttentionMask.BETWEEN_VALID, activations, device);
        slots = encoder.config().maxSubtokens();
    }

    @Override
    public void encode(int[] subtokens, int offset, int entries, double[] rows) {
        tokens.gather(subtokens, offset, entries * slots, activations.x, activations.valid);
        tokens.addPositions(positions, entries, activations.x);
        attention.apply(activations.x, entries, activations.x);
        tokens.meanOfAll(activations.x, entries, rows);
    }
}
