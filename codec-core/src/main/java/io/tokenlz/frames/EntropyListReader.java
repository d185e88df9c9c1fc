package io.tokenlz.frames;

import java.util.Arrays;

/** Reads lists that {@link EntropyList} writes (FORMAT.md, section 7.3). Keeps its tables for the next list. */
final class EntropyListReader {
    /** The most bits of one number: the longest code and the lower bits of the largest magnitude. */
    private static final int MOST_NUMBER_BITS = EntropyList.MOST_CODE_BITS + 30;

    /** Numbers that a bit stream yields between two checks of its end; what they take must fit in the slack. */
    private static final int UNCHECKED = (PayloadSource.SLACK - Long.BYTES) * Byte.SIZE / MOST_NUMBER_BITS / 2 * 2;

    /** Numbers from here on don't fit in an entry, which then holds a symbol's index. */
    private static final int WIDE = 1 << 20;

    /** The most memory that a reader of lists holds, whatever they hold. */
    static final long STATE_BYTES = (4L * Integer.BYTES) << EntropyList.MOST_CODE_BITS;

    /**
     * For each code what it says: from bit 12 on a number, or 1 for the highest bit of a magnitude; from bit 6 on how many
     * lower bits follow; below, how many bits all of that takes. A shift by an entry is thus one by its lowest six bits.
     */
    private int[] table = new int[1];

    /** A table for each length of the longest code, made when it is first needed: an index below its length is never checked. */
    private final int[][] tables = new int[EntropyList.MOST_CODE_BITS + 1][];

    /** What a symbol stands for, in lists with wide numbers: a number, or a magnitude's highest bit. */
    private int[] bases = new int[64];

    private boolean wide;

    /** The most bits that one number of the list takes. */
    private int mostBits;

    private int[] deltas = new int[64];
    private final int[] lengthCounts = new int[EntropyList.MOST_CODE_BITS + 1];
    private int longest;

    /** Reads a list into an array that has room for it and for seven numbers more. */
    void read(PayloadSource source, int[] target, int from, int count) {
        int form = source.takeByte();
        switch (form) {
            case EntropyList.FORM_PACKED -> PackedList.read(source, target, from, count);
            case EntropyList.FORM_CONSTANT -> Arrays.fill(target, from, from + count, source.takeInt());
            case EntropyList.FORM_PREFIX -> {
                readTable(source);
                readStreams(source, target, from, count);
            }
            default -> throw new MalformedPayload("a form of 0 to 2", "form " + form);
        }
    }

    private void readTable(PayloadSource source) {
        longest = source.takeByte();
        if (longest < 1 || longest > EntropyList.MOST_CODE_BITS) {
            throw new MalformedPayload("a longest code of 1 to 14 bits", longest + " bits");
        }
        int symbols = 0;
        int used = 0;
        int room = 1 << longest;
        for (int length = 1; length <= longest; length++) {
            long stated = source.takeVarint(Long.MAX_VALUE, "a number of codes");
            if (stated > 1 << length) {
                throw new MalformedPayload("at most 2^" + length + " codes of that length", "" + stated);
            }
            int count = (int) stated;
            lengthCounts[length] = count;
            symbols += count;
            used += count << (longest - length);
            if (used > room) {
                throw new MalformedPayload("a complete prefix code", "one with too many codes");
            }
        }
        if (used != room) {
            throw new MalformedPayload("a complete prefix code", "one with codes missing");
        }
        if (bases.length < symbols) {
            bases = new int[symbols];
        }
        if (deltas.length < symbols + 8) {
            deltas = new int[symbols + 8];
        }
        PackedList.read(source, deltas, 0, symbols);
        wide = largestSymbol() >= WIDE;
        fillTable();
    }

    /** The largest of the table's symbols. */
    private long largestSymbol() {
        long largest = 0;
        int index = 0;
        for (int length = 1; length <= longest; length++) {
            long symbol = -1;
            for (int i = 0; i < lengthCounts[length]; i++, index++) {
                symbol += deltas[index] + 1L;
            }
            largest = Math.max(largest, symbol);
        }
        return largest;
    }

    private void fillTable() {
        if (tables[longest] == null) {
            tables[longest] = new int[1 << longest];
        }
        table = tables[longest];
        int index = 0;
        int next = 0;
        mostBits = 0;
        for (int length = 1; length <= longest; length++) {
            next <<= 1;
            long symbol = -1;
            for (int i = 0; i < lengthCounts[length]; i++, index++, next++) {
                symbol += deltas[index] + 1L;
                int lower = 0;
                long value;
                if (symbol < EntropyList.MAGNITUDES) {
                    lower = Math.max(0, (int) symbol - 1);
                    value = symbol == 0 ? 0 : 1;
                } else {
                    value = symbol - EntropyList.MAGNITUDES;
                    if (value > Integer.MAX_VALUE) {
                        throw new MalformedPayload("a number below 2^31", "" + value);
                    }
                }
                mostBits = Math.max(mostBits, length + lower);
                bases[index] = (int) value << lower;
                int entry = (wide ? index : (int) value) << 12 | lower << 6 | (length + lower);
                int step = 1 << length;
                for (int at = Integer.reverse(next) >>> (Integer.SIZE - length); at < 1 << longest; at += step) {
                    table[at] = entry;
                }
            }
        }
    }

    private void readStreams(PayloadSource source, int[] target, int from, int count) {
        if (count < EntropyList.FOUR_STREAMS_FROM) {
            int bytes = takeLength(source);
            long start = (long) source.at << 3;
            source.at += requireRoom(source, bytes);
            requireEnd(readStream(source.bytes, start, source.at, target, from, 1, count), source.at);
            return;
        }
        int bytes0 = takeLength(source);
        int bytes1 = takeLength(source);
        int bytes2 = takeLength(source);
        int bytes3 = takeLength(source);
        int start0 = source.at;
        int start1 = start0 + requireRoom(source, bytes0);
        source.at = start1;
        int start2 = start1 + requireRoom(source, bytes1);
        source.at = start2;
        int start3 = start2 + requireRoom(source, bytes2);
        source.at = start3;
        int end = start3 + requireRoom(source, bytes3);
        source.at = end;
        readFour(source.bytes, start0, start1, start2, start3, end, target, from, count);
    }

    private static int takeLength(PayloadSource source) {
        return source.takeInt();
    }

    private static int requireRoom(PayloadSource source, int bytes) {
        if (bytes > source.end - source.at) {
            throw new MalformedPayload("a bit stream of " + bytes + " bytes", "the payload's end");
        }
        return bytes;
    }

    private static void requireEnd(long bitAt, int end) {
        if ((bitAt + 7) >>> 3 != end) {
            throw new MalformedPayload("a bit stream that ends with its last number", "one that doesn't");
        }
    }

    /** One stream, number by number; index of the bit after the last. */
    private long readStream(byte[] bytes, long start, int end, int[] target, int from, int step, int count) {
        int[] codes = table;
        int[] symbols = bases;
        long bitAt = start;
        long bitEnd = (long) end << 3;
        int to = from;
        for (int left = count; left > 0; left--) {
            long word = (long) ByteSink.LONGS.get(bytes, (int) (bitAt >>> 3)) >>> (bitAt & 7);
            int entry = codes[(int) word & (codes.length - 1)];
            target[to] = wide ? symbols[entry >>> 12] + (int) lowerBits(word, entry) : number(word, entry);
            to += step;
            bitAt += entry & 63;
            if (bitAt > bitEnd) {
                throw new MalformedPayload("a list of " + count + " numbers", "a bit stream's end");
            }
        }
        return bitAt;
    }

    /** The number that an entry and the lower bits behind its code make; the code is the word's lowest bits. */
    private static int number(long word, int entry) {
        return ((entry >>> 12) << (entry >>> 6)) + (int) lowerBits(word, entry);
    }

    private static long lowerBits(long word, int entry) {
        // code and lower bits go to the top, the code is then shifted out; in two steps, since no lower bits may be
        // left
        return ((word << -entry) >>> 1) >>> ~(entry >>> 6);
    }

    /**
     * Four streams at once. One long loop on purpose: what a step waits for is the table look-up before it, and four steps
     * that don't hang on one another wait together.
     */
    private void readFour(
            byte[] bytes, int start0, int start1, int start2, int start3, int end, int[] target, int from, int count) {
        int[] codes = table;
        long at0 = (long) start0 << 3;
        long at1 = (long) start1 << 3;
        long at2 = (long) start2 << 3;
        long at3 = (long) start3 << 3;
        int to = from;
        // two numbers of a stream come from one word, where two always fit beside the bits before them
        int last = wide || 2 * mostBits > Long.SIZE - 7 ? from : from + (count & ~7);
        while (to < last) {
            int stop = Math.min(last, to + (UNCHECKED << 2));
            for (; to < stop; to += 8) {
                long word0 = (long) ByteSink.LONGS.get(bytes, (int) (at0 >>> 3)) >>> (at0 & 7);
                long word1 = (long) ByteSink.LONGS.get(bytes, (int) (at1 >>> 3)) >>> (at1 & 7);
                long word2 = (long) ByteSink.LONGS.get(bytes, (int) (at2 >>> 3)) >>> (at2 & 7);
                long word3 = (long) ByteSink.LONGS.get(bytes, (int) (at3 >>> 3)) >>> (at3 & 7);
                int entry0 = codes[(int) word0 & (codes.length - 1)];
                int entry1 = codes[(int) word1 & (codes.length - 1)];
                int entry2 = codes[(int) word2 & (codes.length - 1)];
                int entry3 = codes[(int) word3 & (codes.length - 1)];
                target[to] = number(word0, entry0);
                target[to + 1] = number(word1, entry1);
                target[to + 2] = number(word2, entry2);
                target[to + 3] = number(word3, entry3);
                word0 >>>= entry0;
                word1 >>>= entry1;
                word2 >>>= entry2;
                word3 >>>= entry3;
                int next0 = codes[(int) word0 & (codes.length - 1)];
                int next1 = codes[(int) word1 & (codes.length - 1)];
                int next2 = codes[(int) word2 & (codes.length - 1)];
                int next3 = codes[(int) word3 & (codes.length - 1)];
                target[to + 4] = number(word0, next0);
                target[to + 5] = number(word1, next1);
                target[to + 6] = number(word2, next2);
                target[to + 7] = number(word3, next3);
                at0 += (entry0 & 63) + (next0 & 63);
                at1 += (entry1 & 63) + (next1 & 63);
                at2 += (entry2 & 63) + (next2 & 63);
                at3 += (entry3 & 63) + (next3 & 63);
            }
            if (at0 > (long) start1 << 3
                    || at1 > (long) start2 << 3
                    || at2 > (long) start3 << 3
                    || at3 > (long) end << 3) {
                throw new MalformedPayload("a list of " + count + " numbers", "a bit stream's end");
            }
        }
        int rest = from + count - to;
        at0 = readStream(bytes, at0, start1, target, to, 4, (rest + 3) >> 2);
        at1 = readStream(bytes, at1, start2, target, to + 1, 4, (rest + 2) >> 2);
        at2 = readStream(bytes, at2, start3, target, to + 2, 4, (rest + 1) >> 2);
        at3 = readStream(bytes, at3, end, target, to + 3, 4, rest >> 2);
        requireEnd(at0, start1);
        requireEnd(at1, start2);
        requireEnd(at2, start3);
        requireEnd(at3, end);
    }
}
