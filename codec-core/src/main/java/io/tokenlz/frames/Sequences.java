package io.tokenlz.frames;

/**
 * A frame's IDs as a window stage writes them (FORMAT.md, section 6): runs of literals, each followed by a match, a copy of
 * IDs that came before.
 */
final class Sequences {
    /** No match is shorter. */
    static final int LEAST_MATCH = 2;

    /** Distances below this number name one of the last distances. */
    static final int RECENT = 3;

    /** Copies of up to so many IDs are made in steps; longer ones are left to the machine. */
    static final int COPY = 16;

    /** Literals that are copied at once, whether the run is as long or not: most runs are shorter. */
    private static final int LITERAL_STEP = 12;

    private static final int MATCH_STEP = 4;

    /** Room behind each list for readers that work in groups, and for copies of such. */
    private static final int SLACK = COPY;

    int[] literals = new int[64];
    int literalCount;
    int[] runs = new int[64];
    int[] lengths = new int[64];
    int[] distances = new int[64];
    int count;

    void ensure(int mostLiterals, int mostMatches) {
        if (literals.length < mostLiterals + SLACK) {
            literals = new int[grown(mostLiterals)];
        }
        if (runs.length < mostMatches + SLACK) {
            runs = new int[grown(mostMatches)];
            lengths = new int[runs.length];
            distances = new int[runs.length];
        }
    }

    /** A little more than asked for, so that slowly growing frames don't mean a new array each. */
    private static int grown(int count) {
        return count + (count >> 2) + SLACK;
    }

    /** The most memory that the lists of a frame of so many IDs take. */
    static long mostStateBytes(long ids) {
        return 4 * (ids + ids / 4 + SLACK) + 12 * (ids / 2 + ids / 8 + SLACK);
    }

    /** Begins a frame of so many IDs. */
    void start(int ids) {
        literalCount = 0;
        count = 0;
        ensure(ids, ids / LEAST_MATCH);
    }

    /** Adds a run of literals and the match behind it. */
    void add(int[] history, int from, int run, int length, int distance) {
        if (from <= history.length - LITERAL_STEP) {
            copyLiterals(history, from, literals, literalCount, run);
        } else {
            System.arraycopy(history, from, literals, literalCount, run);
        }
        literalCount += run;
        runs[count] = run;
        lengths[count] = length - LEAST_MATCH;
        distances[count++] = distance;
    }

    /** Adds the literals behind the last match. */
    void end(int[] history, int from, int rest) {
        System.arraycopy(history, from, literals, literalCount, rest);
        literalCount += rest;
    }

    /**
     * Writes the IDs behind those that are in the history already.
     *
     * @param reach IDs before {@code from} that a match may copy
     * @param expected IDs that the frame says it has
     */
    void execute(int[] history, int from, int reach, int expected) {
        int[] source = literals;
        int to = from;
        int end = from + expected;
        int literal = 0;
        int first = from - reach;
        int recent0 = 1;
        int recent1 = 2;
        int recent2 = 3;
        for (int i = 0; i < count; i++) {
            int run = runs[i];
            int length = lengths[i];
            int distance = distances[i];
            // without branches, which no processor could predict: masks of whether the code is above 0, 1 and 2
            int above0 = -distance >> 31;
            int above1 = (1 - distance) >> 31;
            int above2 = (2 - distance) >> 31;
            int recent = recent0 ^ ((recent0 ^ recent1) & above0) ^ ((recent1 ^ recent2) & above1);
            distance = recent ^ ((recent ^ (distance - (RECENT - 1))) & above2);
            recent2 ^= (recent2 ^ recent1) & above1;
            recent1 ^= (recent1 ^ recent0) & above0;
            recent0 = distance;
            if (run > literalCount - literal || run > end - to) {
                throw new MalformedPayload("at most " + (literalCount - literal) + " literals", run + " in a run");
            }
            copyLiterals(source, literal, history, to, run);
            literal += run;
            to += run;
            if (length > end - to - LEAST_MATCH) {
                throw new MalformedPayload(
                        "a match of at most " + (end - to), "one of " + ((long) length + LEAST_MATCH));
            }
            length += LEAST_MATCH;
            if (distance > to - first) {
                throw new MalformedPayload("a distance of at most " + (to - first), "distance " + distance);
            }
            copyMatch(history, to, distance, length);
            to += length;
        }
        int rest = literalCount - literal;
        if (rest != end - to) {
            throw new MalformedPayload((end - to) + " literals behind the last match", "" + rest);
        }
        System.arraycopy(source, literal, history, to, rest);
    }

    /** Most runs are short: twelve at once cost less than a branch that no processor foresees. */
    private static void copyLiterals(int[] source, int from, int[] target, int to, int count) {
        if (count > LITERAL_STEP) {
            System.arraycopy(source, from, target, to, count);
            return;
        }
        for (int i = 0; i < LITERAL_STEP; i++) {
            target[to + i] = source[from + i];
        }
    }

    private static void copyMatch(int[] history, int to, int distance, int length) {
        int from = to - distance;
        if (length > COPY && distance >= length) {
            System.arraycopy(history, from, history, to, length);
            return;
        }
        int i = 0;
        do {
            for (int k = 0; k < MATCH_STEP; k++, i++) {
                history[to + i] = history[from + i];
            }
        } while (i < length);
    }
}
