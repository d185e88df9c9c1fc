package io.tokenlz.reactive;

import io.tokenlz.core.MalformedTokenStreamException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.Scannable;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/** One subscription of a {@link CodecFlux}. */
final class CodecSubscriber<I, O> extends DrainLoop implements CoreSubscriber<I>, Scannable {
    private static final String UNREQUESTED =
            "upstream sent a chunk that was not requested, and no more may be pending";

    private final CoreSubscriber<? super O> actual;
    private final String name;
    private final FlushRule rule;
    private final ChunkCoder<I, O> coder;

    /** The chunk at work: put there by onNext, taken away by the drain loop. One is enough, for they are requested singly. */
    private final AtomicReference<@Nullable I> slot = new AtomicReference<>();

    private @Nullable Subscription upstream;
    private volatile @Nullable Throwable upstreamError;
    private volatile boolean upstreamDone;

    // only for the drain loop, but for scans
    private volatile @Nullable Throwable failure;
    private boolean broken;
    private boolean opened;
    private boolean awaiting;
    private boolean asked;
    private boolean ended;

    CodecSubscriber(CoreSubscriber<? super O> actual, String name, FlushRule rule, ChunkCoder<I, O> coder) {
        this.actual = actual;
        this.name = name;
        this.rule = rule;
        this.coder = coder;
    }

    // ---- signals ----

    @Override
    public void onSubscribe(Subscription subscription) {
        if (Operators.validate(upstream, subscription)) {
            upstream = subscription;
            actual.onSubscribe(this);
        }
    }

    @Override
    public void onNext(I next) {
        if (isCancelled()) {
            coder.discard(next, currentContext());
        } else if (upstreamDone) {
            coder.drop(next, currentContext());
        } else if (next == null) {
            refuse(new NullPointerException("upstream sent null"));
        } else if (slot.compareAndSet(null, next)) {
            drainChunk();
        } else {
            coder.discard(next, currentContext());
            refuse(Exceptions.failWithOverflow(UNREQUESTED));
        }
    }

    /** Upstream broke the rules: tokens might be lost, so nothing more is taken from it. */
    private void refuse(Throwable violation) {
        onError(Operators.onOperatorError(upstream, violation, currentContext()));
    }

    @Override
    public void onError(Throwable error) {
        if (upstreamDone || isCancelled()) {
            Operators.onErrorDropped(error, currentContext());
            return;
        }
        upstreamError = error;
        upstreamDone = true;
        drain();
    }

    @Override
    public void onComplete() {
        if (!upstreamDone) {
            upstreamDone = true;
            drain();
        }
    }

    // ---- the drain loop's steps ----

    @Override
    boolean advance() {
        boolean noChunkFollows = upstreamDone; // read before the slot, which may be filled between the two
        I next = slot.get();
        if (failure != null || (next == null && noChunkFollows)) {
            return end();
        }
        if (coder.isFull()) {
            return emit();
        }
        if (next != null) {
            consume(next);
            return true;
        }
        if (requested() > 0) {
            asked = true;
            if (coder.pendingTokens() >= rule.flushTokens()) {
                return flush();
            }
        }
        return requestMore();
    }

    private void consume(I next) {
        try {
            if (!opened) {
                open(next);
            }
            if (coder.consume()) {
                opened = false;
                slot.set(null);
            }
        } catch (Throwable thrown) { // whatever a codec throws must end the stream, or it would hang
            fail(thrown, next);
        }
    }

    private void open(I next) {
        if (!awaiting && coder.pendingTokens() >= rule.aheadTokens()) {
            throw Exceptions.failWithOverflow(UNREQUESTED);
        }
        opened = true;
        awaiting = false;
        coder.open(next);
    }

    private boolean flush() {
        try {
            coder.flush();
        } catch (Throwable thrown) { // as in consume()
            fail(thrown, null);
            return true;
        }
        return emit() || requestMore();
    }

    private boolean emit() {
        if (requested() == 0 || !coder.hasOutput()) {
            return false;
        }
        O chunk;
        try {
            chunk = coder.take();
        } catch (Throwable thrown) { // as in consume(), and the room is of no use any more
            coder.close();
            fail(thrown, null);
            return true;
        }
        produced();
        actual.onNext(chunk);
        return true;
    }

    /** Requests a chunk if downstream wants one, or if upstream has its own pace and what is pending may still grow. */
    private boolean requestMore() {
        boolean ahead = asked && isPushed() && coder.pendingTokens() < rule.aheadTokens();
        boolean wanted = requested() > 0 || ahead;
        if (!wanted || awaiting || upstreamDone) {
            return false;
        }
        awaiting = true;
        requireUpstream().request(1);
        return true;
    }

    /** Fatal errors are thrown on, as everywhere in Reactor; others end the stream once what came before them is sent. */
    private void fail(Throwable thrown, @Nullable I culprit) {
        broken = !(thrown instanceof MalformedTokenStreamException || Exceptions.isOverflow(thrown));
        failure = Operators.onOperatorError(upstream, thrown, culprit, currentContext());
        upstreamDone = true;
        discardChunk();
    }

    /** No chunk follows: sends what is left, on demand, and then the end. */
    private boolean end() {
        Throwable error = failure != null ? failure : upstreamError;
        if (!ended) {
            try {
                ended = error == null ? coder.finish() : broken || coder.flush();
            } catch (Throwable thrown) { // as in consume()
                return failAtEnd(thrown, error);
            }
        }
        if (!ended || coder.hasOutput()) {
            return emit();
        }
        failure = error;
        if (error == upstreamError) {
            upstreamError = null; // what is there from now on is late
        }
        terminate();
        if (error == null) {
            actual.onComplete();
        } else {
            actual.onError(error);
        }
        return true;
    }

    private boolean failAtEnd(Throwable thrown, @Nullable Throwable before) {
        if (before == null) {
            fail(thrown, null);
        } else {
            Exceptions.throwIfFatal(thrown);
            Exceptions.addSuppressed(before, thrown);
            broken = true;
        }
        return true;
    }

    @Override
    void release() {
        coder.close();
        discardChunk();
    }

    @Override
    void dropLate() {
        discardChunk();
        Throwable late = upstreamError;
        if (late != null) {
            upstreamError = null;
            Operators.onErrorDropped(late, currentContext());
        }
    }

    private void discardChunk() {
        I left = slot.getAndSet(null);
        if (left != null) {
            coder.discard(left, currentContext());
        }
    }

    @Override
    void cancelUpstream() {
        requireUpstream().cancel();
    }

    private Subscription requireUpstream() {
        Subscription subscription = upstream;
        if (subscription == null) {
            throw new IllegalStateException("not subscribed");
        }
        return subscription;
    }

    // ---- what Reactor asks ----

    @Override
    public Context currentContext() {
        return actual.currentContext();
    }

    @Override
    public String stepName() {
        return name;
    }

    @Override
    @SuppressWarnings("rawtypes") // as Reactor declares it
    public @Nullable Object scanUnsafe(Attr key) {
        if (key == Attr.PARENT) {
            return upstream;
        }
        if (key == Attr.ACTUAL) {
            return actual;
        }
        if (key == Attr.TERMINATED) {
            return isTerminated() && !isCancelled();
        }
        if (key == Attr.CANCELLED) {
            return isCancelled();
        }
        if (key == Attr.REQUESTED_FROM_DOWNSTREAM) {
            return requested();
        }
        if (key == Attr.BUFFERED) {
            return slot.get() == null ? 0 : 1;
        }
        if (key == Attr.ERROR) {
            return failure != null ? failure : upstreamError;
        }
        return key == Attr.RUN_STYLE ? Attr.RunStyle.SYNC : null;
    }
}
