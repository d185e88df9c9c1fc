package io.tokenlz.cli;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.util.Objects;

/** Reads little-endian token IDs of two or four bytes, in constant memory. */
final class TokenFileInput {
    private static final int BUFFER_BYTES = 1 << 16;

    private final InputFile file;
    private final int tokenBytes;
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(BUFFER_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .limit(0);
    private long filePosition;

    TokenFileInput(InputFile file, int tokenBytes) {
        this.file = file;
        this.tokenBytes = tokenBytes;
    }

    /** Where the next token lies, in bytes. */
    long position() {
        return filePosition - bytes.remaining();
    }

    void seek(long position) {
        if (position != position()) {
            file.seek(position);
            filePosition = position;
            bytes.limit(0);
        }
    }

    /** Reads some tokens, at least one and at most {@code most}; −1 at the end of the file. */
    int read(int[] target, int most) {
        Objects.checkFromIndexSize(0, most, target.length);
        if (!fill()) {
            return -1;
        }
        int count = Math.min(most, bytes.remaining() / tokenBytes);
        if (tokenBytes == Short.BYTES) {
            ShortBuffer tokens = bytes.asShortBuffer();
            for (int i = 0; i < count; i++) {
                target[i] = Short.toUnsignedInt(tokens.get(i));
            }
        } else {
            bytes.asIntBuffer().get(target, 0, count);
        }
        bytes.position(bytes.position() + count * tokenBytes);
        return count;
    }

    /** Whether a whole token is there, after reading on if none was. */
    private boolean fill() {
        while (bytes.remaining() < tokenBytes) {
            bytes.compact();
            int read = file.read(bytes);
            bytes.flip();
            if (read < 0 && bytes.hasRemaining()) {
                throw new BadInput(file.name() + ": ends inside a token: " + filePosition + " bytes are no multiple of "
                        + tokenBytes);
            }
            if (read < 0) {
                return false;
            }
            filePosition += read;
        }
        return true;
    }
}
