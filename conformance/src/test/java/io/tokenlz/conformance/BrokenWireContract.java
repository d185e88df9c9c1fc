package io.tokenlz.conformance;

import java.util.Optional;
import net.jqwik.api.Arbitrary;

/** The contract on a broken wire codec; its name keeps it from running by itself. */
class BrokenWireContract extends WireCodecContract {
    static WireBug bug = WireBug.NONE;

    @Override
    protected Arbitrary<WireCase> cases() {
        return FrameArbitraries.cases(120)
                .map(that -> new WireCase(
                        new BrokenWireCodec(that.header(), bug),
                        that.header().vocabularySize(),
                        that.tokens(),
                        bug.name()));
    }

    @Override
    protected Optional<WireOracle> oracle(WireCodec codec) {
        return Optional.of(FrameWireCodecProperties::readPlainly);
    }
}
