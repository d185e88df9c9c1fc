package io.tokenlz.frames;

import java.util.Arrays;

/**
 * Lengths of an optimal prefix code over given weights, none longer than a limit. Keeps its arrays for the next code.
 *
 * <p>Optimal lengths by the two-queue construction in place (Moffat and Katajainen, "In-place calculation of
 * minimum-redundancy codes", 1995); where they are too long, the shortest change that makes the code complete again.
 */
final class PrefixCode {
    private static final int INDEX_BITS = 20;

    /** So few are sorted faster by insertion than by radix. */
    private static final int FEW = 40;

    private static final int INDEX_MASK = (1 << INDEX_BITS) - 1;
    private static final int LENGTH_SHIFT = 56;

    /** A symbol's sorting key, and below it its index: first by weight, then by code length and symbol. */
    private long[] order = new long[64];

    private long[] spare = new long[64];
    private int[] lengths = new int[64];
    private final int[] starts = new int[257];
    private int[] symbols = new int[64];
    private int[] weights = new int[64];

    /** The symbol at a place of the canonical order: by code length, then ascending. */
    int symbol(int place) {
        return symbols[(int) order[place] & INDEX_MASK];
    }

    int weight(int place) {
        return weights[(int) order[place] & INDEX_MASK];
    }

    /** Length of the code of the symbol at a place of the canonical order. */
    int length(int place) {
        return (int) (order[place] >>> LENGTH_SHIFT);
    }

    /**
     * Builds a code for at least two symbols.
     *
     * @param symbolsOf distinct, not negative; kept, with their weights, until the next code is built
     * @param weightsOf positive
     */
    void build(int[] symbolsOf, int[] weightsOf, int count, int mostBits) {
        symbols = symbolsOf;
        weights = weightsOf;
        if (order.length < count) {
            order = new long[count + (count >> 1)];
            spare = new long[order.length];
            lengths = new int[order.length];
        }
        int heaviest = 0;
        int largest = 0;
        for (int i = 0; i < count; i++) {
            order[i] = (long) weights[i] << INDEX_BITS | i;
            largest = Math.max(largest, symbols[i]);
            heaviest = Math.max(heaviest, weights[i]);
        }
        sort(count, INDEX_BITS, heaviest);
        int[] tree = lengths;
        for (int i = 0; i < count; i++) {
            tree[i] = (int) (order[i] >>> INDEX_BITS);
        }
        depths(tree, count);
        limit(tree, count, mostBits);
        for (int i = 0; i < count; i++) {
            int index = (int) order[i] & INDEX_MASK;
            order[i] = (long) tree[i] << LENGTH_SHIFT | (long) symbols[index] << INDEX_BITS | index;
        }
        sort(count, INDEX_BITS, largest);
        sort(count, LENGTH_SHIFT, mostBits);
    }

    /** Sorts by the bits from {@code shift} on, as far as {@code largest} has any; stable. */
    private void sort(int count, int shift, int largest) {
        if (count <= FEW) {
            insert(count, shift);
            return;
        }
        for (int bits = 0; bits < Integer.SIZE && largest >>> bits != 0; bits += 8) {
            Arrays.fill(starts, 0);
            for (int i = 0; i < count; i++) {
                starts[(int) (order[i] >>> (shift + bits) & 0xFF) + 1]++;
            }
            for (int i = 0; i < 256; i++) {
                starts[i + 1] += starts[i];
            }
            for (int i = 0; i < count; i++) {
                spare[starts[(int) (order[i] >>> (shift + bits) & 0xFF)]++] = order[i];
            }
            long[] sorted = spare;
            spare = order;
            order = sorted;
        }
    }

    private void insert(int count, int shift) {
        for (int i = 1; i < count; i++) {
            long key = order[i];
            int to = i;
            while (to > 0 && order[to - 1] >>> shift > key >>> shift) {
                order[to] = order[to - 1];
                to--;
            }
            order[to] = key;
        }
    }

    /** Replaces ascending weights by the depths of their leaves, which descend. */
    private static void depths(int[] tree, int count) {
        tree[0] += tree[1];
        int root = 0;
        int leaf = 2;
        for (int next = 1; next < count - 1; next++) {
            if (leaf >= count || tree[root] < tree[leaf]) {
                tree[next] = tree[root];
                tree[root++] = next;
            } else {
                tree[next] = tree[leaf++];
            }
            if (leaf >= count || (root < next && tree[root] < tree[leaf])) {
                tree[next] += tree[root];
                tree[root++] = next;
            } else {
                tree[next] += tree[leaf++];
            }
        }
        tree[count - 2] = 0;
        for (int next = count - 3; next >= 0; next--) {
            tree[next] = tree[tree[next]] + 1;
        }
        int available = 1;
        int used = 0;
        int depth = 0;
        root = count - 2;
        int next = count - 1;
        while (available > 0) {
            while (root >= 0 && tree[root] == depth) {
                used++;
                root--;
            }
            while (available > used) {
                tree[next--] = depth;
                available--;
            }
            available = 2 * used;
            depth++;
            used = 0;
        }
    }

    /** Cuts depths to a limit and gives the shortest codes the bits that this takes. */
    private static void limit(int[] depths, int count, int mostBits) {
        if (depths[0] <= mostBits) {
            return;
        }
        long room = 1L << mostBits;
        long used = 0;
        for (int i = 0; i < count; i++) {
            depths[i] = Math.min(depths[i], mostBits);
            used += room >>> depths[i];
        }
        // lengthen the rarest of the codes below the limit until all fit
        for (int i = 0; used > room; ) {
            while (depths[i] == mostBits) {
                i++;
            }
            depths[i]++;
            used -= room >>> depths[i];
            if (depths[i] < mostBits && used > room) {
                continue;
            }
            i++;
            if (i == count) {
                i = 0;
            }
        }
        // and shorten the most frequent ones into what is left
        for (int i = count - 1; i >= 0 && used < room; i--) {
            while (depths[i] > 1 && used + (room >>> depths[i]) <= room) {
                used += room >>> depths[i];
                depths[i]--;
            }
        }
    }
}
