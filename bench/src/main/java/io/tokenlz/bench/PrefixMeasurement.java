package io.tokenlz.bench;

import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * How much of what a prompt was encoded to stays as it was when the prompt grows by a turn: what a model's prefix cache can keep.
 */
public final class PrefixMeasurement {
    private final UnaryOperator<int[]> encode;
    private int turns;
    private long written;
    private long kept;
    private long mostRewritten;

    /**
     * What was measured.
     *
     * @param turns how many turns followed on another one
     * @param written tokens of all prompts that a turn followed on
     * @param kept how many of them the next prompt began with, too
     * @param mostRewritten the most tokens of a prompt that the next one didn't begin with
     */
    public record Result(int turns, long written, long kept, long mostRewritten) {
        /** Share of tokens that stayed, 0 … 1. */
        public double share() {
            return written == 0 ? 1 : (double) kept / written;
        }
    }

    public PrefixMeasurement(UnaryOperator<int[]> encode) {
        this.encode = encode;
    }

    /** Takes a conversation and where its turns end, in tokens and rising; the last one at the conversation's end or before. */
    public void add(int[] conversation, int... turnEnds) {
        int[] before = {};
        for (int turn = 0; turn < turnEnds.length; turn++) {
            int[] now = encode.apply(Arrays.copyOf(conversation, turnEnds[turn]));
            if (turn > 0) {
                int mismatch = Arrays.mismatch(before, now);
                int same = mismatch < 0 ? before.length : mismatch;
                turns++;
                written += before.length;
                kept += same;
                mostRewritten = Math.max(mostRewritten, before.length - same);
            }
            before = now;
        }
    }

    public Result result() {
        return new Result(turns, written, kept, mostRewritten);
    }
}
