package io.tokenlz.metatokens;

import java.util.Arrays;

/**
 * LTSC's search (META-TOKENS.md, section 4): for each length from the longest down, replaces the runs of that length that
 * occur often enough without overlap to pay for their entry, over symbols that no longer run has taken.
 *
 * <p>Runs are counted by a rolling hash and compared symbol by symbol, so that the result does not hang on the hash.
 */
final class LongestRunFirst {
    private static final int NONE = -1;
    private static final int FREE = -1;

    /** Inside a replaced run, behind its first symbol. */
    private static final int INSIDE = -2;

    private static final long HASH_BASE = 0x9E3779B97F4A7C15L;

    private final int longestRun;

    /** For each symbol: {@link #FREE}, {@link #INSIDE}, or the entry that replaces the run that starts here. */
    private final int[] owner;

    private final int[] candidateAt;
    private final int[] chosenStarts;

    /** Open addressing from a run's hash to its candidate. */
    private final int[] table;

    private final long[] candidateHash;
    private final int[] candidateStart;
    private final int[] candidateCount;
    private final int[] candidateChosen;

    /** First index at which the candidate's next occurrence would not overlap the one before; later, its entry. */
    private final int[] candidateNext;

    /** Where an entry that was added by this search stands in the block as it was before. */
    private final int[] entryStart;

    private final int[] entryLength;

    private int candidates;
    private int tableMask;

    LongestRunFirst(int window, int longestRun, int mostEntries) {
        this.longestRun = longestRun;
        owner = new int[window];
        candidateAt = new int[window];
        chosenStarts = new int[window];
        table = new int[tableSize(window)];
        candidateHash = new long[window];
        candidateStart = new int[window];
        candidateCount = new int[window];
        candidateChosen = new int[window];
        candidateNext = new int[window];
        entryStart = new int[mostEntries];
        entryLength = new int[mostEntries];
    }

    /** Replaces all that pays, once; whether anything did. */
    boolean replaceRuns(Block block) {
        int entriesBefore = block.entryCount();
        Arrays.fill(owner, 0, block.size(), FREE);
        for (int length = Math.min(longestRun, block.size()); length >= 2 && !block.isFull(); length--) {
            countRuns(block, length);
            chooseRuns(block, length);
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

    private void countRuns(Block block, int length) {
        int size = block.size();
        int[] symbols = block.symbols();
        candidates = 0;
        tableMask = tableSize(size) - 1;
        Arrays.fill(table, 0, tableMask + 1, NONE);
        Arrays.fill(candidateAt, 0, size, NONE);
        long leaving = 1;
        for (int i = 0; i < length; i++) {
            leaving *= HASH_BASE;
        }
        long hash = 0;
        int free = 0;
        for (int i = 0; i < size; i++) {
            if (owner[i] != FREE || symbols[i] == Block.SEPARATOR) {
                free = 0;
                hash = 0;
                continue;
            }
            hash = hash * HASH_BASE + symbols[i];
            if (++free > length) {
                hash -= leaving * symbols[i - length];
            }
            if (free >= length) {
                int start = i - length + 1;
                int candidate = findOrAdd(symbols, hash, start, length);
                candidateAt[start] = candidate;
                if (start >= candidateNext[candidate]) {
                    candidateCount[candidate]++;
                    candidateNext[candidate] = start + length;
                }
            }
        }
    }

    private int findOrAdd(int[] symbols, long hash, int start, int length) {
        long mixed = (hash ^ (hash >>> 32)) * HASH_BASE;
        int slot = (int) (mixed >>> 32) & tableMask;
        while (table[slot] != NONE) {
            int candidate = table[slot];
            int other = candidateStart[candidate];
            if (candidateHash[candidate] == hash
                    && Arrays.equals(symbols, other, other + length, symbols, start, start + length)) {
                return candidate;
            }
            slot = (slot + 1) & tableMask;
        }
        int candidate = candidates++;
        table[slot] = candidate;
        candidateHash[candidate] = hash;
        candidateStart[candidate] = start;
        candidateCount[candidate] = 0;
        candidateChosen[candidate] = 0;
        candidateNext[candidate] = 0;
        return candidate;
    }

    /** Takes the runs that pay, from left to right; those that others left too few places for are let go again. */
    private void chooseRuns(Block block, int length) {
        int chosen = 0;
        for (int i = 0; i <= block.size() - length; ) {
            int candidate = candidateAt[i];
            if (candidate != NONE && pays(length, candidateCount[candidate])) {
                candidateChosen[candidate]++;
                candidateNext[candidate] = NONE;
                chosenStarts[chosen++] = i;
                i += length;
            } else {
                i++;
            }
        }
        for (int k = 0; k < chosen; k++) {
            int start = chosenStarts[k];
            int candidate = candidateAt[start];
            if (!pays(length, candidateChosen[candidate])) {
                continue;
            }
            if (candidateNext[candidate] == NONE) {
                if (block.isFull()) {
                    continue;
                }
                int entry = block.addEntry(start, length);
                entryStart[entry] = start;
                entryLength[entry] = length;
                candidateNext[candidate] = entry;
            }
            Arrays.fill(owner, start, start + length, INSIDE);
            owner[start] = candidateNext[candidate];
        }
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
        return 4L * (owner.length + candidateAt.length + chosenStarts.length + table.length)
                + 8L * candidateHash.length
                + 4L * (candidateStart.length + candidateCount.length + candidateChosen.length + candidateNext.length)
                + 4L * (entryStart.length + entryLength.length);
    }
}
