package io.tokenlz.metatokens;

import java.util.Arrays;

/**
 * Tells which entries of a dictionary end at each token of a stream: an Aho-Corasick automaton. A state is a beginning of some
 * entry, the longest that the tokens so far end with. Immutable.
 *
 * <p>States are numbered by length, so that a state's children are neighbours, in the order of their tokens.
 */
final class EntryAutomaton {
    /** The state of nothing; also what ends a walk over states. */
    static final int ROOT = 0;

    private static final int NONE = -1;

    /** By state: its last token, its length, its first child (the next state's is behind its last one). */
    private final int[] token;

    private final int[] depth;
    private final int[] firstChild;

    /** By state: the longest other state that it ends with. */
    private final int[] fallback;

    /** By state: the entry that it is, or none. */
    private final int[] entry;

    /** By state: the longest entry that it ends with, as a state: itself or a fallback; or the root. */
    private final int[] ending;

    /** By state: the longest that can grow, of itself and its fallbacks. */
    private final int[] growing;

    /** The root's children, by open addressing: most steps begin there. */
    private final int[] rootChild;

    EntryAutomaton(MetaTokenDictionary dictionary) {
        int[] tokens = dictionary.tokens();
        int[] start = dictionary.start();
        int[] order = DictionaryOrder.sorted(tokens, start);
        int states = countStates(tokens, start, order);
        token = new int[states];
        depth = new int[states];
        firstChild = new int[states + 1];
        fallback = new int[states];
        entry = new int[states];
        ending = new int[states];
        growing = new int[states];
        makeStates(tokens, start, order);
        rootChild = new int[Integer.highestOneBit(Math.max(1, firstChild[1])) << 2];
        for (int child = 1; child < firstChild[1]; child++) {
            int slot = rootSlot(token[child]);
            while (rootChild[slot] != ROOT) {
                slot = (slot + 1) & (rootChild.length - 1);
            }
            rootChild[slot] = child;
        }
        linkStates();
    }

    private static int countStates(int[] tokens, int[] start, int[] order) {
        int states = 1;
        for (int k = 0; k < order.length; k++) {
            int shared = k == 0 ? 0 : DictionaryOrder.shared(tokens, start, order[k - 1], order[k]);
            states += start[order[k] + 1] - start[order[k]] - shared;
        }
        return states;
    }

    /** Makes the states in order of length; each one's entries are neighbours in the dictionary's order. */
    private void makeStates(int[] tokens, int[] start, int[] order) {
        int[] from = new int[token.length];
        int[] until = new int[token.length];
        until[ROOT] = order.length;
        int made = 1;
        for (int state = 0; state < token.length; state++) {
            int at = from[state];
            int length = depth[state];
            firstChild[state] = made;
            entry[state] = NONE;
            if (at < until[state] && start[order[at] + 1] - start[order[at]] == length) {
                entry[state] = order[at++];
            }
            while (at < until[state]) {
                int child = made++;
                token[child] = tokens[start[order[at]] + length];
                depth[child] = length + 1;
                from[child] = at;
                while (at < until[state] && tokens[start[order[at]] + length] == token[child]) {
                    at++;
                }
                until[child] = at;
            }
        }
        firstChild[token.length] = made;
    }

    private void linkStates() {
        for (int state = 0; state < token.length; state++) {
            int back = fallback[state];
            ending[state] = entry[state] != NONE ? state : ending[back];
            growing[state] = firstChild[state] < firstChild[state + 1] ? state : growing[back];
            for (int child = firstChild[state]; child < firstChild[state + 1]; child++) {
                fallback[child] = state == ROOT ? ROOT : next(back, token[child]);
            }
        }
    }

    /** The state behind a state and a token. */
    int next(int state, int nextToken) {
        int from = state;
        while (from != ROOT) {
            int child = child(from, nextToken);
            if (child != NONE) {
                return child;
            }
            from = fallback[from];
        }
        int slot = rootSlot(nextToken);
        while (rootChild[slot] != ROOT && token[rootChild[slot]] != nextToken) {
            slot = (slot + 1) & (rootChild.length - 1);
        }
        return rootChild[slot];
    }

    private int child(int state, int nextToken) {
        int first = firstChild[state];
        int end = firstChild[state + 1];
        if (end - first == 1) {
            return token[first] == nextToken ? first : NONE;
        }
        int found = Arrays.binarySearch(token, first, end, nextToken);
        return found >= 0 ? found : NONE;
    }

    private int rootSlot(int firstToken) {
        return (firstToken * 0x9E3779B1) >>> Integer.numberOfLeadingZeros(rootChild.length - 1);
    }

    /** The state of the longest entry that a state ends with, or the root. */
    int longestEnding(int state) {
        return ending[state];
    }

    /** The state of the next shorter entry that a state ends with, or the root. */
    int nextEnding(int endingState) {
        return ending[fallback[endingState]];
    }

    /** The entry that a state is. */
    int entry(int endingState) {
        return entry[endingState];
    }

    /** Tokens of a state. */
    int depth(int state) {
        return depth[state];
    }

    /** The longest beginning of an entry, but not all of it alone, that a state ends with, or the root. */
    int longestGrowing(int state) {
        return growing[state];
    }

    /** The next shorter one, or the root. */
    int nextGrowing(int growingState) {
        return growing[fallback[growingState]];
    }
}
