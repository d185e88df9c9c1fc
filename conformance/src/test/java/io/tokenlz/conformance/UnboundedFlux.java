package io.tokenlz.conformance;

import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;

/** Requests everything as soon as one chunk is requested, and hands all of it on. */
final class UnboundedFlux extends FluxOperator<int[], int[]> {
    UnboundedFlux(Flux<? extends int[]> source) {
        super(source);
    }

    @Override
    public void subscribe(CoreSubscriber<? super int[]> actual) {
        source.subscribe(new CoreSubscriber<int[]>() {
            @Override
            public void onSubscribe(Subscription subscription) {
                actual.onSubscribe(new Subscription() {
                    @Override
                    public void request(long n) {
                        subscription.request(Long.MAX_VALUE);
                    }

                    @Override
                    public void cancel() {
                        subscription.cancel();
                    }
                });
            }

            @Override
            public void onNext(int[] chunk) {
                actual.onNext(chunk.clone());
            }

            @Override
            public void onError(Throwable failure) {
                actual.onError(failure);
            }

            @Override
            public void onComplete() {
                actual.onComplete();
            }
        });
    }
}
