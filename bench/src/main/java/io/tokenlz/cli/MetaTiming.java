package io.tokenlz.cli;

import io.tokenlz.bench.CodecMeasurement;

/**
 * How long the default effort takes for an input.
 *
 * @param input its name
 * @param tokens in a window
 * @param flat what the flat form came to
 * @param nested what the nested form came to
 */
record MetaTiming(String input, int tokens, CodecMeasurement.Result flat, CodecMeasurement.Result nested) {
    boolean exact() {
        return flat.exact() && nested.exact();
    }

    static double nanosPerToken(CodecMeasurement.Result result) {
        return 1e3 / result.encodeMillionPerSecond();
    }

    /** For one window. */
    double millis(CodecMeasurement.Result result) {
        return tokens * nanosPerToken(result) / 1e6;
    }
}
