package io.tokenlz.core;

/**
 * The tokens of a stream break its rules: damaged, cut short, of another configuration, or hostile.
 *
 * <p>Everything that was written before this was thrown is valid. By a decoder it is all that the tokens before
 * {@link #position()} stand for; an encoder may hold some of them back, which a flush sends. Misuse of the API is never reported this way but as {@link IllegalArgumentException} or
 * {@link IllegalStateException}.
 */
public final class MalformedTokenStreamException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long position;
    private final String expected;
    private final String found;

    /**
     * Describes the first token that could not be accepted.
     *
     * @param position index of that token in the coder's input, counted in tokens from the start of the stream (or from
     *     the last reset); the number of tokens in the stream if it ended too early
     * @param expected what would have been accepted there
     * @param found what was there
     */
    public MalformedTokenStreamException(long position, String expected, String found) {
        super("malformed token stream at position " + position + ": expected " + expected + ", found " + found);
        this.position = position;
        this.expected = expected;
        this.found = found;
    }

    /**
     * Index of the offending token in the coder's input.
     *
     * @return tokens from the start of the stream, 0 for the first; the stream's length if it ended too early
     */
    public long position() {
        return position;
    }

    /**
     * What would have been accepted at the position.
     *
     * @return a phrase for people
     */
    public String expected() {
        return expected;
    }

    /**
     * What was at the position.
     *
     * @return a phrase for people
     */
    public String found() {
        return found;
    }
}
