package io.tokenlz.bench;

import java.nio.ByteBuffer;

/**
 * Turns pieces of a token stream into bytes and back: our format, or a rival. What it needs is kept from piece to piece. All
 * buffers are whole arrays on the heap. Not thread-safe.
 */
public interface WireCoder extends AutoCloseable {
    int NOT_DECODED = -1;

    /**
     * Encodes a piece, behind whatever the buffer holds.
     *
     * @throws IllegalStateException if it finds no room
     */
    void encode(int[] tokens, int from, int count, ByteBuffer target);

    /**
     * Decodes a piece, which is all that remains in the buffer.
     *
     * @return tokens written, or {@link #NOT_DECODED} if they are more than {@code most} or the piece is broken
     */
    int decode(ByteBuffer source, int[] target, int to, int most);

    @Override
    void close();
}
