package io.tokenlz.hypertokens;

import java.util.Objects;

/**
 * The encoder of HYPERTOKENS.md, section 2, on plain tokens: what encoders of both replay rules spend their time in, as one
 * loop whose state is in local variables.
 */
final class GreedyLoop {
    /** The pending phrase's ID, if its length is not 0. */
    int id;

    int length;

    /** The phrase emitted last, if its length is not 0. */
    int emittedId;

    int emittedLength;

    /** Index after the last token read. */
    int inputAt;

    /** Index after the last ID written. */
    int outputAt;

    private final Codebook codebook;
    private final HypertokenConfig config;
    private final int vocabularySize;
    private final int maxSubtokens;
    private final int firstProtected;
    private final int protectedSpan;

    GreedyLoop(Codebook codebook) {
        this.codebook = codebook;
        config = codebook.config();
        vocabularySize = config.vocabularySize();
        maxSubtokens = config.maxSubtokens();
        firstProtected = config.firstProtected();
        protectedSpan = config.protectedSpan();
    }

    /** Stops before a token that is protected or none, and when input or room ends. */
    void run(int[] input, int inputEnd, int[] output, int outputEnd) {
        CodebookEntries entries = Objects.requireNonNull(codebook.inOnePiece());
        int[] slots = entries.slots;
        long[] keys = entries.keys;
        long multiplier = entries.hashMultiplier;
        int shift = entries.slotShift;
        int mask = slots.length - 1;
        int epoch = entries.epoch;
        int size = entries.count;
        int at = inputAt;
        int to = outputAt;
        int phrase = id;
        int tokens = length;
        int last = emittedId;
        int lastTokens = emittedLength;
        while (at < inputEnd && to < outputEnd) {
            int token = input[at];
            if (!isUnsignedBelow(token, vocabularySize)
                    || (isUnsignedBelow(token - firstProtected, protectedSpan) && config.isProtected(token))) {
                break;
            }
            at++;
            if (tokens == 0) {
                phrase = token;
                tokens = 1;
                continue;
            }
            long key = CodebookEntries.key(phrase, token);
            int slot = (int) ((key * multiplier) >>> shift);
            int entry = slots[slot] - epoch;
            while (isUnsignedBelow(entry, size) && keys[entry] != key) {
                slot = (slot + 1) & mask;
                entry = slots[slot] - epoch;
            }
            if (isUnsignedBelow(entry, size)) {
                phrase = vocabularySize + entry;
                tokens++;
                if (tokens < maxSubtokens) {
                    continue;
                }
                output[to++] = phrase;
                last = phrase;
                lastTokens = tokens;
                tokens = 0;
            } else {
                if (size < keys.length) {
                    slots[slot] = epoch + size;
                    keys[size++] = key;
                }
                output[to++] = phrase;
                last = phrase;
                lastTokens = tokens;
                phrase = token;
                tokens = 1;
            }
        }
        entries.count = size;
        inputAt = at;
        outputAt = to;
        id = phrase;
        length = tokens;
        emittedId = last;
        emittedLength = lastTokens;
    }

    private static boolean isUnsignedBelow(int number, int bound) {
        return number + Integer.MIN_VALUE < bound + Integer.MIN_VALUE;
    }
}
