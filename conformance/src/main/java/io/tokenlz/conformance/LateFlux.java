package io.tokenlz.conformance;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;

/** A source that sends what it is told to, also behind a cancellation, as one on another thread may. For one subscription. */
final class LateFlux<C> extends Flux<C> {
    private @Nullable CoreSubscriber<? super C> subscriber;
    private boolean cancelled;
    private long open;

    @Override
    public void subscribe(CoreSubscriber<? super C> actual) {
        subscriber = actual;
        actual.onSubscribe(new Subscription() {
            @Override
            public void request(long n) {
                open += n;
            }

            @Override
            public void cancel() {
                cancelled = true;
            }
        });
    }

    boolean isCancelled() {
        return cancelled;
    }

    boolean isRequested() {
        return open > 0;
    }

    void send(C chunk) {
        open--;
        Objects.requireNonNull(subscriber).onNext(chunk);
    }
}
