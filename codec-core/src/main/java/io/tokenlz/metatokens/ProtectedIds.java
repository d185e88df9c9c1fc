package io.tokenlz.metatokens;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** IDs that no entry may hold and no run that is replaced. Immutable. */
final class ProtectedIds {
    /** The ranges' first and last IDs, rising; no two of them touch. */
    private final int[] first;

    private final int[] last;

    /**
     * Takes ranges in any order, which may overlap.
     *
     * @throws IllegalArgumentException if one is no range of IDs below the vocabulary's size
     */
    ProtectedIds(List<int[]> ranges, int vocabularySize) {
        List<int[]> merged = new ArrayList<>();
        for (int[] range : ranges.stream()
                .sorted(Comparator.comparingInt(range -> range[0]))
                .toList()) {
            if (range[0] < 0 || range[1] < range[0] || range[1] >= vocabularySize) {
                throw new IllegalArgumentException("protected IDs " + range[0] + " to " + range[1]
                        + " are no range below the vocabulary's size of " + vocabularySize);
            }
            int[] before = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (before != null && range[0] <= before[1] + 1L) {
                before[1] = Math.max(before[1], range[1]);
            } else {
                merged.add(range.clone());
            }
        }
        first = merged.stream().mapToInt(range -> range[0]).toArray();
        last = merged.stream().mapToInt(range -> range[1]).toArray();
    }

    boolean isEmpty() {
        return first.length == 0;
    }

    boolean contains(int token) {
        if (first.length == 0 || token < first[0] || token > last[last.length - 1]) {
            return false;
        }
        int found = Arrays.binarySearch(first, token);
        return found >= 0 || token <= last[-found - 2];
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ProtectedIds that && Arrays.equals(first, that.first) && Arrays.equals(last, that.last);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(first) + Arrays.hashCode(last);
    }

    @Override
    public String toString() {
        long ids = 0;
        for (int r = 0; r < first.length; r++) {
            ids += last[r] - (long) first[r] + 1;
        }
        return ids + " protected";
    }
}
