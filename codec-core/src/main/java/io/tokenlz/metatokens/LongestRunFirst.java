package io.tokenlz.metatokens;

import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/**
 * LTSC's search (META-TOKENS.md, section 4): for each length from the longest down, replaces the runs of that length that
 * occur often enough without overlap to pay for their entry, over symbols that no longer run has taken.
 *
 * <p>Runs are counted by a rolling hash and compared symbol by symbol, so that the result does not hang on the hash. Its
 * base is random: against a known one, input could be made that takes quadratic time.
 */
final class LongestRunFirst {
    private static final int NONE = -1;
    private static final int FREE = -1;

    /** Inside a replaced run, behind its first symbol. */
    private static final int INSIDE = -2;

    private final long hashBase = ThreadLocalRandom.current().nextLong() | 1;
    private final int longestRun;

    /** For each symbol: {@link #FREE}, {@link #INSIDE}, or the entry that replaces the run that starts here. */
    private final int[] owner;

    /** Open addressing from a run's hash to its candidate. */
    private final int[] table;

    private final long[] candidateHash;
    private final int[] firstPlace;
    private final int[] lastPlace;

    /** From each place of a run to the next place of the same run. */
    private final int[] nextPlace;

    private final int[] counts;
    private final int[] order;

    /** For each count, where the next candidate of that count goes in {@link #order}. */
    private final int[] orderEnd;

    /** Where an entry that was added by this search stands in the block as it was before. */
    private final int[] entryStart;

    private final int[] entryLength;

    private int candidates;
    private int tableMask;

    LongestRunFirst(int window, int longestRun, int mostEntries) {
        this.longestRun = longestRun;
        owner = new int[window];
        table = new int[tableSize(window)];
        candidateHash = new long[window];
        firstPlace = new int[window];
        lastPlace = new int[window];
        nextPlace = new int[window];
        counts = new int[window];
        order = new int[window];
        orderEnd = new int[window + 1];
        entryStart = new int[mostEntries];
        entryLength = new int[mostEntries];
    }

    /** Replaces all that pays, once; whether anything did. */
    boolean replaceRuns(Block block) {
        int entriesBefore = block.entryCount();
        Arrays.fill(owner, 0, block.size(), FREE);
        for (int length = Math.min(longestRun, block.size()); length >= 2 && !block.isFull(); length--) {
            findRuns(block, length);
            replaceRuns(block, length);
        }
        if (block.entryCount() == entriesBefore) {
            return false;
        }
        rewrite(block, entriesBefore);
        return true;
    }

    /** Whether replacing {@code count} runs by one entry makes the block shorter. */
    static boolean pays(long length, long count) {
        return length * count > 1 + length + count;
    }

    /** Finds all runs of a length over free symbols: a candidate for each distinct one, with a chain of its places. */
    private void findRuns(Block block, int length) {
        int size = block.size();
        int[] symbols = block.symbols();
        candidates = 0;
        tableMask = tableSize(size) - 1;
        Arrays.fill(table, 0, tableMask + 1, NONE);
        long leaving = 1;
        for (int i = 0; i < length; i++) {
            leaving *= hashBase;
        }
        long hash = 0;
        int free = 0;
        for (int i = 0; i < size; i++) {
            if (owner[i] != FREE || symbols[i] == Block.SEPARATOR) {
                free = 0;
                hash = 0;
                continue;
            }
            hash = hash * hashBase + symbols[i];
            if (++free > length) {
                hash -= leaving * symbols[i - length];
            }
            if (free >= length) {
                addPlace(symbols, hash, i - length + 1, length);
            }
        }
    }

    private void addPlace(int[] symbols, long hash, int start, int length) {
        nextPlace[start] = NONE;
        long mixed = (hash ^ (hash >>> 32)) * hashBase;
        int slot = (int) (mixed >>> 32) & tableMask;
        while (table[slot] != NONE) {
            int candidate = table[slot];
            int first = firstPlace[candidate];
            if (candidateHash[candidate] == hash
                    && Arrays.equals(symbols, first, first + length, symbols, start, start + length)) {
                nextPlace[lastPlace[candidate]] = start;
                lastPlace[candidate] = start;
                return;
            }
            slot = (slot + 1) & tableMask;
        }
        int candidate = candidates++;
        table[slot] = candidate;
        candidateHash[candidate] = hash;
        firstPlace[candidate] = start;
        lastPlace[candidate] = start;
    }

    /** Replaces what pays, one distinct run after the other, the most frequent first. */
    private void replaceRuns(Block block, int length) {
        int paying = orderByCount(length, block.size());
        for (int k = 0; k < paying && !block.isFull(); k++) {
            int first = firstPlace[order[k]];
            // counted again: runs before it may have taken some of its places
            if (pays(length, countFree(first, length))) {
                int entry = block.addEntry(first, length);
                entryStart[entry] = first;
                entryLength[entry] = length;
                replace(first, length, entry);
            }
        }
    }

    /** Puts the candidates that pay in order: by falling count, then by first place (a counting sort). */
    private int orderByCount(int length, int size) {
        int mostCount = size / length;
        Arrays.fill(orderEnd, 0, mostCount + 1, 0);
        for (int candidate = 0; candidate < candidates; candidate++) {
            int first = firstPlace[candidate];
            counts[candidate] = nextPlace[first] == NONE ? 1 : countFree(first, length);
            if (pays(length, counts[candidate])) {
                orderEnd[counts[candidate]]++;
            }
        }
        int paying = 0;
        for (int count = mostCount; count >= 0; count--) {
            int withCount = orderEnd[count];
            orderEnd[count] = paying;
            paying += withCount;
        }
        for (int candidate = 0; candidate < candidates; candidate++) {
            if (pays(length, counts[candidate])) {
                order[orderEnd[counts[candidate]]++] = candidate;
            }
        }
        return paying;
    }

    private int countFree(int first, int length) {
        int count = 0;
        int end = 0;
        for (int start = first; start != NONE; start = nextPlace[start]) {
            if (start >= end && isFree(start, length)) {
                count++;
                end = start + length;
            }
        }
        return count;
    }

    private void replace(int first, int length, int entry) {
        for (int start = first; start != NONE; start = nextPlace[start]) {
            if (isFree(start, length)) {
                Arrays.fill(owner, start, start + length, INSIDE);
                owner[start] = entry;
            }
        }
    }

    /** Whatever was taken since the runs were found has the same length, so that it shows at one of the ends. */
    private boolean isFree(int start, int length) {
        return owner[start] == FREE && owner[start + length - 1] == FREE;
    }

    private void rewrite(Block block, int entriesBefore) {
        block.beginRewrite();
        int size = block.size();
        for (int i = 0; i < size; i++) {
            if (owner[i] == FREE) {
                block.rewrite(block.symbol(i));
            } else if (owner[i] != INSIDE) {
                block.rewrite(~owner[i]);
            }
        }
        for (int entry = entriesBefore; entry < block.entryCount(); entry++) {
            block.rewrite(Block.SEPARATOR);
            for (int i = entryStart[entry]; i < entryStart[entry] + entryLength[entry]; i++) {
                block.rewrite(block.symbol(i));
            }
        }
        block.endRewrite(block.entryCount());
    }

    private static int tableSize(int symbols) {
        return Integer.highestOneBit(Math.max(2, symbols)) * 4;
    }

    long stateBytes() {
        return 4L * (owner.length + table.length + firstPlace.length + lastPlace.length + nextPlace.length)
                + 8L * candidateHash.length
                + 4L * (counts.length + order.length + orderEnd.length + entryStart.length + entryLength.length);
    }
}
