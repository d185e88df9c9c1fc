package io.tokenlz.conformance;

import io.tokenlz.hypertokens.HypertokenCodec;
import io.tokenlz.hypertokens.HypertokenConfig;
import io.tokenlz.hypertokens.HypertokenStream;
import io.tokenlz.hypertokens.ReplayRule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/**
 * Configurations of hypertokens together with streams that fit them: codebooks that fill up, at a phrase's border or inside of one,
 * protected IDs inside of streams, IDs at both ends of small and of the largest vocabularies, hypertokens of every length.
 * Thread-safe.
 */
public final class HypertokenArbitraries {
    private static final int MOST_TOKENS = 160;
    private static final int MOST_IDS = 60;

    private HypertokenArbitraries() {}

    /**
     * Any configuration with base tokens, under both replay rules.
     *
     * @return a generator
     */
    public static Arbitrary<CodecCase> cases() {
        return Arbitraries.of(ReplayRule.class)
                .flatMap(HypertokenArbitraries::cases)
                .withoutEdgeCases();
    }

    /**
     * Any configuration with base tokens.
     *
     * @param rule the replay rule
     * @return a generator
     */
    public static Arbitrary<CodecCase> cases(ReplayRule rule) {
        return Arbitraries.frequencyOf(Tuple.of(3, anySize(rule)), Tuple.of(1, filledExactly(rule)))
                .withoutEdgeCases();
    }

    /**
     * The same, and codecs whose streams start with what a stream before has learned.
     *
     * @return a generator
     */
    public static Arbitrary<CodecCase> casesFromAnyStart() {
        Arbitrary<CodecCase> started = Combinators.combine(
                        cases(), Arbitraries.integers().between(0, 100))
                .as((that, percent) -> {
                    HypertokenStream stream = new HypertokenStream(config(that));
                    stream.accept(that.tokens(), 0, that.tokens().length * percent / 100);
                    return new CodecCase(new HypertokenCodec(stream.snapshot().codebook()), that.tokens());
                });
        return Arbitraries.oneOf(cases(), started).withoutEdgeCases();
    }

    /**
     * What a model may put out, which is not what the greedy encoder would: base tokens, live hypertokens and self-references in any
     * order. A decoder must take all of it.
     *
     * @param rule the replay rule
     * @return a generator
     */
    public static Arbitrary<EncodedCase> modelOutputs(ReplayRule rule) {
        Arbitrary<List<Tuple2<Integer, Integer>>> choices = Combinators.combine(
                        Arbitraries.integers().between(0, 9),
                        Arbitraries.integers().between(0, 1000))
                .as(Tuple::of)
                .list()
                .ofMaxSize(MOST_IDS);
        return Combinators.combine(cases(rule), choices)
                .as((that, chosen) -> new EncodedCase(that.codec(), modelOutput(that, chosen)))
                .withoutEdgeCases();
    }

    /**
     * What became on its way of what a greedy encoder wrote or a model put out. A decoder may have to refuse it.
     *
     * @param rule the replay rule
     * @return a generator
     */
    public static Arbitrary<EncodedCase> damaged(ReplayRule rule) {
        Arbitrary<EncodedCase> greedy = cases(rule)
                .map(that -> new EncodedCase(
                        that.codec(),
                        TokenArbitraries.unboxed(oracle(config(that)).encode(TokenArbitraries.boxed(that.tokens())))));
        return Arbitraries.oneOf(greedy, modelOutputs(rule))
                .flatMap(that -> TokenArbitraries.damaged(
                                that.ids(), Math.min(that.codec().encodedVocabularySize() + 2, 1L << 31))
                        .map(ids -> new EncodedCase(that.codec(), ids)))
                .withoutEdgeCases();
    }

    private static Arbitrary<Integer> vocabularySizes() {
        return Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.integers().between(1, 6)),
                Tuple.of(2, Arbitraries.of(200_019, Integer.MAX_VALUE - 40)));
    }

    private static Arbitrary<CodecCase> anySize(ReplayRule rule) {
        Arbitrary<Integer> codebookSizes = Arbitraries.oneOf(
                Arbitraries.integers().between(0, 12), Arbitraries.integers().between(0, 40));
        return vocabularySizes()
                .flatMap(size -> Combinators.combine(
                                builders(size, rule),
                                codebookSizes,
                                TokenArbitraries.streams(TokenArbitraries.edges(size), MOST_TOKENS))
                        .as((config, codebookSize, tokens) ->
                                new CodecCase(new HypertokenCodec(withCodebookSize(config, codebookSize)), tokens)))
                .withoutEdgeCases();
    }

    /** The codebook is full after some token of the stream, or one entry before or after that. */
    private static Arbitrary<CodecCase> filledExactly(ReplayRule rule) {
        return vocabularySizes()
                .flatMap(size -> Combinators.combine(
                                builders(size, rule),
                                TokenArbitraries.streams(TokenArbitraries.edges(size), MOST_TOKENS),
                                Arbitraries.integers().between(0, MOST_TOKENS),
                                Arbitraries.integers().between(-1, 1))
                        .as((config, tokens, place, more) -> {
                            HypertokenOracle unbounded = oracle(withCodebookSize(config, 40));
                            unbounded.encode(TokenArbitraries.boxed(tokens).subList(0, Math.min(place, tokens.length)));
                            int full = Math.max(0, unbounded.codebook().size() + more);
                            return new CodecCase(
                                    new HypertokenCodec(withCodebookSize(config, Math.min(40, full))), tokens);
                        }))
                .withoutEdgeCases();
    }

    private static Arbitrary<HypertokenConfig> builders(int vocabularySize, ReplayRule rule) {
        List<Integer> vocabulary = TokenArbitraries.edges(vocabularySize);
        return Combinators.combine(
                        Arbitraries.integers().between(1, 6),
                        Arbitraries.of(vocabulary).set().ofMaxSize(2),
                        Arbitraries.of(vocabulary).optional(0.5))
                .as((maxSubtokens, disabled, pad) -> {
                    HypertokenConfig.Builder builder = HypertokenConfig.builder(vocabularySize, rule)
                            .codebookSize(0)
                            .maxSubtokens(maxSubtokens)
                            .disabledIds(disabled.stream()
                                    .mapToInt(Integer::intValue)
                                    .toArray());
                    pad.ifPresent(builder::padId);
                    return builder.build();
                });
    }

    private static HypertokenConfig withCodebookSize(HypertokenConfig config, int codebookSize) {
        HypertokenConfig.Builder builder = HypertokenConfig.builder(config.vocabularySize(), config.replayRule())
                .codebookSize(codebookSize)
                .maxSubtokens(config.maxSubtokens())
                .disabledIds(config.disabledIds());
        return (config.padId() < 0 ? builder : builder.padId(config.padId())).build();
    }

    private static int[] modelOutput(CodecCase that, List<Tuple2<Integer, Integer>> choices) {
        HypertokenConfig config = config(that);
        HypertokenOracle oracle = oracle(config);
        int[] tokens = that.tokens();
        List<Integer> ids = new ArrayList<>();
        for (Tuple2<Integer, Integer> choice : choices) {
            int live = oracle.codebook().size();
            int index = choice.get2();
            long hypertoken = config.vocabularySize() + (long) (choice.get1() >= 8 ? live : index % Math.max(1, live));
            boolean isBase = choice.get1() < 4 || hypertoken > Integer.MAX_VALUE || !oracle.accepts((int) hypertoken);
            int base = tokens.length == 0 ? 0 : tokens[index % tokens.length];
            int id = isBase ? base : (int) hypertoken;
            oracle.decode(config.replayRule(), List.of(id), new ArrayList<>());
            ids.add(id);
        }
        return TokenArbitraries.unboxed(ids);
    }

    static HypertokenConfig config(CodecCase that) {
        return ((HypertokenCodec) that.codec()).config();
    }

    static HypertokenOracle oracle(HypertokenConfig config) {
        Set<Integer> protectedIds = new HashSet<>();
        IntStream.of(config.disabledIds()).forEach(protectedIds::add);
        if (config.padId() >= 0) {
            protectedIds.add(config.padId());
        }
        return new HypertokenOracle(
                config.vocabularySize(), config.codebookSize(), config.maxSubtokens(), protectedIds);
    }
}
