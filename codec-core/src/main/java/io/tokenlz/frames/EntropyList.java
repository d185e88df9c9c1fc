package io.tokenlz.frames;

import java.util.Arrays;

/**
 * Writes the list encoding "entropy" (FORMAT.md, section 7.3): one prefix code over the numbers that are frequent enough to
 * pay for their place in its table, and over the magnitudes of all others, whose lower bits follow as they are.
 */
final class EntropyList {
    static final int FORM_PACKED = 0;
    static final int FORM_CONSTANT = 1;
    static final int FORM_PREFIX = 2;

    /** The longest code that the format allows. */
    static final int MOST_CODE_BITS = 14;

    /** Symbols below are magnitudes (bit lengths), those from here on single numbers. */
    static final int MAGNITUDES = 32;

    /** Lists of at least so many numbers are dealt out to four bit streams, so that a decoder's steps overlap. */
    static final int FOUR_STREAMS_FROM = 256;

    static final int STREAMS = 4;

    /** Numbers of so many bits at most are written two at a time. */
    private static final int MOST_PAIRED = (Long.SIZE - Byte.SIZE) / 2;

    /** Shorter lists are packed: a table would take more than it saves. */
    private static final int LEAST_CODED = 24;

    /** What a single number's place in the table takes, in 1/256 bits: the mean on text. */
    private static final int TABLE_COST = 11 << 8;

    /** Only numbers below get symbols of their own; all are counted, where tables as long as this still fit a cache. */
    private static final int MOST_COUNTED = 1 << 20;

    private final PackedList packed = new PackedList();
    private final PrefixCode code = new PrefixCode();

    /** Shorter than the format allows, so that a decoder's table stays in the L1 cache. */
    private final int codeBits;

    /**
     * For each number how often it occurs, and then its code, the code's length above bit 16, and the number of its lower bits
     * above bit 24. One table for both, since two would not fit a cache; all zero between lists.
     */
    private int[] countsThenCodes = new int[64];

    private int[] distinct = new int[64];
    private int distinctCount;

    /** Numbers below were counted for the present list. */
    private int counted;

    private int largest;

    /** The most bits that a number of the present list takes. */
    private int mostBits;

    private final int[] magnitudes = new int[MAGNITUDES];
    private final int[] magnitudeCodes = new int[MAGNITUDES];
    private final int[] escapeCost = new int[MAGNITUDES];

    private int[] symbols = new int[64];
    private int[] weights = new int[64];
    private int symbolCount;
    private final int[] lengthCounts = new int[MOST_CODE_BITS + 2];
    private int[] gaps = new int[64];
    private final int[] streamBytes = new int[STREAMS];

    EntropyList(int codeBits) {
        this.codeBits = codeBits;
    }

    /** The most memory that a writer of lists of so many numbers holds. */
    static long mostStateBytes(long numbers) {
        // what is known of all numbers that are counted, the distinct ones, symbols, weights and gaps, the code's
        // own
        return 5L * MOST_COUNTED + 5 * numbers + 15 * numbers + 48 * numbers;
    }

    /** Writes a list of numbers that are not negative, in the smallest of the three forms or one a few bytes above it. */
    void write(int[] values, int from, int count, ByteSink sink) {
        if (count < LEAST_CODED) {
            sink.putByte(FORM_PACKED);
            packed.write(values, from, count, sink);
            return;
        }
        collect(values, from, count);
        if (distinctCount == 1 && isCounted(values[from]) && countsThenCodes[values[from]] == count) {
            forget();
            sink.putByte(FORM_CONSTANT);
            sink.putVarint(values[from]);
            return;
        }
        long packedBytes = packed.plan(magnitudes, count);
        chooseSymbols(count);
        int start = sink.length;
        sink.putByte(FORM_PREFIX);
        long bits = writeTable(sink);
        if (((bits + 7) >>> 3) + sink.length - start < packedBytes) {
            writeStreams(values, from, count, sink, bits);
        } else {
            sink.length = start;
            sink.putByte(FORM_PACKED);
            packed.write(values, from, count, sink);
        }
        forget();
    }

    private void collect(int[] values, int from, int count) {
        Arrays.fill(magnitudes, 0);
        int most = 0;
        for (int i = from; i < from + count; i++) {
            most = Math.max(most, values[i]);
        }
        largest = most;
        counted = Math.min(MOST_COUNTED - 1, largest) + 1;
        if (countsThenCodes.length < counted) {
            countsThenCodes = new int[Math.min(MOST_COUNTED, counted + (counted >> 2))];
        }
        if (distinct.length <= count) {
            distinct = new int[count + (count >> 2) + 1];
        }
        int[] counts = countsThenCodes;
        int[] order = distinct;
        int found = 0;
        for (int i = from; i < from + count; i++) {
            int value = values[i];
            if (value >= counted) {
                magnitudes[PackedList.bitLength(value)]++;
            } else {
                int before = counts[value];
                counts[value] = before + 1;
                order[found] = value;
                // a branch would be guessed wrong for every other number
                found += (before - 1) >>> 31;
            }
        }
        distinctCount = found;
        for (int i = 0; i < found; i++) {
            int value = distinct[i];
            magnitudes[PackedList.bitLength(value)] += countsThenCodes[value];
        }
    }

    private boolean isCounted(int value) {
        return value < counted;
    }

    private void forget() {
        for (int i = 0; i < distinctCount; i++) {
            countsThenCodes[distinct[i]] = 0;
        }
    }

    /** Decides which numbers get a symbol of their own, and builds the code. */
    private void chooseSymbols(int count) {
        if (symbols.length < distinctCount + MAGNITUDES) {
            symbols = new int[distinctCount + MAGNITUDES + (distinctCount >> 2)];
            weights = new int[symbols.length];
            gaps = new int[symbols.length];
        }
        int total = log2(count);
        // what a number costs that stays a mere magnitude, as if all of that magnitude did: a fair guess, and a quick
        // one
        for (int magnitude = 0; magnitude < MAGNITUDES; magnitude++) {
            escapeCost[magnitude] = magnitudes[magnitude] == 0
                    ? 0
                    : total - log2(magnitudes[magnitude]) + (Math.max(0, magnitude - 1) << 8);
        }
        int most = (1 << codeBits) - MAGNITUDES;
        int chosen = 0;
        for (int i = 0; i < distinctCount; i++) {
            int value = distinct[i];
            int occurrences = countsThenCodes[value];
            int magnitude = PackedList.bitLength(value);
            long gain = (long) occurrences * (escapeCost[magnitude] - total + log2(occurrences)) - TABLE_COST;
            // 0 and 1 are alone in their magnitudes
            if (gain > 0 && magnitude > 1 && chosen < most) {
                symbols[chosen] = value + MAGNITUDES;
                weights[chosen++] = occurrences;
                magnitudes[magnitude] -= occurrences;
            } else {
                countsThenCodes[value] = 0;
            }
        }
        for (int magnitude = 0; magnitude < MAGNITUDES; magnitude++) {
            if (magnitudes[magnitude] > 0) {
                symbols[chosen] = magnitude;
                weights[chosen++] = magnitudes[magnitude];
            }
        }
        if (chosen == 1) {
            // a code needs two symbols: the other is 0, which does not occur, or all numbers would be the same
            symbols[chosen] = 0;
            weights[chosen++] = 1;
        }
        symbolCount = chosen;
        code.build(symbols, weights, symbolCount, codeBits);
        nameCodes();
    }

    /** Gives every symbol its canonical code, and every distinct number what is to be written for it. */
    private void nameCodes() {
        Arrays.fill(lengthCounts, 0);
        int next = 0;
        int previous = 0;
        mostBits = 0;
        for (int i = 0; i < symbolCount; i++) {
            int symbol = code.symbol(i);
            int length = code.length(i);
            next <<= length - previous;
            previous = length;
            lengthCounts[length]++;
            int entry = Integer.reverse(next++) >>> (Integer.SIZE - length) | length << 16;
            if (symbol < MAGNITUDES) {
                entry |= Math.max(0, symbol - 1) << 24;
                magnitudeCodes[symbol] = entry;
            } else {
                countsThenCodes[symbol - MAGNITUDES] = entry;
            }
            mostBits = Math.max(mostBits, bitsOf(entry));
        }
        for (int i = 0; i < distinctCount; i++) {
            int value = distinct[i];
            if (countsThenCodes[value] == 0) {
                countsThenCodes[value] = magnitudeCodes[PackedList.bitLength(value)];
            }
        }
    }

    /** Writes the table; bits that the list's numbers take. */
    private long writeTable(ByteSink sink) {
        int longest = MOST_CODE_BITS;
        while (lengthCounts[longest] == 0) {
            longest--;
        }
        sink.putByte(longest);
        int at = 0;
        for (int length = 1; length <= longest; length++) {
            sink.putVarint(lengthCounts[length]);
            int previous = -1;
            for (int i = 0; i < lengthCounts[length]; i++) {
                int symbol = code.symbol(at);
                gaps[at++] = symbol - previous - 1;
                previous = symbol;
            }
        }
        packed.write(gaps, 0, symbolCount, sink);
        long bits = 0;
        for (int i = 0; i < symbolCount; i++) {
            int symbol = code.symbol(i);
            int lower = symbol < MAGNITUDES ? Math.max(0, symbol - 1) : 0;
            bits += (long) code.weight(i) * (code.length(i) + lower);
        }
        return bits;
    }

    private void writeStreams(int[] values, int from, int count, ByteSink sink, long bits) {
        int streams = count < FOUR_STREAMS_FROM ? 1 : STREAMS;
        int lengthsAt = sink.length;
        // the streams' lengths come before them, in as many bytes as they need: leave room, and move up what follows
        int room = streams * Integer.BYTES + streams;
        sink.ensure((int) (bits >>> 3) + room + streams);
        sink.length += room;
        int body = sink.length;
        for (int stream = 0; stream < streams; stream++) {
            int start = sink.length;
            writeStream(values, from, stream, streams, count, sink);
            streamBytes[stream] = sink.length - start;
        }
        int end = lengthsAt;
        for (int stream = 0; stream < streams; stream++) {
            end = Varints.write(streamBytes[stream], sink.bytes, end);
        }
        System.arraycopy(sink.bytes, body, sink.bytes, end, sink.length - body);
        sink.length -= body - end;
    }

    private void writeStream(int[] values, int from, int stream, int streams, int count, ByteSink sink) {
        byte[] target = sink.bytes;
        int[] entries = countsThenCodes;
        int to = sink.length;
        long bits = 0;
        int filled = 0;
        int end = from + count;
        int i = from + stream;
        // two numbers at a time where they and the bits that are left of the last ones fit in a word
        if (mostBits <= MOST_PAIRED && largest < counted) {
            for (int second = i + streams; second < end; i = second + streams, second = i + streams) {
                int value0 = values[i];
                int value1 = values[second];
                int entry0 = entries[value0];
                int entry1 = entries[value1];
                bits |= (written(value0, entry0) | written(value1, entry1) << bitsOf(entry0)) << filled;
                filled += bitsOf(entry0) + bitsOf(entry1);
                ByteSink.LONGS.set(target, to, bits);
                to += filled >>> 3;
                bits >>>= filled & ~7;
                filled &= 7;
            }
        }
        for (; i < end; i += streams) {
            int value = values[i];
            int entry = isCounted(value) ? entries[value] : magnitudeCodes[PackedList.bitLength(value)];
            bits |= written(value, entry) << filled;
            filled += bitsOf(entry);
            ByteSink.LONGS.set(target, to, bits);
            to += filled >>> 3;
            bits >>>= filled & ~7;
            filled &= 7;
        }
        sink.length = to + ((filled + 7) >>> 3);
    }

    /** A number's code, and its lower bits behind it. */
    private static long written(int value, int entry) {
        long lowerBits = value & ((1 << (entry >>> 24)) - 1);
        return (entry & 0xFFFF) | lowerBits << (entry >>> 16);
    }

    /** Bits that a number takes, by its entry. */
    private static int bitsOf(int entry) {
        return (entry >>> 16 & 0xFF) + (entry >>> 24);
    }

    /** Base-2 logarithm in 1/256: exact for powers of two, linear between them. */
    private static int log2(int value) {
        int whole = 31 - Integer.numberOfLeadingZeros(value);
        int rest = (int) (((long) value << 8 >>> whole) & 0xFF);
        return (whole << 8) + rest;
    }
}
