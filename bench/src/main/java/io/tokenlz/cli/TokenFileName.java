package io.tokenlz.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The name of a token file, and what it says of the file: {@code .u32} and {@code .bin} have an index of their documents beside
 * them, under the same name with the ending {@code .idx}.
 *
 * @param name as the user wrote it
 * @param megatron whether it is a Megatron token file, not one of 32-bit IDs
 * @param indexName the index's, or null where there is no place for one
 */
record TokenFileName(
        String name, boolean megatron, @Nullable String indexName) {
    private static final String IDS = ".u32";
    private static final String MEGATRON = ".bin";
    private static final String INDEX = ".idx";

    /** Reads a name that was given for a parameter of a command. */
    static TokenFileName of(String parameter, String name) {
        if (name.isEmpty()) {
            throw new BadInput(parameter + ": is empty");
        }
        if (name.equals("-") || name.startsWith("/dev/") || name.startsWith("/proc/")) {
            return new TokenFileName(name, false, null);
        }
        if (!name.endsWith(IDS) && !name.endsWith(MEGATRON)) {
            throw new BadInput(name + ": must end in " + IDS + " or " + MEGATRON + ", or be -");
        }
        String stem = name.substring(0, name.length() - IDS.length());
        return new TokenFileName(name, name.endsWith(MEGATRON), stem + INDEX);
    }

    /** The index, or null if there is none and none is needed. */
    @Nullable
    InputFile openIndex() throws IOException {
        if (indexName == null || (!megatron && !Files.exists(Path.of(indexName)))) {
            return null;
        }
        return InputFile.open(indexName);
    }

    /** Whether an index lies there; one of the other kind belongs to another file, and must not be replaced. */
    boolean hasIndexToReplace() throws IOException {
        if (indexName == null || !Files.isRegularFile(Path.of(indexName))) {
            return false;
        }
        ByteBuffer start = ByteBuffer.allocate(MegatronIndex.MAGIC.length);
        try (FileChannel index = FileChannel.open(Path.of(indexName))) {
            index.read(start, 0);
        }
        if (start.position() > 0 && megatron != Arrays.equals(start.array(), MegatronIndex.MAGIC)) {
            throw new BadInput(indexName + ": is the index of a file of another kind, and would be replaced");
        }
        return true;
    }
}
