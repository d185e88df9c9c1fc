package io.tokenlz.reactive;

/**
 * How operators cut and flush streams. Immutable and thread-safe.
 *
 * @param flushTokens pending tokens from which on an encoder sends them: 1 to flush each chunk from upstream,
 *     {@link Long#MAX_VALUE} to flush on completion alone; a decoder always sends what it has
 * @param pendingTokens how many tokens an encoder takes ahead of demand, 0 … 2²⁰: while nothing is requested of it and fewer
 *     than that are pending, it requests another chunk, so that at most one chunk more than this is pending; 0 to request
 *     only what is requested. Nothing is taken ahead before the first request, nor from a source that makes its chunks inside
 *     requests (a generator, a collection), nor by a decoder
 * @param chunkTokens the most tokens in an {@code int[]} that comes out, 1 … 2²⁰
 * @param chunkBytes the most bytes in a buffer that comes out, 1 … 2²⁴
 * @param checkedOnly whether a decoder of frames delivers tokens only once a checksum has vouched for them. Else tokens of
 *     small frames come at once, and an error follows within 256 tokens if they were damaged; it makes no difference for
 *     streams written with {@link io.tokenlz.frames.FrameWriterOptions#withCheckAllFrames}
 */
public record TokenFluxOptions(
        long flushTokens, int pendingTokens, int chunkTokens, int chunkBytes, boolean checkedOnly) {
    /**
     * Each chunk is flushed, up to 4096 tokens pend under back-pressure, chunks of at most 4096 tokens or 16 KiB come out,
     * small frames are delivered at once.
     */
    public static final TokenFluxOptions DEFAULT = new TokenFluxOptions(1, 4096, 4096, 1 << 14, false);

    private static final int MOST_TOKENS = 1 << 20;
    private static final int MOST_BYTES = 1 << 24;

    /**
     * Checks the options.
     *
     * @param flushTokens pending tokens from which on an encoder sends them
     * @param pendingTokens how many tokens an encoder takes ahead of demand
     * @param chunkTokens the most tokens in a chunk
     * @param chunkBytes the most bytes in a chunk
     * @param checkedOnly whether unchecked tokens are held back
     * @throws IllegalArgumentException naming the option that is out of range
     */
    public TokenFluxOptions {
        require("flushTokens", flushTokens, 1, Long.MAX_VALUE);
        require("pendingTokens", pendingTokens, 0, MOST_TOKENS);
        require("chunkTokens", chunkTokens, 1, MOST_TOKENS);
        require("chunkBytes", chunkBytes, 1, MOST_BYTES);
    }

    private static void require(String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(option + " must be " + least + " to " + most + ", is " + value);
        }
    }

    /**
     * These options with a flush for each chunk from upstream: the least latency.
     *
     * @return new options
     */
    public TokenFluxOptions flushEachSignal() {
        return flushWhenPending(1);
    }

    /**
     * These options with a flush once so many tokens are pending, and on completion.
     *
     * @param tokens pending tokens, at least 1
     * @return new options
     */
    public TokenFluxOptions flushWhenPending(long tokens) {
        return new TokenFluxOptions(tokens, pendingTokens, chunkTokens, chunkBytes, checkedOnly);
    }

    /**
     * These options with a flush on completion alone: the smallest. What fills a chunk is sent before.
     *
     * @return new options
     */
    public TokenFluxOptions flushOnCompletion() {
        return flushWhenPending(Long.MAX_VALUE);
    }

    /**
     * These options with another number of tokens that are taken ahead of demand.
     *
     * @param tokens pending tokens, 0 … 2²⁰; 0 to request only what is requested
     * @return new options
     */
    public TokenFluxOptions withPendingTokens(int tokens) {
        return new TokenFluxOptions(flushTokens, tokens, chunkTokens, chunkBytes, checkedOnly);
    }

    /**
     * These options with another size of {@code int[]} chunks.
     *
     * @param tokens the most tokens in one, 1 … 2²⁰
     * @return new options
     */
    public TokenFluxOptions withChunkTokens(int tokens) {
        return new TokenFluxOptions(flushTokens, pendingTokens, tokens, chunkBytes, checkedOnly);
    }

    /**
     * These options with another size of buffers.
     *
     * @param bytes the most bytes in one, 1 … 2²⁴
     * @return new options
     */
    public TokenFluxOptions withChunkBytes(int bytes) {
        return new TokenFluxOptions(flushTokens, pendingTokens, chunkTokens, bytes, checkedOnly);
    }

    /**
     * These options with tokens held back, or not, until a checksum has vouched for them.
     *
     * @param only whether they are held back
     * @return new options
     */
    public TokenFluxOptions withCheckedOnly(boolean only) {
        return new TokenFluxOptions(flushTokens, pendingTokens, chunkTokens, chunkBytes, only);
    }

    FlushRule encoderRule() {
        return new FlushRule(flushTokens, pendingTokens);
    }
}
