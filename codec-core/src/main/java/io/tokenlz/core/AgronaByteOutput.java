package io.tokenlz.core;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes bytes into an Agrona buffer over heap, direct or mapped memory. Agrona needs
 * {@code --add-opens java.base/jdk.internal.misc=ALL-UNNAMED}. Not thread-safe.
 */
public final class AgronaByteOutput extends ByteOutput {
    private MutableDirectBuffer buffer = new UnsafeBuffer(0, 0);
    private int offset;

    /** Creates a window without room. */
    public AgronaByteOutput() {}

    /**
     * Moves this window onto part of a buffer. An expandable buffer is not expanded: the window lies inside its present
     * capacity.
     *
     * @param bytes where bytes shall go; owned by the caller, not released or unmapped while in use
     * @param byteOffset index of the window's first byte
     * @param length the window's room in bytes
     * @return this
     * @throws IndexOutOfBoundsException if the range is not inside the buffer's capacity
     * @throws IllegalArgumentException if the buffer wraps a read-only {@link ByteBuffer}, which Agrona would write to
     */
    public AgronaByteOutput wrap(MutableDirectBuffer bytes, int byteOffset, int length) {
        Objects.checkFromIndexSize(byteOffset, length, bytes.capacity());
        AgronaTokenOutput.requireWritable(bytes);
        this.buffer = bytes;
        this.offset = byteOffset;
        open(length);
        return this;
    }

    @Override
    void copy(byte[] source, int from, long at, int count) {
        buffer.putBytes(offset + (int) at, source, from, count);
    }
}
