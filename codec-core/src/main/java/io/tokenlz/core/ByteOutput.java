package io.tokenlz.core;

import java.util.Objects;

/**
 * A window of room for bytes in the caller's memory, with a position: what a writer of a byte format writes to.
 *
 * <p>A flyweight: it is wrapped around memory again and again and allocates nothing after its construction. It writes
 * nowhere but between the window's start and its {@link #position()}, never reads that memory, and does not own it. Not
 * thread-safe.
 *
 * <p>The kinds: {@link BufferByteOutput}, {@link AgronaByteOutput}, {@link ChronicleByteOutput}.
 */
public abstract class ByteOutput {
    private long position;
    private long limit;

    ByteOutput() {}

    /**
     * Bytes written to this window.
     *
     * @return 0 … the window's length
     */
    public final long position() {
        return position;
    }

    /**
     * Room that is left, in bytes.
     *
     * @return 0 … the window's length
     */
    public final long remaining() {
        return limit - position;
    }

    /**
     * Writes bytes, as far as there is room.
     *
     * @param source bytes to write; only read
     * @param from index of the first of them
     * @param count how many there are
     * @return how many were written: {@code count} or as many as there was room for
     * @throws IndexOutOfBoundsException if the range is not inside the array
     */
    public final int write(byte[] source, int from, int count) {
        Objects.checkFromIndexSize(from, count, source.length);
        int part = (int) Math.min(count, limit - position);
        copy(source, from, position, part);
        position += part;
        moved(part);
        return part;
    }

    final void open(long length) {
        position = 0;
        limit = length;
    }

    /** Copies bytes to the window's byte {@code at} and after it. */
    abstract void copy(byte[] source, int from, long at, int count);

    /** {@code count} bytes were written. */
    void moved(int count) {
        // most kinds of memory have no position of their own
    }
}
