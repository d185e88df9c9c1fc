package io.tokenlz.reactive;

import io.tokenlz.core.TokenCodec;
import java.util.function.UnaryOperator;
import org.reactivestreams.Publisher;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.TestEnvironment;
import reactor.core.publisher.Flux;

/** The Reactive Streams TCK on encode ∘ decode: tokens to compressed tokens and back. */
public class TokenFluxTckTest extends PublisherVerification<int[]> {
    /** Nothing ahead of demand, or chunks would be coalesced and come out as fewer than went in. */
    static final TokenFluxOptions ONE_BY_ONE = TokenFluxOptions.DEFAULT.withPendingTokens(0);

    private final UnaryOperator<Flux<int[]>> roundTrip;

    /** Over a codec. */
    public TokenFluxTckTest() {
        this(tokens(Streams.HYPERTOKENS));
    }

    TokenFluxTckTest(UnaryOperator<Flux<int[]>> roundTrip) {
        super(new TestEnvironment(500, 50));
        this.roundTrip = roundTrip;
    }

    private static UnaryOperator<Flux<int[]>> tokens(TokenCodec codec) {
        return source -> source.transform(TokenFlux.encode(codec, ONE_BY_ONE)).transform(TokenFlux.decode(codec));
    }

    @Override
    public Publisher<int[]> createPublisher(long elements) {
        return Flux.range(0, (int) Math.min(elements, Integer.MAX_VALUE))
                .map(i -> new int[] {i % 7})
                .transform(roundTrip);
    }

    @Override
    public Publisher<int[]> createFailedPublisher() {
        return Flux.<int[]>error(new IllegalStateException("as the TCK wants it"))
                .transform(roundTrip);
    }

    @Override
    public long maxElementsFromPublisher() {
        return Integer.MAX_VALUE;
    }
}
