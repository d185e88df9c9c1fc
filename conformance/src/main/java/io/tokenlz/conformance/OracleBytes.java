package io.tokenlz.conformance;

/**
 * Bytes from a place to an end, taken one after the other (FORMAT.md, section 2). Whoever takes what isn't there or mustn't be
 * gets a {@link Refused}.
 */
final class OracleBytes {
    /** Says that the header or frame that is being read must be refused. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused(String why) {
            super(why);
        }
    }

    private final byte[] bytes;
    private final int end;
    private int at;

    OracleBytes(byte[] bytes, int at, int end) {
        this.bytes = bytes;
        this.at = at;
        this.end = end;
    }

    static void need(boolean condition, String why) {
        if (!condition) {
            throw new Refused(why);
        }
    }

    int at() {
        return at;
    }

    boolean isEmpty() {
        return at == end;
    }

    int left() {
        return end - at;
    }

    int takeByte() {
        need(at < end, "the bytes end");
        return bytes[at++] & 0xFF;
    }

    /** So many bytes, to be taken by themselves. */
    OracleBytes take(long count) {
        need(count <= end - at, "the bytes end");
        at += (int) count;
        return new OracleBytes(bytes, at - (int) count, at);
    }

    /** A number of fixed size. */
    long little(int size) {
        OracleBytes part = take(size);
        long value = 0;
        for (int i = 0; i < size; i++) {
            value |= (long) part.takeByte() << (8 * i);
        }
        return value;
    }

    long varint(long most) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            int next = takeByte();
            need(next != 0 || shift == 0, "a varint in more bytes than it needs");
            need(shift < 63, "a varint of 2^63 or more");
            value |= (long) (next & 0x7F) << shift;
            need(value <= most, "a varint above " + most);
            if (next < 0x80) {
                return value;
            }
        }
    }

    void finish() {
        need(at == end, (end - at) + " bytes too many");
    }

    /** A bit stream: takes a byte only when a bit of it is needed. */
    final class Bits {
        private long held;
        private int count;

        long take(int bits) {
            while (count < bits) {
                held |= (long) takeByte() << count;
                count += 8;
            }
            long value = held & ((1L << bits) - 1);
            held >>>= bits;
            count -= bits;
            return value;
        }
    }
}
