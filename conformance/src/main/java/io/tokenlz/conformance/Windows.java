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
 * <p>Each output window lies between canaries in an array that is filled with a pattern, so that a token written outside
 * of a window, or reported but not written, is seen.
 */
final class Windows {
    private static final int CANARIES = 3;

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
            input.wrap(tokens, at, size);
            CoderStatus status;
            do {
                openRoom();
                status = coder.transform(input, output);
                closeRoom();
                require(status != CoderStatus.DONE, "transform() never says DONE");
                require(
                        status == CoderStatus.NEEDS_INPUT ? input.remaining() == 0 : output.remaining() == 0,
                        "stopped with input and room left");
            } while (status == CoderStatus.NEEDS_OUTPUT);
            at += size;
        }
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
        output.wrap(room, CANARIES, 0);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new AssertionError(message);
        }
    }
}
