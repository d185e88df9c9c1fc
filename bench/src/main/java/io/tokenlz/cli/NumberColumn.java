package io.tokenlz.cli;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads little-endian signed numbers of four or eight bytes from a place in a file on, however many there are. */
final class NumberColumn {
    private static final int BUFFER_BYTES = 1 << 15;

    private final InputFile file;
    private final int numberBytes;
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(BUFFER_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .limit(0);
    private long filePosition;

    NumberColumn(InputFile file, long start, int numberBytes) {
        this.file = file;
        this.filePosition = start;
        this.numberBytes = numberBytes;
    }

    long next() {
        if (bytes.remaining() < numberBytes) {
            fill();
        }
        return numberBytes == Integer.BYTES ? bytes.getInt() : bytes.getLong();
    }

    private void fill() {
        bytes.compact();
        while (bytes.position() < numberBytes) {
            int read = file.read(bytes, filePosition);
            if (read < 0) {
                // its size was compared before
                throw new BadInput(file.name() + ": was shortened while it was read");
            }
            filePosition += read;
        }
        bytes.flip();
    }
}
