package io.tokenlz.metatokens;

/**
 * Expands bodies whose meta-tokens are known, as one loop that has no branch between a base token and a meta-token: which of
 * them comes next cannot be foreseen, and half of the time went into having guessed wrong.
 *
 * <p>Tokens are written into a stage, where what does not count may follow an expansion, so that all expansions up to
 * {@link #COPIED} tokens are copied alike, base tokens among them.
 */
final class BodyLoop {
    /** So many tokens of every expansion are copied, however short it is. */
    static final int COPIED = 8;

    /** Longer expansions are few, and left to whoever calls. */
    static final int LONGEST = 64;

    private static final int STAGED = 1024;

    /** IDs from the vocabulary's end to the last of the pool, more of which make no table. */
    private static final int MOST_IDS_BESIDE_THE_POOL = 1024;

    private static final long[] NO_SPANS = {};
    private static final int[] NONE = {};

    /** Symbols that the last run expanded. */
    int consumed;

    private final ReservedIds reserved;
    private final int vocabularySize;

    /**
     * By ID, from the one before the vocabulary's end on: where the expansion lies, and its length, 0 if it is not for this loop.
     * The first is every base token's, whose expansion is one token long and lies anywhere.
     */
    private final long[] spans;

    private final int[] stage;

    /** What is not 0 in {@link #spans}, beside the first. */
    private final int[] known;

    private int knownCount;

    BodyLoop(ReservedIds reserved, int entries) {
        this.reserved = reserved;
        vocabularySize = reserved.vocabularySize();
        boolean possible = isPossible(reserved);
        spans = possible ? new long[spans(reserved)] : NO_SPANS;
        stage = possible ? new int[STAGED + LONGEST + COPIED] : NONE;
        known = possible ? new int[entries] : NONE;
        if (possible) {
            spans[0] = 1;
        }
    }

    /** Whether all that is reserved lies behind the vocabulary, and not far. */
    private static boolean isPossible(ReservedIds reserved) {
        return reserved.lowest() >= reserved.vocabularySize()
                && (long) reserved.highest() - reserved.vocabularySize() - reserved.poolSize()
                        <= MOST_IDS_BESIDE_THE_POOL;
    }

    private static int spans(ReservedIds reserved) {
        return reserved.highest() - reserved.vocabularySize() + 2;
    }

    static long stateBytes(ReservedIds reserved, int entries) {
        return isPossible(reserved) ? 8L * spans(reserved) + 4L * (STAGED + LONGEST + COPIED + entries) : 0;
    }

    long stateBytes() {
        return 8L * spans.length + 4L * (stage.length + known.length);
    }

    /** From now on a meta-token stands for tokens of the dictionary. */
    void learn(int metaToken, int start, int length) {
        if (length <= LONGEST && spans.length > 0) {
            int span = metaToken - vocabularySize + 1;
            spans[span] = (long) start << 32 | length;
            known[knownCount++] = span;
        }
    }

    void forgetAll() {
        for (int i = 0; i < knownCount; i++) {
            spans[known[i]] = 0;
        }
        knownCount = 0;
    }

    /** Whether a run pays, as far as the room for what it writes goes. */
    boolean fits(int room) {
        return room >= 2 * LONGEST && spans.length > 0;
    }

    /**
     * Expands symbols up to one that is not for this loop; there is room for {@link #fits}.
     *
     * @param dictionary what expansions lie in, with {@link #COPIED} more behind each
     * @return index after the last token written
     */
    int run(int[] dictionary, int[] input, int inputStart, int inputEnd, int[] output, int outputStart, int outputEnd) {
        int full = Math.min(STAGED, outputEnd - outputStart - LONGEST);
        int to = 0;
        int at = inputStart;
        while (at < inputEnd && to <= full) {
            int token = input[at];
            int base = (token - vocabularySize) >> 31; // all ones if it is a base token, or negative
            int slot = (token - vocabularySize + 1) & ~base;
            if (token < 0 || slot >= spans.length) {
                break;
            }
            long span = spans[slot];
            int start = (int) (span >>> 32);
            int length = (int) span;
            if (length == 0) {
                break;
            }
            stage[to] = (token & base) | (dictionary[start] & ~base);
            stage[to + 1] = dictionary[start + 1];
            stage[to + 2] = dictionary[start + 2];
            stage[to + 3] = dictionary[start + 3];
            stage[to + 4] = dictionary[start + 4];
            stage[to + 5] = dictionary[start + 5];
            stage[to + 6] = dictionary[start + 6];
            stage[to + 7] = dictionary[start + 7];
            for (int i = COPIED; i < length; i++) {
                stage[to + i] = dictionary[start + i];
            }
            to += length;
            at++;
        }
        System.arraycopy(stage, 0, output, outputStart, to);
        consumed = at - inputStart;
        return outputStart + to;
    }

    /** The same for an entry that holds no references. */
    int copyTokens(int[] dictionary, int size, int room, int[] input, int inputStart, int inputEnd) {
        int end = inputStart + Math.min(inputEnd - inputStart, room);
        int to = size;
        int at = inputStart;
        while (at < end && reserved.isBase(input[at])) {
            dictionary[to++] = input[at++];
        }
        consumed = at - inputStart;
        return to;
    }

    /**
     * Appends an entry's symbols to the dictionary, up to one that is not for this loop: references as what they stand for, which is
     * short, so that a dictionary costs little to read, whatever is in it.
     *
     * @param size of the dictionary, with {@link #COPIED} more behind the room
     * @param room for tokens, which they may exceed by what isn't counted
     * @return the dictionary's new size
     */
    int copyEntry(int[] dictionary, int size, int room, int[] input, int inputStart, int inputEnd) {
        int end = size + room;
        int to = size;
        int at = inputStart;
        while (at < inputEnd) {
            int token = input[at];
            int base = (token - vocabularySize) >> 31; // as in run()
            int slot = (token - vocabularySize + 1) & ~base;
            if (token < 0 || slot >= spans.length) {
                break;
            }
            long span = spans[slot];
            int start = (int) (span >>> 32);
            int length = (int) span;
            if (length == 0 || length > end - to) {
                break;
            }
            dictionary[to] = (token & base) | (dictionary[start] & ~base);
            dictionary[to + 1] = dictionary[start + 1];
            dictionary[to + 2] = dictionary[start + 2];
            dictionary[to + 3] = dictionary[start + 3];
            dictionary[to + 4] = dictionary[start + 4];
            dictionary[to + 5] = dictionary[start + 5];
            dictionary[to + 6] = dictionary[start + 6];
            dictionary[to + 7] = dictionary[start + 7];
            for (int i = COPIED; i < length; i++) {
                dictionary[to + i] = dictionary[start + i];
            }
            to += length;
            at++;
        }
        consumed = at - inputStart;
        return to;
    }
}
