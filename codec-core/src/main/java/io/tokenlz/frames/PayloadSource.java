package io.tokenlz.frames;

/**
 * The bytes of a frame's payload, with a position. The array has {@link #SLACK} bytes behind the payload, which bit readers
 * may look at but never vouch for.
 */
final class PayloadSource {
    /** A bit reader looks at most that far past the payload before it notices. */
    static final int SLACK = 512;

    byte[] bytes = new byte[SLACK];
    int at;
    int end;

    void open(byte[] array, int from, int to) {
        bytes = array;
        at = from;
        end = to;
    }

    int takeByte() {
        if (at >= end) {
            throw new MalformedPayload("a payload that goes on", "its end");
        }
        return bytes[at++] & 0xFF;
    }

    /** A varint of 31 bits at most, in its shortest form. */
    int takeInt() {
        return (int) takeVarint(Integer.MAX_VALUE, "a number below 2^31");
    }

    long takeVarint(long most, String expected) {
        long value = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            int next = takeByte();
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                if (value > most || (next == 0 && shift > 0)) {
                    throw new MalformedPayload(expected, next == 0 ? "a varint longer than needed" : "" + value);
                }
                return value;
            }
        }
        throw new MalformedPayload(expected, "a varint without an end");
    }

    /** The same, with a text that is put together only where it is needed: {@code before}, the most, {@code behind}. */
    long takeVarint(long most, String before, String behind) {
        long value = takeVarint(Long.MAX_VALUE, "a number below 2^63");
        if (value > most) {
            throw new MalformedPayload(before + most + behind, "" + value);
        }
        return value;
    }
}
