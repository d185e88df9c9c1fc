package io.tokenlz.bench;

/** A general compressor of bytes. What it needs is kept from call to call. Not thread-safe. */
interface RivalCompressor extends AutoCloseable {
    /** Compresses bytes behind what is in the target; the index behind the last byte written. */
    int compress(byte[] source, int length, byte[] target, int to);

    /** Decompresses to the target's start; how many bytes there were. */
    int decompress(byte[] source, int from, int end, byte[] target);

    @Override
    default void close() {}
}
