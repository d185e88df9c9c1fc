package io.tokenlz.core;

import java.util.Objects;
import net.openhft.chronicle.bytes.Bytes;

/**
 * Reads bytes where they lie in Chronicle {@code Bytes}: on the heap, native, or a mapped file, larger than 2 GiB too. The
 * flags that Chronicle's mapped files need are in the module's README. Not thread-safe.
 */
public final class ChronicleByteInput extends ByteInput {
    private Bytes<?> bytes = Bytes.allocateElasticOnHeap(0);
    private long offset;

    /** Creates an empty window. */
    public ChronicleByteInput() {}

    /**
     * Moves this window onto part of what is readable in {@code source}. Neither their read nor their write position
     * matters or moves.
     *
     * @param source only read, owned by the caller, not released while in use
     * @param byteOffset offset of the window's first byte, as for {@code source.readByte(offset)}
     * @param length bytes in the window
     * @return this
     * @throws IndexOutOfBoundsException if the range is not between {@code source.start()} and
     *     {@code source.readLimit()}
     */
    public ChronicleByteInput wrap(Bytes<?> source, long byteOffset, long length) {
        // Chronicle does not check offsets on elastic bytes: a wrong one reads stray memory
        Objects.checkFromIndexSize(byteOffset - source.start(), length, source.readLimit() - source.start());
        this.bytes = source;
        this.offset = byteOffset;
        open(length);
        return this;
    }

    @Override
    void copy(long at, byte[] target, int from, int count) {
        Bytes<?> source = bytes;
        long next = offset + at;
        for (int i = 0; i < count; i++) {
            target[from + i] = source.readByte(next++);
        }
    }
}
