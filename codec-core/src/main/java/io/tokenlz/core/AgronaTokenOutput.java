package io.tokenlz.core;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes little-endian 32-bit token IDs into an Agrona buffer over heap, direct or mapped memory. Agrona needs
 * {@code --add-opens java.base/jdk.internal.misc=ALL-UNNAMED}. Not thread-safe.
 */
public final class AgronaTokenOutput extends StagedTokenOutput {
    private MutableDirectBuffer buffer = new UnsafeBuffer(0, 0);
    private int byteOffset;

    /** Creates a window without room. */
    public AgronaTokenOutput() {}

    /**
     * Moves this window onto part of a buffer. An expandable buffer is not expanded: the window lies inside its present
     * capacity.
     *
     * @param buffer where token IDs shall go; owned by the caller, not released or unmapped while in use
     * @param byteOffset index of the first token's first byte; need not be aligned
     * @param tokens the window's room in tokens, four bytes each
     * @return this
     * @throws IndexOutOfBoundsException if the range is not inside the buffer's capacity
     * @throws IllegalArgumentException if the buffer wraps a read-only {@link ByteBuffer}, which Agrona would write to
     */
    public AgronaTokenOutput wrap(MutableDirectBuffer buffer, int byteOffset, int tokens) {
        Objects.checkFromIndexSize((long) byteOffset, (long) tokens * Integer.BYTES, (long) buffer.capacity());
        requireWritable(buffer);
        this.buffer = buffer;
        this.byteOffset = byteOffset;
        open(tokens);
        return this;
    }

    static void requireWritable(MutableDirectBuffer buffer) {
        ByteBuffer wrapped = buffer.byteBuffer();
        if (wrapped != null && wrapped.isReadOnly()) {
            throw new IllegalArgumentException("output buffer wraps a read-only ByteBuffer");
        }
    }

    @Override
    void write(int[] source, int count, long to) {
        MutableDirectBuffer target = buffer;
        int at = byteOffset + (int) to * Integer.BYTES;
        for (int i = 0; i < count; i++, at += Integer.BYTES) {
            target.putInt(at, source[i], ByteOrder.LITTLE_ENDIAN);
        }
    }
}
