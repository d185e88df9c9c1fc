package io.tokenlz.conformance;

import io.tokenlz.reactive.TokenFlux;
import io.tokenlz.reactive.TokenFluxOptions;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** The operators over compressed tokens, of both codecs. */
class TokenFluxCodecProperties extends ReactiveCodecContract<int[]> {
    @Override
    protected Arbitrary<ReactiveCase<int[]>> cases() {
        Arbitrary<CodecCase> codecs =
                Arbitraries.oneOf(HypertokenArbitraries.casesFromAnyStart(), MetaTokenArbitraries.cases());
        return Combinators.combine(codecs, options())
                .as((that, options) -> new ReactiveCase<>(
                        that.codec() + ", " + options,
                        TokenFlux.encode(that.codec(), options),
                        TokenFlux.decode(that.codec(), options),
                        that.tokens()))
                .withoutEdgeCases();
    }

    /** With a flush for each chunk, as the contract has it. */
    static Arbitrary<TokenFluxOptions> options() {
        return Combinators.combine(
                        Arbitraries.of(0, 1, 100, 4096),
                        Arbitraries.of(1, 2, 63, 4096),
                        Arbitraries.of(1, 5, 200, 16_384),
                        Arbitraries.of(true, false))
                .as((pending, tokens, bytes, checked) -> new TokenFluxOptions(1, pending, tokens, bytes, checked));
    }
}
