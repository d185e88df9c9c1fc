package io.tokenlz.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;

/** Writes little-endian numbers, however many there are. */
final class NumberOutput {
    private static final int BUFFER_BYTES = 1 << 15;

    private final WritableByteChannel channel;
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);

    NumberOutput(WritableByteChannel channel) {
        this.channel = channel;
    }

    void putByte(int value) throws IOException {
        makeRoom();
        bytes.put((byte) value);
    }

    void putInt(int value) throws IOException {
        makeRoom();
        bytes.putInt(value);
    }

    void putLong(long value) throws IOException {
        makeRoom();
        bytes.putLong(value);
    }

    private void makeRoom() throws IOException {
        if (bytes.remaining() < Long.BYTES) {
            writeOut();
        }
    }

    /** Writes what was put and is not written yet. */
    void writeOut() throws IOException {
        bytes.flip();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        bytes.clear();
    }
}
