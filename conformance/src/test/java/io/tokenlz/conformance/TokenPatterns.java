package io.tokenlz.conformance;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** Streams in which something repeats, each a formula of the place: nothing is drawn. */
final class TokenPatterns {
    /** For each place which of the tokens, counted round. */
    private static final List<IntUnaryOperator> PATTERNS = List.of(
            place -> 0,
            place -> place % 2,
            place -> place % 3,
            place -> Integer.bitCount(place) & 1, // no run comes thrice in a row
            place -> Integer.numberOfTrailingZeros(place + 1), // each token between what was before and the same again
            place -> place * place % 11,
            place -> place * (place + 1) / 2 % 7 % 4,
            place -> place / 3 + place % 2,
            place -> place % 13 * (place % 17) % 5);

    private TokenPatterns() {}

    static int count() {
        return PATTERNS.size();
    }

    /** The first so many tokens of a pattern. */
    static int[] tokens(int pattern, int length, List<Integer> vocabulary) {
        int[] tokens = new int[length];
        Arrays.setAll(tokens, place -> vocabulary.get(PATTERNS.get(pattern).applyAsInt(place) % vocabulary.size()));
        return tokens;
    }

    /** The same streams one after the other, so many tokens of each. */
    static int[] all(int length, List<Integer> vocabulary) {
        return IntStream.range(0, count())
                .flatMap(pattern -> IntStream.of(tokens(pattern, length, vocabulary)))
                .toArray();
    }
}
