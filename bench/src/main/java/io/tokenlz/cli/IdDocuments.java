package io.tokenlz.cli;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The documents of a file of little-endian 32-bit IDs: those that an index tells of (64-bit starts, in tokens, from 0 to the
 * file's end), or the whole file as one.
 */
final class IdDocuments implements DocumentSource {
    private final InputFile file;
    private final TokenFileInput tokens;
    private final @Nullable NumberColumn starts;
    private long documentsLeft;
    private long start;
    private long tokensLeft;

    IdDocuments(InputFile file, @Nullable InputFile index) throws IOException {
        this.file = file;
        this.tokens = new TokenFileInput(file, Integer.BYTES);
        if (index == null) {
            this.starts = null;
            this.documentsLeft = 1;
        } else {
            this.documentsLeft = requireSound(index, file) - 1;
            this.starts = new NumberColumn(index, 0, Long.BYTES);
            this.start = starts.next();
        }
    }

    /** The token that each document of a file starts at, by the index beside it; 0 alone if there is none. */
    static int[] starts(String name) throws IOException {
        try (InputFile index = TokenFileName.of("FILE", name).openIndex()) {
            if (index == null) {
                return new int[1];
            }
            try (InputFile file = InputFile.open(name)) {
                int[] starts = new int[Math.toIntExact(requireSound(index, file) - 1)];
                NumberColumn column = new NumberColumn(index, 0, Long.BYTES);
                for (int i = 0; i < starts.length; i++) {
                    starts[i] = Math.toIntExact(column.next());
                }
                return starts;
            }
        }
    }

    /** Checks every start; how many there are. */
    private static long requireSound(InputFile index, InputFile file) throws IOException {
        long bytes = index.regular().size();
        long entries = bytes / Long.BYTES;
        if (bytes % Long.BYTES != 0 || entries < 2) {
            throw new BadInput(index.name() + ": " + bytes + " bytes are no list of 64-bit document starts and an end");
        }
        NumberColumn starts = new NumberColumn(index, 0, Long.BYTES);
        long last = starts.next();
        if (last != 0) {
            throw new BadInput(index.name() + ": the first document starts at " + last + ", not at 0"
                    + (MegatronIndex.isStart(last) ? " (it is a Megatron index, which belongs to a .bin file)" : ""));
        }
        for (long i = 1; i < entries; i++) {
            long next = starts.next();
            if (next < last) {
                throw new BadInput(index.name() + ": entry " + i + " is " + next + ", below the one before, " + last);
            }
            last = next;
        }
        long size = file.regular().size();
        if (size % Integer.BYTES != 0) {
            throw new BadInput(file.name() + ": ends inside a token: " + size + " bytes are no multiple of 4");
        }
        if (last != size / Integer.BYTES) {
            throw new BadInput(index.name() + ": ends at token " + last + ", but " + file.name() + " has "
                    + size / Integer.BYTES + " tokens");
        }
        return entries;
    }

    @Override
    public boolean nextDocument() {
        if (documentsLeft == 0) {
            return false;
        }
        documentsLeft--;
        if (starts == null) {
            tokensLeft = Long.MAX_VALUE;
        } else {
            long end = starts.next();
            tokensLeft = end - start;
            start = end;
        }
        return true;
    }

    @Override
    public int read(int[] target) {
        if (tokensLeft == 0) {
            return 0;
        }
        int count = tokens.read(target, (int) Math.min(tokensLeft, target.length));
        if (count >= 0) {
            tokensLeft -= count;
            return count;
        }
        if (starts != null) {
            throw new BadInput(file.name() + ": was shortened while it was read");
        }
        return 0;
    }

    @Override
    public long position() {
        return tokens.position();
    }
}
