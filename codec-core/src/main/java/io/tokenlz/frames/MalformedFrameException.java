package io.tokenlz.frames;

import org.jspecify.annotations.Nullable;

/**
 * The bytes of a framed stream break its rules (FORMAT.md): damaged, cut short, of another version, or hostile.
 *
 * <p>Tokens that were written before this was thrown are right if they lie in checked frames; of the others those before
 * {@link FrameReader#checkedTokens()} are. Misuse of the API is never reported this way.
 */
public class MalformedFrameException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long bytePosition;
    private final long tokenPosition;
    private final String expected;
    private final String found;

    /**
     * Describes the first frame that could not be accepted.
     *
     * @param bytePosition where that frame (or the header) begins, in bytes from the start of the stream
     * @param tokenPosition tokens in the frames before it
     * @param expected what would have been accepted there
     * @param found what was there
     */
    public MalformedFrameException(long bytePosition, long tokenPosition, String expected, String found) {
        this(bytePosition, tokenPosition, expected, found, null);
    }

    MalformedFrameException(
            long bytePosition, long tokenPosition, String expected, String found, @Nullable Throwable cause) {
        super(
                "malformed stream in the frame at byte " + bytePosition + " (token " + tokenPosition + "): expected "
                        + expected + ", found " + found,
                cause);
        this.bytePosition = bytePosition;
        this.tokenPosition = tokenPosition;
        this.expected = expected;
        this.found = found;
    }

    /**
     * Where the offending frame begins.
     *
     * @return bytes from the start of the stream
     */
    public final long bytePosition() {
        return bytePosition;
    }

    /**
     * Tokens in the frames before the offending one.
     *
     * @return tokens from the start of the stream
     */
    public final long tokenPosition() {
        return tokenPosition;
    }

    /**
     * What would have been accepted.
     *
     * @return a phrase for people
     */
    public final String expected() {
        return expected;
    }

    /**
     * What was there.
     *
     * @return a phrase for people
     */
    public final String found() {
        return found;
    }
}
