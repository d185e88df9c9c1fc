package io.tokenlz.bench;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one contender reached on the files of one kind.
 *
 * @param contender its name
 * @param files how large each file became; none if there was nothing to code, as with text that isn't known
 * @param encodeSeconds of a pass over all files, 0 if not timed
 * @param decodeSeconds of a pass over all files, 0 if not timed
 * @param difference the first place that did not come back, or null if all did
 */
public record WireResult(
        String contender,
        List<Size> files,
        double encodeSeconds,
        double decodeSeconds,
        @Nullable String difference) {
    /** Tokens of a file that were coded, and the bytes that they became. */
    public record Size(long tokens, long bytes) {}

    public boolean exact() {
        return difference == null;
    }

    /** The mean of the files, each counting the same; not a number if there are none. */
    public double bytesPerToken() {
        return files.stream()
                .mapToDouble(file -> (double) file.bytes() / file.tokens())
                .average()
                .orElse(Double.NaN);
    }

    public long tokens() {
        return files.stream().mapToLong(Size::tokens).sum();
    }

    public long bytes() {
        return files.stream().mapToLong(Size::bytes).sum();
    }

    /** Million tokens a second; no number if not timed. */
    public double encodeRate() {
        return rate((double) tokens(), encodeSeconds);
    }

    /** Million tokens a second; no number if not timed. */
    public double decodeRate() {
        return rate((double) tokens(), decodeSeconds);
    }

    /** Million tokens a second; no number if not timed. */
    public static double rate(double tokens, double seconds) {
        return seconds == 0 ? Double.NaN : tokens / seconds / 1e6;
    }
}
