package io.tokenlz.metatokens;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The fewest tokens that a block can be written with, found by trying all dictionaries that might be better than the best so far:
 * exponential, for inputs of some 24 tokens. Shares no code with the searches.
 *
 * <p>A run is open until it is decided whether it is an entry. While it is open, a use of it costs 1 and its part of what its
 * entry costs at least, as if it were used wherever its places don't overlap. So the cheapest way to write the block is a lower
 * bound for every dictionary that is still open; and if it uses no open run, it is the best of them.
 */
final class OptimalDictionary {
    private static final int DELIMITERS = 2;

    /** Costs are counted in parts of a token that most numbers of uses divide. */
    private static final int ONE = 5040;

    private enum Decision {
        OPEN,
        ENTRY,
        NO_ENTRY
    }

    private record Run(int start, int length, int uses) {}

    private final int[] tokens;
    private final boolean nested;
    private final List<Run> runs = new ArrayList<>();

    /** By place: the runs that occur there, by number. */
    private final List<List<Integer>> runsAt = new ArrayList<>();

    private final Decision[] decisions;
    private final int[] price;

    /** The way that was found last: by place, the run that begins there, or −1. */
    private final int[] choice;

    private final int[] cost;
    private int best;

    /** The open run that the cheapest way found last uses most. */
    private int mostUsedOpen;

    private int mostUses;

    private OptimalDictionary(int[] tokens, boolean nested) {
        this.tokens = tokens;
        this.nested = nested;
        findRuns();
        decisions = new Decision[runs.size()];
        Arrays.fill(decisions, Decision.OPEN);
        price = new int[runs.size()];
        choice = new int[tokens.length + 1];
        cost = new int[tokens.length + 1];
        best = tokens.length;
    }

    /** Tokens of the shortest block, delimiters included. */
    static int size(int[] tokens, boolean nested) {
        OptimalDictionary search = new OptimalDictionary(tokens, nested);
        search.search();
        return search.best;
    }

    private void findRuns() {
        for (int i = 0; i < tokens.length; i++) {
            runsAt.add(new ArrayList<>());
        }
        Set<List<Integer>> seen = new HashSet<>();
        for (int length = 2; length <= tokens.length / 2; length++) {
            for (int start = 0; start + length <= tokens.length; start++) {
                List<Integer> content = new ArrayList<>();
                for (int i = start; i < start + length; i++) {
                    content.add(tokens[i]);
                }
                int uses = placesApart(start, length);
                // a run that doesn't pay even at all its places never pays
                if (seen.add(content) && length * uses > 1 + length + uses) {
                    addPlaces(runs.size(), start, length);
                    runs.add(new Run(start, length, uses));
                }
            }
        }
    }

    private boolean occurs(int run, int length, int at) {
        return at + length <= tokens.length && Arrays.equals(tokens, run, run + length, tokens, at, at + length);
    }

    private int placesApart(int start, int length) {
        int places = 0;
        for (int at = 0; at < tokens.length; ) {
            boolean here = occurs(start, length, at);
            places += here ? 1 : 0;
            at += here ? length : 1;
        }
        return places;
    }

    private void addPlaces(int run, int start, int length) {
        for (int at = 0; at < tokens.length; at++) {
            if (occurs(start, length, at)) {
                runsAt.get(at).add(run);
            }
        }
    }

    private void search() {
        int bound = bound();
        if ((bound + ONE - 1) / ONE >= best) {
            return;
        }
        if (mostUsedOpen < 0) {
            best = bound / ONE;
            return;
        }
        int run = mostUsedOpen;
        decisions[run] = Decision.ENTRY;
        search();
        decisions[run] = Decision.NO_ENTRY;
        search();
        decisions[run] = Decision.OPEN;
    }

    /** The cost of the cheapest way, in parts of a token; at least that of any dictionary still open, but for rounding down. */
    private int bound() {
        mostUsedOpen = -1;
        mostUses = 0;
        int sum = DELIMITERS * ONE;
        // runs are in order of length: what an entry may hold has its price already
        for (int run = 0; run < runs.size(); run++) {
            Run that = runs.get(run);
            if (decisions[run] == Decision.NO_ENTRY) {
                continue;
            }
            int content = nested ? cheapest(that.start(), that.length(), true) : that.length() * ONE;
            if (decisions[run] == Decision.ENTRY) {
                sum += ONE + content;
                price[run] = ONE;
                if (nested) {
                    countOpen(that.start(), that.length());
                }
            } else {
                price[run] = ONE + (ONE + content) / that.uses();
            }
        }
        sum += cheapest(0, tokens.length, false);
        countOpen(0, tokens.length);
        return sum;
    }

    /** The cheapest way to write some of the tokens; as an entry, not by themselves. */
    private int cheapest(int start, int length, boolean asEntry) {
        int end = start + length;
        cost[end] = 0;
        for (int i = end - 1; i >= start; i--) {
            cost[i] = cost[i + 1] + ONE;
            choice[i] = -1;
            for (int run : runsAt.get(i)) {
                int behind = i + runs.get(run).length();
                boolean allowed = decisions[run] != Decision.NO_ENTRY
                        && behind <= end
                        && !(asEntry && runs.get(run).length() == length);
                if (allowed && cost[behind] + price[run] < cost[i]) {
                    cost[i] = cost[behind] + price[run];
                    choice[i] = run;
                }
            }
        }
        return cost[start];
    }

    private void countOpen(int start, int length) {
        int[] uses = new int[runs.size()];
        for (int i = start;
                i < start + length;
                i += choice[i] < 0 ? 1 : runs.get(choice[i]).length()) {
            if (choice[i] >= 0 && decisions[choice[i]] == Decision.OPEN && ++uses[choice[i]] > mostUses) {
                mostUsedOpen = choice[i];
                mostUses = uses[choice[i]];
            }
        }
    }
}
