package io.tokenlz.core;

import java.nio.ByteBuffer;

/**
 * Reads bytes where they lie in a {@link ByteBuffer}, on the heap, direct or mapped, and moves its position. Needs no other
 * library and no JVM flag. Not thread-safe.
 */
public final class BufferByteInput extends ByteInput {
    private ByteBuffer buffer = ByteBuffer.allocate(0);

    /** Creates an empty window. */
    public BufferByteInput() {}

    /**
     * Moves this window onto what remains of a buffer. Its position follows this window's.
     *
     * @param bytes only read, owned by the caller; its byte order does not matter
     * @return this
     */
    public BufferByteInput wrap(ByteBuffer bytes) {
        this.buffer = bytes;
        open(bytes.remaining());
        return this;
    }

    @Override
    void copy(long at, byte[] target, int from, int count) {
        buffer.get(buffer.position(), target, from, count);
    }

    @Override
    void moved(int count) {
        buffer.position(buffer.position() + count);
    }
}
