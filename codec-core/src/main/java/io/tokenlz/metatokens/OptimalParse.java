package io.tokenlz.metatokens;

import java.util.Arrays;

/**
 * The cheapest way to write a block, and the entries it uses, with the candidates at their prices: a dynamic programme from
 * the end to the beginning. A symbol costs {@link #ONE}; a price says what a use of a candidate costs, which is one symbol,
 * or more if its entry is to be paid for by its uses.
 */
final class OptimalParse {
    /** Costs are counted in 1/64 of a symbol: a window of 2²⁴ symbols costs 2³⁰. */
    static final int ONE = 64;

    /** Bounds the work on what entries hold: this many symbols for each symbol of the block. */
    private static final int ENTRY_WORK = 8;

    private final Candidates candidates;
    private final boolean nested;

    /** By the candidates' places in the block: what is saved from there on. By place of the block: the candidate to use there. */
    private final int[] saved;

    private final int[] choice;

    /** By place in an entry: what the rest costs, and the candidate to use here. */
    private final int[] entryCost;

    private final int[] entryChoice;

    private int blockSize;
    private int entries;

    OptimalParse(int window, boolean nested, Candidates candidates) {
        this.candidates = candidates;
        this.nested = nested;
        saved = new int[window + 1];
        choice = new int[window];
        entryCost = new int[window + 1];
        entryChoice = new int[window];
    }

    void begin(int newBlockSize) {
        blockSize = newBlockSize;
    }

    /** Number of entries that the last parse used. */
    int entries() {
        return entries;
    }

    /** What the last parse begins with at a place of the block: a candidate, or {@link Candidates#NONE} for the symbol. */
    int choice(int place) {
        return candidates.longestAt[place] >= 0 ? choice[place] : Candidates.NONE;
    }

    /** The same in the entry that was parsed last, from its beginning. */
    int entryChoice(int offset) {
        return entryChoice[offset];
    }

    /** Parses the block and the entries that it uses; returns how many symbols are written, without the delimiters. */
    long parse() {
        int[] uses = candidates.uses;
        Arrays.fill(uses, 0, candidates.size(), 0);
        long symbols = parseBody();
        long work = (long) ENTRY_WORK * blockSize;
        entries = 0;
        // longer entries may use shorter ones, which are therefore parsed behind them
        for (int c = candidates.size() - 1; c >= 0; c--) {
            if (uses[c] == 0) {
                continue;
            }
            entries++;
            int written = candidates.length[c];
            work -= written;
            if (nested && work >= 0) {
                written = parseEntry(c);
                countUses(c);
            }
            candidates.written[c] = written;
            symbols += 1 + written;
        }
        return symbols;
    }

    /** Counts what is saved instead of what the rest costs, for that changes only where there are candidates. */
    private int parseBody() {
        int[] length = candidates.length;
        int[] price = candidates.price;
        int[] shorter = candidates.shorter;
        int[] longestAt = candidates.longestAt;
        int[] places = candidates.places;
        int[] placesBefore = candidates.placesBefore;
        int count = candidates.placeCount();
        saved[count] = 0;
        for (int k = count - 1; k >= 0; k--) {
            int at = places[k];
            int best = saved[k + 1];
            int bestChoice = Candidates.NONE;
            for (int c = longestAt[at]; c >= 0; c = shorter[c]) {
                int with = saved[placesBefore[at + length[c]]] + length[c] * ONE - price[c];
                if (with > best) {
                    best = with;
                    bestChoice = c;
                }
            }
            saved[k] = best;
            choice[at] = bestChoice;
        }
        int symbols = blockSize;
        for (int k = 0; k < count; ) {
            int at = places[k];
            int c = choice[at];
            if (c >= 0) {
                candidates.uses[c]++;
                symbols -= length[c] - 1;
                k = placesBefore[at + length[c]];
            } else {
                k++;
            }
        }
        return symbols;
    }

    /** Parses what a candidate stands for, without itself; returns the number of symbols. */
    int parseEntry(int entry) {
        int[] length = candidates.length;
        int[] price = candidates.price;
        int[] shorter = candidates.shorter;
        int[] longestAt = candidates.longestAt;
        int start = candidates.place[entry];
        int size = length[entry];
        entryCost[size] = 0;
        for (int i = size - 1; i >= 0; i--) {
            int best = entryCost[i + 1] + ONE;
            int bestChoice = Candidates.NONE;
            int most = Math.min(size - i, size - 1);
            for (int c = longestAt[start + i]; c >= 0; c = shorter[c]) {
                if (length[c] <= most && entryCost[i + length[c]] + price[c] < best) {
                    best = entryCost[i + length[c]] + price[c];
                    bestChoice = c;
                }
            }
            entryCost[i] = best;
            entryChoice[i] = bestChoice;
        }
        int symbols = 0;
        for (int i = 0; i < size; symbols++) {
            i += entryChoice[i] >= 0 ? length[entryChoice[i]] : 1;
        }
        return symbols;
    }

    /** Leaves in {@link #entryChoice} what the last {@link #parse} made of an entry. */
    void parseAsWritten(int entry) {
        if (candidates.written[entry] < candidates.length[entry]) {
            parseEntry(entry);
        } else {
            Arrays.fill(entryChoice, 0, candidates.length[entry], Candidates.NONE);
        }
    }

    private void countUses(int entry) {
        for (int i = 0; i < candidates.length[entry]; ) {
            int c = entryChoice[i];
            if (c >= 0) {
                candidates.uses[c]++;
                i += candidates.length[c];
            } else {
                i++;
            }
        }
    }

    long stateBytes() {
        return 4L * (saved.length + choice.length + entryCost.length + entryChoice.length);
    }
}
