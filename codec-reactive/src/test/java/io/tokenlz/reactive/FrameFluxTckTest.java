package io.tokenlz.reactive;

/** The Reactive Streams TCK on encode ∘ decode: tokens to wire frames and back. */
public class FrameFluxTckTest extends TokenFluxTckTest {
    /** Over frames. */
    public FrameFluxTckTest() {
        super(source -> source.transform(Streams.frames(ONE_BY_ONE)).transform(Streams.tokens(ONE_BY_ONE)));
    }
}
