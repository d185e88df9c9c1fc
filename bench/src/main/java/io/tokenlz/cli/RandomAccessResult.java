package io.tokenlz.cli;

import org.jspecify.annotations.Nullable;

/**
 * What random access to a stored stream took, of blocks of one size.
 *
 * @param blockTokens tokens in a block
 * @param tokens in the stream
 * @param fileBytes the stream
 * @param restarts places where reading can begin
 * @param indexBytes of the stream, those of the index
 * @param writeSeconds for generating and writing the stream
 * @param openSeconds the fastest of a few
 * @param openBytes that opening looked at
 * @param reads how many
 * @param readSeconds for all of them
 * @param medianSeconds that half of the reads kept below
 * @param slowSeconds that all but one in a hundred kept below
 * @param readBytes that the reads looked at together
 * @param mostReadBytes that one read looked at
 * @param heapBefore bytes in use before the stream was opened
 * @param heapAfter bytes in use after all reads, the stream still open
 * @param difference the first read that gave other tokens, or null if none did
 */
record RandomAccessResult(
        int blockTokens,
        long tokens,
        long fileBytes,
        int restarts,
        long indexBytes,
        double writeSeconds,
        double openSeconds,
        long openBytes,
        int reads,
        double readSeconds,
        double medianSeconds,
        double slowSeconds,
        long readBytes,
        long mostReadBytes,
        long heapBefore,
        long heapAfter,
        @Nullable String difference) {
    double bytesPerToken() {
        return (double) fileBytes / tokens;
    }

    double readsPerSecond() {
        return reads / readSeconds;
    }

    double bytesPerRead() {
        return (double) readBytes / reads;
    }
}
