package io.tokenlz.conformance;

import net.jqwik.api.Arbitrary;

/** The contract on hypertokens of which the two sides don't agree; its name keeps it from running by itself. */
class BrokenHypertokenContract extends TokenCodecContract {
    static HypertokenBug bug = HypertokenBug.DECODER_OF_THE_OTHER_REPLAY_RULE;

    @Override
    protected Arbitrary<CodecCase> cases() {
        return HypertokenArbitraries.cases()
                .map(that -> new CodecCase(bug.breaking(HypertokenArbitraries.config(that)), that.tokens()));
    }
}
