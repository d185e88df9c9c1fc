package io.tokenlz.metatokens;

import java.util.Arrays;

/**
 * The search of all efforts but LTSC (META-TOKENS.md, section 4). Candidates are the runs that repeat; the block is parsed
 * again and again at prices that spread the cost of an entry over its uses, so that candidates with few uses lose them and
 * are dropped. If more are left than the pool has IDs, the search begins anew with entries that cost more. What is left is
 * pruned; then what was written is searched in turn for runs that repeat.
 */
final class DictionarySearch implements BlockSearch {
    private static final int DELIMITERS = 2;
    private static final int SETTLE_PARSES = 6;
    private static final int FEWER_SETTLE_PARSES = 4;
    private static final int RESETTLE_PARSES = 4;
    private static final int MOST_PRUNINGS = 24;
    private static final int MOST_ROUNDS = 2;
    private static final int RESTARTS = 20;

    /** How many of 1024 entries a restart drops. */
    private static final int RUIN = 300;

    /** From that on, a run is a candidate though a longer one has all its places, where no round comes that would find it. */
    private static final int LONG_RUN = 32;

    /** One in so many of too many entries is dropped before the block is parsed again, unless they are by far too many. */
    private static final int NARROWING = 4;

    private static final int FAR = 8;

    /** Uses of an entry are counted in 1/16 while they are guessed. */
    private static final int USE = 16;

    /** Below this, a candidate isn't expected to be used twice. */
    private static final int LEAST_USES = USE * 3 / 2;

    private final boolean nested;
    private final int mostEntries;
    private final int settleParses;
    private final int rounds;
    private final int restarts;

    private final SuffixArray array;
    private final RepeatTree repeats;
    private final Candidates candidates;
    private final OptimalParse parse;

    private final WrittenSymbols written;

    /** The best dictionary so far, and its block's size with the delimiters. */
    private final int[] bestNode;

    private final int[] bestPlace;
    private final int[] bestLength;
    private final int[] bestUses;
    private int bestEntries;
    private long bestSize;

    private final Savings savings;

    private int[] tokens = {};
    private int blockSize;

    /** What an entry has to save beyond its own cost, in symbols: 0 unless there are more that pay than the pool has IDs. */
    private int leastSaving;

    private long random;

    DictionarySearch(int window, int mostEntries, boolean nested, MetaTokenEffort effort) {
        this.nested = nested;
        this.mostEntries = mostEntries;
        boolean fast = effort == MetaTokenEffort.FAST;
        boolean best = effort == MetaTokenEffort.BEST;
        settleParses = fast ? FEWER_SETTLE_PARSES : SETTLE_PARSES;
        rounds = fast ? 0 : best ? MOST_ROUNDS : 1;
        restarts = best ? RESTARTS : 0;
        array = new SuffixArray(window);
        repeats = new RepeatTree(window);
        candidates = new Candidates(window, repeats);
        parse = new OptimalParse(window, nested, candidates);
        written = new WrittenSymbols(rounds == 0 ? 0 : window, repeats, candidates, parse);
        bestNode = new int[mostEntries];
        bestPlace = new int[mostEntries];
        bestLength = new int[mostEntries];
        bestUses = new int[mostEntries];
        savings = new Savings(window, candidates);
    }

    @Override
    public void compress(Block block) {
        tokens = block.symbols();
        blockSize = block.size();
        bestSize = blockSize;
        bestEntries = 0;
        random = 0;
        leastSaving = 0;
        array.build(tokens, blockSize);
        repeats.build(array);
        parse.begin(blockSize);
        proposeRepeats();
        if (candidates.proposals() == 0) {
            return;
        }
        settleRepeats();
        leastSaving = savingBeyondThePool();
        if (leastSaving > 0) {
            proposeRepeats();
            settleRepeats();
        }
        prune();
        if (leastSaving > 0 && 2L * bestEntries < mostEntries) {
            // that was too much to ask
            leastSaving = 0;
            proposeRepeats();
            settleRepeats();
            prune();
        }
        improve(rounds);
        for (int restart = 0; restart < restarts && bestEntries > 0; restart++) {
            proposeBest(RUIN);
            candidates.takeProposals(blockSize);
            improve(rounds);
        }
        if (bestEntries > 0) {
            write(block);
        }
    }

    private void settleRepeats() {
        candidates.takeProposals(blockSize);
        settle(settleParses);
    }

    private void proposeRepeats() {
        candidates.beginProposals();
        for (int node = 0; node < repeats.nodes(); node++) {
            int run = repeats.length[node];
            int count = repeats.placesApart(node, run);
            // places that overlap are a period's; as long as the period, the run can be used at all of them
            int distance = (repeats.last[node] - repeats.first[node]) / (repeats.count[node] - 1);
            if (distance < run) {
                int period = Math.max(distance, repeats.parentLength(node) + 1);
                int periods = repeats.placesApart(node, period);
                if (saving(period, periods) > saving(run, count)) {
                    run = period;
                    count = periods;
                }
            } else if (nested && !repeats.isLongest(node) && (rounds > 0 || run < LONG_RUN)) {
                continue;
            }
            if (run >= 2 && saving(run, count) > leastSaving) {
                candidates.propose(node, repeats.first[node], run, count, spreadPrice(run, count * USE, 1, 1));
            }
        }
    }

    /** What an entry of a length saves by its uses, all at the price of its definition. */
    private static long saving(long length, long uses) {
        return length * uses - length - uses - 1;
    }

    /** The price of a use if the uses pay for a part (weight/whole) of the entry, and of what it has to save. */
    private int spreadPrice(int entrySymbols, int uses, int weight, int whole) {
        return OptimalParse.ONE
                + (int) ((long) OptimalParse.ONE
                        * USE
                        * (1L + entrySymbols + leastSaving)
                        * weight
                        / ((long) uses * whole));
    }

    /**
     * Parses until the entries in use and what they cost agree. In the first half, entries are paid for by their uses; then
     * less and less, for an entry that stays is used wherever it helps.
     */
    private void settle(int parses) {
        for (int k = 0; k < parses; k++) {
            rate(parse.parse());
            int whole = parses - 1;
            int weight = k < parses / 2 ? whole : whole - k;
            for (int c = 0; c < candidates.size(); c++) {
                int expected = candidates.expectedUses[c];
                // expectations sink slowly, so that two candidates for the same places don't both lose them
                int uses = Math.max(USE * candidates.uses[c], (expected >> 1) + (expected >> 3));
                candidates.expectedUses[c] = uses;
                candidates.price[c] = uses < LEAST_USES
                        ? Candidates.DROPPED
                        : spreadPrice(candidates.written[c], uses, weight, whole);
            }
            candidates.dropUnwanted(blockSize);
        }
    }

    /** Drops what doesn't pay, until all does (or the work is too much): first what is used once, then the shortest. */
    private void prune() {
        for (int k = 0; k < MOST_PRUNINGS; k++) {
            narrow();
            if (!dropUsedOnce()) {
                survey();
                if (!savings.dropShortestUnpaid()) {
                    return;
                }
            }
            candidates.dropUnwanted(blockSize);
        }
    }

    /** Drops the entries that save least, until there are no more than the pool has IDs: many at once, fewer in the end. */
    private void narrow() {
        parseAtFullUse();
        while (parse.entries() > mostEntries) {
            int entries = parse.entries();
            int dropped = entries / (entries / FAR > mostEntries ? 2 : NARROWING);
            surveyForFew();
            savings.dropAllBut(Math.max(mostEntries, entries - Math.max(1, dropped)));
            candidates.dropUnwanted(blockSize);
            parseAtFullUse();
        }
    }

    private void parseAtFullUse() {
        Arrays.fill(candidates.price, 0, candidates.size(), OptimalParse.ONE);
        rate(parse.parse());
    }

    private boolean dropUsedOnce() {
        boolean any = false;
        for (int c = 0; c < candidates.size(); c++) {
            if (candidates.uses[c] <= 1) {
                candidates.price[c] = Candidates.DROPPED;
                any = true;
            }
        }
        return any;
    }

    /** Finds what each entry saves, given that without it the others are there. */
    private void survey() {
        for (int c = 0; c < candidates.size(); c++) {
            int written = candidates.written[c];
            int uses = candidates.uses[c];
            int instead = nested || uses <= 1 ? written : parse.parseEntry(c);
            savings.of[c] = uses * (instead - 1) - written - 1;
        }
    }

    /**
     * The same where many of the others are to go: what they would stand for in the entry counts half. Nested entries are
     * written with the others, which stay for that.
     */
    private void surveyForFew() {
        survey();
        for (int c = 0; c < candidates.size() && !nested; c++) {
            int alone = candidates.uses[c] * (candidates.length[c] - 1) - candidates.written[c] - 1;
            savings.of[c] = (savings.of[c] + alone) / 2;
        }
    }

    /**
     * If the last parse used more entries than the pool has IDs, a symbol less than what the first saves for which there is none, so
     * that of entries that save as much as it some are found; else 0.
     */
    private int savingBeyondThePool() {
        if (parse.entries() <= mostEntries) {
            return 0;
        }
        surveyForFew();
        return Math.max(0, savings.leastOf(mostEntries) - 1);
    }

    /** Keeps the last parse's dictionary if it is the best so far. */
    private void rate(long symbols) {
        long size = symbols + DELIMITERS;
        if (size >= bestSize || parse.entries() > mostEntries) {
            return;
        }
        bestSize = size;
        bestEntries = 0;
        for (int c = 0; c < candidates.size(); c++) {
            if (candidates.uses[c] > 0) {
                bestNode[bestEntries] = candidates.node[c];
                bestPlace[bestEntries] = candidates.place[c];
                bestLength[bestEntries] = candidates.length[c];
                bestUses[bestEntries] = candidates.uses[c];
                bestEntries++;
            }
        }
    }

    /** Proposes the best dictionary, without a random part of it: so many of 1024 entries. */
    private void proposeBest(int without) {
        candidates.beginProposals();
        for (int e = 0; e < bestEntries; e++) {
            random = random * 6364136223846793005L + 1442695040888963407L;
            if (random >>> 54 >= without) {
                candidates.propose(bestNode[e], bestPlace[e], bestLength[e], bestUses[e], OptimalParse.ONE);
            }
        }
    }

    /** Searches what the candidates write for what repeats there, as long as it helps. */
    private void improve(int most) {
        for (int round = 0; round < most; round++) {
            long before = bestSize;
            parseAtFullUse();
            written.writeBody(tokens, blockSize);
            if (nested && !written.writeEntries(tokens)) {
                return;
            }
            written.findRepeats(array);
            proposeUsed();
            int used = candidates.proposals();
            proposeWritten();
            if (candidates.proposals() == used) {
                return;
            }
            candidates.takeProposals(blockSize);
            settle(RESETTLE_PARSES);
            prune();
            if (bestSize >= before && round > 0) {
                return;
            }
        }
    }

    private int writtenTokens(int candidate) {
        return candidate >= 0 ? candidates.length[candidate] : 1;
    }

    /** Proposes the candidates in use. */
    private void proposeUsed() {
        candidates.beginProposals();
        for (int c = 0; c < candidates.size(); c++) {
            int uses = candidates.uses[c];
            if (uses > 0) {
                int price = spreadPrice(candidates.written[c], uses * USE, 1, 1);
                candidates.propose(candidates.node[c], candidates.place[c], candidates.length[c], uses, price);
            }
        }
    }

    /** Proposes the runs of written symbols that would pay for an entry. */
    private void proposeWritten() {
        for (int run = 0; run < written.runs(); run++) {
            int symbols = written.symbols(run);
            int count = written.placesApart(run);
            int length = written.tokens(run);
            int content = nested ? symbols : length;
            if (symbols < 2 || count * (symbols - 1L) <= 1 + content) {
                continue;
            }
            int node = written.node(run);
            if (node != RepeatTree.NO_NODE) {
                candidates.propose(node, written.place(run), length, count, spreadPrice(content, count * USE, 1, 1));
            }
        }
    }

    private void write(Block block) {
        proposeBest(0);
        candidates.takeProposals(blockSize);
        parseAtFullUse();
        for (int c = 0; c < candidates.size(); c++) {
            if (candidates.uses[c] == 0) {
                candidates.price[c] = Candidates.DROPPED;
            }
        }
        candidates.dropUnwanted(blockSize);
        parseAtFullUse();
        for (int entry = 0; entry < candidates.size(); entry++) {
            block.addEntry(candidates.place[entry], candidates.length[entry]);
        }
        block.beginRewrite();
        for (int i = 0; i < blockSize; ) {
            int c = parse.choice(i);
            block.rewrite(c >= 0 ? ~c : tokens[i]);
            i += writtenTokens(c);
        }
        for (int entry = 0; entry < candidates.size(); entry++) {
            block.rewrite(Block.SEPARATOR);
            parse.parseAsWritten(entry);
            for (int i = 0; i < candidates.length[entry]; ) {
                int c = parse.entryChoice(i);
                block.rewrite(c >= 0 ? ~c : tokens[candidates.place[entry] + i]);
                i += writtenTokens(c);
            }
        }
        block.endRewrite(candidates.size());
    }

    @Override
    public long stateBytes() {
        return array.stateBytes()
                + repeats.stateBytes()
                + candidates.stateBytes()
                + parse.stateBytes()
                + written.stateBytes()
                + savings.stateBytes()
                + 4L * (4L * bestNode.length);
    }
}
