package io.tokenlz.core;

import java.util.Objects;

/**
 * A window of bytes in the caller's memory, with a position: what a reader of a byte format reads from.
 *
 * <p>A flyweight: it is wrapped around memory again and again and allocates nothing after its construction. It never
 * writes to that memory and does not own it; the memory must stay valid and unchanged while a call runs. Bytes cross in
 * bulk, each once. Not thread-safe.
 *
 * <p>The kinds: {@link BufferByteInput}, {@link AgronaByteInput}, {@link ChronicleByteInput}.
 */
public abstract class ByteInput {
    private long position;
    private long limit;

    ByteInput() {}

    /**
     * Bytes consumed from this window.
     *
     * @return 0 … the window's length
     */
    public final long position() {
        return position;
    }

    /**
     * Bytes not yet consumed.
     *
     * @return 0 … the window's length
     */
    public final long remaining() {
        return limit - position;
    }

    /**
     * Consumes bytes.
     *
     * @param target where they go; owned by the caller
     * @param from index of the first byte's place
     * @param most the most bytes to consume
     * @return how many were consumed: {@code most} or all that remained
     * @throws IndexOutOfBoundsException if the range is not inside the array
     */
    public final int read(byte[] target, int from, int most) {
        Objects.checkFromIndexSize(from, most, target.length);
        int count = (int) Math.min(most, limit - position);
        copy(position, target, from, count);
        position += count;
        moved(count);
        return count;
    }

    final void open(long length) {
        position = 0;
        limit = length;
    }

    /** Copies bytes from the window's byte {@code at} on. */
    abstract void copy(long at, byte[] target, int from, int count);

    /** {@code count} bytes were consumed. */
    void moved(int count) {
        // most kinds of memory have no position of their own
    }
}
