package io.tokenlz.frames;

import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * A stream put together frame by frame, with checks that are right for whatever it holds: for what no writer of this version
 * writes, and for what every reader must refuse for another reason than a wrong check.
 */
final class HandMadeStream {
    private final ByteSink bytes = new ByteSink();
    private int spanStart;
    private long spanTokens;
    private long tokens;
    private int checkedFrom;

    /** Begins with a header of these flags and fields. */
    HandMadeStream(int flags, byte[]... fields) {
        byte[] joined = joined(fields);
        bytes.putBytes(StreamFormat.MAGIC, 0, StreamFormat.MAGIC.length);
        put(StreamFormat.VERSION, flags);
        bytes.putVarint(joined.length);
        bytes.putBytes(joined, 0, joined.length);
        endHeader();
    }

    /** Begins with these bytes in place of a header, and a header's check. */
    HandMadeStream(int... header) {
        put(header);
        endHeader();
    }

    static HandMadeStream ofVocabulary(int size) {
        return new HandMadeStream(0, vocabulary(size));
    }

    static HandMadeStream stored(int vocabularySize) {
        return new HandMadeStream(StreamFormat.FLAG_STORED, vocabulary(vocabularySize));
    }

    static byte[] vocabulary(int size) {
        return field(StreamFormat.FIELD_VOCABULARY, varints(size));
    }

    static byte[] window(int ids) {
        return field(StreamFormat.FIELD_WINDOW, varints(ids));
    }

    static byte[] field(int tag, byte... value) {
        return joined(new byte[] {(byte) tag}, varints(value.length), value);
    }

    static byte[] varints(int... numbers) {
        ByteSink sink = new ByteSink();
        Varints.writeList(numbers, 0, numbers.length, sink);
        return Arrays.copyOf(sink.bytes, sink.length);
    }

    static byte[] packed(int... numbers) {
        ByteSink sink = new ByteSink();
        new PackedList().write(numbers, 0, numbers.length, sink);
        return Arrays.copyOf(sink.bytes, sink.length);
    }

    static byte[] entropy(int... numbers) {
        ByteSink sink = new ByteSink();
        new EntropyList(EntropyList.MOST_CODE_BITS).write(numbers, 0, numbers.length, sink);
        return Arrays.copyOf(sink.bytes, sink.length);
    }

    static byte[] joined(byte[]... parts) {
        ByteSink sink = new ByteSink();
        for (byte[] part : parts) {
            sink.putBytes(part, 0, part.length);
        }
        return Arrays.copyOf(sink.bytes, sink.length);
    }

    /** Bytes as they are. */
    HandMadeStream put(int... values) {
        for (int value : values) {
            bytes.putByte(value);
        }
        return this;
    }

    HandMadeStream kind(int kind) {
        return put(StreamFormat.firstByte(kind));
    }

    /** A frame of a single token, all its bytes. */
    HandMadeStream token(int... values) {
        tokens++;
        return put(values);
    }

    /** A data frame of a stream without a codec, with its check if it has one. */
    HandMadeStream data(int kind, int count, int encoding, byte... payload) {
        return data(kind, count, new int[0], encoding, payload);
    }

    /** The same of a stream with a codec, which makes the tokens of so many IDs. */
    HandMadeStream coded(int kind, int count, int ids, int encoding, byte... payload) {
        return data(kind, count, new int[] {ids}, encoding, payload);
    }

    private HandMadeStream data(int kind, int count, int[] ids, int encoding, byte... payload) {
        kind(kind);
        bytes.putVarint(count);
        Varints.writeList(ids, 0, ids.length, bytes);
        put(encoding);
        bytes.putVarint(payload.length);
        bytes.putBytes(payload, 0, payload.length);
        tokens += count;
        return kind == StreamFormat.KIND_DATA_UNCHECKED ? this : check();
    }

    HandMadeStream skippable(int kind, byte... body) {
        kind(kind);
        bytes.putVarint(body.length);
        bytes.putBytes(body, 0, body.length);
        return this;
    }

    HandMadeStream checkpoint() {
        return kind(StreamFormat.KIND_CHECKPOINT).check();
    }

    /** Ends the span with its check. */
    HandMadeStream check() {
        FrameCheck sum = new FrameCheck();
        sum.begin(spanTokens);
        sum.update(bytes.bytes, spanStart, bytes.length - spanStart);
        checkedFrom = spanStart;
        bytes.putInt(sum.value());
        spanStart = bytes.length;
        spanTokens = tokens;
        return this;
    }

    /** An index of one document and of one restart, if there are tokens: where the first frame lies. */
    HandMadeStream index(int firstFrame) {
        byte[] gap = joined(entropy(0), entropy(0));
        byte[] restarts = tokens == 0 ? new byte[0] : joined(gap, entropy(firstFrame), entropy(0));
        byte[] counts = varints(tokens == 0 ? 0 : 1, 1);
        return skippable(StreamFormat.KIND_INDEX, joined(counts, restarts, entropy((int) tokens), entropy(0)))
                .check();
    }

    /** An index that was gathered elsewhere, and the end of a stored stream. */
    HandMadeStream storedEnd(IndexWriter index) {
        index.write(tokens, bytes);
        return check().storedEnd(lastSpanBytes());
    }

    HandMadeStream end() {
        return end(tokens);
    }

    HandMadeStream end(long stated) {
        kind(StreamFormat.KIND_END);
        bytes.putVarint(stated);
        return check();
    }

    HandMadeStream storedEnd(int indexBytes) {
        return storedEnd(tokens, indexBytes);
    }

    HandMadeStream storedEnd(long stated, int indexBytes) {
        kind(StreamFormat.KIND_STORED_END);
        bytes.putLong(stated);
        bytes.putInt(indexBytes);
        return check();
    }

    /** Bytes of the span that was checked last, its check included: those of an index, if nothing else was in it. */
    int lastSpanBytes() {
        return spanStart - checkedFrom;
    }

    long tokens() {
        return tokens;
    }

    int length() {
        return bytes.length;
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes.bytes, bytes.length);
    }

    private void endHeader() {
        CRC32C sum = new CRC32C();
        sum.update(bytes.bytes, 0, bytes.length);
        bytes.putInt((int) sum.getValue());
        spanStart = bytes.length;
    }
}
