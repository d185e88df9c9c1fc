package io.tokenlz.conformance;

import io.tokenlz.metatokens.MetaTokenCodec;
import io.tokenlz.metatokens.MetaTokenConfig;
import io.tokenlz.metatokens.MetaTokenEffort;
import io.tokenlz.metatokens.MetaTokenForm;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Meta-token configurations with tokens of their vocabulary: small windows and pools, reserved IDs above and inside. */
final class MetaTokenCases {
    private MetaTokenCases() {}

    static Arbitrary<CodecCase> any() {
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
                            int vocabularySize = reservedInside ? 3 * baseTokens : baseTokens;
                            MetaTokenConfig.Builder builder = MetaTokenConfig.builder(vocabularySize)
                                    .form(form)
                                    .effort(effort)
                                    .window(window)
                                    .longestRun(longestRun);
                            if (reservedInside) {
                                builder.delimiters(1, 0);
                                for (int id = 3; id < vocabularySize; id += 3) {
                                    builder.addPool(id, id + 1);
                                }
                                builder.addPool(1000, 999 + poolSize);
                            } else {
                                builder.addPool(vocabularySize + 2, vocabularySize + 1 + poolSize);
                            }
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
                            return TokenArbitraries.streams(base, 250).map(tokens -> new CodecCase(codec, tokens));
                        }))
                .withoutEdgeCases();
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
