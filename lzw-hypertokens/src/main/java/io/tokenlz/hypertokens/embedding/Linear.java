package io.tokenlz.hypertokens.embedding;

import java.util.Arrays;

/** A linear layer without bias. Sums run over the inputs in rising order, in double (EMBEDDING.md, section 5). */
final class Linear {
    /** Outputs worked on at a time: their sums for some tokens stay in the cache. */
    private static final int COLUMNS = 256;

    private final int inputs;
    private final int outputs;

    /** [in, out], so that the inner loop runs along memory. */
    private final float[] transposed;

    /** Of a weight [out, in]. */
    Linear(Tensor weight, HostDevice device) {
        outputs = weight.size(0);
        inputs = weight.size(1);
        transposed = device.floats(inputs * outputs);
        for (int out = 0; out < outputs; out++) {
            for (int in = 0; in < inputs; in++) {
                transposed[in * outputs + out] = weight.element(out * inputs + in);
            }
        }
    }

    /** x [tokens, in] to y [tokens, out], which must be another array. */
    void apply(double[] x, int tokens, double[] y) {
        Arrays.fill(y, 0, tokens * outputs, 0);
        for (int column = 0; column < outputs; column += COLUMNS) {
            int columns = Math.min(COLUMNS, outputs - column);
            for (int in = 0; in < inputs; in++) {
                int row = in * outputs + column;
                for (int token = 0; token < tokens; token++) {
                    addScaled(x[token * inputs + in], row, columns, y, token * outputs + column);
                }
            }
        }
    }

    private void addScaled(double factor, int row, int columns, double[] sums, int at) {
        for (int i = 0; i < columns; i++) {
            sums[at + i] += factor * transposed[row + i];
        }
    }
}
