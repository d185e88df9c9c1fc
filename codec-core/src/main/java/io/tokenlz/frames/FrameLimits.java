package io.tokenlz.frames;

/**
 * What a reader accepts at most, whatever a stream says. Immutable and thread-safe.
 *
 * @param tokensPerFrame tokens in a frame, 1 … 2²⁰
 * @param tokensPerStream tokens in a stream, 0 … 2⁶³−1
 * @param stateBytes memory that a reader holds for one stream, at least 64 KiB: its window, a frame, tables, the codec's
 *     state and the index of a stored stream
 */
public record FrameLimits(int tokensPerFrame, long tokensPerStream, long stateBytes) {
    /** Any frame of the format, streams of any length, and 256 MiB of memory. */
    public static final FrameLimits DEFAULT =
            new FrameLimits(StreamFormat.MOST_FRAME_TOKENS, Long.MAX_VALUE, 256L << 20);

    private static final long LEAST_STATE_BYTES = 1 << 16;

    /**
     * Checks the limits.
     *
     * @param tokensPerFrame tokens in a frame
     * @param tokensPerStream tokens in a stream
     * @param stateBytes memory for one stream
     * @throws IllegalArgumentException naming the limit that is out of range
     */
    public FrameLimits {
        require(tokensPerFrame >= 1, "tokensPerFrame must be at least 1, is " + tokensPerFrame);
        require(
                tokensPerFrame <= StreamFormat.MOST_FRAME_TOKENS,
                "tokensPerFrame must be at most " + StreamFormat.MOST_FRAME_TOKENS + ", is " + tokensPerFrame);
        require(tokensPerStream >= 0, "tokensPerStream must not be negative, is " + tokensPerStream);
        require(
                stateBytes >= LEAST_STATE_BYTES,
                "stateBytes must be at least " + LEAST_STATE_BYTES + ", is " + stateBytes);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    /**
     * These limits with another one on frames.
     *
     * @param tokens tokens in a frame, 1 … 2²⁰
     * @return new limits
     */
    public FrameLimits withTokensPerFrame(int tokens) {
        return new FrameLimits(tokens, tokensPerStream, stateBytes);
    }

    /**
     * These limits with another one on streams.
     *
     * @param tokens tokens in a stream
     * @return new limits
     */
    public FrameLimits withTokensPerStream(long tokens) {
        return new FrameLimits(tokensPerFrame, tokens, stateBytes);
    }

    /**
     * These limits with another one on memory.
     *
     * @param bytes memory for one stream, at least 64 KiB
     * @return new limits
     */
    public FrameLimits withStateBytes(long bytes) {
        return new FrameLimits(tokensPerFrame, tokensPerStream, bytes);
    }
}
