package io.tokenlz.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/**
 * Token streams of the shapes that matter to a codec that looks for repeats. Each generator shrinks towards few and early tokens of
 * the vocabulary. Thread-safe.
 */
public final class TokenArbitraries {
    private TokenArbitraries() {}

    /**
     * Streams of all shapes below: uniform, skewed, text-like, in runs, periodic, of phrases that come again, nested repeats,
     * and the self-reference.
     *
     * @param vocabulary the tokens to choose from, not empty
     * @param mostTokens the longest stream
     * @return a generator
     */
    public static Arbitrary<int[]> streams(List<Integer> vocabulary, int mostTokens) {
        Arbitrary<Integer> token = Arbitraries.of(vocabulary);
        Arbitrary<Integer> frequent = skewed(vocabulary);
        // short and empty streams come often enough; edge cases of lists of lists would be all that comes
        return cut(
                mostTokens,
                List.of(
                        upTo(mostTokens, token),
                        upTo(mostTokens, frequent),
                        zipfian(upTo(mostTokens, zipf(vocabulary)), vocabulary, mostTokens),
                        runs(token, mostTokens),
                        periods(frequent, mostTokens),
                        phrases(frequent, token, mostTokens),
                        nested(frequent, mostTokens),
                        selfReferences(frequent, token, mostTokens)));
    }

    /**
     * Text-like streams: words whose frequency falls as their rank rises (Zipf's law), of tokens that do the same.
     *
     * @param vocabulary the tokens to choose from, the most frequent first, not empty
     * @param mostTokens the longest stream
     * @return a generator
     */
    public static Arbitrary<int[]> textLike(List<Integer> vocabulary, int mostTokens) {
        return cut(mostTokens, List.of(zipfian(upTo(mostTokens, zipf(vocabulary)), vocabulary, mostTokens)));
    }

    /**
     * Runs of one token after the other.
     *
     * @param vocabulary the tokens to choose from, not empty
     * @param mostTokens the longest stream
     * @return a generator
     */
    public static Arbitrary<int[]> runs(List<Integer> vocabulary, int mostTokens) {
        return cut(mostTokens, List.of(runs(Arbitraries.of(vocabulary), mostTokens)));
    }

    /**
     * One phrase of up to seven tokens again and again.
     *
     * @param vocabulary the tokens to choose from, not empty
     * @param mostTokens the longest stream
     * @return a generator
     */
    public static Arbitrary<int[]> periods(List<Integer> vocabulary, int mostTokens) {
        return cut(mostTokens, List.of(periods(skewed(vocabulary), mostTokens)));
    }

    /**
     * Repeats inside of repeats: a phrase is doubled, with or without a token between or behind, and that again.
     *
     * @param vocabulary the tokens to choose from, not empty
     * @param mostTokens the longest stream
     * @return a generator
     */
    public static Arbitrary<int[]> nestedRepeats(List<Integer> vocabulary, int mostTokens) {
        return cut(mostTokens, List.of(nested(skewed(vocabulary), mostTokens)));
    }

    /**
     * A token c and a phrase S in turns, {@code cScSc}: what makes an encoder use an entry that it has just made.
     *
     * @param vocabulary the tokens to choose from, not empty
     * @param mostTokens the longest stream
     * @return a generator
     */
    public static Arbitrary<int[]> selfReferences(List<Integer> vocabulary, int mostTokens) {
        return cut(mostTokens, List.of(selfReferences(skewed(vocabulary), Arbitraries.of(vocabulary), mostTokens)));
    }

    /**
     * A stream that was damaged once to three times on its way.
     *
     * @param stream the stream; only read
     * @param bound tokens that were never sent are 0 … bound−1; 1 … 2³¹
     * @return a generator
     */
    public static Arbitrary<int[]> damaged(int[] stream, long bound) {
        return StreamDamage.any(bound).list().ofMinSize(1).ofMaxSize(3).map(damages -> {
            int[] damaged = stream;
            for (StreamDamage damage : damages) {
                damaged = damage.damage(damaged);
            }
            return damaged;
        });
    }

    /**
     * A stream of bytes that was damaged once to three times on its way.
     *
     * @param stream the stream; only read
     * @return a generator
     */
    public static Arbitrary<byte[]> damaged(byte[] stream) {
        return StreamDamage.any(256).list().ofMinSize(1).ofMaxSize(3).map(damages -> {
            byte[] damaged = stream;
            for (StreamDamage damage : damages) {
                damaged = damage.damage(damaged);
            }
            return damaged;
        });
    }

    /** Few tokens at both ends of a vocabulary of 0 … size−1. */
    static List<Integer> edges(int size) {
        List<Integer> tokens = new ArrayList<>();
        for (int i = 0; i < Math.min(6, size); i++) {
            tokens.add(i % 2 == 0 ? i / 2 : size - 1 - i / 2);
        }
        return tokens;
    }

    private static Arbitrary<int[]> cut(int mostTokens, List<Arbitrary<List<Integer>>> shapes) {
        return Arbitraries.oneOf(shapes)
                .withoutEdgeCases()
                .map(list -> Arrays.copyOf(unboxed(list), Math.min(list.size(), mostTokens)));
    }

    private static Arbitrary<List<Integer>> upTo(int mostTokens, Arbitrary<Integer> token) {
        return token.list().ofMaxSize(mostTokens).withSizeDistribution(RandomDistribution.uniform());
    }

    private static Arbitrary<Integer> skewed(List<Integer> vocabulary) {
        List<Integer> few = vocabulary.subList(0, Math.min(3, vocabulary.size()));
        return Arbitraries.frequencyOf(Tuple.of(5, Arbitraries.of(few)), Tuple.of(1, Arbitraries.of(vocabulary)));
    }

    private static <T> Arbitrary<T> zipf(List<T> byRank) {
        List<Tuple2<Integer, T>> frequencies = new ArrayList<>();
        for (int rank = 0; rank < byRank.size(); rank++) {
            frequencies.add(Tuple.of(Math.max(1, 1000 / (rank + 1)), byRank.get(rank)));
        }
        return Arbitraries.frequency(frequencies);
    }

    private static Arbitrary<Integer> integers(int least, int most) {
        return Arbitraries.integers().between(least, Math.max(least, most));
    }

    private static Arbitrary<List<Integer>> phrase(Arbitrary<Integer> token) {
        return token.list().ofMinSize(1).ofMaxSize(7);
    }

    private static Arbitrary<List<Integer>> zipfian(
            Arbitrary<List<Integer>> tokens, List<Integer> vocabulary, int mostTokens) {
        Arbitrary<List<Integer>> words = phrase(zipf(vocabulary))
                .list()
                .ofMinSize(2)
                .ofMaxSize(12)
                .flatMap(known -> zipf(known)
                        .list()
                        .ofMaxSize(mostTokens / 3)
                        .withSizeDistribution(RandomDistribution.uniform())
                        .map(TokenArbitraries::concatenated));
        return Arbitraries.oneOf(tokens, words);
    }

    private static Arbitrary<List<Integer>> runs(Arbitrary<Integer> token, int mostTokens) {
        return Combinators.combine(token, integers(1, 9))
                .as((repeated, times) -> Collections.nCopies(times, repeated))
                .list()
                .ofMaxSize(mostTokens / 8)
                .withSizeDistribution(RandomDistribution.uniform())
                .map(TokenArbitraries::concatenated);
    }

    private static Arbitrary<List<Integer>> periods(Arbitrary<Integer> token, int mostTokens) {
        return Combinators.combine(phrase(token), integers(1, mostTokens / 8))
                .as((repeated, times) -> concatenated(Collections.nCopies(times, repeated)));
    }

    private static Arbitrary<List<Integer>> phrases(
            Arbitrary<Integer> frequent, Arbitrary<Integer> token, int mostTokens) {
        return phrase(frequent)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .flatMap(known -> Arbitraries.frequencyOf(
                                Tuple.of(4, Arbitraries.of(known)),
                                Tuple.of(1, token.list().ofSize(1)))
                        .list()
                        .ofMaxSize(mostTokens / 4)
                        .withSizeDistribution(RandomDistribution.uniform())
                        .map(TokenArbitraries::concatenated));
    }

    private static Arbitrary<List<Integer>> nested(Arbitrary<Integer> token, int mostTokens) {
        return Combinators.combine(
                        phrase(token),
                        token.list().ofMaxSize(8),
                        integers(0, 1).list().ofSize(16))
                .as((phrase, between, places) -> {
                    List<Integer> all = phrase;
                    for (int i = 0; i < between.size() && all.size() < mostTokens; i++) {
                        List<Integer> one = List.of(between.get(i));
                        boolean plain = places.get(2 * i) == 1;
                        boolean behind = places.get(2 * i + 1) == 1;
                        all = concatenated(
                                plain ? List.of(all, all) : behind ? List.of(all, all, one) : List.of(all, one, all));
                    }
                    return all;
                });
    }

    private static Arbitrary<List<Integer>> selfReferences(
            Arbitrary<Integer> frequent, Arbitrary<Integer> token, int mostTokens) {
        return Combinators.combine(token, phrase(frequent), integers(1, mostTokens / 10))
                .as((c, s, times) -> {
                    List<Integer> once = concatenated(List.of(List.of(c), s));
                    return concatenated(List.of(concatenated(Collections.nCopies(times, once)), List.of(c)));
                });
    }

    private static List<Integer> concatenated(List<List<Integer>> lists) {
        return lists.stream().flatMap(List::stream).toList();
    }

    static int[] unboxed(List<Integer> tokens) {
        return tokens.stream().mapToInt(Integer::intValue).toArray();
    }

    static List<Integer> boxed(int[] tokens) {
        return Arrays.stream(tokens).boxed().toList();
    }
}
