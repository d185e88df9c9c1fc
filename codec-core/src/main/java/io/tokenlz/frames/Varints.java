package io.tokenlz.frames;

/** LEB128: seven bits a byte, lowest first, the high bit set on all but the last (FORMAT.md, section 2). */
final class Varints {
    /** Of a number below 2⁶³. */
    static final int MOST_BYTES = 9;

    private Varints() {}

    /** Writes a number; index after its last byte. The array must have room. */
    static int write(long value, byte[] target, int at) {
        long rest = value;
        int to = at;
        while (rest >= 0x80) {
            target[to++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        target[to++] = (byte) rest;
        return to;
    }

    static int size(long value) {
        return (63 - Long.numberOfLeadingZeros(value | 1)) / 7 + 1;
    }

    /** The list encoding of that name (FORMAT.md, section 7.1). */
    static void writeList(int[] values, int from, int count, ByteSink sink) {
        sink.ensure(count * 5);
        byte[] target = sink.bytes;
        int to = sink.length;
        for (int i = from; i < from + count; i++) {
            int rest = values[i];
            while (rest >= 0x80) {
                target[to++] = (byte) (rest | 0x80);
                rest >>>= 7;
            }
            target[to++] = (byte) rest;
        }
        sink.length = to;
    }

    static void readList(PayloadSource source, int[] target, int from, int count) {
        for (int i = from; i < from + count; i++) {
            target[i] = source.takeInt();
        }
    }
}
