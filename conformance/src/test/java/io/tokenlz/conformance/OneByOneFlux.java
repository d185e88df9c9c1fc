package io.tokenlz.conformance;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Operators;

/**
 * Sends each token as a chunk of its own, on request, and refuses those below 0. A chunk that is not read whole goes to the discard
 * hook, unless that is the bug. Its signals come from one thread.
 */
final class OneByOneFlux extends FluxOperator<int[], int[]> {
    private final ReactiveBug bug;

    OneByOneFlux(Flux<? extends int[]> source, ReactiveBug bug) {
        super(source);
        this.bug = bug;
    }

    @Override
    public void subscribe(CoreSubscriber<? super int[]> actual) {
        source.subscribe(new Reading(actual, bug));
    }

    private static final class Reading implements CoreSubscriber<int[]>, Subscription {
        private final CoreSubscriber<? super int[]> actual;
        private final ReactiveBug bug;
        private @Nullable Subscription upstream;
        private int @Nullable [] chunk;
        private int at;
        private long requested;
        private boolean awaiting;
        private boolean draining;
        private boolean upstreamDone;
        private @Nullable Throwable error;
        private boolean ended;
        private boolean cancelled;

        Reading(CoreSubscriber<? super int[]> actual, ReactiveBug bug) {
            this.actual = actual;
            this.bug = bug;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            upstream = subscription;
            actual.onSubscribe(this);
        }

        @Override
        public void onNext(int[] next) {
            awaiting = false;
            if (cancelled || ended) {
                discard(next, ReactiveBug.LOSES_A_CHUNK_THAT_COMES_LATE);
                return;
            }
            chunk = next;
            at = 0;
            drain();
        }

        @Override
        public void onError(Throwable failure) {
            error = failure;
            onComplete();
        }

        @Override
        public void onComplete() {
            upstreamDone = true;
            drain();
        }

        @Override
        public void request(long n) {
            requested = Operators.addCap(requested, n);
            drain();
        }

        @Override
        public void cancel() {
            cancelled = true;
            cancelUpstream();
            drain();
        }

        private void drain() {
            if (!draining) {
                draining = true;
                boolean goOn;
                do {
                    goOn = !ended && !cancelled && step();
                } while (goOn);
                draining = false;
            }
            if (cancelled && !draining) {
                discardChunk(ReactiveBug.LOSES_THE_CHUNK_AT_WORK_WHEN_CANCELLED);
            }
        }

        private boolean step() {
            int[] present = chunk;
            if (present != null && at == present.length) {
                chunk = null;
                if (bug == ReactiveBug.DISCARDS_WHAT_IT_HAS_READ) {
                    Operators.onDiscard(present, actual.currentContext());
                }
                return true;
            }
            if (present != null) {
                return sendToken(present);
            }
            if (upstreamDone) {
                end(error);
                return false;
            }
            if (requested == 0 || awaiting || upstream == null) {
                return false;
            }
            awaiting = true;
            upstream.request(1);
            return true;
        }

        private boolean sendToken(int[] present) {
            if (present[at] < 0) {
                cancelUpstream();
                discardChunk(ReactiveBug.LOSES_THE_CHUNK_THAT_IT_REFUSES);
                end(new IllegalArgumentException("ID " + present[at]));
                return false;
            }
            if (requested == 0) {
                return false;
            }
            requested--;
            actual.onNext(new int[] {present[at++]});
            return true;
        }

        private void end(@Nullable Throwable failure) {
            ended = true;
            if (failure == null) {
                actual.onComplete();
            } else {
                actual.onError(failure);
            }
        }

        private void cancelUpstream() {
            if (upstream != null) {
                upstream.cancel();
            }
        }

        private void discardChunk(ReactiveBug unless) {
            int[] present = chunk;
            chunk = null;
            if (present != null && at < present.length) {
                discard(present, unless);
            }
        }

        private void discard(int[] given, ReactiveBug unless) {
            if (bug != unless) {
                Operators.onDiscard(given, actual.currentContext());
            }
            if (bug == ReactiveBug.DISCARDS_TWICE) {
                Operators.onDiscard(given, actual.currentContext());
            }
        }
    }
}
