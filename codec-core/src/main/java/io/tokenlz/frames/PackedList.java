package io.tokenlz.frames;

/**
 * The list encoding "packed" (FORMAT.md, section 7.2): each number is written with one of at most eight widths, which are
 * chosen for the list; a class of up to three bits says which.
 *
 * <p>Classes lie together, and so do values: the place of the next value hangs on nothing but the widths, so that a
 * decoder's steps overlap. It is a little larger than a prefix code over the widths and several times as fast.
 */
final class PackedList {
    private static final int WIDTHS = 32;
    private static final int MOST_CLASS_BITS = 3;
    private static final int GROUP = 8;

    private final int[] histogram = new int[WIDTHS];
    private final int[] widths = new int[WIDTHS];
    private final int[] weights = new int[WIDTHS];
    private final int[] bestWidths = new int[1 << MOST_CLASS_BITS];

    /** For each bit length of a value, the class in the low byte and the width above it. */
    private final int[] classAndWidth = new int[WIDTHS];

    private int classes;
    private int classBits;

    /** Bit length of a value that is not negative: 0 for 0. */
    static int bitLength(int value) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(value);
    }

    /** Writes a list of numbers that are not negative. */
    void write(int[] values, int from, int count, ByteSink sink) {
        java.util.Arrays.fill(histogram, 0);
        for (int i = from; i < from + count; i++) {
            histogram[bitLength(values[i])]++;
        }
        long bits = chooseWidths(histogram, count);
        int mask = 0;
        for (int i = 0; i < classes; i++) {
            mask |= 1 << bestWidths[i];
        }
        sink.putVarint(mask & 0xFFFF_FFFFL);
        sink.ensure((int) ((bits >>> 3) + 2 * GROUP));
        writeClasses(values, from, count, sink);
        writeValues(values, from, count, sink);
    }

    /** Bytes that a list takes. */
    long plan(int[] bitLengths, int count) {
        return ((chooseWidths(bitLengths, count) + 7) >>> 3) + Varints.MOST_BYTES;
    }

    /**
     * Begins with a class for each bit length that occurs, and merges neighbours where that costs least until there are few
     * enough; of 8, 4, 2 and 1 classes the number that makes the list smallest is kept.
     */
    private long chooseWidths(int[] histogram, int count) {
        int used = 0;
        long valueBits = 0;
        for (int width = 0; width < WIDTHS; width++) {
            if (histogram[width] > 0) {
                widths[used] = width;
                weights[used++] = histogram[width];
                valueBits += (long) width * histogram[width];
            }
        }
        if (used == 0) {
            widths[used++] = 0;
        }
        long best = Long.MAX_VALUE;
        for (int bits = MOST_CLASS_BITS; bits >= 0; bits--) {
            while (used > 1 << bits) {
                int cheapest = 0;
                long least = Long.MAX_VALUE;
                for (int i = 0; i + 1 < used; i++) {
                    long cost = (long) weights[i] * (widths[i + 1] - widths[i]);
                    if (cost < least) {
                        least = cost;
                        cheapest = i;
                    }
                }
                valueBits += least;
                weights[cheapest + 1] += weights[cheapest];
                System.arraycopy(widths, cheapest + 1, widths, cheapest, used - cheapest - 1);
                System.arraycopy(weights, cheapest + 1, weights, cheapest, used - cheapest - 1);
                used--;
            }
            long total = valueBits + (long) bits * count;
            if (total < best) {
                best = total;
                classes = used;
                System.arraycopy(widths, 0, bestWidths, 0, used);
            }
        }
        classBits = classBits(classes);
        int next = 0;
        for (int length = 0; length < WIDTHS && next < classes; length++) {
            if (length > bestWidths[next]) {
                next++;
            }
            if (next < classes) {
                classAndWidth[length] = next | bestWidths[next] << 8;
            }
        }
        return best;
    }

    private static int classBits(int classes) {
        return bitLength(classes - 1);
    }

    private void writeClasses(int[] values, int from, int count, ByteSink sink) {
        if (classBits == 0) {
            return;
        }
        byte[] target = sink.bytes;
        int to = sink.length;
        long bits = 0;
        int filled = 0;
        for (int i = from; i < from + count; i++) {
            bits |= (long) (classAndWidth[bitLength(values[i])] & 0xFF) << filled;
            filled += classBits;
            if (filled >= Integer.SIZE) {
                ByteSink.INTS.set(target, to, (int) bits);
                to += Integer.BYTES;
                bits >>>= Integer.SIZE;
                filled -= Integer.SIZE;
            }
        }
        ByteSink.LONGS.set(target, to, bits);
        sink.length = to + ((filled + 7) >>> 3);
    }

    private void writeValues(int[] values, int from, int count, ByteSink sink) {
        byte[] target = sink.bytes;
        int to = sink.length;
        long bits = 0;
        int filled = 0;
        for (int i = from; i < from + count; i++) {
            int value = values[i];
            bits |= (long) value << filled;
            filled += classAndWidth[bitLength(value)] >>> 8;
            ByteSink.LONGS.set(target, to, bits);
            to += filled >>> 3;
            bits >>>= filled & ~7;
            filled &= 7;
        }
        sink.length = to + ((filled + 7) >>> 3);
    }

    /** Reads a list into an array that has room for it and for seven numbers more. */
    static void read(PayloadSource source, int[] target, int from, int count) {
        int mask = (int) source.takeVarint(0xFFFF_FFFFL, "a mask of widths");
        int classes = Integer.bitCount(mask);
        if (classes == 0 || classes > 1 << MOST_CLASS_BITS) {
            throw new MalformedPayload("one to eight widths", classes + " widths");
        }
        long widthBytes = 0;
        int next = 0;
        for (int rest = mask; rest != 0; rest &= rest - 1) {
            widthBytes |= (long) Integer.numberOfTrailingZeros(rest) << (next++ << 3);
        }
        int classBits = classBits(classes);
        // a class that has no width reads as width 63, which no value has
        for (; next < 1 << classBits; next++) {
            widthBytes |= 63L << (next << 3);
        }
        readValues(source, target, from, count, classBits, widthBytes);
    }

    private static void readValues(
            PayloadSource source, int[] target, int from, int count, int classBits, long widthBytes) {
        byte[] bytes = source.bytes;
        int classAt = source.at;
        long classBytes = ((long) count * classBits + 7) >>> 3;
        if (classBytes > source.end - classAt) {
            throw new MalformedPayload("the classes of " + count + " numbers", "the payload's end");
        }
        long bitAt = (classAt + classBytes) << 3;
        long bitEnd = (long) source.end << 3;
        int classMask = (1 << classBits) - 1;
        int to = from;
        int worst = 0;
        // eight numbers take as many class bytes as a class has bits; the last group may reach past the list
        for (int left = count; left > 0; left -= GROUP) {
            int group = (int) ByteSink.INTS.get(bytes, classAt);
            classAt += classBits;
            int members = Math.min(left, GROUP);
            for (int i = 0; i < members; i++) {
                int width = (int) (widthBytes >>> ((group & classMask) << 3)) & 63;
                group >>>= classBits;
                long word = (long) ByteSink.LONGS.get(bytes, (int) (bitAt >>> 3)) >>> (bitAt & 7);
                target[to++] = (int) word & (int) ((1L << width) - 1);
                bitAt += width;
                worst |= width;
            }
            if (bitAt > bitEnd) {
                throw new MalformedPayload("a list of " + count + " numbers", "the payload's end after " + (to - from));
            }
        }
        if (worst > 31) {
            throw new MalformedPayload("a class with a width", "one without");
        }
        source.at = (int) ((bitAt + 7) >>> 3);
    }
}
