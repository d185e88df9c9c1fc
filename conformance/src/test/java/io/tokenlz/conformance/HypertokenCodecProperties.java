package io.tokenlz.conformance;

import io.tokenlz.core.TokenCodec;
import io.tokenlz.hypertokens.HypertokenCodec;
import io.tokenlz.hypertokens.HypertokenConfig;
import java.util.Optional;
import net.jqwik.api.Arbitrary;

class HypertokenCodecProperties extends TokenCodecContract {
    @Override
    protected Arbitrary<CodecCase> cases() {
        return HypertokenArbitraries.casesFromAnyStart();
    }

    /** The oracle starts with an empty codebook. */
    @Override
    protected Optional<StreamOracle> oracle(TokenCodec codec) {
        HypertokenCodec hypertokens = (HypertokenCodec) codec;
        if (hypertokens.newDecoder().codebook().size() > 0) {
            return Optional.empty();
        }
        HypertokenConfig config = hypertokens.config();
        return Optional.of(
                (ids, decoded) -> HypertokenArbitraries.oracle(config).decode(config.replayRule(), ids, decoded));
    }
}
