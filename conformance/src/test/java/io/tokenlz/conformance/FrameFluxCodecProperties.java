package io.tokenlz.conformance;

import io.tokenlz.frames.FrameLimits;
import io.tokenlz.reactive.TokenFlux;
import java.nio.ByteBuffer;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** The operators over framed streams. */
class FrameFluxCodecProperties extends ReactiveCodecContract<ByteBuffer> {
    @Override
    protected Arbitrary<ReactiveCase<ByteBuffer>> cases() {
        // tokens that no checksum has vouched for yet are held back only if that is asked for
        return Combinators.combine(
                        FrameArbitraries.cases(150),
                        TokenFluxCodecProperties.options().map(options -> options.withCheckedOnly(false)))
                .as((that, options) -> new ReactiveCase<>(
                        that.header() + ", " + that.options() + ", " + options,
                        TokenFlux.toFrames(that.header(), that.options(), options),
                        TokenFlux.fromFrames(FrameLimits.DEFAULT, that.header()::equals, options),
                        that.tokens()))
                .withoutEdgeCases();
    }
}
