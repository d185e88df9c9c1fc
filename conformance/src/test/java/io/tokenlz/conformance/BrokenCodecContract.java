package io.tokenlz.conformance;

import io.tokenlz.core.TokenCodec;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** The contract on a broken codec; its name keeps it from running by itself. */
class BrokenCodecContract extends TokenCodecContract {
    static CodecBug bug = CodecBug.NONE;

    @Override
    protected Arbitrary<CodecCase> cases() {
        return Arbitraries.integers()
                .between(1, 5)
                .flatMap(size -> TokenArbitraries.streams(
                                IntStream.range(0, size).boxed().toList(), 120)
                        .map(tokens -> new CodecCase(new BrokenRunLengthCodec(size, bug), tokens)))
                .withoutEdgeCases();
    }

    @Override
    protected Optional<StreamOracle> oracle(TokenCodec codec) {
        return Optional.of(BrokenRunLengthCodec.oracle(codec.vocabularySize()));
    }
}
