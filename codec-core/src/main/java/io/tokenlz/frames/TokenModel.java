package io.tokenlz.frames;

import java.util.Arrays;

/**
 * The model of the encoding "modelled" (FORMAT.md, section 8): what it has seen tells it which tokens are likely, and each
 * token is coded as a row of yes-or-no questions: is it the one that followed when the last tokens were seen before? If none of
 * these, which ID is it, bit by bit? Each answer's chance is a mix of what several contexts have learnt.
 *
 * <p>Encoder and decoder run the same steps; only the {@link BitCoder} tells which it is. Memory is fixed.
 */
final class TokenModel {
    static final int HISTORY_BITS = 20;
    static final int MATCH_BITS = 17;
    static final int SLOT_BITS = 17;
    static final int FLAG_BITS = 20;
    static final int[] TREE_BITS = {18, 20, 19, 20};

    private static final int TREES = 4;
    private static final int LINE = 16;
    private static final int FLAG_INPUTS = 6;

    /** Candidates that the last token's slot, the last two and the last three tokens' remember. */
    private static final int[] REMEMBERED = {6, 3, 2};

    private static final int LEAST_MATCH = 4;
    private static final int LONGEST_CHECK = 32;
    private static final int MOST_MISSES = 16;
    private static final int TRUSTED = 15;
    private static final int HISTORY_MASK = (1 << HISTORY_BITS) - 1;

    /** A match that far back may be overwritten while it is followed. */
    private static final int FARTHEST = HISTORY_MASK - 40;

    private static final int EVEN = 1 << 31;
    private static final int SLOW = 250;
    private static final int FAST = 60;
    private static final int FLAG_RATE = 10;
    private static final int LITERAL_RATE = 3;
    private static final int FIRST_WEIGHT = 12_000;
    private static final int ROUNDING = 1 << 17;

    private static final int K1 = 0x9E3779B1;
    private static final int K2 = 0x85EBCA6B;
    private static final int K3 = 0xC2B2AE35;
    private static final int K4 = 0x27D4EB2F;

    private static final int SOURCES = 10;
    private static final int MATCH_SOURCE = 0;
    private static final int[] SLOT_SOURCES = {6, 3, 1};
    private static final int[] SLOT_SOURCE_CAPS = {3, 2, 1};
    private static final int LENGTH_CLASSES = 12;

    /** Numbers of a table that are forgotten together: two lines side by side are always of one page. */
    private static final int PAGE_BITS = 10;

    /** What a model holds. */
    static final long STATE_BYTES = 4L
                    * ((1L << HISTORY_BITS)
                            + (1L << MATCH_BITS)
                            + (11L << SLOT_BITS)
                            + (1L << FLAG_BITS)
                            + (1L << 18)
                            + (2L << 20)
                            + (1L << 19))
            + (1 << 18);

    private final BitCoder coder;
    private final int idBits;
    private final int[] history = new int[1 << HISTORY_BITS];
    private final int[] matches = new int[1 << MATCH_BITS];
    private final int[][] slots = new int[3][];
    private final int[] flags = new int[1 << FLAG_BITS];
    private final int[] lengthFlags = new int[1 << 11];
    private final int[] orderFlags = new int[SOURCES * 8 * 4 * 64];
    private final int[][] trees = new int[TREES][];
    private final int[] flagWeights = new int[SOURCES * 64 * FLAG_INPUTS];
    private final int[] literalWeights = new int[256 * TREES];
    private final int[] candidates = new int[1 + 6 + 3 + 2];
    private int tried;

    /**
     * Which pages of the large tables were written to since the last reset, which forgets only these: else a stream of nothing
     * but restarts would take as long for each token as for a million bytes.
     */
    private final byte[] matchesTouched = pagesOf(matches);

    private final byte[] flagsTouched = pagesOf(flags);
    private final byte[][] slotsTouched = new byte[3][];
    private final byte[][] treesTouched = new byte[TREES][];

    private int position;
    private int last1;
    private int last2;
    private int last3;
    private int hash1;
    private int hash2;
    private int hash3;
    private int matchAt;
    private int matchLength;
    private int misses;
    private int matchToken;

    /** How the last tokens were found, two bits each. */
    private int past;

    TokenModel(BitCoder coder, long idLimit) {
        this.coder = coder;
        this.idBits = Math.max(1, Long.SIZE - Long.numberOfLeadingZeros(idLimit - 1));
        for (int order = 0; order < slots.length; order++) {
            slots[order] = new int[REMEMBERED[order] << SLOT_BITS];
            slotsTouched[order] = pagesOf(slots[order]);
        }
        for (int tree = 0; tree < TREES; tree++) {
            trees[tree] = new int[1 << TREE_BITS[tree]];
            treesTouched[tree] = pagesOf(trees[tree]);
        }
        reset();
    }

    /** A mark for each page of a table, all of them set: nothing was forgotten yet. */
    private static byte[] pagesOf(int[] table) {
        byte[] touched = new byte[table.length >>> PAGE_BITS];
        Arrays.fill(touched, (byte) 1);
        return touched;
    }

    private static void forget(int[] table, byte[] touched, int value) {
        for (int page = 0; page < touched.length; page++) {
            if (touched[page] != 0) {
                touched[page] = 0;
                Arrays.fill(table, page << PAGE_BITS, (page + 1) << PAGE_BITS, value);
            }
        }
    }

    /** Forgets everything, at a cost that depends on how much there is to forget. */
    void reset() {
        forget(matches, matchesTouched, -1);
        for (int order = 0; order < slots.length; order++) {
            forget(slots[order], slotsTouched[order], -1);
        }
        forget(flags, flagsTouched, EVEN);
        Arrays.fill(lengthFlags, EVEN);
        Arrays.fill(orderFlags, EVEN);
        for (int tree = 0; tree < TREES; tree++) {
            forget(trees[tree], treesTouched[tree], EVEN);
        }
        Arrays.fill(flagWeights, FIRST_WEIGHT);
        Arrays.fill(literalWeights, FIRST_WEIGHT);
        position = 0;
        last1 = 0;
        last2 = 0;
        last3 = 0;
        matchAt = -1;
        matchLength = 0;
        misses = 0;
        past = 0;
        lookAhead();
    }

    /**
     * Codes a token.
     *
     * @param token the token to encode; ignored when decoding
     * @return the token
     */
    int code(int token) {
        tried = 0;
        int how = 0;
        if (matchAt >= 0 && isCandidate(token, matchToken, MATCH_SOURCE)) {
            how = 1;
        } else if (isRemembered(token, 2, hash3) || isRemembered(token, 1, hash2)) {
            how = 2;
        } else if (isRemembered(token, 0, hash1)) {
            how = 3;
        }
        int found = how == 0 ? codeLiteral(token) : candidates[tried - 1];
        past = (past << 2) | how;
        learn(found);
        return found;
    }

    // ---- candidates (section 8.3)

    private static int slotOf(int order, int hash) {
        return ((hash * K1) >>> (Integer.SIZE - SLOT_BITS)) * REMEMBERED[order];
    }

    private boolean isRemembered(int token, int order, int hash) {
        int[] remembered = slots[order];
        int slot = slotOf(order, hash);
        for (int i = 0; i < REMEMBERED[order]; i++) {
            int candidate = remembered[slot + i];
            if (candidate < 0) {
                return false;
            }
            int source = SLOT_SOURCES[order] + Math.min(i, SLOT_SOURCE_CAPS[order]);
            if (!wasTried(candidate) && isCandidate(token, candidate, source)) {
                return true;
            }
        }
        return false;
    }

    private boolean wasTried(int candidate) {
        for (int i = 0; i < tried; i++) {
            if (candidates[i] == candidate) {
                return true;
            }
        }
        return false;
    }

    private static int lengthClass(int length) {
        if (length < 8) {
            return length;
        }
        return length < 16 ? 8 : length < 32 ? 9 : length < 400 ? 10 : 11;
    }

    private static int flagLine(int hash) {
        return (hash >>> (Integer.SIZE - FLAG_BITS + 4)) << 4;
    }

    private boolean isCandidate(int token, int candidate, int source) {
        int mixed = candidate * K2;
        mixed ^= mixed >>> 15;
        int column = (mixed * K1) >>> 28;
        int at0 = (mixed * K3) >>> (Integer.SIZE - FLAG_BITS);
        int at1 = flagLine(hash1 * K3) + column;
        int at2 = flagLine(hash2 * K3) + column;
        int at3 = flagLine(hash3 * K4) + column;
        int length = candidate == matchToken ? lengthClass(matchLength) : 0;
        int at4 = (source * LENGTH_CLASSES + length) * 16 + (past & 15);
        int at5 = ((source * 8 + Math.min(tried, 7)) * 4 + Math.min(misses, 3)) * 64 + (past & 63);
        int c0 = flags[at0];
        int c1 = flags[at1];
        int c2 = flags[at2];
        int c3 = flags[at3];
        int c4 = lengthFlags[at4];
        int c5 = orderFlags[at5];
        int s0 = ModelTables.stretch(c0);
        int s1 = ModelTables.stretch(c1);
        int s2 = ModelTables.stretch(c2);
        int s3 = ModelTables.stretch(c3);
        int s4 = ModelTables.stretch(c4);
        int s5 = ModelTables.stretch(c5);
        int[] w = flagWeights;
        int set = (source * 64
                        + ModelTables.experience(c1) * 16
                        + ModelTables.experience(c2) * 4
                        + ModelTables.experience(c3))
                * FLAG_INPUTS;
        long sum = (long) s0 * w[set]
                + (long) s1 * w[set + 1]
                + (long) s2 * w[set + 2]
                + (long) s3 * w[set + 3]
                + (long) s4 * w[set + 4]
                + (long) s5 * w[set + 5];
        int chance = ModelTables.squash((int) (sum >> 16));
        int bit = coder.code(token == candidate ? 1 : 0, chance);
        long error = (long) ((bit << 16) - chance) * FLAG_RATE;
        w[set] += (int) ((s0 * error + ROUNDING) >> 18);
        w[set + 1] += (int) ((s1 * error + ROUNDING) >> 18);
        w[set + 2] += (int) ((s2 * error + ROUNDING) >> 18);
        w[set + 3] += (int) ((s3 * error + ROUNDING) >> 18);
        w[set + 4] += (int) ((s4 * error + ROUNDING) >> 18);
        w[set + 5] += (int) ((s5 * error + ROUNDING) >> 18);
        byte[] touched = flagsTouched;
        touched[at0 >>> PAGE_BITS] = 1;
        touched[at1 >>> PAGE_BITS] = 1;
        touched[at2 >>> PAGE_BITS] = 1;
        touched[at3 >>> PAGE_BITS] = 1;
        flags[at0] = ModelTables.learn(c0, bit, FAST);
        flags[at1] = ModelTables.learn(c1, bit, FAST);
        flags[at2] = ModelTables.learn(c2, bit, FAST);
        flags[at3] = ModelTables.learn(c3, bit, FAST);
        lengthFlags[at4] = ModelTables.learn(c4, bit, SLOW);
        orderFlags[at5] = ModelTables.learn(c5, bit, SLOW);
        candidates[tried++] = candidate;
        return bit == 1;
    }

    // ---- literals (section 8.4)

    private static int literalClass(int token) {
        int bits = PackedList.bitLength(token);
        return bits < 3 ? token : bits * 4 + ((token >>> (bits - 3)) & 3);
    }

    /** The line of a tree's table that belongs to a hash: there already, or in the place of the less used of two. */
    private static int line(int[] tree, byte[] touched, int bits, int mixed) {
        int hash = mixed * K1;
        hash ^= hash >>> 13;
        hash *= K3;
        int line = (hash >>> (Integer.SIZE - bits + 4)) << 4;
        int check = (hash ^ (hash >>> 15)) * K2;
        touched[line >>> PAGE_BITS] = 1;
        if (tree[line] == check) {
            return line;
        }
        int other = line ^ LINE;
        if (tree[other] == check) {
            return other;
        }
        if ((tree[other + 1] & 1023) < (tree[line + 1] & 1023)) {
            line = other;
        }
        tree[line] = check;
        Arrays.fill(tree, line + 1, line + LINE, EVEN);
        return line;
    }

    private int codeLiteral(int token) {
        int context2 = (literalClass(last1) + 999) * K2;
        int context3 = (slots[0][slotOf(0, hash1)] + 9) * K3;
        int[] tree0 = trees[0];
        int[] tree1 = trees[1];
        int[] tree2 = trees[2];
        int[] tree3 = trees[3];
        int[] w = literalWeights;
        int value = 1;
        int left = idBits;
        while (left > 0) {
            int group = (value * K2) ^ (left * K4);
            group ^= group >>> 15;
            int line0 = line(tree0, treesTouched[0], TREE_BITS[0], group);
            int line1 = line(tree1, treesTouched[1], TREE_BITS[1], group ^ hash1);
            int line2 = line(tree2, treesTouched[2], TREE_BITS[2], group ^ context2);
            int line3 = line(tree3, treesTouched[3], TREE_BITS[3], group ^ context3);
            int node = 1;
            for (int inGroup = ((left - 1) & 3) + 1; inGroup > 0; inGroup--) {
                int c0 = tree0[line0 + node];
                int c1 = tree1[line1 + node];
                int c2 = tree2[line2 + node];
                int c3 = tree3[line3 + node];
                int s0 = ModelTables.stretch(c0);
                int s1 = ModelTables.stretch(c1);
                int s2 = ModelTables.stretch(c2);
                int s3 = ModelTables.stretch(c3);
                int set = (ModelTables.experience(c0) * 64
                                + ModelTables.experience(c1) * 16
                                + ModelTables.experience(c2) * 4
                                + ModelTables.experience(c3))
                        * TREES;
                long sum =
                        (long) s0 * w[set] + (long) s1 * w[set + 1] + (long) s2 * w[set + 2] + (long) s3 * w[set + 3];
                int chance = ModelTables.squash((int) (sum >> 16));
                int bit = coder.code((token >>> (left - 1)) & 1, chance);
                long error = (long) ((bit << 16) - chance) * LITERAL_RATE;
                w[set] += (int) ((s0 * error + ROUNDING) >> 18);
                w[set + 1] += (int) ((s1 * error + ROUNDING) >> 18);
                w[set + 2] += (int) ((s2 * error + ROUNDING) >> 18);
                w[set + 3] += (int) ((s3 * error + ROUNDING) >> 18);
                tree0[line0 + node] = ModelTables.learn(c0, bit, SLOW);
                tree1[line1 + node] = ModelTables.learn(c1, bit, FAST);
                tree2[line2 + node] = ModelTables.learn(c2, bit, FAST);
                tree3[line3 + node] = ModelTables.learn(c3, bit, FAST);
                value = value * 2 + bit;
                node = node * 2 + bit;
                left--;
            }
        }
        return value & (int) ((1L << idBits) - 1);
    }

    // ---- what is learnt from a token (section 8.5)

    private void moveToFront(int order, int hash, int token) {
        int[] remembered = slots[order];
        int slot = slotOf(order, hash);
        int count = REMEMBERED[order];
        slotsTouched[order][slot >>> PAGE_BITS] = 1;
        slotsTouched[order][(slot + count - 1) >>> PAGE_BITS] = 1;
        int i = 0;
        while (i < count - 1 && remembered[slot + i] != token) {
            i++;
        }
        for (; i > 0; i--) {
            remembered[slot + i] = remembered[slot + i - 1];
        }
        remembered[slot] = token;
    }

    private void learn(int token) {
        moveToFront(2, hash3, token);
        moveToFront(1, hash2, token);
        moveToFront(0, hash1, token);
        history[position & HISTORY_MASK] = token;
        position++;
        if (matchAt >= 0) {
            followMatch(token);
        }
        last3 = last2;
        last2 = last1;
        last1 = token;
        if (position >= LEAST_MATCH) {
            findMatch();
        }
        if (position - matchAt > FARTHEST) {
            matchAt = -1;
            matchLength = 0;
        }
        lookAhead();
    }

    private void followMatch(int token) {
        if (matchToken == token) {
            matchLength++;
            if (matchLength > TRUSTED) {
                misses = 0;
            }
        } else {
            matchLength = 0;
            misses++;
        }
        matchAt++;
        if (misses > MOST_MISSES) {
            matchAt = -1;
        }
    }

    private void findMatch() {
        int hash = 0;
        for (int i = 1; i <= LEAST_MATCH; i++) {
            hash = (hash + history[(position - i) & HISTORY_MASK] + 1) * K1;
        }
        hash ^= hash >>> 15;
        hash = (hash * K2) >>> (Integer.SIZE - MATCH_BITS);
        int early = matches[hash];
        matches[hash] = position;
        matchesTouched[hash >>> PAGE_BITS] = 1;
        if (matchLength > 0 || early < 0 || position - early > FARTHEST) {
            return;
        }
        int length = 0;
        while (length < LONGEST_CHECK
                && length < early
                && history[(early - 1 - length) & HISTORY_MASK] == history[(position - 1 - length) & HISTORY_MASK]) {
            length++;
        }
        if (length >= LEAST_MATCH) {
            matchAt = early;
            matchLength = length;
            misses = 0;
        }
    }

    private void lookAhead() {
        hash1 = (last1 + 1) * K1;
        hash2 = (hash1 + last2 + 1) * K2;
        hash2 ^= hash2 >>> 15;
        hash3 = (hash2 + last3 + 1) * K3;
        hash3 ^= hash3 >>> 15;
        matchToken = matchAt >= 0 ? history[matchAt & HISTORY_MASK] : -1;
    }
}
