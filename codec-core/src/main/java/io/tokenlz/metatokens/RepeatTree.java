package io.tokenlz.metatokens;

import java.util.Arrays;

/**
 * All runs that occur more than once in a sequence, as a tree: a node stands for the runs that have the same places, the
 * longest of which is {@link #length} symbols, the shortest one more than its parent's. (It is the tree of the suffix
 * array's intervals: a suffix tree's inner nodes.) At most as many nodes as symbols.
 */
final class RepeatTree {
    static final int NO_NODE = -1;
    private static final int UNKNOWN = -1;
    private static final int DIFFERENT = -2;

    /** By node: the length of its longest run; how many places; the first, last and some place. */
    final int[] length;

    final int[] parent;
    final int[] count;
    final int[] first;
    final int[] last;

    /** Nodes by length, so that a parent comes before its children. */
    final int[] byLength;

    /** By place: the node of the longest run there that occurs elsewhere too. */
    final int[] deepest;

    /** The symbol in front of all places, if it is the same. */
    private final int[] before;

    private final int[] stack;
    private final int[] sortCounts;
    private int nodes;
    private int depth;

    RepeatTree(int capacity) {
        length = new int[capacity];
        parent = new int[capacity];
        count = new int[capacity];
        first = new int[capacity];
        last = new int[capacity];
        byLength = new int[capacity];
        deepest = new int[capacity];
        before = new int[capacity];
        stack = new int[capacity];
        sortCounts = new int[capacity + 1];
    }

    int nodes() {
        return nodes;
    }

    /** Whether no longer run, by symbols in front, has all the places of a node. */
    boolean isLongest(int node) {
        return before[node] == DIFFERENT;
    }

    /** The length of the longest run that is too short for a node. */
    int parentLength(int node) {
        return parent[node] == NO_NODE ? 0 : length[parent[node]];
    }

    /** At most how many places of a node's run of {@code run} symbols don't overlap. */
    int placesApart(int node, int run) {
        return Math.min(count[node], (last[node] - first[node]) / run + 1);
    }

    void build(SuffixArray array) {
        int[] suffixes = array.suffixes();
        int[] sharedPrefix = array.sharedPrefix();
        int[] text = array.text();
        nodes = 0;
        depth = 0;
        for (int i = 0; i < array.size(); i++) {
            int place = suffixes[i];
            int shared = sharedPrefix[i + 1];
            if (shared > topLength()) {
                open(shared);
            }
            int top = top();
            deepest[place] = top;
            if (top != NO_NODE) {
                include(top, 1, place, place, place == 0 ? DIFFERENT : text[place - 1]);
            }
            while (topLength() > shared) {
                close(shared);
            }
        }
        sortByLength(array.size());
    }

    private int top() {
        return depth == 0 ? NO_NODE : stack[depth - 1];
    }

    private int topLength() {
        return depth == 0 ? 0 : length[stack[depth - 1]];
    }

    private void open(int runLength) {
        int node = nodes++;
        length[node] = runLength;
        count[node] = 0;
        first[node] = Integer.MAX_VALUE;
        last[node] = -1;
        before[node] = UNKNOWN;
        stack[depth++] = node;
    }

    /** Closes the deepest open node: its parent is the one below, or a new one if that is shorter than what follows. */
    private void close(int shared) {
        int node = stack[--depth];
        if (topLength() < shared) {
            open(shared);
        }
        int above = top();
        parent[node] = above;
        if (above != NO_NODE) {
            include(above, count[node], first[node], last[node], before[node]);
        }
    }

    private void include(int node, int places, int firstPlace, int lastPlace, int symbolBefore) {
        count[node] += places;
        first[node] = Math.min(first[node], firstPlace);
        last[node] = Math.max(last[node], lastPlace);
        if (before[node] == UNKNOWN) {
            before[node] = symbolBefore;
        } else if (before[node] != symbolBefore) {
            before[node] = DIFFERENT;
        }
    }

    private void sortByLength(int longest) {
        Arrays.fill(sortCounts, 0, longest + 1, 0);
        for (int node = 0; node < nodes; node++) {
            sortCounts[length[node]]++;
        }
        int start = 0;
        for (int run = 0; run <= longest; run++) {
            int these = sortCounts[run];
            sortCounts[run] = start;
            start += these;
        }
        for (int node = 0; node < nodes; node++) {
            byLength[sortCounts[length[node]]++] = node;
        }
    }

    long stateBytes() {
        return 4L * (9L * length.length + sortCounts.length);
    }
}
