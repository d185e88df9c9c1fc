package io.tokenlz.core;

import java.util.Objects;
import net.openhft.chronicle.bytes.Bytes;

/**
 * Writes bytes into Chronicle {@code Bytes}: on the heap, native, or a mapped file, larger than 2 GiB too. The flags that
 * Chronicle's mapped files need are in the module's README. Not thread-safe.
 */
public final class ChronicleByteOutput extends ByteOutput {
    private Bytes<?> bytes = Bytes.allocateElasticOnHeap(0);
    private long offset;

    /** Creates a window without room. */
    public ChronicleByteOutput() {}

    /**
     * Moves this window onto part of {@code target}. Elastic bytes grow here, once, to hold the window, never later. Neither
     * their read nor their write position matters or moves.
     *
     * @param target where bytes shall go; owned by the caller, not released while in use
     * @param byteOffset offset of the window's first byte, as for {@code target.writeByte(offset, value)}
     * @param length the window's room in bytes
     * @return this
     * @throws IndexOutOfBoundsException if the range is not between {@code target.start()} and the lowest of
     *     {@code target.capacity()}, {@code target.writeLimit()} and 2⁴⁷
     * @throws IllegalArgumentException if the memory is read-only: Chronicle would write to it, or take the JVM down
     */
    public ChronicleByteOutput wrap(Bytes<?> target, long byteOffset, long length) {
        // Chronicle does not check offsets on elastic bytes: a wrong one overwrites stray memory
        Objects.checkFromIndexSize(byteOffset - target.start(), length, ChronicleTokenOutput.writable(target));
        ChronicleTokenOutput.requireWritable(target);
        target.ensureCapacity(byteOffset + length);
        this.bytes = target;
        this.offset = byteOffset;
        open(length);
        return this;
    }

    @Override
    void copy(byte[] source, int from, long at, int count) {
        Bytes<?> target = bytes;
        long next = offset + at;
        for (int i = 0; i < count; i++) {
            target.writeByte(next++, source[from + i]);
        }
    }
}
