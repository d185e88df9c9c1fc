package io.tokenlz.frames;

import io.tokenlz.core.BufferByteInput;
import io.tokenlz.core.ByteInput;
import java.nio.ByteBuffer;

/** A kind of memory that a reader reads from, as fuzzing needs it. What it held before lies behind what it holds. */
public interface ByteMemory {
    /** Bytes that fit. */
    int ROOM = 1 << 17;

    /**
     * Takes an input.
     *
     * @param bytes copied
     */
    void hold(byte[] bytes);

    /**
     * Part of the input.
     *
     * @param from index of its first byte
     * @param count bytes in it
     * @return a window, until the next one
     */
    ByteInput window(int from, int count);

    /**
     * The input, for random access.
     *
     * @param count its length
     * @return a view
     */
    StoredBytes stored(int count);

    /** A {@link ByteBuffer} of any kind. */
    final class Buffer implements ByteMemory {
        private final ByteBuffer buffer;
        private final BufferByteInput input = new BufferByteInput();

        /**
         * Makes memory.
         *
         * @param buffer with {@link #ROOM}
         */
        public Buffer(ByteBuffer buffer) {
            this.buffer = buffer;
        }

        @Override
        public void hold(byte[] bytes) {
            buffer.clear();
            buffer.put(bytes);
        }

        @Override
        public ByteInput window(int from, int count) {
            buffer.clear().position(from).limit(from + count);
            return input.wrap(buffer);
        }

        @Override
        public StoredBytes stored(int count) {
            return StoredBytes.of(buffer.clear().limit(count));
        }
    }
}
