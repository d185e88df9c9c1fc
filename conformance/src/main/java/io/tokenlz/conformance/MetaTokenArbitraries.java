package io.tokenlz.conformance;

import io.tokenlz.metatokens.MetaTokenCodec;
import io.tokenlz.metatokens.MetaTokenConfig;
import io.tokenlz.metatokens.MetaTokenEffort;
import io.tokenlz.metatokens.MetaTokenForm;
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
 * Configurations of meta-tokens together with streams that fit them: small windows and pools, both forms, every effort, reserved IDs
 * above the vocabulary and inside of it. Thread-safe.
 */
public final class MetaTokenArbitraries {
    private static final int MOST_TOKENS = 250;
    private static final int MOST_IDS = 60;

    private MetaTokenArbitraries() {}

    /**
     * Any configuration with base tokens.
     *
     * @return a generator
     */
    public static Arbitrary<CodecCase> cases() {
        return Arbitraries.integers()
                .between(1, 6)
                .flatMap(baseTokens -> Combinators.combine(
                                Arbitraries.of(MetaTokenForm.FLAT, MetaTokenForm.NESTED),
                                Arbitraries.of(MetaTokenEffort.class),
                                Arbitraries.oneOf(
                                        Arbitraries.integers().between(1, 40),
                                        Arbitraries.integers().between(60, 200)),
                                Arbitraries.integers().between(2, 10),
                                Arbitraries.integers().between(1, 12),
                                Arbitraries.longs().optional(0.5),
                                Arbitraries.of(true, false),
                                Arbitraries.integers().between(-8, baseTokens - 1))
                        .flatAs((form, effort, window, longestRun, poolSize, seed, reservedInside, protectedToken) -> {
                            // reserved inside: base tokens are 2, 5, 8, … and every ID between them is reserved
                            MetaTokenConfig.Builder builder = reservedInside
                                    ? reservedInside(baseTokens, poolSize)
                                    : MetaTokenConfig.builder(baseTokens)
                                            .addPool(baseTokens + 2, baseTokens + 1 + poolSize);
                            builder.form(form).effort(effort).window(window).longestRun(longestRun);
                            seed.ifPresent(builder::shuffled);
                            if (protectedToken >= 0) {
                                int id = reservedInside ? 3 * protectedToken + 2 : protectedToken;
                                builder.protect(id, id);
                            }
                            MetaTokenCodec codec = new MetaTokenCodec(builder.build());
                            List<Integer> base = IntStream.range(0, baseTokens)
                                    .map(i -> reservedInside ? 3 * i + 2 : i)
                                    .boxed()
                                    .toList();
                            return TokenArbitraries.streams(base, MOST_TOKENS)
                                    .map(tokens -> new CodecCase(codec, tokens));
                        }))
                .withoutEdgeCases();
    }

    private static MetaTokenConfig.Builder reservedInside(int baseTokens, int poolSize) {
        MetaTokenConfig.Builder builder =
                MetaTokenConfig.builder(3 * baseTokens).delimiters(1, 0);
        for (int id = 3; id < 3 * baseTokens; id += 3) {
            builder.addPool(id, id + 1);
        }
        return builder.addPool(1000, 999 + poolSize);
    }

    /**
     * Streams that mostly keep to the grammar: dictionaries with entries that refer to one another, uses of them, and every kind of
     * offence now and then. A decoder may have to refuse them.
     *
     * @return a generator
     */
    public static Arbitrary<EncodedCase> grammarLike() {
        Arbitrary<List<Tuple2<Integer, Integer>>> choices = Combinators.combine(
                        Arbitraries.integers().between(0, 99),
                        Arbitraries.integers().between(0, 1000))
                .as(Tuple::of)
                .list()
                .ofMaxSize(MOST_IDS);
        return Combinators.combine(cases(), choices)
                .as((that, chosen) -> new EncodedCase(that.codec(), grammarLike(that, chosen)))
                .withoutEdgeCases();
    }

    /**
     * What became on its way of what our own encoder wrote.
     *
     * @return a generator
     */
    public static Arbitrary<EncodedCase> damaged() {
        return cases().flatMap(that -> TokenArbitraries.damaged(
                                that.codec().encode(that.tokens()), that.codec().encodedVocabularySize() + 1)
                        .map(ids -> new EncodedCase(that.codec(), ids)))
                .withoutEdgeCases();
    }

    private static int[] grammarLike(CodecCase that, List<Tuple2<Integer, Integer>> choices) {
        MetaTokenConfig config = config(that);
        List<Integer> stream = new ArrayList<>();
        boolean inDictionary = false;
        for (Tuple2<Integer, Integer> choice : choices) {
            int index = choice.get2();
            if (choice.get1() < 8) {
                stream.add(inDictionary ? config.dictionaryEnd() : config.dictionaryStart());
                inDictionary = !inDictionary;
                if (inDictionary) {
                    stream.add(config.metaToken(index % config.poolSize()));
                }
            } else if (choice.get1() < 50) {
                stream.add(config.metaToken(index % Math.min(3, config.poolSize())));
            } else if (choice.get1() == 99) {
                stream.add(index % ((int) config.encodedVocabularySize() + 1));
            } else if (that.tokens().length > 0) {
                stream.add(that.tokens()[index % that.tokens().length]);
            }
        }
        if (inDictionary && stream.size() % 8 > 0) {
            stream.add(config.dictionaryEnd());
        }
        return TokenArbitraries.unboxed(stream);
    }

    static MetaTokenConfig config(CodecCase that) {
        return ((MetaTokenCodec) that.codec()).config();
    }

    static MetaTokenOracle oracle(MetaTokenConfig config) {
        Set<Integer> pool = new HashSet<>();
        for (int i = 0; i < config.poolSize(); i++) {
            pool.add(config.metaToken(i));
        }
        return new MetaTokenOracle(
                config.vocabularySize(),
                config.dictionaryStart(),
                config.dictionaryEnd(),
                pool,
                config.form() == MetaTokenForm.NESTED,
                config.window());
    }
}
