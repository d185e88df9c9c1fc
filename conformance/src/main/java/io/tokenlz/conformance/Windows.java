package io.tokenlz.conformance;

import io.tokenlz.core.ArrayTokenInput;
import io.tokenlz.core.ArrayTokenOutput;
import io.tokenlz.core.CoderStatus;
import io.tokenlz.core.TokenCoder;
import java.util.Arrays;
import java.util.List;

/**
 * Drives a coder through windows of given sizes and checks, on the way, that it keeps to them.
 *
 * <p>Each window lies between canaries in an array of its own that is filled with a pattern, and what a call is done with is written
 * over: so a token that is written outside of a window, reported but not written, read from beyond a window, changed in the input,
 * or looked up in memory that is the caller's again, is seen.
 */
final class Windows {
    private static final int CANARIES = 3;

    /** Written over what a coder must not look at any more. */
    private static final int GONE = 0x5EAF00D;

    private final List<Integer> inputSizes;
    private final List<Integer> outputSizes;
    private final int fill;
    private final ArrayTokenInput input = new ArrayTokenInput();
    private final ArrayTokenOutput output = new ArrayTokenOutput();
    private int[] room = {};
    private int[] collected = new int[64];
    private int collectedCount;
    private int inputTurn;
    private int outputTurn;

    /** Sizes are used in turn, again and again; at least one of each must be positive. */
    Windows(List<Integer> inputSizes, List<Integer> outputSizes, int fill) {
        this.inputSizes = inputSizes;
        this.outputSizes = outputSizes;
        this.fill = fill;
    }

    static Windows whole() {
        return new Windows(List.of(1 << 20), List.of(1 << 12), 0);
    }

    /** Consumes {@code tokens[from, to)} and collects what comes out. */
    void transform(TokenCoder coder, int[] tokens, int from, int to) {
        for (int at = from; at < to; ) {
            int size = Math.min(inputSizes.get(inputTurn++ % inputSizes.size()), to - at);
            int[] lent = new int[size + 2 * CANARIES];
            Arrays.fill(lent, fill);
            System.arraycopy(tokens, at, lent, CANARIES, size);
            int[] before = lent.clone();
            input.wrap(lent, CANARIES, size);
            CoderStatus status;
            do {
                openRoom();
                status = coder.transform(input, output);
                closeRoom();
                require(status != CoderStatus.DONE, "transform() never says DONE");
                require(
                        status == CoderStatus.NEEDS_INPUT ? input.remaining() == 0 : output.remaining() == 0,
                        "stopped with input and room left");
                require(Arrays.equals(lent, before), "changed its input");
                takeBack(lent, before);
            } while (status == CoderStatus.NEEDS_OUTPUT);
            at += size;
        }
    }

    private void takeBack(int[] lent, int[] before) {
        int consumed = CANARIES + (int) input.position();
        Arrays.fill(lent, 0, consumed, GONE);
        Arrays.fill(before, 0, consumed, GONE);
    }

    void flush(TokenCoder coder) {
        CoderStatus status;
        do {
            openRoom();
            status = coder.flush(output);
            closeRoom();
            require(status != CoderStatus.DONE, "flush() never says DONE");
        } while (status == CoderStatus.NEEDS_OUTPUT);
    }

    void finish(TokenCoder coder) {
        CoderStatus status;
        do {
            openRoom();
            status = coder.finish(output);
            closeRoom();
            require(status != CoderStatus.NEEDS_INPUT, "finish() never needs input");
        } while (status == CoderStatus.NEEDS_OUTPUT);
    }

    /** Takes over what a call wrote before it threw. */
    void salvage() {
        closeRoom();
    }

    int[] collected() {
        return Arrays.copyOf(collected, collectedCount);
    }

    int collectedCount() {
        return collectedCount;
    }

    private void openRoom() {
        int size = outputSizes.get(outputTurn++ % outputSizes.size());
        room = new int[size + 2 * CANARIES];
        Arrays.fill(room, fill);
        output.wrap(room, CANARIES, size);
    }

    private void closeRoom() {
        int written = (int) output.position();
        for (int i = 0; i < room.length; i++) {
            boolean inWritten = i >= CANARIES && i < CANARIES + written;
            require(inWritten || room[i] == fill, "wrote outside of what it reported");
        }
        if (collectedCount + written > collected.length) {
            collected = Arrays.copyOf(collected, 2 * (collectedCount + written));
        }
        System.arraycopy(room, CANARIES, collected, collectedCount, written);
        collectedCount += written;
        Arrays.fill(room, GONE);
        room = new int[0];
        output.wrap(room, 0, 0);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new AssertionError(message);
        }
    }
}
