package io.tokenlz.metatokens;

/**
 * The cheapest ways to write the tokens of a stream that are not written yet with a shared dictionary (META-TOKENS.md, section
 * 4): one to every place behind a token. What all ways that may still be continued have in common is settled.
 *
 * <p>Only the tokens so far are looked at, so that what is settled is a prefix of what any longer stream becomes.
 */
final class PendingParse {
    private static final int LITERAL = -1;

    /** Pending tokens at which it is first looked for what the ways have in common. */
    private static final int FIRST_LOOK = 64;

    private final EntryAutomaton automaton;
    private final MetaTokenDictionary dictionary;
    private final ReservedIds reserved;

    private final int[] tokens;

    /** By place behind so many pending tokens: tokens of the cheapest way there, and the entry that it ends with. */
    private final int[] cost;

    private final int[] last;

    /** Places that may be continued, while it is looked for what they have in common. */
    private final boolean[] open;

    private int pending;
    private int state;
    private int nextLook;

    PendingParse(MetaTokenConfig config, MetaTokenDictionary dictionary) {
        this.dictionary = dictionary;
        automaton = dictionary.automaton();
        reserved = config.reserved();
        tokens = new int[config.window()];
        cost = new int[config.window() + 1];
        last = new int[config.window() + 1];
        open = new boolean[config.window() + 1];
        reset();
    }

    void reset() {
        pending = 0;
        state = EntryAutomaton.ROOT;
        nextLook = FIRST_LOOK;
    }

    /** Takes a base token; returns how many tokens were settled and written to {@code target}, from its start. */
    int append(int token, int[] target) {
        tokens[pending++] = token;
        int cheapest = cost[pending - 1] + 1;
        int entry = LITERAL;
        state = automaton.next(state, token);
        int ending = automaton.longestEnding(state);
        while (ending != EntryAutomaton.ROOT) {
            // no state is longer than what is pending
            int with = cost[pending - automaton.depth(ending)] + 1;
            if (with < cheapest) {
                cheapest = with;
                entry = automaton.entry(ending);
            }
            ending = automaton.nextEnding(ending);
        }
        cost[pending] = cheapest;
        last[pending] = entry;
        state = automaton.longestGrowing(state);
        if (state == EntryAutomaton.ROOT || pending == tokens.length) {
            return settleAll(target);
        }
        return pending < nextLook ? 0 : settleCommon(target);
    }

    /** Settles all that is pending. */
    int settleAll(int[] target) {
        int settled = settle(pending, target);
        reset();
        return settled;
    }

    /** Settles what the ways to all places where an entry may begin, or the next token, have in common. */
    private int settleCommon(int[] target) {
        open[pending] = true;
        int ways = 1;
        for (int s = state; s != EntryAutomaton.ROOT; s = automaton.nextGrowing(s)) {
            open[pending - automaton.depth(s)] = true;
            ways++;
        }
        int place = pending;
        for (; ways > 1; place--) {
            if (open[place]) {
                open[place] = false;
                int before = place - length(last[place]);
                if (open[before]) {
                    ways--;
                }
                open[before] = true;
            }
        }
        while (!open[place]) {
            place--;
        }
        open[place] = false;
        int settled = settle(place, target);
        nextLook = Math.max(FIRST_LOOK, 2 * pending);
        return settled;
    }

    /** Writes the cheapest way to a place, and lets the tokens behind it be all that is pending. */
    private int settle(int place, int[] target) {
        int settled = cost[place];
        int to = settled;
        for (int at = place; at > 0; at -= length(last[at])) {
            target[--to] = last[at] == LITERAL ? tokens[at - 1] : reserved.metaToken(last[at]);
        }
        if (place > 0) {
            pending -= place;
            System.arraycopy(tokens, place, tokens, 0, pending);
            System.arraycopy(last, place, last, 0, pending + 1);
            for (int i = 0; i <= pending; i++) {
                cost[i] = cost[place + i] - settled;
            }
        }
        return settled;
    }

    private int length(int entry) {
        return entry == LITERAL ? 1 : dictionary.length(entry);
    }

    long stateBytes() {
        return 4L * (tokens.length + cost.length + last.length) + open.length;
    }
}
