package io.tokenlz.hypertokens.embedding;

/** The exact GELU, x·Φ(x). */
final class Gelu {
    private static final double SQRT_HALF = Math.sqrt(0.5);
    private static final double TWO_BY_SQRT_PI = 2 / Math.sqrt(Math.PI);

    /** From here on erf is ±1 in double. */
    private static final double ERF_IS_ONE = 6;

    private Gelu() {}

    static void apply(double[] x, int count) {
        for (int i = 0; i < count; i++) {
            x[i] = x[i] * 0.5 * (1 + erf(x[i] * SQRT_HALF));
        }
    }

    /** By the series whose terms are all of one sign, so that nothing is lost; StrictMath, so that every JVM has the same. */
    static double erf(double x) {
        if (!(Math.abs(x) < ERF_IS_ONE)) {
            return Double.isNaN(x) ? x : Math.signum(x);
        }
        double term = x;
        double sum = x;
        for (int n = 1; Math.abs(term) > Math.abs(sum) * 0x1p-54; n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return TWO_BY_SQRT_PI * StrictMath.exp(-x * x) * sum;
    }
}
