package io.tokenlz.metatokens;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.function.IntPredicate;

/**
 * Finds the runs of tokens that repeat, and what each would save, without compressing anything (META-TOKENS.md, section 9).
 *
 * <p>A run is found if it occurs at two places or more and can't be made longer, by a token in front or behind, without losing one
 * of them: what such a run holds is found only if it occurs elsewhere, too. Where places of a run overlap, its period is found as
 * well: its start, as long as the least distance of two places, if that occurs nowhere else. Thread-safe.
 */
public final class RepeatFinder {
    /** The most tokens that are searched at once: 2²⁴. Searching takes some 130 bytes for each. */
    public static final int MOST_TOKENS = 1 << 24;

    private static final int LEAST_LENGTH = 2;
    private static final int NODE_BITS = 24;
    private static final int NODE_MASK = (1 << NODE_BITS) - 1;

    private static final Comparator<RepeatedRun> MOST_SAVING_FIRST = Comparator.comparingLong(RepeatedRun::saved)
            .thenComparingInt(RepeatedRun::length)
            .reversed()
            .thenComparingInt(RepeatedRun::firstPlace);

    private final RepeatTree repeats;
    private final int[] suffixes;

    /** By node: where in the order of the suffixes its places begin. */
    private final int[] firstSuffix;

    private final int[] places;

    private RepeatFinder(SuffixArray array, int capacity) {
        repeats = new RepeatTree(capacity);
        repeats.build(array);
        suffixes = Arrays.copyOf(array.suffixes(), array.size());
        firstSuffix = new int[repeats.nodes()];
        places = new int[capacity];
    }

    /**
     * The runs that would save most in the flat form, each alone.
     *
     * @param tokens what to search; only read
     * @param most how many runs to find at most, not negative
     * @return runs that pay, the most saving first; of those that save the same, the longest, then the one that occurs first
     * @throws IllegalArgumentException if there are more than {@link #MOST_TOKENS}, a token or {@code most} is negative
     */
    public static List<RepeatedRun> mostSaving(int[] tokens, int most) {
        return mostSaving(tokens, most, token -> false);
    }

    /**
     * The same, where no run may hold a protected token.
     *
     * @param tokens what to search; only read
     * @param most how many runs to find at most, not negative
     * @param isProtected whether an encoder leaves a token alone, as {@link MetaTokenConfig#isProtected} tells
     * @return runs that pay, the most saving first; of those that save the same, the longest, then the one that occurs first
     * @throws IllegalArgumentException if there are more than {@link #MOST_TOKENS}, a token or {@code most} is negative
     */
    public static List<RepeatedRun> mostSaving(int[] tokens, int most, IntPredicate isProtected) {
        Objects.requireNonNull(isProtected);
        if (most < 0) {
            throw new IllegalArgumentException("most must not be negative, is " + most);
        }
        if (tokens.length > MOST_TOKENS) {
            throw new IllegalArgumentException("tokens must be at most " + MOST_TOKENS + ", are " + tokens.length);
        }
        int[] symbols = new int[tokens.length];
        for (int i = 0; i < tokens.length; i++) {
            if (tokens[i] < 0) {
                throw new IllegalArgumentException("token " + i + " must not be negative, is " + tokens[i]);
            }
            symbols[i] = isProtected.test(tokens[i]) ? Block.barrier(i) : tokens[i];
        }
        SuffixArray array = new SuffixArray(tokens.length);
        array.build(symbols, tokens.length);
        return most == 0 ? List.of() : new RepeatFinder(array, tokens.length).find(most);
    }

    /** Counts runs, those first that could save most, until no other one could save more than those that were found. */
    private List<RepeatedRun> find(int most) {
        findFirstSuffixes();
        long[] mostPossible = mostPossible();
        PriorityQueue<RepeatedRun> found = new PriorityQueue<>(MOST_SAVING_FIRST.reversed());
        for (int i = mostPossible.length - 1; i >= 0; i--) {
            RepeatedRun least = found.size() < most ? null : found.peek();
            if (least != null && mostPossible[i] >>> NODE_BITS < least.saved()) {
                break;
            }
            count((int) mostPossible[i] & NODE_MASK, found);
            while (found.size() > most) {
                found.remove();
            }
        }
        List<RepeatedRun> sorted = new ArrayList<>(found);
        sorted.sort(MOST_SAVING_FIRST);
        return sorted;
    }

    private void findFirstSuffixes() {
        Arrays.fill(firstSuffix, Integer.MAX_VALUE);
        for (int rank = suffixes.length - 1; rank >= 0; rank--) {
            int node = repeats.deepest[suffixes[rank]];
            if (node != RepeatTree.NO_NODE) {
                firstSuffix[node] = rank;
            }
        }
        for (int k = repeats.nodes() - 1; k >= 0; k--) {
            int node = repeats.byLength[k];
            int parent = repeats.parent[node];
            if (parent != RepeatTree.NO_NODE) {
                firstSuffix[parent] = Math.min(firstSuffix[parent], firstSuffix[node]);
            }
        }
    }

    /** What each run could save at most, with its node in the low bits, rising; without those that can't save anything. */
    private long[] mostPossible() {
        long[] possible = new long[repeats.nodes()];
        int count = 0;
        for (int node = 0; node < repeats.nodes(); node++) {
            int length = repeats.length[node];
            int distance = (repeats.last[node] - repeats.first[node]) / (repeats.count[node] - 1);
            long saved = Math.max(
                    RepeatedRun.savedBy(length, repeats.placesApart(node, length)),
                    RepeatedRun.savedBy(Math.min(length, distance), repeats.count[node]));
            if (length >= LEAST_LENGTH && saved > 0 && repeats.isLongest(node)) {
                possible[count++] = saved << NODE_BITS | node;
            }
        }
        long[] sorted = Arrays.copyOf(possible, count);
        Arrays.sort(sorted);
        return sorted;
    }

    /** Counts a node's longest run, and its period if places overlap; takes those that pay. */
    private void count(int node, PriorityQueue<RepeatedRun> found) {
        int length = repeats.length[node];
        int count = repeats.count[node];
        System.arraycopy(suffixes, firstSuffix[node], places, 0, count);
        Arrays.sort(places, 0, count);
        int apart = 1;
        int free = places[0] + length;
        int distance = length;
        for (int i = 1; i < count; i++) {
            distance = Math.min(distance, places[i] - places[i - 1]);
            if (places[i] >= free) {
                apart++;
                free = places[i] + length;
            }
        }
        take(new RepeatedRun(places[0], length, count, apart), found);
        if (distance < length && distance > repeats.parentLength(node)) {
            take(new RepeatedRun(places[0], distance, count, count), found);
        }
    }

    private static void take(RepeatedRun run, PriorityQueue<RepeatedRun> found) {
        if (run.saved() > 0) {
            found.add(run);
        }
    }
}
