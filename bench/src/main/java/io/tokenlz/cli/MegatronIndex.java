package io.tokenlz.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/**
 * The index of a Megatron token file ({@code .idx}, version 1): the lengths of its sequences in tokens, their places in the
 * {@code .bin} file in bytes, and which sequence each document begins with. Nothing in it is believed before it was compared
 * with the sizes of both files; its numbers are read where they are needed, never held all at once.
 */
final class MegatronIndex {
    static final byte[] MAGIC = {'M', 'M', 'I', 'D', 'I', 'D', 'X', 0, 0};
    static final long VERSION = 1;
    private static final int HEADER_BYTES = MAGIC.length + Long.BYTES + 1 + Long.BYTES + Long.BYTES;
    private static final int SEQUENCE_BYTES = Integer.BYTES + Long.BYTES;

    private final InputFile file;
    private final MegatronType type;
    private final long sequences;
    private final long documents;

    /**
     * Reads and checks an index.
     *
     * @param file the index
     * @param tokens the {@code .bin} file that it belongs to
     */
    MegatronIndex(InputFile file, InputFile tokens) throws IOException {
        FileChannel channel = file.regular();
        this.file = file;
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        while (header.hasRemaining() && file.read(header, header.position()) >= 0) {
            // a read may give less than there is
        }
        require(
                !header.hasRemaining() && Arrays.equals(header.array(), 0, MAGIC.length, MAGIC, 0, MAGIC.length),
                "is no Megatron index (MMIDIDX)");
        header.position(MAGIC.length);
        long version = header.getLong();
        require(version == VERSION, "is of version " + Long.toUnsignedString(version) + ", only 1 can be read");
        this.type = MegatronType.ofCode(Byte.toUnsignedInt(header.get()), file.name());
        this.sequences = header.getLong();
        long entries = header.getLong();
        requireSize(channel.size(), entries);
        this.documents = entries - 1;
        requireSequences(tokens);
        requireDocuments();
    }

    /** Whether a number is what a Megatron index begins with. */
    static boolean isStart(long number) {
        return number == ByteBuffer.wrap(MAGIC).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    private void require(boolean condition, String complaint) {
        if (!condition) {
            throw new BadInput(file.name() + ": " + complaint);
        }
    }

    private void requireSize(long size, long entries) {
        // compared one by one first, so that the sum cannot overflow
        boolean fits = sequences >= 0
                && sequences <= size / SEQUENCE_BYTES
                && entries >= 1
                && entries <= size / Long.BYTES
                && size == HEADER_BYTES + sequences * SEQUENCE_BYTES + entries * Long.BYTES;
        require(
                fits,
                "tells of " + Long.toUnsignedString(sequences) + " sequences and " + Long.toUnsignedString(entries)
                        + " document entries, which is not what " + size + " bytes hold");
    }

    private void requireSequences(InputFile tokens) throws IOException {
        long size = tokens.regular().size();
        NumberColumn lengths = lengths();
        NumberColumn pointers = pointers();
        long left = size;
        for (long i = 0; i < sequences; i++) {
            long length = lengths.next();
            long pointer = pointers.next();
            require(length >= 0, "sequence " + i + " has a length of " + length);
            require(
                    pointer >= 0 && pointer <= size - length * type.bytes(),
                    "sequence " + i + " of " + length + " tokens at byte " + pointer + " does not lie in "
                            + tokens.name() + " of " + size + " bytes");
            require(
                    pointer % type.bytes() == 0,
                    "sequence " + i + " at byte " + pointer + " begins inside a token of " + type.bytes() + " bytes");
            left -= length * type.bytes();
            // overlapping sequences would let a small file stand for an endless one
            require(left >= 0, "sequences up to " + i + " have more tokens than " + tokens.name() + " holds");
        }
    }

    private void requireDocuments() {
        NumberColumn firsts = documentFirsts();
        long last = firsts.next();
        require(last == 0, "the first document begins with sequence " + last + ", not with 0");
        for (long i = 1; i <= documents; i++) {
            long next = firsts.next();
            require(next >= last, "document entry " + i + " is " + next + ", below the one before, " + last);
            last = next;
        }
        require(last == sequences, "documents end at sequence " + last + " of " + sequences);
    }

    MegatronType type() {
        return type;
    }

    long documents() {
        return documents;
    }

    /** The sequences' lengths, in tokens. */
    NumberColumn lengths() {
        return new NumberColumn(file, HEADER_BYTES, Integer.BYTES);
    }

    /** The sequences' places, in bytes. */
    NumberColumn pointers() {
        return new NumberColumn(file, HEADER_BYTES + sequences * Integer.BYTES, Long.BYTES);
    }

    /** The first sequence of each document, and behind the last one the number of sequences. */
    NumberColumn documentFirsts() {
        return new NumberColumn(file, HEADER_BYTES + sequences * SEQUENCE_BYTES, Long.BYTES);
    }
}
