package io.tokenlz.hypertokens.embedding;

/** Layer normalisation with weight and bias. */
final class LayerNorm {
    private static final double EPSILON = 1e-5;

    private final int size;
    private final Tensor weight;
    private final Tensor bias;

    LayerNorm(HyperEncoder encoder, String name) {
        weight = encoder.weight(name + ".weight");
        bias = encoder.weight(name + ".bias");
        size = weight.elements();
    }

    /** x [tokens, size] to y, which may be the same array. */
    void apply(double[] x, int tokens, double[] y) {
        for (int token = 0; token < tokens; token++) {
            normalise(x, token * size, y);
        }
    }

    private void normalise(double[] x, int from, double[] y) {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += x[from + i];
        }
        double mean = sum / size;
        double squares = 0;
        for (int i = 0; i < size; i++) {
            double deviation = x[from + i] - mean;
            squares += deviation * deviation;
        }
        double scale = 1 / Math.sqrt(squares / size + EPSILON);
        for (int i = 0; i < size; i++) {
            y[from + i] = (x[from + i] - mean) * scale * weight.element(i) + bias.element(i);
        }
    }
}
