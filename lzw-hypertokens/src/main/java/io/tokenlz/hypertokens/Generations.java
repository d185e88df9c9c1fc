package io.tokenlz.hypertokens;

import java.util.Arrays;

/**
 * Which entries of a codebook came before and after it was truncated: an entry that went and another one that came to its slot
 * are of different generations. Adding an entry costs nothing; there is a number for each truncation that can still be told.
 */
final class Generations {
    private static final int BEFORE_ALL = -1;
    private static final int FIRST_ROOM = 8;

    /** Where each generation that is still there begins, ascending. */
    private int[] starts = new int[FIRST_ROOM];

    private long[] numbers = new long[FIRST_ROOM];
    private int count;
    private long last;

    Generations() {
        restart();
    }

    /** All entries that are there and will come are of a new generation, and so is the place before the first one. */
    void restart() {
        count = 0;
        truncated(BEFORE_ALL);
    }

    /** Entries from {@code size} on are gone; those that come there are of a new generation. */
    void truncated(int size) {
        while (count > 0 && starts[count - 1] >= size) {
            count--;
        }
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
            numbers = Arrays.copyOf(numbers, 2 * count);
        }
        starts[count] = size;
        numbers[count++] = ++last;
    }

    /** The generation of an entry, −1 for the place before the first one. */
    long of(int entry) {
        int found = Arrays.binarySearch(starts, 0, count, entry);
        return numbers[found >= 0 ? found : -found - 2];
    }
}
