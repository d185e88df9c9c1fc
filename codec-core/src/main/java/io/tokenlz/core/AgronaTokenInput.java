package io.tokenlz.core;

import java.nio.ByteOrder;
import java.util.Objects;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads little-endian 32-bit token IDs where they lie in an Agrona buffer over heap, direct or mapped memory. Agrona
 * needs {@code --add-opens java.base/jdk.internal.misc=ALL-UNNAMED}. Not thread-safe.
 */
public final class AgronaTokenInput extends StagedTokenInput {
    private DirectBuffer buffer = new UnsafeBuffer(0, 0);
    private int byteOffset;

    /** Creates an empty window. */
    public AgronaTokenInput() {}

    /**
     * Moves this window onto part of a buffer.
     *
     * @param buffer memory with token IDs; only read, owned by the caller, not released or unmapped while in use
     * @param byteOffset index of the first token's first byte; need not be aligned
     * @param tokens tokens in the window, four bytes each
     * @return this
     * @throws IndexOutOfBoundsException if the range is not inside the buffer's capacity
     */
    public AgronaTokenInput wrap(DirectBuffer buffer, int byteOffset, int tokens) {
        Objects.checkFromIndexSize((long) byteOffset, (long) tokens * Integer.BYTES, (long) buffer.capacity());
        this.buffer = buffer;
        this.byteOffset = byteOffset;
        open(tokens);
        return this;
    }

    @Override
    void read(long from, int[] target, int count) {
        DirectBuffer source = buffer;
        int at = byteOffset + (int) from * Integer.BYTES;
        for (int i = 0; i < count; i++, at += Integer.BYTES) {
            target[i] = source.getInt(at, ByteOrder.LITTLE_ENDIAN);
        }
    }
}
