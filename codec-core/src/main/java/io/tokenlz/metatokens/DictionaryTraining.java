package io.tokenlz.metatokens;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Learns the entries of a shared dictionary (META-TOKENS.md, section 8). Candidates are the runs that repeat in the samples; the
 * samples are parsed with all of them, and those that save least are dropped, until they are few enough. Then what was written
 * is searched in turn for runs that repeat.
 */
final class DictionaryTraining {
    private static final int ROUNDS = 4;
    private static final int SETTLE_PARSES = 16;

    /** What an entry costs, in symbols, while it is open which are used: found by trial on text of many kinds. */
    private static final int ENTRY_PRICE = 8;

    /** Uses of an entry are counted in 1/16 while they are guessed. */
    private static final int USE = 16;

    private static final int MOST_NARROWINGS = 100;

    /** One in so many of too many candidates is dropped before the samples are parsed again. */
    private static final int NARROWING = 4;

    /** Bounds the work on what entries would be without themselves: so many tokens for each token of the samples. */
    private static final int ENTRY_WORK = 8;

    /** The text of the samples, something unique behind each; where each ends. */
    private final int[] text;

    private final int[] documentEnd;
    private final int mostEntries;
    private final int longestEntry;

    private final SuffixArray array;
    private final RepeatTree repeats;
    private final Candidates candidates;
    private final OptimalParse parse;
    private final WrittenSymbols written;

    /** By candidate: in how many samples the last parse used it, the last one of them, and what it saved. */
    private final int[] documents;

    private final int[] lastDocument;
    private final long[] value;

    private List<int[]> best = List.of();
    private int bestSize = Integer.MAX_VALUE;

    DictionaryTraining(int[] text, int[] documentEnd, int mostEntries, int longestEntry) {
        this.text = text;
        this.documentEnd = documentEnd;
        this.mostEntries = mostEntries;
        this.longestEntry = longestEntry;
        array = new SuffixArray(text.length);
        repeats = new RepeatTree(text.length);
        candidates = new Candidates(text.length, repeats);
        parse = new OptimalParse(text.length, false, candidates);
        written = new WrittenSymbols(text.length, repeats, candidates, parse);
        documents = new int[text.length];
        lastDocument = new int[text.length];
        value = new long[text.length];
    }

    /** The entries, the most used first; empty if nothing repeats. */
    List<int[]> learn() {
        array.build(text, text.length);
        repeats.build(array);
        parse.begin(text.length);
        candidates.beginProposals();
        proposeRepeats();
        narrow();
        for (int round = 0; round < ROUNDS && candidates.size() > 0; round++) {
            int before = bestSize;
            written.writeBody(text, text.length);
            written.findRepeats(array);
            candidates.beginProposals();
            proposeAgain();
            proposeWritten();
            narrow();
            if (bestSize >= before) {
                break;
            }
        }
        return best;
    }

    private void proposeRepeats() {
        for (int node = 0; node < repeats.nodes(); node++) {
            int run = Math.min(repeats.length[node], longestEntry);
            int distance = (repeats.last[node] - repeats.first[node]) / (repeats.count[node] - 1);
            if (distance < run) {
                // places that overlap are a period's: of whole periods, the run can be used one behind the other
                run = Math.max(run - run % distance, repeats.parentLength(node) + 1);
            } else if (!repeats.isLongest(node)) {
                continue;
            }
            if (run >= 2 && run > repeats.parentLength(node) && repeats.placesApart(node, run) >= 2) {
                propose(node, repeats.first[node], run, repeats.placesApart(node, run));
            }
        }
    }

    private void proposeAgain() {
        for (int c = 0; c < candidates.size(); c++) {
            propose(candidates.node[c], candidates.place[c], candidates.length[c], candidates.uses[c]);
        }
    }

    private void proposeWritten() {
        for (int run = 0; run < written.runs(); run++) {
            if (written.symbols(run) < 2 || written.placesApart(run) < 2 || written.tokens(run) > longestEntry) {
                continue;
            }
            int node = written.node(run);
            if (node != RepeatTree.NO_NODE) {
                propose(node, written.place(run), written.tokens(run), written.placesApart(run));
            }
        }
    }

    private void propose(int node, int place, int length, int uses) {
        candidates.propose(node, place, length, uses, price(USE * uses));
    }

    /** What a use costs while it is open which candidates will be used: those with many uses go first. */
    private static int price(int uses) {
        return OptimalParse.ONE + OptimalParse.ONE * USE * ENTRY_PRICE / uses;
    }

    /** Parses at prices that follow the uses, so that of candidates for the same places some keep them. */
    private void settle() {
        for (int k = 0; k < SETTLE_PARSES; k++) {
            parse.parse();
            for (int c = 0; c < candidates.size(); c++) {
                int expected = candidates.expectedUses[c];
                int uses = Math.max(USE * candidates.uses[c], (expected >> 1) + (expected >> 3));
                candidates.expectedUses[c] = uses;
                candidates.price[c] = uses < USE ? Candidates.DROPPED : price(uses);
            }
            candidates.dropUnwanted(text.length);
        }
        Arrays.fill(candidates.price, 0, candidates.size(), OptimalParse.ONE);
    }

    /** Takes the proposals, and drops the least of them until what is left is few enough, and all of it of use. */
    private void narrow() {
        candidates.takeProposals(text.length);
        settle();
        for (int k = 0; k < MOST_NARROWINGS; k++) {
            parse.parse();
            int size = countDocuments();
            int used = rate();
            if (used == candidates.size() && used <= mostEntries) {
                keep(size);
                return;
            }
            int dropped = Math.max(1, used / NARROWING);
            dropAllBut(used <= mostEntries ? used : Math.max(mostEntries, used - dropped), used);
            candidates.dropUnwanted(text.length);
        }
    }

    /** Counts the samples that use each candidate; returns how many symbols all are written with. */
    private int countDocuments() {
        Arrays.fill(documents, 0, candidates.size(), 0);
        Arrays.fill(lastDocument, 0, candidates.size(), -1);
        int document = 0;
        int symbols = 0;
        for (int i = 0; i < text.length; symbols++) {
            while (i >= documentEnd[document]) {
                document++;
            }
            int c = parse.choice(i);
            if (c < 0) {
                i++;
                continue;
            }
            if (lastDocument[c] != document) {
                lastDocument[c] = document;
                documents[c]++;
            }
            i += candidates.length[c];
        }
        return symbols;
    }

    /**
     * Finds what each candidate saves, with the others there: not in the sample that showed it, but in those after it, for that
     * is what it may save in samples to come. Returns how many save anything.
     */
    private int rate() {
        long work = (long) ENTRY_WORK * text.length;
        boolean one = documentEnd.length == 1;
        int used = 0;
        for (int c = 0; c < candidates.size(); c++) {
            long uses = candidates.uses[c];
            value[c] = 0;
            if (uses < 2 || (documents[c] < 2 && !one)) {
                continue;
            }
            used++;
            work -= candidates.length[c];
            int instead = work >= 0 ? parse.parseEntry(c) : candidates.length[c];
            long others = one ? 1 : documents[c] - 1L;
            value[c] = 1 + uses * (instead - 1) * others / (others + 1);
        }
        return used;
    }

    /** Drops all but so many candidates of those in use: those that save most. */
    private void dropAllBut(int kept, int used) {
        long[] sorted = Arrays.copyOf(value, candidates.size());
        Arrays.sort(sorted);
        // those of no use come first
        long least = Math.max(1, sorted[candidates.size() - Math.max(1, Math.min(kept, used))]);
        int free = kept;
        for (int c = 0; c < candidates.size(); c++) {
            free -= value[c] > least ? 1 : 0;
        }
        for (int c = 0; c < candidates.size(); c++) {
            if (value[c] < least || (value[c] == least && --free < 0)) {
                candidates.price[c] = Candidates.DROPPED;
            }
        }
    }

    private void keep(int size) {
        if (size >= bestSize) {
            return;
        }
        bestSize = size;
        best = new ArrayList<>();
        IntStream.range(0, candidates.size())
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(c -> -candidates.uses[c])
                        .thenComparingInt(c -> candidates.place[c])
                        .thenComparingInt(c -> candidates.length[c]))
                .forEach(c -> best.add(
                        Arrays.copyOfRange(text, candidates.place[c], candidates.place[c] + candidates.length[c])));
    }
}
