package io.tokenlz.cli;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.function.IntToLongFunction;

/** Writes what tells a token file's documents apart: the {@code .idx} file beside it. */
final class DocumentIndexOutput {
    private final NumberOutput numbers;
    private final int documents;
    private final IntToLongFunction starts;

    /**
     * Makes a writer of an index.
     *
     * @param channel where it goes
     * @param documents how many there are
     * @param starts where each begins, in tokens, and behind the last one the end
     */
    DocumentIndexOutput(WritableByteChannel channel, int documents, IntToLongFunction starts) {
        this.numbers = new NumberOutput(channel);
        this.documents = documents;
        this.starts = starts;
    }

    /** The index of a file of 32-bit IDs. */
    void writeStarts() throws IOException {
        for (int i = 0; i <= documents; i++) {
            numbers.putLong(starts.applyAsLong(i));
        }
        numbers.writeOut();
    }

    /** The index of a Megatron token file: each document is one sequence. */
    void writeMegatron(MegatronType type) throws IOException {
        for (byte letter : MegatronIndex.MAGIC) {
            numbers.putByte(letter);
        }
        numbers.putLong(MegatronIndex.VERSION);
        numbers.putByte(type.code());
        numbers.putLong(documents);
        numbers.putLong(documents + 1L);
        for (int i = 0; i < documents; i++) {
            numbers.putInt(length(i));
        }
        for (int i = 0; i < documents; i++) {
            numbers.putLong(starts.applyAsLong(i) * type.bytes());
        }
        for (int i = 0; i <= documents; i++) {
            numbers.putLong(i);
        }
        numbers.writeOut();
    }

    private int length(int document) {
        long length = starts.applyAsLong(document + 1) - starts.applyAsLong(document);
        if (length > Integer.MAX_VALUE) {
            throw new BadInput("document " + document + " has " + length
                    + " tokens, more than a sequence of a Megatron file can have: unpack to .u32");
        }
        return (int) length;
    }
}
