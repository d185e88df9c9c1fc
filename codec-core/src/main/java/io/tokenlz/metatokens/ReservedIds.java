package io.tokenlz.metatokens;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Tells base tokens, delimiters and meta-tokens apart. Immutable. */
final class ReservedIds {
    /** The most meta-tokens: a window has at most as many tokens. */
    static final int LARGEST_POOL = 1 << 24;

    private final int vocabularySize;
    private final int dictionaryStart;
    private final int dictionaryEnd;

    /** The pool's ranges in the caller's order, which is the order of assignment. */
    private final int[] first;

    private final int[] last;

    /** Pool index of each range's first ID. */
    private final int[] firstIndex;

    /** The ranges' first IDs, ascending, and which range each is of: for look-up. */
    private final int[] sortedFirst;

    private final int[] rangeOf;
    private final int poolSize;
    private final int lowest;
    private final int highest;

    /**
     * Takes the IDs to reserve.
     *
     * @throws IllegalArgumentException if a range is none, two of them overlap, or the pool is too large
     */
    ReservedIds(int vocabularySize, int dictionaryStart, int dictionaryEnd, int[][] ranges) {
        requireDistinct(dictionaryStart, dictionaryEnd, ranges);
        requirePoolSize(ranges);
        this.vocabularySize = vocabularySize;
        this.dictionaryStart = dictionaryStart;
        this.dictionaryEnd = dictionaryEnd;
        first = new int[ranges.length];
        last = new int[ranges.length];
        firstIndex = new int[ranges.length];
        int size = 0;
        int low = Math.min(dictionaryStart, dictionaryEnd);
        int high = Math.max(dictionaryStart, dictionaryEnd);
        for (int r = 0; r < ranges.length; r++) {
            first[r] = ranges[r][0];
            last[r] = ranges[r][1];
            firstIndex[r] = size;
            size += last[r] - first[r] + 1;
            low = Math.min(low, first[r]);
            high = Math.max(high, last[r]);
        }
        rangeOf = IntStream.range(0, ranges.length)
                .boxed()
                .sorted(Comparator.comparingInt(r -> first[r]))
                .mapToInt(Integer::intValue)
                .toArray();
        sortedFirst = IntStream.of(rangeOf).map(r -> first[r]).toArray();
        poolSize = size;
        lowest = low;
        highest = high;
    }

    /**
     * The IDs to reserve, by default right above the vocabulary: two delimiters, and a pool behind them.
     *
     * @throws IllegalArgumentException if there is no room, or as the constructor says
     */
    static ReservedIds of(int vocabularySize, int @Nullable [] delimiters, List<int[]> pool, int defaultPoolSize) {
        int[] chosen = delimiters;
        if (chosen == null) {
            requireRoom(vocabularySize, 1);
            chosen = new int[] {vocabularySize, vocabularySize + 1};
        }
        int[][] ranges = pool.toArray(new int[0][]);
        if (ranges.length == 0) {
            requireRoom(vocabularySize, 1 + defaultPoolSize);
            ranges = new int[][] {{vocabularySize + 2, vocabularySize + 1 + defaultPoolSize}};
        }
        return new ReservedIds(vocabularySize, chosen[0], chosen[1], ranges);
    }

    private static void requireRoom(int vocabularySize, int idsAbove) {
        int most = Integer.MAX_VALUE - idsAbove;
        if (vocabularySize > most) {
            throw new IllegalArgumentException("vocabularySize must be 1 to " + most + ", is " + vocabularySize);
        }
    }

    private static void requireDistinct(int dictionaryStart, int dictionaryEnd, int[][] ranges) {
        List<int[]> all = new ArrayList<>(Arrays.asList(ranges));
        all.add(new int[] {dictionaryStart, dictionaryStart});
        all.add(new int[] {dictionaryEnd, dictionaryEnd});
        all.sort(Comparator.comparingInt(range -> range[0]));
        long last = -1;
        for (int[] range : all) {
            if (range[0] < 0 || range[1] < range[0]) {
                throw new IllegalArgumentException("reserved IDs " + range[0] + " to " + range[1] + " are no range");
            }
            if (range[0] <= last) {
                throw new IllegalArgumentException(
                        "delimiters and pool must not overlap: ID " + range[0] + " is reserved twice");
            }
            last = range[1];
        }
    }

    private static void requirePoolSize(int[][] ranges) {
        long size = 0;
        for (int[] range : ranges) {
            size += (long) range[1] - range[0] + 1;
        }
        if (size > LARGEST_POOL) {
            throw new IllegalArgumentException("pool must hold at most " + LARGEST_POOL + " IDs, holds " + size);
        }
    }

    int dictionaryStart() {
        return dictionaryStart;
    }

    int dictionaryEnd() {
        return dictionaryEnd;
    }

    int poolSize() {
        return poolSize;
    }

    /** The pool's ranges, first and last ID, in the order of assignment. */
    int[][] poolRanges() {
        int[][] ranges = new int[first.length][];
        for (int r = 0; r < ranges.length; r++) {
            ranges[r] = new int[] {first[r], last[r]};
        }
        return ranges;
    }

    int vocabularySize() {
        return vocabularySize;
    }

    int lowest() {
        return lowest;
    }

    int highest() {
        return highest;
    }

    /** Whether a token is of the base vocabulary and not reserved. */
    boolean isBase(int token) {
        return token >= 0
                && token < vocabularySize
                && (token < lowest
                        || token > highest
                        || (token != dictionaryStart && token != dictionaryEnd && poolIndex(token) < 0));
    }

    /** Index of a meta-token in the pool, or −1 if the token is none. */
    int poolIndex(int token) {
        int low = 0;
        int high = sortedFirst.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (sortedFirst[middle] <= token) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        int r = rangeOf[low];
        return token >= first[r] && token <= last[r] ? firstIndex[r] + (token - first[r]) : -1;
    }

    int metaToken(int index) {
        int r = Arrays.binarySearch(firstIndex, index);
        r = r >= 0 ? r : -r - 2;
        return first[r] + (index - firstIndex[r]);
    }

    /** What a token is, for error messages. */
    String describe(int token) {
        if (token == dictionaryStart) {
            return "DICT_START (" + token + ")";
        }
        if (token == dictionaryEnd) {
            return "DICT_END (" + token + ")";
        }
        if (poolIndex(token) >= 0) {
            return "meta-token " + token;
        }
        return isBase(token) ? "base token " + token : "ID " + token + " outside the vocabulary";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ReservedIds that
                && vocabularySize == that.vocabularySize
                && dictionaryStart == that.dictionaryStart
                && dictionaryEnd == that.dictionaryEnd
                && Arrays.equals(first, that.first)
                && Arrays.equals(last, that.last);
    }

    @Override
    public int hashCode() {
        return Objects.hash(dictionaryStart, dictionaryEnd, Arrays.hashCode(first), Arrays.hashCode(last));
    }

    @Override
    public String toString() {
        return "delimiters " + dictionaryStart + " and " + dictionaryEnd + ", pool of " + poolSize + " from "
                + first[0];
    }
}
