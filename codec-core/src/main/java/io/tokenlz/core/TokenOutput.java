package io.tokenlz.core;

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
