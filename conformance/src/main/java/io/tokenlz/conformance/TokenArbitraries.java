package io.tokenlz.conformance;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/** Token streams of the shapes that matter to a codec that looks for repeats. */
public final class TokenArbitraries {
    private TokenArbitraries() {}

    /**
     * Streams of up to {@code mostTokens} tokens: uniform, skewed, in runs, periodic, built of phrases that come again,
     * or of a phrase between copies of a token (the self-reference).
     *
     * @param vocabulary the tokens to choose from, not empty
     * @param mostTokens the longest stream
     * @return a generator that shrinks towards few and early tokens
     */
    public static Arbitrary<int[]> streams(List<Integer> vocabulary, int mostTokens) {
        Arbitrary<Integer> token = Arbitraries.of(vocabulary);
        List<Integer> few = vocabulary.subList(0, Math.min(3, vocabulary.size()));
        Arbitrary<Integer> frequent = Arbitraries.frequencyOf(Tuple.of(5, Arbitraries.of(few)), Tuple.of(1, token));
        Arbitrary<List<Integer>> uniform =
                token.list().ofMaxSize(mostTokens).withSizeDistribution(RandomDistribution.uniform());
        Arbitrary<List<Integer>> skewed =
                frequent.list().ofMaxSize(mostTokens).withSizeDistribution(RandomDistribution.uniform());
        Arbitrary<List<Integer>> phrase = frequent.list().ofMinSize(1).ofMaxSize(7);
        Arbitrary<List<Integer>> runs = Combinators.combine(
                        token, Arbitraries.integers().between(1, 9))
                .as((repeated, times) -> Collections.nCopies(times, repeated))
                .list()
                .ofMaxSize(mostTokens / 8)
                .withSizeDistribution(RandomDistribution.uniform())
                .map(TokenArbitraries::concatenated);
        Arbitrary<List<Integer>> periodic = Combinators.combine(
                        phrase, Arbitraries.integers().between(1, Math.max(1, mostTokens / 8)))
                .as((repeated, times) -> concatenated(Collections.nCopies(times, repeated)));
        Arbitrary<List<Integer>> phrases = phrase.list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .flatMap(known -> Arbitraries.frequencyOf(
                                Tuple.of(4, Arbitraries.of(known)),
                                Tuple.of(1, token.list().ofSize(1)))
                        .list()
                        .ofMaxSize(mostTokens / 4)
                        .withSizeDistribution(RandomDistribution.uniform())
                        .map(TokenArbitraries::concatenated));
        Arbitrary<List<Integer>> selfReferring = Combinators.combine(
                        token, phrase, Arbitraries.integers().between(1, Math.max(1, mostTokens / 10)))
                .as((c, s, times) -> {
                    List<Integer> once = concatenated(List.of(List.of(c), s));
                    return concatenated(List.of(concatenated(Collections.nCopies(times, once)), List.of(c)));
                });
        // short and empty streams come often enough; edge cases of lists of lists would be all that comes
        return Arbitraries.oneOf(uniform, skewed, runs, periodic, phrases, selfReferring)
                .withoutEdgeCases()
                .map(list -> Arrays.copyOf(
                        list.stream().mapToInt(Integer::intValue).toArray(), Math.min(list.size(), mostTokens)));
    }

    private static List<Integer> concatenated(List<List<Integer>> lists) {
        return lists.stream().flatMap(List::stream).toList();
    }
}
