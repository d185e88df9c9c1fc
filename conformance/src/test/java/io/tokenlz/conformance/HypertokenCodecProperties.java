package io.tokenlz.conformance;

import net.jqwik.api.Arbitrary;

class HypertokenCodecProperties extends TokenCodecContract {
    @Override
    protected Arbitrary<CodecCase> cases() {
        return HypertokenArbitraries.casesFromAnyStart();
    }
}
