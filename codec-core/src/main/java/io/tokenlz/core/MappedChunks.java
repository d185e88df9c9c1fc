package io.tokenlz.core;

import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.MappedBytes;

/**
 * Tokens that lie in two chunks of one of Chronicle's mapped files. Where chunks don't overlap, Chronicle reads past the first
 * of them, without an error or with one that takes the JVM down, and refuses to write; byte by byte it does neither.
 */
final class MappedChunks {
    /** Chunks begin at multiples of this. */
    private static final int PAGE_BYTES = 4096;

    private MappedChunks() {}

    /** Whether memory is a file that is mapped in chunks, or a view of one. */
    static boolean isMapped(Bytes<?> bytes) {
        return bytes instanceof MappedBytes || bytes.bytesStore() instanceof MappedBytes;
    }

    /** Whether a token from an offset on may lie in two chunks. */
    static boolean mayBeCut(long at) {
        return (at & (PAGE_BYTES - 1)) > PAGE_BYTES - Integer.BYTES;
    }

    /** Reads a little-endian token, each byte from the chunk that it is in. */
    static int read(Bytes<?> source, long at) {
        int token = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            token |= (source.readByte(at + i) & 0xFF) << (i * Byte.SIZE);
        }
        return token;
    }

    /** Writes a little-endian token, each byte into the chunk that it is in. */
    static void write(Bytes<?> target, long at, int token) {
        for (int i = 0; i < Integer.BYTES; i++) {
            target.writeByte(at + i, (byte) (token >>> (i * Byte.SIZE)));
        }
    }
}
