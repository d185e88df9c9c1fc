package io.tokenlz.frames;

import java.util.Arrays;

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

    /** Values of so many bits at most are written and read two at a time. */
    private static final int MOST_PAIRED = (Long.SIZE - Byte.SIZE) / 2;

    /** In shorter lists fewer classes save less than it costs to find out. */
    private static final int THOROUGH_FROM = 2048;

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
        count(values, from, count);
        long bits = chooseWidths(histogram, count);
        int mask = 0;
        for (int i = 0; i < classes; i++) {
            mask |= 1 << bestWidths[i];
        }
        sink.putVarint(mask & 0xFFFF_FFFFL);
        sink.ensure((int) ((bits >>> 3) + 2 * GROUP));
        writeGroups(values, from, count, sink);
    }

    /** Counts bit lengths, in two rows by turns: a processor waits where the same place is counted up again at once. */
    private void count(int[] values, int from, int count) {
        int[] odd = weights;
        Arrays.fill(histogram, 0);
        Arrays.fill(odd, 0);
        int end = from + count;
        int i = from;
        for (; i + 1 < end; i += 2) {
            histogram[bitLength(values[i])]++;
            odd[bitLength(values[i + 1])]++;
        }
        if (i < end) {
            histogram[bitLength(values[i])]++;
        }
        for (int length = 0; length < WIDTHS; length++) {
            histogram[length] += odd[length];
        }
    }

    /** Bytes that the numbers of the list just written take as varints. */
    int varintBytes() {
        int bytes = histogram[0];
        for (int length = 1; length < WIDTHS; length++) {
            bytes += histogram[length] * ((length + 6) / 7);
        }
        return bytes;
    }

    /** Bytes that a list takes. */
    long plan(int[] bitLengths, int count) {
        return ((chooseWidths(bitLengths, count) + 7) >>> 3) + Varints.MOST_BYTES;
    }

    /**
     * Chooses the classes: begins with one for each bit length that occurs, and merges neighbours where that costs least until
     * there are few enough. In long lists fewer are tried, too, and of 8, 4, 2 and 1 classes the smallest list is kept.
     */
    private long chooseWidths(int[] bitLengths, int count) {
        int used = 0;
        for (int width = 0; width < WIDTHS; width++) {
            if (bitLengths[width] > 0) {
                widths[used] = width;
                weights[used++] = bitLengths[width];
            }
        }
        if (used == 0) {
            widths[used++] = 0;
        }
        if (count >= THOROUGH_FROM) {
            mergeAsFarAsItPays(used, count);
        } else {
            while (used > bestWidths.length) {
                merge(used--);
            }
            classes = used;
            System.arraycopy(widths, 0, bestWidths, 0, used);
        }
        return assignClasses(bitLengths, count);
    }

    private void mergeAsFarAsItPays(int classesUsed, int count) {
        int used = classesUsed;
        long mergedBits = 0;
        long best = Long.MAX_VALUE;
        for (int bits = MOST_CLASS_BITS; bits >= 0; bits--) {
            while (used > 1 << bits) {
                mergedBits += merge(used--);
            }
            long total = mergedBits + (long) bits * count;
            if (total < best) {
                best = total;
                classes = used;
                System.arraycopy(widths, 0, bestWidths, 0, used);
            }
        }
    }

    /** Makes one of the two neighbours whose merging costs least; bits that it costs. */
    private long merge(int used) {
        int cheapest = 0;
        long least = Long.MAX_VALUE;
        for (int i = 0; i + 1 < used; i++) {
            long cost = (long) weights[i] * (widths[i + 1] - widths[i]);
            if (cost < least) {
                least = cost;
                cheapest = i;
            }
        }
        weights[cheapest + 1] += weights[cheapest];
        for (int i = cheapest; i + 1 < used; i++) {
            widths[i] = widths[i + 1];
            weights[i] = weights[i + 1];
        }
        return least;
    }

    /** Gives every bit length the first class that is wide enough; bits that the list takes. */
    private long assignClasses(int[] bitLengths, int count) {
        classBits = classBits(classes);
        long bits = (long) classBits * count;
        int length = 0;
        for (int next = 0; next < classes; next++) {
            int width = bestWidths[next];
            for (; length <= width; length++) {
                classAndWidth[length] = next | width << 8;
                bits += (long) bitLengths[length] * width;
            }
        }
        return bits;
    }

    private static int classBits(int classes) {
        return bitLength(classes - 1);
    }

    /** Classes and values go to their places in one go, eight numbers at a time: that many classes fill whole bytes. */
    private void writeGroups(int[] values, int from, int count, ByteSink sink) {
        // two values and the bits that are left of the last ones fit in a word
        boolean pairs = bestWidths[classes - 1] <= MOST_PAIRED;
        byte[] target = sink.bytes;
        int[] classOf = classAndWidth;
        int classTo = sink.length;
        int classesEnd = classTo + (int) (((long) count * classBits + 7) >>> 3);
        int to = classesEnd;
        long bits = 0;
        int filled = 0;
        int end = from + count;
        for (int i = from; i < end; ) {
            int stop = Math.min(end, i + GROUP);
            int group = 0;
            int shift = 0;
            if (pairs) {
                for (; i + 1 < stop; i += 2, shift += 2 * classBits) {
                    int value0 = values[i];
                    int value1 = values[i + 1];
                    int entry0 = classOf[bitLength(value0)];
                    int entry1 = classOf[bitLength(value1)];
                    int width0 = entry0 >>> 8;
                    group |= ((entry0 & 0xFF) | (entry1 & 0xFF) << classBits) << shift;
                    bits |= (value0 | (long) value1 << width0) << filled;
                    filled += width0 + (entry1 >>> 8);
                    ByteSink.LONGS.set(target, to, bits);
                    to += filled >>> 3;
                    bits >>>= filled & ~7;
                    filled &= 7;
                }
            }
            for (; i < stop; i++, shift += classBits) {
                int value = values[i];
                int entry = classOf[bitLength(value)];
                group |= (entry & 0xFF) << shift;
                bits |= (long) value << filled;
                filled += entry >>> 8;
                ByteSink.LONGS.set(target, to, bits);
                to += filled >>> 3;
                bits >>>= filled & ~7;
                filled &= 7;
            }
            // byte by byte: values begin right behind
            int classEnd = Math.min(classTo + classBits, classesEnd);
            for (; classTo < classEnd; classTo++) {
                target[classTo] = (byte) group;
                group >>>= Byte.SIZE;
            }
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
        int widest = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(mask);
        readValues(source, target, from, count, classBits, widthBytes, widest);
    }

    private static void readValues(
            PayloadSource source, int[] target, int from, int count, int classBits, long widthBytes, int widest) {
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
        int end = from + count;
        int worst = 0;
        boolean pairs = widest <= MOST_PAIRED;
        // eight numbers take as many class bytes as a class has bits
        for (int last = end - GROUP; to <= last && bitAt <= bitEnd; to += GROUP) {
            int group = (int) ByteSink.INTS.get(bytes, classAt);
            classAt += classBits;
            if (pairs) {
                for (int i = 0; i < GROUP; i += 2) {
                    int width0 = (int) (widthBytes >>> ((group & classMask) << 3)) & 63;
                    group >>>= classBits;
                    int width1 = (int) (widthBytes >>> ((group & classMask) << 3)) & 63;
                    group >>>= classBits;
                    long word = (long) ByteSink.LONGS.get(bytes, (int) (bitAt >>> 3)) >>> (bitAt & 7);
                    target[to + i] = (int) (word & ((1L << width0) - 1));
                    target[to + i + 1] = (int) (word >>> width0 & ((1L << width1) - 1));
                    bitAt += width0 + width1;
                    worst |= width0 | width1;
                }
                continue;
            }
            for (int i = 0; i < GROUP; i++) {
                int width = (int) (widthBytes >>> ((group & classMask) << 3)) & 63;
                group >>>= classBits;
                long word = (long) ByteSink.LONGS.get(bytes, (int) (bitAt >>> 3)) >>> (bitAt & 7);
                target[to + i] = (int) (word & ((1L << width) - 1));
                bitAt += width;
                worst |= width;
            }
        }
        int group = (int) ByteSink.INTS.get(bytes, classAt);
        for (; to < end && bitAt <= bitEnd; to++) {
            int width = (int) (widthBytes >>> ((group & classMask) << 3)) & 63;
            group >>>= classBits;
            long word = (long) ByteSink.LONGS.get(bytes, (int) (bitAt >>> 3)) >>> (bitAt & 7);
            target[to] = (int) (word & ((1L << width) - 1));
            bitAt += width;
            worst |= width;
        }
        if (bitAt > bitEnd) {
            throw new MalformedPayload("a list of " + count + " numbers", "the payload's end");
        }
        if (worst > 31) {
            throw new MalformedPayload("a class with a width", "one without");
        }
        source.at = (int) ((bitAt + 7) >>> 3);
    }
}
