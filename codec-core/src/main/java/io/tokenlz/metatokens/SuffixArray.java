package io.tokenlz.metatokens;

import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The suffixes of a sequence of symbols in order, and how long a prefix each shares with the one before: by SA-IS (Nong,
 * Zhang and Chan), in O(n) time. Allocates everything when it is made.
 *
 * <p>Symbols are first numbered in order of appearance, because only their being equal matters here: the order of the
 * suffixes is the order by these numbers. What SA-IS does by recursion is a loop down the levels and up again; each level's
 * text lies behind the one before in one array.
 */
final class SuffixArray {
    /** Each level is at most half as long as the one before, and a window has at most 2²⁴ tokens. */
    private static final int MOST_LEVELS = 26;

    private static final int NONE = -1;

    /** Random, lest input be made whose symbols all meet in the table. */
    private final int hashFactor = ThreadLocalRandom.current().nextInt() | 1;

    private final int[] table;

    /** All levels' texts; the first is the sequence itself, in numbers below {@link #distinct}. */
    private final int[] text;

    /** Whether the suffix that starts here comes before the one that starts at the next symbol of its level. */
    private final boolean[] ascending;

    private final int[] suffixes;
    private final int[] sharedPrefix;

    /** All levels' places where ascending begins: the suffixes that the next level sorts. */
    private final int[] valleys;

    private final int[] sortedValleys;

    /** For each place of a level its number among the valleys; in the end each suffix' rank. */
    private final int[] numbers;

    /** Where in each symbol's suffixes those that are not ascending begin, and those that are. */
    private final int[] descendingStart;

    private final int[] ascendingStart;
    private final int[] cursor;

    private final int[] levelStart = new int[MOST_LEVELS];
    private final int[] levelSize = new int[MOST_LEVELS];
    private final int[] levelSymbols = new int[MOST_LEVELS];
    private final int[] levelValleys = new int[MOST_LEVELS];
    private final int[] levelValleyCount = new int[MOST_LEVELS];

    private int size;
    private int distinct;

    SuffixArray(int capacity) {
        table = new int[Integer.highestOneBit(Math.max(2, capacity)) << 2];
        text = new int[2 * capacity];
        ascending = new boolean[2 * capacity];
        suffixes = new int[capacity];
        sharedPrefix = new int[capacity + 1];
        valleys = new int[capacity];
        sortedValleys = new int[capacity / 2 + 1];
        numbers = new int[capacity];
        descendingStart = new int[capacity + 2];
        ascendingStart = new int[capacity + 2];
        cursor = new int[capacity + 2];
    }

    int size() {
        return size;
    }

    /** Number of different symbols. */
    int distinct() {
        return distinct;
    }

    /** The sequence in numbers below {@link #distinct}, for reading in a loop. */
    int[] text() {
        return text;
    }

    /** Where each suffix starts, in the order of the suffixes. */
    int[] suffixes() {
        return suffixes;
    }

    /** What each suffix shares with the one before; 0 for the first, and one 0 behind the last. */
    int[] sharedPrefix() {
        return sharedPrefix;
    }

    void build(int[] symbols, int count) {
        size = count;
        number(symbols);
        if (count == 0) {
            sharedPrefix[0] = 0;
            return;
        }
        int level = descend();
        if (levelValleyCount[level] <= 1) {
            induce(level, valleys, levelValleys[level]);
        } else {
            induce(level, sortedValleys, 0);
        }
        while (--level >= 0) {
            int valleysStart = levelValleys[level];
            for (int i = 0; i < levelValleyCount[level]; i++) {
                sortedValleys[i] = valleys[valleysStart + suffixes[i]];
            }
            startBuckets(level);
            induce(level, sortedValleys, 0);
        }
        sharePrefixes();
    }

    private void number(int[] symbols) {
        int mask = (Integer.highestOneBit(Math.max(2, size)) << 2) - 1;
        int shift = Integer.numberOfLeadingZeros(mask);
        Arrays.fill(table, 0, mask + 1, NONE);
        int count = 0;
        for (int i = 0; i < size; i++) {
            int symbol = symbols[i];
            int slot = (symbol * hashFactor) >>> shift;
            while (table[slot] >= 0 && symbols[table[slot]] != symbol) {
                slot = (slot + 1) & mask;
            }
            if (table[slot] < 0) {
                table[slot] = i;
                text[i] = count++;
            } else {
                text[i] = text[table[slot]];
            }
        }
        distinct = count;
    }

    /** Makes shorter and shorter texts until one's valleys are in order; returns its level, with its buckets started. */
    private int descend() {
        levelStart[0] = 0;
        levelSize[0] = size;
        levelSymbols[0] = distinct;
        levelValleys[0] = 0;
        int level = 0;
        while (true) {
            findValleys(level);
            startBuckets(level);
            int count = levelValleyCount[level];
            if (count <= 1) {
                return level;
            }
            induce(level, valleys, levelValleys[level]);
            int names = nameValleys(level);
            if (names == count) {
                return level;
            }
            levelStart[level + 1] = levelStart[level] + levelSize[level];
            levelSize[level + 1] = count;
            levelSymbols[level + 1] = names;
            levelValleys[level + 1] = levelValleys[level] + count;
            level++;
        }
    }

    private void findValleys(int level) {
        int start = levelStart[level];
        int last = start + levelSize[level] - 1;
        ascending[last] = false;
        for (int i = last - 1; i >= start; i--) {
            ascending[i] = text[i] == text[i + 1] ? ascending[i + 1] : text[i] < text[i + 1];
        }
        int end = levelValleys[level];
        for (int i = start + 1; i <= last; i++) {
            if (ascending[i] && !ascending[i - 1]) {
                valleys[end++] = i - start;
            }
        }
        levelValleyCount[level] = end - levelValleys[level];
    }

    private void startBuckets(int level) {
        int start = levelStart[level];
        int end = start + levelSize[level];
        int symbols = levelSymbols[level];
        Arrays.fill(ascendingStart, 0, symbols + 1, 0);
        Arrays.fill(descendingStart, 0, symbols + 1, 0);
        for (int i = start; i < end; i++) {
            if (ascending[i]) {
                descendingStart[text[i] + 1]++;
            } else {
                ascendingStart[text[i]]++;
            }
        }
        for (int s = 0; s < symbols; s++) {
            ascendingStart[s] += descendingStart[s];
            descendingStart[s + 1] += ascendingStart[s];
        }
    }

    /** Sorts all suffixes of a level, given its valleys: exactly if these are in order, else by their symbols alone. */
    private void induce(int level, int[] from, int fromStart) {
        int start = levelStart[level];
        int count = levelSize[level];
        int symbols = levelSymbols[level];
        Arrays.fill(suffixes, 0, count, NONE);
        System.arraycopy(ascendingStart, 0, cursor, 0, symbols);
        for (int i = fromStart; i < fromStart + levelValleyCount[level]; i++) {
            suffixes[cursor[text[start + from[i]]]++] = from[i];
        }
        System.arraycopy(descendingStart, 0, cursor, 0, symbols + 1);
        suffixes[cursor[text[start + count - 1]]++] = count - 1;
        for (int i = 0; i < count; i++) {
            int before = suffixes[i] - 1;
            if (before >= 0 && !ascending[start + before]) {
                suffixes[cursor[text[start + before]]++] = before;
            }
        }
        // each symbol's suffixes end where the next one's begin
        System.arraycopy(descendingStart, 0, cursor, 0, symbols + 1);
        for (int i = count - 1; i >= 0; i--) {
            int before = suffixes[i] - 1;
            if (before >= 0 && ascending[start + before]) {
                suffixes[--cursor[text[start + before] + 1]] = before;
            }
        }
    }

    /** Writes the next level's text: a name for each valley, by what stands up to the next one; returns the names' number. */
    private int nameValleys(int level) {
        int start = levelStart[level];
        int valleysStart = levelValleys[level];
        for (int i = 0; i < levelValleyCount[level]; i++) {
            numbers[valleys[valleysStart + i]] = i;
        }
        int sorted = 0;
        for (int i = 0; i < levelSize[level]; i++) {
            int at = suffixes[i];
            if (at > 0 && ascending[start + at] && !ascending[start + at - 1]) {
                sortedValleys[sorted++] = at;
            }
        }
        int next = start + levelSize[level];
        int name = 0;
        text[next + numbers[sortedValleys[0]]] = 0;
        for (int i = 1; i < sorted; i++) {
            if (!sameValley(level, sortedValleys[i - 1], sortedValleys[i])) {
                name++;
            }
            text[next + numbers[sortedValleys[i]]] = name;
        }
        return name + 1;
    }

    /** Whether two valleys have the same symbols up to and with the first of the next valley. */
    private boolean sameValley(int level, int a, int b) {
        int endA = valleyEnd(level, a);
        int endB = valleyEnd(level, b);
        if (endA - a != endB - b || endA == levelSize[level] || endB == levelSize[level]) {
            return false;
        }
        int start = levelStart[level];
        return Arrays.equals(text, start + a, start + endA + 1, text, start + b, start + endB + 1);
    }

    private int valleyEnd(int level, int valley) {
        int next = numbers[valley] + 1;
        return next < levelValleyCount[level] ? valleys[levelValleys[level] + next] : levelSize[level];
    }

    /** Kasai's algorithm: a suffix shares at most one symbol less than the one that starts before it in the text. */
    private void sharePrefixes() {
        for (int i = 0; i < size; i++) {
            numbers[suffixes[i]] = i;
        }
        int shared = 0;
        for (int i = 0; i < size; i++) {
            int rank = numbers[i];
            if (rank == 0) {
                shared = 0;
            } else {
                int other = suffixes[rank - 1];
                int most = size - Math.max(i, other);
                while (shared < most && text[i + shared] == text[other + shared]) {
                    shared++;
                }
                sharedPrefix[rank] = shared;
                shared = Math.max(0, shared - 1);
            }
        }
        sharedPrefix[0] = 0;
        sharedPrefix[size] = 0;
    }

    long stateBytes() {
        return ascending.length
                + 4L * (table.length + text.length + suffixes.length + sharedPrefix.length + valleys.length)
                + 4L * (sortedValleys.length + numbers.length + 3L * cursor.length + 5L * MOST_LEVELS);
    }
}
