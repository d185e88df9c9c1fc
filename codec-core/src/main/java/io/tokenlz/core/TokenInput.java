package io.tokenlz.core;

/**
 * A window of token IDs in the caller's memory, with a position: what a {@link TokenCoder} reads from.
 *
 * <p>A flyweight: it is wrapped around memory again and again and allocates nothing after its construction. It never
 * writes to that memory and does not own it; the memory must stay valid and unchanged while a coder's call runs. A coder
 * moves the position forward by what it consumed; tokens that it left are read anew by the next call. Not thread-safe.
 *
 * <p>The kinds: {@link ArrayTokenInput}, {@link AgronaTokenInput}, {@link ChronicleTokenInput}.
 */
public abstract class TokenInput {
    long position;
    long limit;

    TokenInput() {}

    /**
     * Tokens consumed from this window.
     *
     * @return 0 … the window's length
     */
    public final long position() {
        return position;
    }

    /**
     * Tokens not yet consumed.
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

    /** Forgets tokens read ahead by an earlier call, which the caller may have changed since. */
    abstract void beginCall();

    /**
     * Makes the next tokens readable in {@link #array()} from {@link #arrayOffset()} on.
     *
     * @param atMost the most tokens worth reading ahead; more may be given if that costs nothing
     * @return how many, at least one unless none remain
     */
    abstract int load(int atMost);

    abstract int[] array();

    abstract int arrayOffset();

    /** Consumes {@code count} of the tokens that {@link #load} gave. */
    abstract void consume(int count);
}
