package io.tokenlz.frames;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * A stored stream, put together by hand, of blocks far apart: between them are frames that a reader skips, of up to 2 GiB of
 * zeros that take no memory here and no room in a sparse file.
 */
final class SparseStream implements StoredBytes {
    /** A skippable frame without its body, of a length of five bytes, and a checkpoint. */
    private static final int GAP_BYTES = 1 + 5 + 1 + StreamFormat.CHECK_BYTES;

    private final TreeMap<Long, byte[]> parts = new TreeMap<>();
    private final IndexWriter index = new IndexWriter();
    private final FrameCheck check = new FrameCheck();
    private final ByteSink frame = new ByteSink();
    private long size;
    private long tokens;
    private long spanTokens;

    SparseStream(int vocabularySize) {
        put(HandMadeStream.stored(vocabularySize).bytes());
        check.begin(0);
    }

    /** A block of IDs. */
    SparseStream block(int... ids) {
        index.restart(tokens, size);
        return data(StreamFormat.KIND_DATA_RESTART, ids);
    }

    /** More IDs of the block. */
    SparseStream more(int... ids) {
        return data(StreamFormat.KIND_DATA, ids);
    }

    private SparseStream data(int kind, int... ids) {
        byte[] payload = HandMadeStream.varints(ids);
        frame.putByte(StreamFormat.firstByte(kind));
        frame.putVarint(ids.length);
        frame.putByte(StreamFormat.ENCODING_VARINT);
        frame.putVarint(payload.length);
        frame.putBytes(payload, 0, payload.length);
        tokens += ids.length;
        return endSpan();
    }

    SparseStream endDocument() {
        index.endDocument(tokens);
        return this;
    }

    /** Zeros, so that the next frame begins at a place. */
    SparseStream gapTo(long position) {
        int zeros = Math.toIntExact(position - size - GAP_BYTES);
        frame.putByte(StreamFormat.firstByte(StreamFormat.KIND_FIRST_SKIPPABLE));
        frame.putVarint(zeros);
        if (frame.length != 1 + 5) {
            throw new IllegalArgumentException("a gap of " + zeros + " bytes is too small");
        }
        putFrame();
        byte[] some = new byte[1 << 16];
        for (int done = 0; done < zeros; ) {
            int part = Math.min(some.length, zeros - done);
            check.update(some, 0, part);
            done += part;
        }
        size += zeros;
        frame.putByte(StreamFormat.firstByte(StreamFormat.KIND_CHECKPOINT));
        return endSpan();
    }

    SparseStream end() {
        long start = size;
        index.write(tokens, frame);
        endSpan();
        int indexBytes = Math.toIntExact(size - start);
        frame.putByte(StreamFormat.firstByte(StreamFormat.KIND_STORED_END));
        frame.putLong(tokens);
        frame.putInt(indexBytes);
        return endSpan();
    }

    private SparseStream endSpan() {
        putFrame();
        frame.putInt(check.value());
        put(frameBytes());
        spanTokens = tokens;
        check.begin(spanTokens);
        return this;
    }

    private void putFrame() {
        check.update(frame.bytes, 0, frame.length);
        put(frameBytes());
    }

    private byte[] frameBytes() {
        byte[] bytes = Arrays.copyOf(frame.bytes, frame.length);
        frame.clear();
        return bytes;
    }

    private void put(byte[] bytes) {
        parts.put(size, bytes);
        size += bytes.length;
    }

    long tokens() {
        return tokens;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void read(long position, byte[] target, int from, int count) {
        Arrays.fill(target, from, from + count, (byte) 0);
        Long first = parts.floorKey(position);
        for (Map.Entry<Long, byte[]> part :
                parts.subMap(first, position + count).entrySet()) {
            long start = part.getKey();
            long begin = Math.max(position, start);
            int length = (int) (Math.min(position + count, start + part.getValue().length) - begin);
            if (length > 0) {
                System.arraycopy(
                        part.getValue(), (int) (begin - start), target, from + (int) (begin - position), length);
            }
        }
    }

    /** Writes a file with holes. */
    void write(FileChannel channel) throws IOException {
        for (Map.Entry<Long, byte[]> part : parts.entrySet()) {
            channel.write(ByteBuffer.wrap(part.getValue()), part.getKey());
        }
    }
}
