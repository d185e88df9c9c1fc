package io.tokenlz.core;

import java.nio.ByteBuffer;

/**
 * Writes bytes into a {@link ByteBuffer}, on the heap, direct or mapped, and moves its position. Needs no other library and
 * no JVM flag. Not thread-safe.
 */
public final class BufferByteOutput extends ByteOutput {
    private ByteBuffer buffer = ByteBuffer.allocate(0);

    /** Creates a window without room. */
    public BufferByteOutput() {}

    /**
     * Moves this window onto what remains of a buffer. Its position follows this window's.
     *
     * @param bytes where bytes shall go; owned by the caller; its byte order does not matter
     * @return this
     * @throws IllegalArgumentException if the buffer is read-only
     */
    public BufferByteOutput wrap(ByteBuffer bytes) {
        if (bytes.isReadOnly()) {
            throw new IllegalArgumentException("output buffer is read-only");
        }
        this.buffer = bytes;
        open(bytes.remaining());
        return this;
    }

    @Override
    void copy(byte[] source, int from, long at, int count) {
        buffer.put(buffer.position(), source, from, count);
    }

    @Override
    void moved(int count) {
        buffer.position(buffer.position() + count);
    }
}
