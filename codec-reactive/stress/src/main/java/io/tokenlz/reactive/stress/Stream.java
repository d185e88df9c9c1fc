package io.tokenlz.reactive.stress;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * One subscription of an operator, with all that comes out of it counted: each of its sides is for one thread at a time.
 *
 * @param <I> chunks that go in
 * @param <O> chunks that come out
 */
class Stream<I, O> implements CoreSubscriber<O> {
    final AtomicInteger received = new AtomicInteger();
    final AtomicInteger completed = new AtomicInteger();
    final AtomicInteger failed = new AtomicInteger();
    final AtomicInteger discarded = new AtomicInteger();

    /** Errors that no subscriber saw. */
    final AtomicInteger dropped = new AtomicInteger();

    /** Chunks that the operator asked upstream for. */
    final AtomicLong asked = new AtomicLong();

    final AtomicInteger cancelled = new AtomicInteger();

    private final Context context = Operators.enableOnDiscard(
            Context.of("reactor.onErrorDropped.local", (Consumer<Throwable>) error -> dropped.incrementAndGet()),
            chunk -> discarded.incrementAndGet());

    private Subscription operator = Operators.emptySubscription();

    Stream(Function<Flux<I>, Flux<O>> transform) {
        Flux<I> upstream = new Flux<>() {
            @Override
            public void subscribe(CoreSubscriber<? super I> subscriber) {
                subscriber.onSubscribe(new Subscription() {
                    @Override
                    public void request(long n) {
                        asked.addAndGet(n);
                    }

                    @Override
                    public void cancel() {
                        cancelled.incrementAndGet();
                    }
                });
            }
        };
        upstream.transform(transform).subscribe(this);
    }

    /** The operator's side that upstream sees. */
    @SuppressWarnings("unchecked")
    final CoreSubscriber<I> upstream() {
        return (CoreSubscriber<I>) operator;
    }

    /** The operator's side that downstream sees. */
    final Subscription downstream() {
        return operator;
    }

    @Override
    public final Context currentContext() {
        return context;
    }

    @Override
    public final void onSubscribe(Subscription subscription) {
        operator = subscription;
    }

    @Override
    public void onNext(O chunk) {
        received.incrementAndGet();
    }

    @Override
    public final void onError(Throwable error) {
        failed.incrementAndGet();
    }

    @Override
    public final void onComplete() {
        completed.incrementAndGet();
    }
}
