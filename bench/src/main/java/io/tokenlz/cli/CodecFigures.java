package io.tokenlz.cli;

import io.tokenlz.bench.CodecMeasurement;
import org.jspecify.annotations.Nullable;

/**
 * What a codec came to on some files.
 *
 * @param kind of the files
 * @param codec its name
 * @param tokensIn base tokens of all files
 * @param tokensOut tokens after encoding
 * @param encodeSeconds of a pass over all files, 0 if not timed
 * @param decodeSeconds of a pass over all files, 0 if not timed
 * @param difference the first place that did not come back, or null if all did
 */
record CodecFigures(
        String kind,
        String codec,
        long tokensIn,
        long tokensOut,
        double encodeSeconds,
        double decodeSeconds,
        @Nullable String difference) {
    static CodecFigures of(String kind, String codec, String file, CodecMeasurement.Result result) {
        return new CodecFigures(
                kind,
                codec,
                result.tokensIn(),
                result.tokensOut(),
                seconds(result.tokensIn(), result.encodeMillionPerSecond()),
                seconds(result.tokensIn(), result.decodeMillionPerSecond()),
                result.exact() ? null : codec + ": " + file + " from token " + result.firstDifference());
    }

    private static double seconds(long tokens, double millionPerSecond) {
        return millionPerSecond == 0 ? 0 : tokens / (millionPerSecond * 1e6);
    }

    /** Both files' or kinds' figures together, under a name for both. */
    CodecFigures plus(CodecFigures more, String together) {
        return new CodecFigures(
                together,
                codec,
                tokensIn + more.tokensIn,
                tokensOut + more.tokensOut,
                encodeSeconds + more.encodeSeconds,
                decodeSeconds + more.decodeSeconds,
                difference == null ? more.difference : difference);
    }

    /** Share of tokens removed, 0 … 1. */
    double removed() {
        return 1 - (double) tokensOut / tokensIn;
    }

    /** Share of what attention costs that is saved, 0 … 1: that cost grows with the square of what there is to read. */
    double attentionSaved() {
        double left = (double) tokensOut / tokensIn;
        return 1 - left * left;
    }
}
