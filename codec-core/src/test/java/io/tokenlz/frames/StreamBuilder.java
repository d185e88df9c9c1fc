package io.tokenlz.frames;

import java.util.Arrays;
import java.util.zip.CRC32C;

/** Puts a stream together by hand, right checksums included, after FORMAT.md and not with the writer's classes. */
final class StreamBuilder {
    private byte[] bytes = new byte[64];
    private int length;
    private int spanStart;
    private long tokens;

    /** A header of plain tokens. */
    static StreamBuilder plain(int vocabularySize) {
        return new StreamBuilder().header(0x81, 0, 1, varint(vocabularySize));
    }

    /** A header with one field of a tag. */
    StreamBuilder header(int version, int flags, int tag, byte[] value) {
        byte[] field = new StreamBuilder().put(tag).put(value.length).put(value).bytes();
        return header(version, flags, field);
    }

    StreamBuilder header(int version, int flags, byte[] fields) {
        put('T', 'L', 'Z', version, flags).put(varint(fields.length)).put(fields);
        CRC32C sum = new CRC32C();
        sum.update(bytes, 0, length);
        little(sum.getValue(), 4);
        spanStart = length;
        return this;
    }

    static byte[] varint(long value) {
        StreamBuilder result = new StreamBuilder();
        long rest = value;
        while (rest > 127) {
            result.put((int) ((rest & 127) | 128));
            rest >>= 7;
        }
        return result.put((int) rest).bytes();
    }

    StreamBuilder put(int... values) {
        for (int value : values) {
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, 2 * length);
            }
            bytes[length++] = (byte) value;
        }
        return this;
    }

    StreamBuilder put(byte[] values) {
        for (byte value : values) {
            put(value);
        }
        return this;
    }

    StreamBuilder little(long value, int count) {
        for (int i = 0; i < count; i++) {
            put((int) (value >>> (8 * i)));
        }
        return this;
    }

    StreamBuilder kind(int kind) {
        return put((kind << 1) | (Integer.bitCount(kind) & 1));
    }

    /** A data frame without its check. */
    StreamBuilder data(int kind, int count, int encoding, byte[] payload) {
        kind(kind).put(varint(count)).put(encoding).put(varint(payload.length)).put(payload);
        tokens += count;
        return this;
    }

    /** Says that frames put by hand held tokens. */
    StreamBuilder holding(int count) {
        tokens += count;
        return this;
    }

    /** Ends the span with a check of the tokens before it. */
    StreamBuilder check(long tokensBefore) {
        CRC32C sum = new CRC32C();
        sum.update(new StreamBuilder().little(tokensBefore, 8).bytes());
        sum.update(bytes, spanStart, length - spanStart);
        little(sum.getValue(), 4);
        spanStart = length;
        return this;
    }

    /** An end frame; its span begins with the last {@code unchecked} tokens. */
    StreamBuilder end(int unchecked) {
        return kind(100).put(varint(tokens)).check(tokens - unchecked);
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, length);
    }
}
