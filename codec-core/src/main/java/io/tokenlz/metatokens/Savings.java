package io.tokenlz.metatokens;

import java.util.Arrays;

/** What the entry of each candidate saves, and which candidates are dropped for saving too little. */
final class Savings {
    /** Savings above it are alike. */
    private static final int MOST = 1023;

    private static final int NO_LENGTH = Integer.MAX_VALUE;

    /** By candidate: the symbols that its entry saves. */
    final int[] of;

    private final Candidates candidates;

    /** By saving: how many candidates save that much. */
    private final int[] counts = new int[MOST + 1];

    Savings(int capacity, Candidates candidates) {
        of = new int[capacity];
        this.candidates = candidates;
    }

    /** What the first candidate saves behind so many that save most. */
    int leastOf(int kept) {
        Arrays.fill(counts, 0);
        for (int c = 0; c < candidates.size(); c++) {
            counts[told(of[c])]++;
        }
        int least = MOST;
        int above = 0;
        while (least > 0 && above + counts[least] <= kept) {
            above += counts[least--];
        }
        return least;
    }

    /** Drops all but the given number of candidates: those that save most. */
    void dropAllBut(int kept) {
        int least = leastOf(kept);
        int free = kept;
        for (int c = 0; c < candidates.size(); c++) {
            free -= told(of[c]) > least ? 1 : 0;
        }
        for (int c = 0; c < candidates.size(); c++) {
            int told = told(of[c]);
            if (told < least || (told == least && --free < 0)) {
                candidates.price[c] = Candidates.DROPPED;
            }
        }
    }

    private static int told(int saved) {
        return Math.max(0, Math.min(saved, MOST));
    }

    /** Drops the shortest of the candidates that cost more than they save; returns whether there were any. */
    boolean dropShortestUnpaid() {
        int shortest = NO_LENGTH;
        for (int c = 0; c < candidates.size(); c++) {
            if (of[c] < 0) {
                shortest = Math.min(shortest, candidates.written[c]);
            }
        }
        for (int c = 0; c < candidates.size() && shortest != NO_LENGTH; c++) {
            if (of[c] < 0 && candidates.written[c] == shortest) {
                candidates.price[c] = Candidates.DROPPED;
            }
        }
        return shortest != NO_LENGTH;
    }

    long stateBytes() {
        return 4L * (of.length + counts.length);
    }
}
