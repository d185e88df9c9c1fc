package io.tokenlz.core;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.MappedBytes;

/**
 * Writes little-endian 32-bit token IDs into Chronicle {@code Bytes}: on the heap, native, or a mapped file, larger than
 * 2 GiB too. The flags that Chronicle's mapped files need are in the module's README. Not thread-safe.
 */
public final class ChronicleTokenOutput extends StagedTokenOutput {
    private static final boolean SWAP = ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN;

    /** What Chronicle maps at most; told to grow to nearly 2⁶³ bytes, it overflows and shrinks its memory to nothing. */
    private static final long MOST_BYTES = 1L << 47;

    private Bytes<?> bytes = Bytes.allocateElasticOnHeap(0);
    private long byteOffset;
    private boolean mapped;

    /** Creates a window without room. */
    public ChronicleTokenOutput() {}

    /**
     * Moves this window onto part of {@code bytes}. Elastic bytes grow here, once, to hold the window, never later.
     * Neither their read nor their write position matters or moves.
     *
     * @param bytes where token IDs shall go; owned by the caller, not released while in use
     * @param byteOffset offset of the first token's first byte, as for {@code bytes.writeInt(offset, value)}
     * @param tokens the window's room in tokens, four bytes each
     * @return this
     * @throws IndexOutOfBoundsException if the range is not between {@code bytes.start()} and the lowest of
     *     {@code bytes.capacity()}, {@code bytes.writeLimit()} and 2⁴⁷
     * @throws IllegalArgumentException if the memory is read-only: Chronicle would write to it, or take the JVM down
     */
    public ChronicleTokenOutput wrap(Bytes<?> bytes, long byteOffset, long tokens) {
        // Chronicle does not check offsets on elastic bytes: a wrong one overwrites stray memory
        long writable = writable(bytes);
        Objects.checkIndex(tokens, (writable >> 2) + 1);
        Objects.checkFromIndexSize(byteOffset - bytes.start(), tokens * Integer.BYTES, writable);
        requireWritable(bytes);
        bytes.ensureCapacity(byteOffset + tokens * Integer.BYTES);
        this.bytes = bytes;
        this.byteOffset = byteOffset;
        this.mapped = MappedChunks.isMapped(bytes);
        open(tokens);
        return this;
    }

    /** Bytes from the start on that may be written to. */
    static long writable(Bytes<?> bytes) {
        return Math.min(Math.min(bytes.capacity(), bytes.writeLimit()), MOST_BYTES) - bytes.start();
    }

    static void requireWritable(Bytes<?> bytes) {
        if (isReadOnly(bytes) || (bytes.bytesStore() instanceof Bytes<?> viewed && isReadOnly(viewed))) {
            throw new IllegalArgumentException("output bytes are read-only");
        }
    }

    private static boolean isReadOnly(Bytes<?> bytes) {
        return bytes instanceof MappedBytes mapped
                ? mapped.isBackingFileReadOnly()
                : bytes.underlyingObject() instanceof ByteBuffer buffer && buffer.isReadOnly();
    }

    @Override
    void write(int[] source, int count, long to) {
        Bytes<?> target = bytes;
        long at = byteOffset + to * Integer.BYTES;
        for (int i = 0; i < count; i++, at += Integer.BYTES) {
            if (mapped && MappedChunks.mayBeCut(at)) {
                MappedChunks.write(target, at, source[i]);
            } else {
                target.writeInt(at, SWAP ? Integer.reverseBytes(source[i]) : source[i]);
            }
        }
    }
}
