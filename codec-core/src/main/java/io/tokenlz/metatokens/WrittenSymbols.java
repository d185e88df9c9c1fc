package io.tokenlz.metatokens;

/**
 * What a parse wrote, as symbols, searched in turn for runs that repeat, across the borders of candidates. Allocates everything
 * when it is made.
 */
final class WrittenSymbols {
    /** Bounds the steps from written runs to their nodes: so many for each symbol of the block. */
    private static final int CLIMB_WORK = 8;

    private final RepeatTree repeats;
    private final Candidates candidates;
    private final OptimalParse parse;
    private final RepeatTree writtenRepeats;

    /** Written symbols; for each the place in the block where it begins, or the last one ended. */
    private final int[] symbols;

    private final int[] place;
    private int size;

    /** Where the last symbol ends in the block. */
    private int end;

    private long stepsLeft;

    WrittenSymbols(int window, RepeatTree repeats, Candidates candidates, OptimalParse parse) {
        this.repeats = repeats;
        this.candidates = candidates;
        this.parse = parse;
        writtenRepeats = new RepeatTree(window);
        symbols = new int[window];
        place = new int[window];
    }

    /** Takes what the last parse wrote of a block. */
    void writeBody(int[] tokens, int blockSize) {
        size = 0;
        stepsLeft = (long) CLIMB_WORK * blockSize;
        for (int i = 0; i < blockSize; ) {
            i += write(tokens, i, parse.choice(i));
        }
    }

    /** Takes the entries that the last parse wrote, too, something unique in front of each; whether there was room. */
    boolean writeEntries(int[] tokens) {
        int separator = ~candidates.size();
        for (int entry = 0; entry < candidates.size(); entry++) {
            if (candidates.uses[entry] == 0) {
                continue;
            }
            if (size + 1 + candidates.written[entry] >= symbols.length) {
                return false;
            }
            place[size] = end;
            symbols[size++] = separator--;
            parse.parseAsWritten(entry);
            int start = candidates.place[entry];
            for (int i = 0; i < candidates.length[entry]; ) {
                i += write(tokens, start + i, parse.entryChoice(i));
            }
        }
        return true;
    }

    private int write(int[] tokens, int from, int candidate) {
        int length = candidate >= 0 ? candidates.length[candidate] : 1;
        symbols[size] = candidate >= 0 ? ~candidate : tokens[from];
        place[size++] = from;
        end = from + length;
        return length;
    }

    /** Finds the runs that repeat; the array is free for another use afterwards. */
    void findRepeats(SuffixArray array) {
        array.build(symbols, size);
        writtenRepeats.build(array);
    }

    int runs() {
        return writtenRepeats.nodes();
    }

    /** Symbols of a run, and base tokens that it stands for. */
    int symbols(int run) {
        return writtenRepeats.length[run];
    }

    int tokens(int run) {
        int behind = writtenRepeats.first[run] + symbols(run);
        return (behind == size ? end : place[behind]) - place(run);
    }

    /** Where a run begins in the block. */
    int place(int run) {
        return place[writtenRepeats.first[run]];
    }

    /** At most how many places of a run don't overlap. */
    int placesApart(int run) {
        return writtenRepeats.placesApart(run, symbols(run));
    }

    /** A run's node among all repeats of the block, or {@link RepeatTree#NO_NODE} if the work has become too much. */
    int node(int run) {
        int node = repeats.deepest[place(run)];
        int length = tokens(run);
        while (repeats.parentLength(node) >= length && --stepsLeft >= 0) {
            node = repeats.parent[node];
        }
        return stepsLeft >= 0 ? node : RepeatTree.NO_NODE;
    }

    long stateBytes() {
        return writtenRepeats.stateBytes() + 4L * (symbols.length + place.length);
    }
}
