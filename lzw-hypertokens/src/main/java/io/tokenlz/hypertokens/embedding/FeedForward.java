package io.tokenlz.hypertokens.embedding;

/** The MLP of a layer: up, GELU, down. */
final class FeedForward {
    private final Linear up;
    private final Linear down;
    private final double[] intermediate;
    private final int intermediateSize;

    FeedForward(HyperEncoder encoder, String upName, String downName, Activations activations, HostDevice device) {
        up = new Linear(encoder.weight(upName), device);
        down = new Linear(encoder.weight(downName), device);
        intermediate = activations.intermediate;
        intermediateSize = encoder.config().intermediateSize();
    }

    /** x [tokens, hidden] to y, which may be the same array. */
    void apply(double[] x, int tokens, double[] y) {
        up.apply(x, tokens, intermediate);
        Gelu.apply(intermediate, tokens * intermediateSize);
        down.apply(intermediate, tokens, y);
    }
}
