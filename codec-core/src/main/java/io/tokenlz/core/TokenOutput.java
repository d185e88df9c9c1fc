package io.tokenlz.core;

import java.util.Objects;

/**
 * A window of room for token IDs in the caller's memory, with a position: what a {@link TokenCoder} writes to.
 *
 * <p>A flyweight: it is wrapped around memory again and again and allocates nothing after its construction. It writes
 * nowhere but between the window's start and its {@link #position()}, never reads that memory, and does not own it. It
 * must not overlap the input of the same call. Not thread-safe.
 *
 * <p>The kinds: {@link ArrayTokenOutput}, {@link AgronaTokenOutput}, {@link ChronicleTokenOutput}.
 */
public abstract class TokenOutput {
    long position;
    long limit;

    TokenOutput() {}

    /**
     * Tokens written to this window.
     *
     * @return 0 … the window's length
     */
    public final long position() {
        return position;
    }

    /**
     * Room that is left, in tokens.
     *
     * @return 0 … the window's length
     */
    public final long remaining() {
        return limit - position;
    }

    /**
     * Writes tokens in bulk, as far as there is room.
     *
     * @param source tokens to write; only read
     * @param from index of the first of them
     * @param count how many there are
     * @return how many were written: {@code count} or as many as there was room for
     * @throws IndexOutOfBoundsException if the range is not inside the array
     */
    public final int write(int[] source, int from, int count) {
        Objects.checkFromIndexSize(from, count, source.length);
        int done = 0;
        while (done < count && remaining() > 0) {
            int part = Math.min(count - done, room());
            System.arraycopy(source, from + done, array(), arrayOffset(), part);
            commit(part);
            done += part;
        }
        return done;
    }

    final void open(long length) {
        position = 0;
        limit = length;
    }

    /**
     * Tokens that can be written to {@link #array()} from {@link #arrayOffset()} on before they are committed.
     *
     * @return at least one unless no room is left
     */
    abstract int room();

    abstract int[] array();

    abstract int arrayOffset();

    /** Moves {@code count} tokens from the array to the caller's memory, if they are not there already. */
    abstract void commit(int count);
}
