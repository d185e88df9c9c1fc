package io.tokenlz.reactive;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/** Requests what a test tells it to, from outside of onNext, and keeps what comes. */
class ManualSubscriber<T> extends BaseSubscriber<T> {
    final List<T> received = new ArrayList<>();

    @Nullable
    Throwable error;

    boolean completed;

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
        // all requests are the test's
    }

    @Override
    protected void hookOnNext(T chunk) {
        received.add(chunk);
    }

    @Override
    protected void hookOnError(Throwable thrown) {
        error = thrown;
    }

    @Override
    protected void hookOnComplete() {
        completed = true;
    }
}
