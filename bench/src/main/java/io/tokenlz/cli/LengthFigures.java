package io.tokenlz.cli;

import io.tokenlz.bench.CodecMeasurement;

/**
 * What a codec came to on documents of one length.
 *
 * @param codec its name
 * @param documentTokens the length
 * @param result of all documents together
 */
record LengthFigures(String codec, int documentTokens, CodecMeasurement.Result result) {
    /** No number if not timed. */
    double encodeNanosPerToken() {
        return nanos(result.encodeMillionPerSecond());
    }

    /** No number if not timed. */
    double decodeNanosPerToken() {
        return nanos(result.decodeMillionPerSecond());
    }

    private static double nanos(double millionPerSecond) {
        return millionPerSecond == 0 ? Double.NaN : 1e3 / millionPerSecond;
    }
}
