package io.tokenlz.core;

import java.nio.ByteOrder;
import java.util.Objects;
import net.openhft.chronicle.bytes.Bytes;

/**
 * Reads little-endian 32-bit token IDs where they lie in Chronicle {@code Bytes}: on the heap, native, or a mapped file,
 * larger than 2 GiB too. The flags that Chronicle's mapped files need are in the module's README. Not thread-safe.
 */
public final class ChronicleTokenInput extends StagedTokenInput {
    private static final boolean SWAP = ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN;

    private Bytes<?> bytes = Bytes.allocateElasticOnHeap(0);
    private long byteOffset;
    private boolean mapped;

    /** Creates an empty window. */
    public ChronicleTokenInput() {}

    /**
     * Moves this window onto part of what is readable in {@code bytes}. Neither their read nor their write position
     * matters or moves.
     *
     * @param bytes memory with token IDs; only read, owned by the caller, not released while in use
     * @param byteOffset offset of the first token's first byte, as for {@code bytes.readInt(offset)}
     * @param tokens tokens in the window, four bytes each
     * @return this
     * @throws IndexOutOfBoundsException if the range is not between {@code bytes.start()} and {@code bytes.readLimit()}
     */
    public ChronicleTokenInput wrap(Bytes<?> bytes, long byteOffset, long tokens) {
        // Chronicle does not check offsets on elastic bytes: a wrong one reads stray memory
        long readable = bytes.readLimit() - bytes.start();
        Objects.checkIndex(tokens, (readable >> 2) + 1);
        Objects.checkFromIndexSize(byteOffset - bytes.start(), tokens * Integer.BYTES, readable);
        this.bytes = bytes;
        this.byteOffset = byteOffset;
        this.mapped = MappedChunks.isMapped(bytes);
        open(tokens);
        return this;
    }

    @Override
    void read(long from, int[] target, int count) {
        Bytes<?> source = bytes;
        long at = byteOffset + from * Integer.BYTES;
        for (int i = 0; i < count; i++, at += Integer.BYTES) {
            if (mapped && MappedChunks.mayBeCut(at)) {
                target[i] = MappedChunks.read(source, at);
                continue;
            }
            int token = source.readInt(at);
            target[i] = SWAP ? Integer.reverseBytes(token) : token;
        }
    }
}
