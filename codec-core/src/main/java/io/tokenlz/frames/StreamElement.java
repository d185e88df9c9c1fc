package io.tokenlz.frames;

import io.tokenlz.core.ByteInput;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The element (header or frame) of a stream that is being read: where it begins, which every error says, and its bytes as far
 * as they came. A byte is taken only once those before it say that it belongs to the element: so none behind the stream's end
 * is, and an element that is whole has taken as many bytes as it has.
 */
final class StreamElement {
    private static final int FIRST_BYTES = 256;

    private long start;
    private long tokensBefore;

    /** From the element's first byte on, or from the first that was not skipped; behind them the slack of bit readers. */
    private byte[] bytes = new byte[FIRST_BYTES + PayloadSource.SLACK];

    private int have;
    private int at;
    private long skipped;

    /** Goes to an element anywhere. */
    void seek(long newStart, long newTokensBefore) {
        start = newStart;
        tokensBefore = newTokensBefore;
        have = 0;
        skipped = 0;
    }

    /** Goes on to the next element, as this one is whole and held so many tokens. */
    void next(int tokens) {
        seek(start + taken(), tokensBefore + tokens);
    }

    long tokensBefore() {
        return tokensBefore;
    }

    /** Bytes that were taken of it. */
    long taken() {
        return skipped + have;
    }

    /** An array whose first bytes are the element's; another one once more of them are needed. */
    byte[] bytes() {
        return bytes;
    }

    int byteAt(int index) {
        return bytes[index] & 0xFF;
    }

    /** Where the next byte or varint is taken. */
    int at() {
        return at;
    }

    void moveTo(int index) {
        at = index;
    }

    /** Makes sure that its first {@code count} bytes are there; false if the input ends before. */
    boolean need(ByteInput input, int count) {
        if (count > bytes.length - PayloadSource.SLACK) {
            bytes = Arrays.copyOf(bytes, count + (count >> 1) + PayloadSource.SLACK);
        }
        if (have < count) {
            have += input.read(bytes, have, count - have);
        }
        return have >= count;
    }

    /** Takes a byte and moves behind it; −1 if the input ends before. */
    int takeByte(ByteInput input) {
        return need(input, at + 1) ? byteAt(at++) : -1;
    }

    /** Takes a varint and moves behind it; −1 if the input ends inside it. */
    long takeVarint(ByteInput input, long most, String expected) {
        long value = 0;
        for (int shift = 0, next = at; shift < 63; shift += 7, next++) {
            if (!need(input, next + 1)) {
                return -1;
            }
            value |= (long) (bytes[next] & 0x7F) << shift;
            if (bytes[next] >= 0) {
                if (value > most || (bytes[next] == 0 && shift > 0)) {
                    throw malformed(expected, bytes[next] == 0 ? "a varint longer than needed" : "" + value);
                }
                at = next + 1;
                return value;
            }
        }
        throw malformed(expected, "a varint without an end");
    }

    /** The same, with a text that is put together only where it is needed: {@code before}, the most, {@code behind}. */
    long takeVarint(ByteInput input, long most, String before, String behind) {
        long value = takeVarint(input, Long.MAX_VALUE, "a number below 2^63");
        if (value > most) {
            throw malformed(before + most + behind, "" + value);
        }
        return value;
    }

    /** Lets go of the bytes that are there: those that follow take their place. */
    void letGo() {
        skipped += have;
        have = 0;
    }

    /** Lets go of up to {@code most} bytes more, which only the check sees; how many there were. */
    int skip(ByteInput input, long most, FrameCheck check) {
        int count = input.read(bytes, 0, (int) Math.min(most, FIRST_BYTES));
        check.update(bytes, 0, count);
        skipped += count;
        return count;
    }

    /** Adds the bytes that are there to a check. */
    void addTo(FrameCheck check) {
        check.update(bytes, 0, have);
    }

    /** Adds the bytes that are there to a check, but for the last of them, which must say what it comes to. */
    void requireCheck(FrameCheck check) {
        int end = have - StreamFormat.CHECK_BYTES;
        check.update(bytes, 0, end);
        requireSum(check.value(), end);
    }

    void requireSum(int sum, int storedAt) {
        int stored = (int) ByteSink.INTS.get(bytes, storedAt);
        if (stored != sum) {
            throw malformed(String.format("checksum %08X", sum), String.format("%08X", stored));
        }
    }

    MalformedFrameException malformed(String expected, String found) {
        return malformed(expected, found, null);
    }

    MalformedFrameException malformed(MalformedPayload malformed) {
        return malformed(malformed.expected, malformed.found, malformed);
    }

    MalformedFrameException malformed(String expected, String found, @Nullable Throwable cause) {
        return new MalformedFrameException(start, tokensBefore, expected, found, cause);
    }

    FrameLimitException beyondLimit(String most, String found) {
        return new FrameLimitException(start, tokensBefore, most, found);
    }
}
