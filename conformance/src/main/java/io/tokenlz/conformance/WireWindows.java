package io.tokenlz.conformance;

import io.tokenlz.core.ArrayTokenInput;
import io.tokenlz.core.ArrayTokenOutput;
import io.tokenlz.core.BufferByteInput;
import io.tokenlz.core.BufferByteOutput;
import io.tokenlz.core.CoderStatus;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Drives writers and readers of bytes through windows of given sizes, as {@link Windows} does coders: between canaries, over a
 * pattern, and with what was lent written over afterwards.
 */
final class WireWindows {
    private static final int CANARIES = 3;
    private static final int GONE = 0x5A;

    private final List<Integer> tokenSizes;
    private final List<Integer> byteSizes;
    private final byte fill;
    private final ArrayTokenInput tokenInput = new ArrayTokenInput();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int[] tokens = new int[64];
    private int tokenCount;
    private int tokenTurn;
    private int byteTurn;

    /** Sizes are used in turn, again and again; at least one of each must be positive. */
    WireWindows(List<Integer> tokenSizes, List<Integer> byteSizes, int fill) {
        this.tokenSizes = tokenSizes;
        this.byteSizes = byteSizes;
        this.fill = (byte) fill;
    }

    static WireWindows whole() {
        return new WireWindows(List.of(1 << 12), List.of(1 << 12), 0);
    }

    /** What was written. */
    byte[] bytes() {
        return bytes.toByteArray();
    }

    /** What was read. */
    int[] tokens() {
        return Arrays.copyOf(tokens, tokenCount);
    }

    void write(WireCodec.Writer writer, int[] source, int from, int to) {
        for (int at = from; at < to; ) {
            int size = Math.min(tokenSizes.get(tokenTurn++ % tokenSizes.size()), to - at);
            int[] lent = new int[size + 2 * CANARIES];
            System.arraycopy(source, at, lent, CANARIES, size);
            int[] before = lent.clone();
            tokenInput.wrap(lent, CANARIES, size);
            drain(output -> writer.write(tokenInput, output));
            require(tokenInput.remaining() == 0, "write() stopped with tokens and room left");
            require(Arrays.equals(lent, before), "write() changed its input");
            Arrays.fill(lent, GONE);
            at += size;
        }
    }

    /** Tokens that the last {@link #write} consumed, of those that it was given last, when it threw. */
    long consumed() {
        return tokenInput.position();
    }

    void flush(WireCodec.Writer writer) {
        require(drain(writer::flush) == CoderStatus.NEEDS_INPUT, "flush() says when it is complete");
    }

    void finish(WireCodec.Writer writer) {
        require(drain(writer::finish) == CoderStatus.DONE, "finish() says when it is done");
    }

    private CoderStatus drain(Function<BufferByteOutput, CoderStatus> step) {
        BufferByteOutput output = new BufferByteOutput();
        while (true) {
            int size = byteSizes.get(byteTurn++ % byteSizes.size());
            byte[] room = new byte[size + 2 * CANARIES];
            Arrays.fill(room, fill);
            output.wrap(ByteBuffer.wrap(room, CANARIES, size));
            CoderStatus status;
            try {
                status = step.apply(output);
            } finally {
                takeOver(room, (int) output.position());
            }
            require(status != CoderStatus.NEEDS_OUTPUT || output.remaining() == 0, "stopped with room left");
            if (status != CoderStatus.NEEDS_OUTPUT) {
                return status;
            }
        }
    }

    private void takeOver(byte[] room, int written) {
        for (int i = 0; i < room.length; i++) {
            boolean inWritten = i >= CANARIES && i < CANARIES + written;
            require(inWritten || room[i] == fill, "wrote outside of what it reported");
        }
        bytes.write(room, CANARIES, written);
        Arrays.fill(room, (byte) GONE);
    }

    /**
     * Reads {@code source[from, to)}.
     *
     * @return bytes taken; fewer than there are only at the stream's end
     */
    int read(WireCodec.Reader reader, byte[] source, int from, int to) {
        BufferByteInput input = new BufferByteInput();
        int at = from;
        while (at < to) {
            int size = Math.min(byteSizes.get(byteTurn++ % byteSizes.size()), to - at);
            byte[] lent = Arrays.copyOfRange(source, at, at + size);
            byte[] before = lent.clone();
            input.wrap(ByteBuffer.wrap(lent));
            CoderStatus status;
            do {
                status = readSome(reader, input);
            } while (status == CoderStatus.NEEDS_OUTPUT);
            require(Arrays.equals(lent, before), "read() changed its input");
            Arrays.fill(lent, (byte) GONE);
            at += (int) input.position();
            if (status == CoderStatus.DONE) {
                return at - from;
            }
            require(input.remaining() == 0, "read() stopped with bytes and room left");
        }
        return at - from;
    }

    private CoderStatus readSome(WireCodec.Reader reader, BufferByteInput input) {
        int size = tokenSizes.get(tokenTurn++ % tokenSizes.size());
        int[] room = new int[size + 2 * CANARIES];
        Arrays.fill(room, fill);
        ArrayTokenOutput output = new ArrayTokenOutput().wrap(room, CANARIES, size);
        try {
            return reader.read(input, output);
        } finally {
            int written = (int) output.position();
            for (int i = 0; i < room.length; i++) {
                boolean inWritten = i >= CANARIES && i < CANARIES + written;
                require(inWritten || room[i] == fill, "wrote outside of what it reported");
            }
            tokens = Arrays.copyOf(tokens, Math.max(tokens.length, 2 * (tokenCount + written)));
            System.arraycopy(room, CANARIES, tokens, tokenCount, written);
            tokenCount += written;
        }
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new AssertionError(message);
        }
    }
}
