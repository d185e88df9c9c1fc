package io.tokenlz.hypertokens;

import java.util.Objects;

/**
 * Decodes what a greedy encoder emits, on which both replay rules agree, as two loops whose state is in local variables.
 *
 * <p>Expansions are written into a stage, where what does not count may follow a phrase, so that all phrases up to
 * {@link #COPIED} tokens are copied alike, and base tokens, too: which of them comes next cannot be foreseen. In the stage
 * every new entry lies as one piece: the phrase before and the token after it.
 */
final class ExpansionLoop {
    /** So many tokens of every phrase are copied, however short it is. */
    static final int COPIED = 4;

    private static final int MOST_SUBTOKENS = 16;
    private static final int MOST_IDS = 256;

    /** The phrase before, if its length is not 0; a phrase of the longest length is none. */
    int previousId;

    int previousLength;

    /** IDs that were decoded by the last run. */
    int consumed;

    private final Codebook codebook;
    private final HypertokenConfig config;
    private final int vocabularySize;
    private final int maxSubtokens;
    private final int longestPhrase;
    private final int firstProtected;
    private final int protectedSpan;

    /** The phrase before, up to {@link #longestPhrase}, then expansions. */
    private final int[] stage;

    ExpansionLoop(Codebook codebook) {
        this.codebook = codebook;
        config = codebook.config();
        vocabularySize = config.vocabularySize();
        maxSubtokens = config.maxSubtokens();
        longestPhrase = config.longestPhrase();
        firstProtected = config.firstProtected();
        protectedSpan = config.protectedSpan();
        stage = new int[stageLength(config)];
    }

    private static int stageLength(HypertokenConfig config) {
        int most = config.longestPhrase();
        return most > MOST_SUBTOKENS ? 0 : (MOST_IDS + 1) * most + COPIED;
    }

    static long stateBytes(HypertokenConfig config) {
        return 4L * stageLength(config);
    }

    /** How many of some IDs one run decodes at most: as many as find room whatever they stand for. */
    int fitting(int ids, int room) {
        return stage.length == 0 ? 0 : Math.min(Math.min(ids, MOST_IDS), room / longestPhrase);
    }

    /**
     * Decodes IDs that find room, up to one that only the replay rule knows what to do with.
     *
     * @return index after the last token written
     */
    int run(int[] input, int inputStart, int inputEnd, int[] output, int outputStart, int outputEnd) {
        consumed = 0;
        int end = inputStart + fitting(inputEnd - inputStart, outputEnd - outputStart);
        int to = longestPhrase;
        CodebookEntries entries = Objects.requireNonNull(codebook.inOnePiece());
        entries.writePhrases();
        if (!codebook.isFull()) {
            to = grow(entries, input, inputStart, end);
        }
        if (codebook.isFull()) {
            to = expand(entries, input, inputStart + consumed, end, to);
        }
        System.arraycopy(stage, longestPhrase, output, outputStart, to - longestPhrase);
        return outputStart + to - longestPhrase;
    }

    /** While entries are added. */
    private int grow(CodebookEntries entries, int[] input, int start, int end) {
        int[] to = stage;
        int[] phrases = entries.phrases;
        int[] slots = entries.slots;
        long[] keys = entries.keys;
        long multiplier = entries.hashMultiplier;
        int shift = entries.slotShift;
        int stride = entries.stride;
        int epoch = entries.epoch;
        int size = entries.count;
        int previous = previousId;
        int length = previousLength;
        int toAt = longestPhrase;
        if (length > 0) {
            copyPhrase(previous, length, to, toAt - length);
        }
        int at = start;
        while (at < end && size < keys.length) {
            int id = input[at];
            if (!isUnsignedBelow(id, vocabularySize + size)
                    || (isUnsignedBelow(id - firstProtected, protectedSpan) && config.isProtected(id))) {
                break;
            }
            int base = (id - vocabularySize) >> 31; // all ones if it is a base token
            int phrase = ((id - vocabularySize + 1) & ~base) * stride;
            int first = (id & base) | (phrases[phrase + 1] & ~base);
            if (length > 0) {
                long key = CodebookEntries.key(previous, first);
                int slot = (int) ((key * multiplier) >>> shift);
                int entry = slots[slot] - epoch;
                while (isUnsignedBelow(entry, size) && keys[entry] != key) {
                    slot = (slot + 1) & (slots.length - 1);
                    entry = slots[slot] - epoch;
                }
                if (isUnsignedBelow(entry, size)) {
                    break; // a greedy encoder would have gone on
                }
                slots[slot] = epoch + size;
                keys[size] = key;
                int made = ++size * stride;
                to[toAt] = first;
                phrases[made] = length + 1;
                copy(to, toAt - length, phrases, made + 1, length + 1);
            }
            length = phrases[phrase];
            to[toAt] = first;
            copyRest(phrases, phrase + 1, to, toAt, length);
            toAt += length;
            previous = id;
            length = length == maxSubtokens ? 0 : length;
            at++;
        }
        entries.count = size;
        entries.written = size;
        previousId = previous;
        previousLength = length;
        consumed = at - start;
        return toAt;
    }

    /** Once the codebook is full: nothing but phrases one after the other. */
    private int expand(CodebookEntries entries, int[] input, int start, int end, int stageAt) {
        int[] to = stage;
        int[] phrases = entries.phrases;
        int stride = entries.stride;
        int live = entries.count;
        int toAt = stageAt;
        int at = start;
        while (at < end) {
            int id = input[at];
            if (id < 0 || id - vocabularySize >= live) {
                break;
            }
            at++;
            if (id < vocabularySize) {
                to[toAt++] = id;
            } else {
                int phrase = (1 + id - vocabularySize) * stride;
                copy(phrases, phrase + 1, to, toAt, phrases[phrase]);
                toAt += phrases[phrase];
            }
        }
        consumed += at - start;
        return toAt;
    }

    /** Copies the tokens of an ID, which is a single token's or a live hypertoken's. */
    private void copyPhrase(int id, int length, int[] to, int toAt) {
        if (id < vocabularySize) {
            to[toAt] = id;
        } else {
            codebook.copySubtokens(id, 0, to, toAt, length);
        }
    }

    private static void copy(int[] from, int fromAt, int[] to, int toAt, int length) {
        to[toAt] = from[fromAt];
        copyRest(from, fromAt, to, toAt, length);
    }

    /** All but the first token. */
    private static void copyRest(int[] from, int fromAt, int[] to, int toAt, int length) {
        to[toAt + 1] = from[fromAt + 1];
        to[toAt + 2] = from[fromAt + 2];
        to[toAt + 3] = from[fromAt + 3];
        for (int i = COPIED; i < length; i++) {
            to[toAt + i] = from[fromAt + i];
        }
    }

    private static boolean isUnsignedBelow(int number, int bound) {
        return number + Integer.MIN_VALUE < bound + Integer.MIN_VALUE;
    }
}
