package io.tokenlz.metatokens;

import java.util.Arrays;
import java.util.stream.IntStream;

/** The entries of a dictionary sorted by their tokens, so that those that begin alike are neighbours. */
final class DictionaryOrder {
    private DictionaryOrder() {}

    /** The entries' numbers, in the order of their tokens; a run before those that it begins. */
    static int[] sorted(int[] tokens, int[] start) {
        return IntStream.range(0, start.length - 1)
                .boxed()
                .sorted((a, b) -> Arrays.compare(tokens, start[a], start[a + 1], tokens, start[b], start[b + 1]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** The first entry that is the same as one before it, or −1. */
    static int firstDoubled(int[] tokens, int[] start) {
        int[] order = sorted(tokens, start);
        int first = -1;
        for (int k = 1; k < order.length; k++) {
            // the sort is stable: of entries that are the same, the later one comes later
            if (shared(tokens, start, order[k - 1], order[k]) == length(start, order[k])
                    && length(start, order[k - 1]) == length(start, order[k])) {
                first = first < 0 ? order[k] : Math.min(first, order[k]);
            }
        }
        return first;
    }

    /** How many tokens two entries have in common from their beginning. */
    static int shared(int[] tokens, int[] start, int a, int b) {
        int mismatch = Arrays.mismatch(tokens, start[a], start[a + 1], tokens, start[b], start[b + 1]);
        return mismatch < 0 ? length(start, a) : mismatch;
    }

    private static int length(int[] start, int entry) {
        return start[entry + 1] - start[entry];
    }
}
