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

    /** Up to so many symbols are compared one by one: as long as most valleys are. */
    private static final int FEW_SYMBOLS = 8;

    /** Random, lest input be made whose symbols all meet in the table. */
    private final int hashFactor = ThreadLocalRandom.current().nextInt() | 1;

    private final int[] table;

    /** All levels' texts; the first is the sequence itself, in numbers below {@link #distinct}. */
    private final int[] text;

    /**
     * By place of a level: the bucket of the suffix that starts at the place before. Twice its symbol, and one more if it is
     * ascending, which is to say, comes before the suffix that starts at the next symbol: so buckets are in the order of the
     * suffixes. Of the first place, which has none before: a bucket that a pass throws away.
     */
    private final int[] bucketBefore;

    private final int[] suffixes;
    private final int[] sharedPrefix;

    /** All levels' places where ascending begins: the suffixes that the next level sorts. */
    private final int[] valleys;

    private final int[] sortedValleys;

    /** For each place of a level its number among the valleys; in the end each suffix' rank. */
    private final int[] numbers;

    /** Where among the suffixes each bucket begins. */
    private final int[] bucketStart;

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
        bucketBefore = new int[2 * capacity + MOST_LEVELS];
        suffixes = new int[capacity + 1];
        sharedPrefix = new int[capacity + 1];
        valleys = new int[capacity + 1];
        sortedValleys = new int[capacity / 2 + 2];
        numbers = new int[capacity];
        bucketStart = new int[2 * capacity + 2];
        cursor = new int[2 * capacity + 2];
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

    /** Where each suffix starts, in the order of the suffixes; behind {@link #size} of them is what counts for nothing. */
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

    /** Where a level's places begin in {@link #bucketBefore}: each level has one more there than symbols. */
    private int placesStart(int level) {
        return levelStart[level] + level;
    }

    // None of the loops below has a branch on symbols: which suffix ascends cannot be foreseen.

    private void findValleys(int level) {
        int start = levelStart[level];
        int places = placesStart(level);
        int count = levelSize[level];
        int next = text[start + count - 1];
        int ascending = 0;
        bucketBefore[places + count] = 2 * next;
        for (int i = count - 2; i >= 0; i--) {
            int symbol = text[start + i];
            int equal = ((symbol ^ next) - 1) >>> 31;
            ascending = ((symbol - next) >>> 31) | (equal & ascending);
            bucketBefore[places + i + 1] = 2 * symbol + ascending;
            next = symbol;
        }
        bucketBefore[places] = 1; // ascending, lest the first place be taken for a valley
        int end = levelValleys[level];
        for (int i = 1; i < count; i++) {
            valleys[end] = i;
            end += isValley(places + i);
        }
        levelValleyCount[level] = end - levelValleys[level];
    }

    /** 1 if ascending begins at a place, else 0. */
    private int isValley(int place) {
        return bucketBefore[place + 1] & ~bucketBefore[place] & 1;
    }

    private void startBuckets(int level) {
        int places = placesStart(level);
        int end = places + levelSize[level];
        int buckets = 2 * levelSymbols[level];
        Arrays.fill(bucketStart, 0, buckets + 1, 0);
        for (int place = places + 1; place <= end; place++) {
            bucketStart[bucketBefore[place] + 1]++;
        }
        for (int bucket = 0; bucket < buckets; bucket++) {
            bucketStart[bucket + 1] += bucketStart[bucket];
        }
    }

    /** Sorts all suffixes of a level, given its valleys: exactly if these are in order, else by their symbols alone. */
    private void induce(int level, int[] from, int fromStart) {
        int places = placesStart(level);
        int count = levelSize[level];
        // 0 is also the suffix that no other one starts before, so that it needs no telling from a place that is empty
        Arrays.fill(suffixes, 0, count, 0);
        System.arraycopy(bucketStart, 0, cursor, 0, 2 * levelSymbols[level] + 1);
        for (int i = fromStart; i < fromStart + levelValleyCount[level]; i++) {
            suffixes[cursor[bucketBefore[places + from[i] + 1]]++] = from[i];
        }
        induceDescending(level);
        induceAscending(level);
    }

    /** What belongs into other buckets goes behind the suffixes, one over the other. */
    private void induceDescending(int level) {
        int places = placesStart(level);
        int count = levelSize[level];
        int buckets = 2 * levelSymbols[level];
        for (int bucket = 0; bucket < buckets; bucket += 2) {
            cursor[bucket] = bucketStart[bucket];
            cursor[bucket + 1] = count;
        }
        bucketBefore[places] = 1;
        suffixes[cursor[bucketBefore[places + count]]++] = count - 1;
        for (int i = 0; i < count; i++) {
            int suffix = suffixes[i];
            int bucket = bucketBefore[places + suffix];
            int to = cursor[bucket];
            suffixes[to] = suffix - 1;
            cursor[bucket] = to + 1 - (bucket & 1);
        }
    }

    /** The same for the others, from their buckets' ends down. */
    private void induceAscending(int level) {
        int places = placesStart(level);
        int count = levelSize[level];
        int buckets = 2 * levelSymbols[level];
        for (int bucket = 0; bucket < buckets; bucket += 2) {
            cursor[bucket] = count;
            cursor[bucket + 1] = bucketStart[bucket + 2];
        }
        bucketBefore[places] = 0;
        for (int i = count - 1; i >= 0; i--) {
            int suffix = suffixes[i];
            int bucket = bucketBefore[places + suffix];
            int to = cursor[bucket] - (bucket & 1);
            suffixes[to] = suffix - 1;
            cursor[bucket] = to;
        }
        bucketBefore[places] = 1;
    }

    /** Writes the next level's text: a name for each valley, by what stands up to the next one; returns the names' number. */
    private int nameValleys(int level) {
        int start = levelStart[level];
        int valleysStart = levelValleys[level];
        for (int i = 0; i < levelValleyCount[level]; i++) {
            numbers[valleys[valleysStart + i]] = i;
        }
        int places = placesStart(level);
        int sorted = 0;
        for (int i = 0; i < levelSize[level]; i++) {
            sortedValleys[sorted] = suffixes[i];
            sorted += isValley(places + suffixes[i]);
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
        int compared = Math.min(FEW_SYMBOLS, endA - a + 1);
        for (int i = 0; i < compared; i++) {
            if (text[start + a + i] != text[start + b + i]) {
                return false;
            }
        }
        a += compared;
        b += compared;
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
        return 4L * (table.length + text.length + bucketBefore.length + suffixes.length + sharedPrefix.length)
                + 4L * (valleys.length + sortedValleys.length + numbers.length + 2L * cursor.length + 5L * MOST_LEVELS);
    }
}
