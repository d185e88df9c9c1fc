package io.tokenlz.frames;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes under construction: an array that grows to the largest frame it has seen, and is then used again. */
final class ByteSink {
    /** Little-endian access to 8 bytes at any alignment. */
    static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /** Bit writers store 8 bytes at a time, past what they have filled. */
    static final int SLACK = 8;

    byte[] bytes = new byte[64];
    int length;

    void clear() {
        length = 0;
    }

    /** Makes sure that {@code count} more bytes, and the slack behind them, fit. */
    void ensure(int count) {
        long needed = (long) length + count + SLACK;
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.toIntExact(Math.max(needed, bytes.length + (bytes.length >> 1))));
        }
    }

    void putByte(int value) {
        ensure(1);
        bytes[length++] = (byte) value;
    }

    void putInt(int value) {
        ensure(Integer.BYTES);
        INTS.set(bytes, length, value);
        length += Integer.BYTES;
    }

    void putLong(long value) {
        ensure(Long.BYTES);
        LONGS.set(bytes, length, value);
        length += Long.BYTES;
    }

    /** LEB128 of an unsigned number. */
    void putVarint(long value) {
        ensure(Varints.MOST_BYTES);
        length = Varints.write(value, bytes, length);
    }

    void putBytes(byte[] source, int from, int count) {
        ensure(count);
        System.arraycopy(source, from, bytes, length, count);
        length += count;
    }
}
