package io.tokenlz.core;

import java.util.Objects;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads bytes where they lie in an Agrona buffer over heap, direct or mapped memory. Agrona needs
 * {@code --add-opens java.base/jdk.internal.misc=ALL-UNNAMED}. Not thread-safe.
 */
public final class AgronaByteInput extends ByteInput {
    private DirectBuffer buffer = new UnsafeBuffer(0, 0);
    private int offset;

    /** Creates an empty window. */
    public AgronaByteInput() {}

    /**
     * Moves this window onto part of a buffer.
     *
     * @param bytes only read, owned by the caller, not released or unmapped while in use
     * @param byteOffset index of the window's first byte
     * @param length bytes in the window
     * @return this
     * @throws IndexOutOfBoundsException if the range is not inside the buffer's capacity
     */
    public AgronaByteInput wrap(DirectBuffer bytes, int byteOffset, int length) {
        Objects.checkFromIndexSize(byteOffset, length, bytes.capacity());
        this.buffer = bytes;
        this.offset = byteOffset;
        open(length);
        return this;
    }

    @Override
    void copy(long at, byte[] target, int from, int count) {
        buffer.getBytes(offset + (int) at, target, from, count);
    }
}
