package io.tokenlz.conformance;

import io.tokenlz.metatokens.MetaTokenCodec;
import io.tokenlz.metatokens.MetaTokenConfig;
import io.tokenlz.metatokens.MetaTokenDictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Shared dictionaries with tokens of their vocabulary: entries that begin, end and overlap one another; small windows. */
final class SharedDictionaryCases {
    private static final int LONGEST_ENTRY = 9;

    private SharedDictionaryCases() {}

    static Arbitrary<CodecCase> any() {
        return Arbitraries.integers().between(1, 5).flatMap(SharedDictionaryCases::ofTokens);
    }

    private static Arbitrary<CodecCase> ofTokens(int baseTokens) {
        // every other ID is reserved
        List<Integer> base =
                IntStream.range(0, baseTokens).map(i -> 2 * i).boxed().toList();
        Arbitrary<List<Integer>> entry =
                Arbitraries.of(base).list().ofMinSize(2).ofMaxSize(LONGEST_ENTRY);
        Arbitrary<Integer> window = Arbitraries.oneOf(
                Arbitraries.integers().between(LONGEST_ENTRY, 30),
                Arbitraries.integers().between(100, 400));
        Arbitrary<List<List<Integer>>> entries =
                entry.list().ofMinSize(1).ofMaxSize(12).uniqueElements();
        return Combinators.combine(entries, window)
                .flatAs((list, tokens) -> {
                    MetaTokenCodec codec = codec(baseTokens, list, tokens);
                    return TokenArbitraries.streams(base, 250).map(stream -> new CodecCase(codec, stream));
                })
                .withoutEdgeCases();
    }

    private static MetaTokenCodec codec(int baseTokens, List<List<Integer>> entries, int window) {
        int vocabularySize = 2 * baseTokens;
        MetaTokenDictionary dictionary = MetaTokenDictionary.of(
                vocabularySize,
                1,
                new byte[0],
                entries.stream()
                        .map(entry -> entry.stream().mapToInt(Integer::intValue).toArray())
                        .toArray(int[][]::new));
        MetaTokenConfig.Builder builder = MetaTokenConfig.builder(vocabularySize)
                .dictionary(dictionary)
                .window(window)
                .delimiters(1000, 1001);
        for (int id = 1; id < vocabularySize; id += 2) {
            builder.addPool(id, id);
        }
        return new MetaTokenCodec(builder.addPool(500, 511).build());
    }

    static SharedDictionaryOracle oracle(MetaTokenConfig config) {
        MetaTokenDictionary dictionary = Objects.requireNonNull(config.dictionary());
        Map<Integer, List<Integer>> entries = new HashMap<>();
        for (int e = 0; e < dictionary.size(); e++) {
            entries.put(
                    config.metaToken(e),
                    IntStream.of(dictionary.entry(e)).boxed().toList());
        }
        List<Integer> base = IntStream.range(0, config.vocabularySize() / 2)
                .map(i -> 2 * i)
                .boxed()
                .toList();
        return new SharedDictionaryOracle(base, entries);
    }
}
