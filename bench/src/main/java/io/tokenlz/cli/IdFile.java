package io.tokenlz.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of token IDs: little-endian, 32 bits each. */
final class IdFile {
    static final String SUFFIX = ".u32";

    private IdFile() {}

    /**
     * Reads a file.
     *
     * @param file its name, or - for standard input
     * @param size what all its IDs must be below
     * @param sizeName how the user knows that number
     */
    static int[] read(String file, int size, String sizeName) {
        try (InputStream in = open(file)) {
            // to its end, whatever size it claims: a pipe has none
            byte[] bytes = in.readAllBytes();
            if (bytes.length % Integer.BYTES != 0) {
                throw new BadInput(file + ": ends inside a token: " + bytes.length + " bytes are no multiple of 4");
            }
            int[] ids = new int[bytes.length / Integer.BYTES];
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(ids);
            for (int i = 0; i < ids.length; i++) {
                if (ids[i] < 0 || ids[i] >= size) {
                    throw new BadInput(file + ": ID " + Integer.toUnsignedString(ids[i]) + " at position " + i
                            + " is not below " + sizeName + " " + size);
                }
            }
            return ids;
        } catch (IOException failure) {
            throw unreadable(file, failure);
        }
    }

    private static InputStream open(String file) throws IOException {
        return file.equals("-") ? new FileInputStream(FileDescriptor.in) : Files.newInputStream(Path.of(file));
    }

    static BadInput unreadable(String file, IOException failure) {
        return new BadInput(Files.isDirectory(Path.of(file)) ? file + ": is a directory" : TokenLz.describe(failure));
    }
}
