package io.tokenlz.frames;

/**
 * A stream goes past a limit that its reader set ({@link FrameLimits}). It may be well-formed; nothing was allocated for
 * what is too much, and nothing of it was delivered.
 */
public final class FrameLimitException extends MalformedFrameException {
    private static final long serialVersionUID = 1L;

    FrameLimitException(long bytePosition, long tokenPosition, String expected, String found) {
        super(bytePosition, tokenPosition, expected, found);
    }
}
