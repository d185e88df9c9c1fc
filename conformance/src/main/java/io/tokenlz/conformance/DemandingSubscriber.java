package io.tokenlz.conformance;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/** Requests what it is told to, and counts what comes without having been requested. Its signals come from one thread. */
final class DemandingSubscriber<T> extends BaseSubscriber<T> {
    private final List<T> received = new ArrayList<>();
    private long open;
    private boolean unrequested;
    private boolean completed;
    private @Nullable Throwable error;

    void requestMore(long chunks) {
        open += chunks;
        request(chunks);
    }

    List<T> received() {
        return received;
    }

    boolean isCompleted() {
        return completed;
    }

    /** What the stream ended with; null if it did not end, or completed. */
    @Nullable
    Throwable error() {
        return error;
    }

    /** Whether more came than was requested, or anything behind the end. */
    boolean sawTooMuch() {
        return unrequested;
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
        // all demand comes from requestMore
    }

    @Override
    protected void hookOnNext(T chunk) {
        unrequested |= open-- <= 0 || completed || error != null;
        received.add(chunk);
    }

    @Override
    protected void hookOnComplete() {
        unrequested |= completed || error != null;
        completed = true;
    }

    @Override
    protected void hookOnError(Throwable failure) {
        unrequested |= completed || error != null;
        error = failure;
    }
}
