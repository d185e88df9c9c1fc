package io.tokenlz.frames;

import java.util.Arrays;

/**
 * Finds what to copy from the window: the token-level LZ77 stage of writers (FORMAT.md, section 6). What is found depends on
 * the tokens alone, not on what the tables held for an earlier stream. Work per token is bounded, whatever the input.
 */
abstract class WindowMatcher {
    /** Tokens that a search looks at; the last ones of a frame are literals. */
    final int lookahead;

    /**
     * What is stored for index 0 of the history, above 0 for every index that a frame may copy from. It rises as the history moves
     * and begins anew, so that what the tables hold of the past stays right, and need not be cleared; before it is too large it
     * falls, and with it what the tables hold.
     */
    int origin = 1;

    private final int largestPosition;

    /** The first position that is in no table yet. */
    private int next;

    int recent0;
    int recent1;
    int recent2;

    WindowMatcher(int lookahead, int largestPosition) {
        this.lookahead = lookahead;
        this.largestPosition = largestPosition;
    }

    /** Fills {@code found} with what makes the IDs from {@code from} to {@code end}; none before {@code first} is copied. */
    final void parse(int[] history, int from, int end, int first, Sequences found) {
        if ((long) origin + end > largestPosition) {
            rebase(origin + first - 1);
        }
        found.start(end - from);
        recent0 = 1;
        recent1 = 2;
        recent2 = 3;
        int stop = end - lookahead + 1;
        insert(history, Math.max(first, next - origin), Math.min(from, stop));
        search(history, from, end, first, found);
        next = Math.max(from, stop) + origin;
    }

    /** The history's first {@code count} tokens are gone, the others moved to its front. */
    final void moved(int count) {
        origin += count;
        if (origin > largestPosition) {
            rebase(origin - 1);
        }
    }

    private void rebase(int by) {
        lowerPositions(by);
        origin -= by;
        next = Math.max(0, next - by);
    }

    /** Lowers each stored position; those that would not be above 0 were of what can't be copied any more, and are forgotten. */
    abstract void lowerPositions(int by);

    abstract void insert(int[] history, int from, int to);

    abstract void search(int[] history, int from, int end, int first, Sequences found);

    /** The number that a distance is written as; it becomes the most recent one. */
    final int name(int distance) {
        if (distance == recent0) {
            return 0;
        }
        int name;
        if (distance == recent1) {
            name = 1;
        } else {
            name = distance == recent2 ? 2 : distance + Sequences.RECENT - 1;
            recent2 = recent1;
        }
        recent1 = recent0;
        recent0 = distance;
        return name;
    }

    static int matchLength(int[] history, int early, int late, int end) {
        int at = late;
        int before = early;
        int near = Math.min(end, late + 16);
        while (at < near && history[before] == history[at]) {
            before++;
            at++;
        }
        if (at < near || at == end) {
            return at - late;
        }
        int mismatch = Arrays.mismatch(history, before, before + end - at, history, at, end);
        return mismatch < 0 ? end - late : at - late + mismatch;
    }

    /** Takes the first match that one table shows, and goes in bolder steps the longer nothing repeats. */
    static final class Quick extends WindowMatcher {
        /** An entry is a position below and some bits of the run's hash above, which spare most looks into the history. */
        private static final int POSITION_BITS = 22;

        private static final int POSITION_MASK = (1 << POSITION_BITS) - 1;

        private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

        private final int[] table;
        private final int shift;
        private final int stepShift;

        /** The shortest match, three or four tokens: what hashes are of. */
        private final int run;

        /**
         * A search with an empty table.
         *
         * @param run the shortest match, 3 or 4
         * @param stepShift after 2^stepShift literals in a row every other token is looked at, and so on
         */
        Quick(int tableBits, int run, int stepShift) {
            super(4, POSITION_MASK);
            this.run = run;
            table = new int[1 << tableBits];
            shift = Integer.SIZE - tableBits;
            this.stepShift = stepShift;
        }

        @Override
        void lowerPositions(int by) {
            for (int slot = 0; slot < table.length; slot++) {
                int position = (table[slot] & POSITION_MASK) - by;
                table[slot] = position > 0 ? (table[slot] & ~POSITION_MASK) | position : 0;
            }
        }

        private long hash(int[] history, int at) {
            // most IDs take 16 to 18 bits: the run's lie side by side, what reaches over is mixed
            long key = history[at] ^ ((long) history[at + 1] << 21) ^ ((long) history[at + 2] << 42);
            if (run == 4) {
                key ^= Long.rotateLeft((long) history[at + 3], 53);
            }
            return key * MULTIPLIER;
        }

        private void insert(int[] history, int at) {
            long hash = hash(history, at);
            table[(int) (hash >>> 32) >>> shift] = ((int) hash & ~POSITION_MASK) | (at + origin);
        }

        @Override
        void insert(int[] history, int from, int to) {
            for (int at = from; at < to; at++) {
                insert(history, at);
            }
        }

        @Override
        void search(int[] history, int from, int end, int first, Sequences found) {
            int base = origin;
            int at = from;
            int pending = from; // literals from here on
            int last = end - lookahead;
            while (at <= last) {
                long hash = hash(history, at);
                int slot = (int) (hash >>> 32) >>> shift;
                int entry = table[slot];
                int tag = (int) hash & ~POSITION_MASK;
                table[slot] = tag | (at + base);
                int early = (entry & POSITION_MASK) - base;
                if ((entry & ~POSITION_MASK) != tag || early < first || !sameRun(history, early, at)) {
                    at += 1 + ((at - pending) >>> stepShift);
                    continue;
                }
                int length = run + matchLength(history, early + run, at + run, end);
                while (at > pending && early > first && history[at - 1] == history[early - 1]) {
                    at--;
                    early--;
                    length++;
                }
                found.add(history, pending, at - pending, length, name(at - early));
                int matchEnd = at + length;
                if (matchEnd <= last) {
                    insert(history, at + 2);
                    insert(history, matchEnd - 2);
                    insert(history, matchEnd - 1);
                }
                at = matchEnd;
                pending = at;
            }
            found.end(history, pending, end - pending);
        }

        private boolean sameRun(int[] history, int early, int late) {
            return history[early] == history[late]
                    && history[early + 1] == history[late + 1]
                    && history[early + 2] == history[late + 2]
                    && (run == 3 || history[early + 3] == history[late + 3]);
        }
    }

    /**
     * Takes the best of the matches that two tables and the last distances show, runs of three and of six tokens, and puts it
     * off by a token as long as the next one begins a better one.
     */
    static final class Thorough extends WindowMatcher {
        private static final int LONG_RUN = 6;

        /** What a match saves for each token, and what it costs, in bits: means on text. */
        private static final int TOKEN_WORTH = 13;

        private static final int MATCH_COST = 9;
        private static final int RECENT_COST = 5;

        /** A match of so many tokens is taken at once. */
        private static final int LONG_ENOUGH = 48;

        private static final int MULTIPLIER_1 = 0x9E3779B1;
        private static final int MULTIPLIER_2 = 0x85EBCA77;
        private static final int MULTIPLIER_3 = 0xC2B2AE3D;
        private static final int MULTIPLIER_4 = 0x27D4EB2F;

        private final int[] shortRuns;
        private final int[] longRuns;
        private final int shift;

        private int bestScore;
        private int bestLength;
        private int bestDistance;

        Thorough(int tableBits) {
            super(LONG_RUN, 1 << 30);
            shortRuns = new int[1 << tableBits];
            longRuns = new int[1 << tableBits];
            shift = Integer.SIZE - tableBits;
        }

        @Override
        void lowerPositions(int by) {
            for (int slot = 0; slot < shortRuns.length; slot++) {
                shortRuns[slot] = Math.max(0, shortRuns[slot] - by);
                longRuns[slot] = Math.max(0, longRuns[slot] - by);
            }
        }

        private int hashShort(int[] history, int at) {
            return (history[at] * MULTIPLIER_1 + history[at + 1] * MULTIPLIER_2 + history[at + 2] * MULTIPLIER_3)
                    >>> shift;
        }

        private int hashLong(int[] history, int at) {
            int mixed = history[at] * MULTIPLIER_1
                    + history[at + 1] * MULTIPLIER_2
                    + history[at + 2] * MULTIPLIER_3
                    + history[at + 3] * MULTIPLIER_4;
            mixed ^= mixed >>> 15;
            return (mixed * MULTIPLIER_2 + history[at + 4] * MULTIPLIER_3 + history[at + 5] * MULTIPLIER_1) >>> shift;
        }

        @Override
        void insert(int[] history, int from, int to) {
            for (int at = from; at < to; at++) {
                shortRuns[hashShort(history, at)] = at + origin;
                longRuns[hashLong(history, at)] = at + origin;
            }
        }

        @Override
        void search(int[] history, int from, int end, int first, Sequences found) {
            int at = from;
            int pending = from; // literals from here on
            int last = end - LONG_RUN;
            while (at <= last) {
                findBest(history, at, end, first);
                if (bestLength == 0) {
                    at++;
                    continue;
                }
                int score = bestScore;
                int length = bestLength;
                int distance = bestDistance;
                while (length < LONG_ENOUGH && at < last) {
                    findBest(history, at + 1, end, first);
                    if (bestScore <= score) {
                        break;
                    }
                    at++;
                    score = bestScore;
                    length = bestLength;
                    distance = bestDistance;
                }
                found.add(history, pending, at - pending, length, name(distance));
                insert(history, at + 2, Math.min(at + length, last + 1));
                at += length;
                pending = at;
            }
            found.end(history, pending, end - pending);
        }

        private void findBest(int[] history, int at, int end, int first) {
            int longHash = hashLong(history, at);
            int shortHash = hashShort(history, at);
            int longEarly = longRuns[longHash] - origin;
            int shortEarly = shortRuns[shortHash] - origin;
            longRuns[longHash] = at + origin;
            shortRuns[shortHash] = at + origin;
            bestScore = 0;
            bestLength = 0;
            consider(history, at - recent0, at, end, first, RECENT_COST);
            consider(history, at - recent1, at, end, first, RECENT_COST);
            consider(history, at - recent2, at, end, first, RECENT_COST);
            considerFar(history, longEarly, at, end, first);
            if (shortEarly != longEarly) {
                considerFar(history, shortEarly, at, end, first);
            }
        }

        private void considerFar(int[] history, int early, int at, int end, int first) {
            // a table may hold the present token itself, put there while a match was put off
            if (early < at && early >= first && history[early + 2] == history[at + 2]) {
                consider(history, early, at, end, first, MATCH_COST + PackedList.bitLength(at - early));
            }
        }

        private void consider(int[] history, int early, int at, int end, int first, int cost) {
            if (early < first || history[early] != history[at] || history[early + 1] != history[at + 1]) {
                return;
            }
            int length = matchLength(history, early, at, end);
            int score = length * TOKEN_WORTH - cost;
            if (score > bestScore) {
                bestScore = score;
                bestLength = length;
                bestDistance = at - early;
            }
        }
    }
}
