package io.tokenlz.hypertokens.embedding;

import java.util.List;

/** Checks base tokens of entries before a device sees them: one out of range there takes the JVM down. */
final class EntryCheck {
    private final int maxSubtokens;
    private final int padId;
    private final int baseTokens;

    EntryCheck(List<HyperEncoder> encoders) {
        maxSubtokens = encoders.get(0).config().maxSubtokens();
        padId = encoders.get(0).padId();
        baseTokens = encoders.stream()
                .mapToInt(encoder -> encoder.baseRows().size(0))
                .min()
                .orElse(0);
    }

    int padId() {
        return padId;
    }

    /** Entries must have a base token first, and pads only behind the last one. */
    void require(int[] subtokens, int offset, int count) {
        for (int first = offset * maxSubtokens; first < (offset + count) * maxSubtokens; first += maxSubtokens) {
            boolean padded = false;
            for (int i = first; i < first + maxSubtokens; i++) {
                int token = subtokens[i];
                if (token < 0 || token >= baseTokens) {
                    throw refused(i, "must be 0 to " + (baseTokens - 1) + ", is " + token);
                }
                if (token == padId && i == first) {
                    throw refused(i, "must be a base token, is the padding ID " + padId);
                }
                if (token != padId && padded) {
                    throw refused(i, "must be the padding ID " + padId + " as the one before, is " + token);
                }
                padded = token == padId;
            }
        }
    }

    private static IllegalArgumentException refused(int index, String why) {
        return new IllegalArgumentException("subtokens[" + index + "] " + why);
    }
}
