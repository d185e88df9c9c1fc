package io.tokenlz.bench;

import io.tokenlz.core.ArrayTokenInput;
import io.tokenlz.core.ArrayTokenOutput;
import io.tokenlz.core.CoderStatus;
import io.tokenlz.core.MalformedTokenStreamException;
import io.tokenlz.core.TokenCodec;
import io.tokenlz.core.TokenCoder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Runs a codec over windows of tokens, each a stream of its own: what is removed of each, whether it comes back, and how long the
 * typical window takes. Passes go over all windows, for half the time given to warm up and then for that time, each at least once; a
 * window counts with its fastest pass. One thread; not thread-safe.
 */
public final class WindowMeasurement {
    private static final int SLACK_BYTES = 1024;

    private final int[][] windows;
    private final double seconds;
    private final ArrayTokenInput input = new ArrayTokenInput();
    private final ArrayTokenOutput output = new ArrayTokenOutput();
    private final int[] room;

    /**
     * What was measured.
     *
     * @param removed share of tokens removed of each window, 0 … 1
     * @param medianMillis the median of the windows' times for encoding, 0 if not timed
     * @param decodeMillionPerSecond base tokens decoded, 0 if not timed
     * @param exact whether all windows came back
     */
    public record Result(List<Double> removed, double medianMillis, double decodeMillionPerSecond, boolean exact) {
        public Result {
            removed = List.copyOf(removed);
        }
    }

    /**
     * Measures windows.
     *
     * @param windows at least one token each; only read
     * @param seconds how long to time each direction, 0 for not at all
     */
    public WindowMeasurement(List<int[]> windows, double seconds) {
        this.windows = windows.toArray(int[][]::new);
        this.seconds = seconds;
        room = new int[windows.stream().mapToInt(window -> window.length).max().orElse(0)];
    }

    /** What a codec makes of the windows. */
    public Result measure(TokenCodec codec) {
        List<Double> removed = new ArrayList<>();
        int[][] encodings = new int[windows.length][];
        boolean exact = true;
        for (int w = 0; w < windows.length; w++) {
            encodings[w] = codec.encode(windows[w]);
            removed.add(1 - (double) encodings[w].length / windows[w].length);
            exact &= comesBack(codec, encodings[w], windows[w]);
        }
        if (seconds == 0 || !exact) {
            return new Result(removed, 0, 0, exact);
        }
        try (TokenCoder encoder = codec.newEncoder();
                TokenCoder decoder = codec.newDecoder()) {
            double millis = medianMillis(w -> code(encoder, windows[w]));
            double pass = FastestPass.seconds(
                    () -> {
                        for (int[] encoding : encodings) {
                            code(decoder, encoding);
                        }
                    },
                    seconds);
            long tokens =
                    Arrays.stream(windows).mapToLong(window -> window.length).sum();
            return new Result(removed, millis, tokens / pass / 1e6, true);
        }
    }

    /** The median of the windows' times for their varints and zstd on these, 0 if not timed. */
    public double zstdMedianMillis(int level) {
        if (seconds == 0) {
            return 0;
        }
        ByteBuffer bytes = ByteBuffer.allocate(room.length * TokenBytes.MOST_BYTES + SLACK_BYTES);
        try (RivalCoder zstd = RivalCoder.zstd(level, TokenBytes.VARINTS)) {
            return medianMillis(w -> zstd.encode(windows[w], 0, windows[w].length, bytes.clear()));
        }
    }

    private static boolean comesBack(TokenCodec codec, int[] encoding, int[] window) {
        try {
            return Arrays.equals(codec.decode(encoding, window.length), window);
        } catch (MalformedTokenStreamException ourOwnStreamRefused) {
            return false;
        }
    }

    private void code(TokenCoder coder, int[] stream) {
        coder.reset();
        coder.transform(input.wrap(stream), output.wrap(room));
        if (coder.finish(output) != CoderStatus.DONE) {
            throw new IllegalStateException("the window found no room");
        }
    }

    private double medianMillis(IntConsumer codeWindow) {
        fastest(codeWindow, seconds / 2);
        long[] nanos = fastest(codeWindow, seconds);
        Arrays.sort(nanos);
        int middle = nanos.length / 2;
        double median = nanos.length % 2 == 1 ? nanos[middle] : (nanos[middle - 1] + nanos[middle]) / 2.0;
        return median / 1e6;
    }

    /** Each window's fastest pass of those that fit the time given, in nanoseconds. */
    private long[] fastest(IntConsumer codeWindow, double secondsGiven) {
        long[] best = new long[windows.length];
        Arrays.fill(best, Long.MAX_VALUE);
        long begin = System.nanoTime();
        long now = begin;
        do {
            for (int w = 0; w < windows.length; w++) {
                long start = now;
                codeWindow.accept(w);
                now = System.nanoTime();
                best[w] = Math.min(best[w], now - start);
            }
        } while (now - begin < secondsGiven * 1e9);
        return best;
    }
}
