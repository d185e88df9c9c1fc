package io.tokenlz.conformance;

import io.tokenlz.hypertokens.Codebook;
import io.tokenlz.hypertokens.HypertokenCodec;
import io.tokenlz.hypertokens.HypertokenConfig;
import io.tokenlz.hypertokens.HypertokenStream;
import io.tokenlz.hypertokens.ReplayRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Hypertoken configurations with tokens of their vocabulary: codebooks that fill up, protected IDs, every m. */
final class HypertokenCases {
    private HypertokenCases() {}

    static Arbitrary<CodecCase> any() {
        return Arbitraries.of(ReplayRule.class).flatMap(HypertokenCases::of).withoutEdgeCases();
    }

    /** The same, and codecs whose streams start with what a stream before has learned. */
    static Arbitrary<CodecCase> anyStart() {
        Arbitrary<CodecCase> started = Combinators.combine(
                        any(), Arbitraries.integers().between(0, 100))
                .as((that, percent) -> {
                    HypertokenStream stream = new HypertokenStream(config(that));
                    int length = that.tokens().length * percent / 100;
                    stream.accept(that.tokens(), 0, length);
                    return new CodecCase(new HypertokenCodec(stream.snapshot().codebook()), that.tokens());
                });
        return Arbitraries.oneOf(any(), started).withoutEdgeCases();
    }

    static Arbitrary<CodecCase> of(ReplayRule rule) {
        Arbitrary<Integer> vocabularySizes = Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.integers().between(1, 6)),
                Tuple.of(2, Arbitraries.of(200_019, Integer.MAX_VALUE - 40)));
        return vocabularySizes
                .flatMap(vocabularySize -> {
                    List<Integer> vocabulary = edges(vocabularySize);
                    return Combinators.combine(
                                    Arbitraries.oneOf(
                                            Arbitraries.integers().between(0, 12),
                                            Arbitraries.integers().between(0, 40)),
                                    Arbitraries.integers().between(1, 6),
                                    Arbitraries.of(vocabulary).set().ofMaxSize(2),
                                    Arbitraries.of(vocabulary).optional(0.5),
                                    TokenArbitraries.streams(vocabulary, 160))
                            .as((codebookSize, maxSubtokens, disabled, pad, tokens) -> {
                                HypertokenConfig.Builder builder = HypertokenConfig.builder(vocabularySize, rule)
                                        .codebookSize(codebookSize)
                                        .maxSubtokens(maxSubtokens)
                                        .disabledIds(disabled.stream()
                                                .mapToInt(Integer::intValue)
                                                .toArray());
                                pad.ifPresent(builder::padId);
                                return new CodecCase(new HypertokenCodec(builder.build()), tokens);
                            });
                })
                .withoutEdgeCases();
    }

    /** Few tokens, at both ends of the vocabulary. */
    private static List<Integer> edges(int vocabularySize) {
        return IntStream.range(0, Math.min(6, vocabularySize))
                .map(i -> i % 2 == 0 ? i / 2 : vocabularySize - 1 - i / 2)
                .boxed()
                .toList();
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

    /** What a model emits: any base token or live hypertoken, the next one, and now and then garbage. */
    static int modelLike(CodecCase that, Codebook codebook, Random random) {
        int live = codebook.size();
        int choice = random.nextInt(100);
        if (choice < 45 && live > 0) {
            return codebook.firstId() + random.nextInt(live);
        }
        if (choice < 55) {
            return codebook.firstId() + live; // the self-reference, or nothing that exists
        }
        if (choice < 56) {
            return codebook.firstId() + live + 1 + random.nextInt(4);
        }
        return that.tokens().length == 0 ? 0 : that.tokens()[random.nextInt(that.tokens().length)];
    }

    /** All entries, each found both ways. */
    static Map<Integer, List<Integer>> entries(Codebook codebook) {
        Map<Integer, List<Integer>> entries = new HashMap<>();
        for (int id = codebook.firstId(); codebook.contains(id); id++) {
            List<Integer> phrase = new ArrayList<>();
            for (int i = 0; i < codebook.length(id); i++) {
                phrase.add(codebook.subtoken(id, i));
            }
            entries.put(id, phrase);
            int[] tokens = phrase.stream().mapToInt(Integer::intValue).toArray();
            org.assertj.core.api.Assertions.assertThat(codebook.find(tokens, 0, tokens.length))
                    .isEqualTo(id);
        }
        return entries;
    }
}
