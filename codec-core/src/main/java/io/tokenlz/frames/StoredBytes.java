package io.tokenlz.frames;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Objects;

/**
 * Where a stored stream lies: bytes that can be read from any place. {@link ChronicleStoredBytes} is one over Chronicle
 * {@code Bytes}.
 */
public interface StoredBytes {
    /**
     * Length of the stream.
     *
     * @return bytes
     */
    long size();

    /**
     * Copies bytes.
     *
     * @param position index of the first of them, from the start of the stream
     * @param target where they go
     * @param from index of the first byte's place
     * @param count how many
     * @throws IndexOutOfBoundsException if either range is not inside the stream or the array
     */
    void read(long position, byte[] target, int from, int count);

    /**
     * A stream in a buffer.
     *
     * @param buffer what remains of it is the stream; not changed while in use
     * @return a view of it
     */
    static StoredBytes of(ByteBuffer buffer) {
        ByteBuffer view = buffer.slice();
        return new StoredBytes() {
            @Override
            public long size() {
                return view.capacity();
            }

            @Override
            public void read(long position, byte[] target, int from, int count) {
                Objects.checkFromIndexSize(position, count, view.capacity());
                view.get((int) position, target, from, count);
            }
        };
    }

    /**
     * A stream that is a file, mapped in pieces, however large it is. The mapping outlives the
     * channel.
     *
     * @param channel open for reading; the file is not shortened while in use
     * @return a view of the file
     * @throws IOException if it cannot be mapped
     */
    static StoredBytes of(FileChannel channel) throws IOException {
        return new MappedFile(channel);
    }
}
