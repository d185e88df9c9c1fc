package io.tokenlz.frames;

import java.util.Arrays;
import java.util.Random;

/** Changes bytes at random, in the ways that readers of lengths and varints stumble over. */
public final class ByteDamage {
    private static final int MOST_RANGE = 64;

    /** Where formats end and begin: nothing, the last number of so many bits, the first that is too large. */
    private static final long[] EXTREMES = {
        0,
        1,
        2,
        63,
        64,
        127,
        128,
        255,
        256,
        (1 << 14) - 1,
        1 << 14,
        65_535,
        65_536,
        65_537,
        1 << 20,
        (1 << 20) + 1,
        1 << 21,
        1 << 28,
        (1 << 28) + 1,
        Integer.MAX_VALUE - 8,
        Integer.MAX_VALUE,
        1L << 31,
        (1L << 32) - 1,
        1L << 32,
        1L << 62,
        Long.MAX_VALUE
    };

    private final Random random;

    /**
     * Makes damage.
     *
     * @param random decides all of it
     */
    public ByteDamage(Random random) {
        this.random = random;
    }

    /** A number at which something may go wrong. */
    long extreme() {
        return EXTREMES[random.nextInt(EXTREMES.length)];
    }

    /** So many random bytes. */
    byte[] bytes(int count) {
        byte[] made = new byte[count];
        random.nextBytes(made);
        return made;
    }

    /**
     * Damages bytes.
     *
     * @param bytes what to begin with; not changed
     * @param other what parts are taken from as well
     * @param places where damage does most, perhaps none; every other one goes there
     * @return bytes with one to four changes
     */
    public byte[] damaged(byte[] bytes, byte[] other, int... places) {
        byte[] result = bytes.clone();
        for (int left = 1 + random.nextInt(random.nextInt(4) + 1); left > 0; left--) {
            result = damagedOnce(result, other, places);
        }
        return result;
    }

    private byte[] damagedOnce(byte[] bytes, byte[] other, int... places) {
        int at = place(bytes.length, places);
        int range = Math.min(1 + random.nextInt(MOST_RANGE), bytes.length - at);
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> with(bytes, at, byteAt(bytes, at) ^ 1 << random.nextInt(Byte.SIZE));
            case 3 -> with(bytes, at, random.nextInt());
            case 4 -> with(bytes, at, byteAt(bytes, at) + (random.nextBoolean() ? 1 : -1));
            case 5 -> Arrays.copyOf(bytes, at);
            case 6 -> replaced(bytes, at, at + range);
            case 7 -> replaced(bytes, at, at, bytes(1 + random.nextInt(8)));
            case 8 -> replaced(bytes, at, at + varintLength(bytes, at), varint());
            case 9 -> withFixedNumber(bytes, at);
            case 10 -> spliced(bytes, at, other);
            default -> swapped(bytes, at, range);
        };
    }

    private int place(int length, int... places) {
        if (places.length > 0 && random.nextBoolean()) {
            return Math.min(places[random.nextInt(places.length)], length);
        }
        return random.nextInt(length + 1);
    }

    private static int byteAt(byte[] bytes, int at) {
        return at < bytes.length ? bytes[at] : 0;
    }

    private static byte[] with(byte[] bytes, int at, int value) {
        if (at < bytes.length) {
            bytes[at] = (byte) value;
        }
        return bytes;
    }

    private static byte[] replaced(byte[] bytes, int from, int to, byte... by) {
        byte[] result = Arrays.copyOf(bytes, from + by.length + bytes.length - to);
        System.arraycopy(by, 0, result, from, by.length);
        System.arraycopy(bytes, to, result, from + by.length, bytes.length - to);
        return result;
    }

    private static int varintLength(byte[] bytes, int at) {
        int length = 0;
        while (at + length < bytes.length && bytes[at + length] < 0) {
            length++;
        }
        return at + length < bytes.length ? length + 1 : length;
    }

    /** An extreme varint; some without an end, some longer than they need to be. */
    private byte[] varint() {
        if (random.nextInt(8) == 0) {
            byte[] endless = new byte[1 + random.nextInt(11)];
            Arrays.fill(endless, (byte) (random.nextBoolean() ? 0xFF : 0x80));
            return endless;
        }
        byte[] varint = new byte[Varints.MOST_BYTES + 1];
        int length = Varints.write(extreme(), varint, 0);
        if (random.nextInt(8) == 0) {
            varint[length - 1] |= (byte) 0x80;
            length++;
        }
        return Arrays.copyOf(varint, length);
    }

    private byte[] withFixedNumber(byte[] bytes, int at) {
        long value = random.nextBoolean() ? extreme() : -extreme();
        int size = 1 << random.nextInt(4);
        for (int i = 0; i < size && at + i < bytes.length; i++) {
            bytes[at + i] = (byte) (value >>> (i << 3));
        }
        return bytes;
    }

    /** With a part of another stream in the place of a part, or from there on. */
    private byte[] spliced(byte[] bytes, int at, byte... other) {
        int from = random.nextInt(other.length + 1);
        if (random.nextBoolean()) {
            return replaced(bytes, at, bytes.length, Arrays.copyOfRange(other, from, other.length));
        }
        int to = Math.min(other.length, from + random.nextInt(MOST_RANGE));
        int end = Math.min(bytes.length, at + random.nextInt(MOST_RANGE));
        return replaced(bytes, at, end, Arrays.copyOfRange(other, from, to));
    }

    private byte[] swapped(byte[] bytes, int at, int range) {
        int with = random.nextInt(bytes.length + 1);
        int count = Math.min(range, bytes.length - with);
        byte[] before = bytes.clone();
        System.arraycopy(before, at, bytes, with, count);
        System.arraycopy(before, with, bytes, at, count);
        return bytes;
    }
}
