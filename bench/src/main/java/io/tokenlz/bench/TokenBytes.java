package io.tokenlz.bench;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** The plain forms of tokens as bytes, which general compressors are given. */
public enum TokenBytes {
    /** Seven bits a byte, the lowest first; all but the last with the high bit set. */
    VARINTS {
        @Override
        int write(int[] tokens, int from, int count, byte[] target, int to) {
            int at = to;
            for (int i = from; i < from + count; i++) {
                int rest = tokens[i];
                while (rest > 0x7F) {
                    target[at++] = (byte) (rest | 0x80);
                    rest >>>= 7;
                }
                target[at++] = (byte) rest;
            }
            return at;
        }

        @Override
        int read(byte[] source, int from, int end, int[] target, int to) {
            int at = from;
            int written = to;
            while (at < end) {
                int value = source[at++];
                // two bytes hold most tokens of any vocabulary: the branches that a predictor gets right come first
                if (value < 0) {
                    int next = source[at++];
                    value = (value & 0x7F) | (next << 7);
                    if (next < 0) {
                        next = source[at++];
                        value = (value & 0x3FFF) | (next << 14);
                        for (int shift = 14; next < 0; ) {
                            shift += 7;
                            next = source[at++];
                            value = (value & ((1 << shift) - 1)) | (next << shift);
                        }
                    }
                }
                target[written++] = value;
            }
            return written - to;
        }
    },

    /** Four bytes, the lowest first. */
    INT32 {
        @Override
        int write(int[] tokens, int from, int count, byte[] target, int to) {
            for (int i = 0; i < count; i++) {
                INTS.set(target, to + i * Integer.BYTES, tokens[from + i]);
            }
            return to + count * Integer.BYTES;
        }

        @Override
        int read(byte[] source, int from, int end, int[] target, int to) {
            int count = (end - from) / Integer.BYTES;
            for (int i = 0; i < count; i++) {
                target[to + i] = (int) INTS.get(source, from + i * Integer.BYTES);
            }
            return count;
        }
    };

    static final int MOST_BYTES = 5;

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /** Writes tokens, at most {@link #MOST_BYTES} each; the index behind the last byte. */
    abstract int write(int[] tokens, int from, int count, byte[] target, int to);

    /** Reads all tokens between two indices of bytes that {@link #write} wrote; how many there were. */
    abstract int read(byte[] source, int from, int end, int[] target, int to);

    /** All tokens of a file of 32-bit IDs ({@code .u32}). */
    static int[] readInt32(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int[] tokens = new int[bytes.length / Integer.BYTES];
        INT32.read(bytes, 0, tokens.length * Integer.BYTES, tokens, 0);
        return tokens;
    }

    /** Bytes of tokens as varints. */
    static long varintBytes(int[] tokens, int from, int count) {
        long bytes = 0;
        for (int i = from; i < from + count; i++) {
            int bits = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(tokens[i]));
            bytes += (bits + 6) / 7;
        }
        return bytes;
    }

    /** Bytes of a JSON array of tokens, without spaces. */
    static long jsonBytes(int[] tokens, int from, int count) {
        long brackets = 2;
        long bytes = brackets + Math.max(0, count - 1);
        for (int i = from; i < from + count; i++) {
            bytes += Integer.toString(tokens[i]).length();
        }
        return bytes;
    }
}
