package io.tokenlz.conformance;

import java.util.List;
import net.jqwik.api.Arbitrary;

/** The contract on broken operators; its name keeps it from running by itself. */
class BrokenReactiveContract extends ReactiveCodecContract<int[]> {
    static ReactiveBug bug = ReactiveBug.NONE;

    @Override
    protected Arbitrary<ReactiveCase<int[]>> cases() {
        return TokenArbitraries.streams(List.of(0, 1, 2, 3, 4, 5), 60)
                .map(tokens -> new ReactiveCase<>(bug.name(), bug.encoder(), bug.decoder(), tokens));
    }
}
