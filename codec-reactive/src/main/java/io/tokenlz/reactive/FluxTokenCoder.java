package io.tokenlz.reactive;

import io.tokenlz.core.ArrayTokenInput;
import io.tokenlz.core.ArrayTokenOutput;
import io.tokenlz.core.CoderStatus;
import io.tokenlz.core.TokenCoder;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.Scannable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/** Runs each chunk of a subscription through one coder; see {@link TokenFlux} for what that promises. */
final class FluxTokenCoder extends FluxOperator<int[], int[]> {
    /** The most tokens in a chunk that comes out: what one request can cost. */
    static final int MOST_TOKENS = 4096;

    private static final int LEAST_ROOM = 64;

    /** Room for each token of a chunk, so that an ordinary chunk comes out as one. */
    private static final int ROOM_PER_TOKEN = 4;

    private static final int[] NO_TOKENS = {};

    private final String name;
    private final Supplier<? extends TokenCoder> coders;

    static Flux<int[]> assemble(Flux<int[]> source, String name, Supplier<? extends TokenCoder> coders) {
        return onAssembly(new FluxTokenCoder(source, name, coders));
    }

    private FluxTokenCoder(Flux<int[]> source, String name, Supplier<? extends TokenCoder> coders) {
        super(source);
        this.name = name;
        this.coders = coders;
    }

    @Override
    public void subscribe(CoreSubscriber<? super int[]> actual) {
        source.subscribe(new CoderSubscriber(actual, coders.get()));
    }

    @Override
    public String stepName() {
        return name;
    }

    @Override
    @SuppressWarnings("rawtypes") // as Reactor declares it
    public @Nullable Object scanUnsafe(Attr key) {
        return key == Attr.RUN_STYLE ? Attr.RunStyle.SYNC : super.scanUnsafe(key);
    }

    private static final class CoderSubscriber implements CoreSubscriber<int[]>, Subscription, Scannable {
        private static final AtomicIntegerFieldUpdater<CoderSubscriber> WORK =
                AtomicIntegerFieldUpdater.newUpdater(CoderSubscriber.class, "work");
        private static final AtomicLongFieldUpdater<CoderSubscriber> REQUESTED =
                AtomicLongFieldUpdater.newUpdater(CoderSubscriber.class, "requested");

        private final CoreSubscriber<? super int[]> actual;
        private final TokenCoder coder;
        private final ArrayTokenInput input = new ArrayTokenInput();
        private final ArrayTokenOutput output = new ArrayTokenOutput();

        /** Where the coder writes before its tokens are copied to a chunk of the right size; grows to the largest. */
        private int[] room = NO_TOKENS;

        private @Nullable Subscription upstream;

        /** Signals that the drain loop has not answered yet; whoever raises it from zero runs the loop. */
        @SuppressWarnings("UnusedVariable") // read through WORK
        private volatile int work;

        private volatile long requested;
        private volatile boolean cancelled;
        private volatile boolean upstreamDone;
        private volatile @Nullable Throwable upstreamError;

        /** The chunk at work: set by onNext before it raises {@link #work}, cleared by the drain loop. */
        private volatile int @Nullable [] chunk;

        private volatile boolean terminated;

        // only for the drain loop
        private boolean awaitingChunk;
        private boolean chunkOpened;

        CoderSubscriber(CoreSubscriber<? super int[]> actual, TokenCoder coder) {
            this.actual = actual;
            this.coder = coder;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            if (Operators.validate(upstream, subscription)) {
                upstream = subscription;
                actual.onSubscribe(this);
            }
        }

        @Override
        public void onNext(int[] next) {
            if (cancelled) {
                Operators.onDiscard(next, currentContext());
                return;
            }
            if (upstreamDone) {
                Operators.onNextDropped(next, currentContext());
                return;
            }
            if (chunk != null) {
                Operators.onDiscard(next, currentContext());
                onError(Operators.onOperatorError(
                        upstream,
                        Exceptions.failWithOverflow("upstream sent a chunk that was not requested"),
                        currentContext()));
                return;
            }
            chunk = next;
            drain();
        }

        @Override
        public void onError(Throwable error) {
            if (upstreamDone || cancelled) {
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

        @Override
        public void request(long n) {
            if (Operators.validate(n)) {
                Operators.addCap(REQUESTED, this, n);
                drain();
            }
        }

        @Override
        public void cancel() {
            if (!cancelled) {
                cancelled = true;
                requireUpstream().cancel();
                drain();
            }
        }

        /** Never runs twice at once, and never recursively: a signal from inside the loop is answered by its next turn. */
        private void drain() {
            if (WORK.getAndIncrement(this) != 0) {
                return;
            }
            int missed = 1;
            do {
                while (!terminated && advance()) {
                    // advance() does the work
                }
                if (terminated) {
                    discardChunk(); // one that came in while the stream was ending
                }
                missed = WORK.addAndGet(this, -missed);
            } while (missed != 0);
        }

        /** Does one thing; false if there is nothing to do before the next signal. */
        private boolean advance() {
            if (cancelled) {
                release();
                return false;
            }
            boolean noChunkFollows = upstreamDone; // read before the chunk, which may come between the two
            if (chunk != null) {
                return requested > 0 && codeChunk();
            }
            if (noChunkFollows) {
                return finish();
            }
            if (requested > 0 && !awaitingChunk) {
                awaitingChunk = true;
                requireUpstream().request(1);
                return true;
            }
            return false;
        }

        private boolean codeChunk() {
            int[] tokens = chunk;
            if (tokens == null) {
                return false;
            }
            if (!chunkOpened) {
                input.wrap(tokens);
                chunkOpened = true;
                awaitingChunk = false;
            }
            openRoom(tokens.length);
            Throwable failure = code();
            emit();
            if (failure != null) {
                fail(Operators.onOperatorError(upstream, failure, tokens, currentContext()));
                return false;
            }
            return true;
        }

        /** Codes as much of the chunk as there is room for; what went wrong, or null. */
        private @Nullable Throwable code() {
            try {
                CoderStatus status = coder.transform(input, output);
                if (status == CoderStatus.NEEDS_INPUT) {
                    status = coder.flush(output);
                }
                if (status == CoderStatus.NEEDS_INPUT) {
                    chunk = null;
                    chunkOpened = false;
                    input.wrap(NO_TOKENS); // the chunk is its owner's again
                }
                return null;
            } catch (Throwable failure) {
                // Reactor's way, and not swallowed: whatever a codec throws must end the stream, or it would hang
                Exceptions.throwIfFatal(failure);
                return failure;
            }
        }

        private boolean finish() {
            Throwable error = upstreamError;
            if (error != null) {
                fail(error);
                return false;
            }
            openRoom(0);
            if (requested == 0) {
                // without demand too: a stream that has nothing left to say completes at once
                output.wrap(NO_TOKENS);
            }
            boolean done = false;
            Throwable failure = null;
            try {
                done = coder.finish(output) == CoderStatus.DONE;
            } catch (Throwable thrown) { // as in code()
                Exceptions.throwIfFatal(thrown);
                failure = thrown;
            }
            boolean written = emit();
            if (failure != null) {
                fail(Operators.onOperatorError(null, failure, currentContext()));
            } else if (done && !cancelled) {
                release();
                actual.onComplete();
            }
            return written;
        }

        private void openRoom(int tokens) {
            int size = (int) Math.min(MOST_TOKENS, Math.max(LEAST_ROOM, (long) tokens * ROOM_PER_TOKEN));
            if (room.length < size) {
                room = new int[size];
            }
            output.wrap(room);
        }

        /** Sends what the coder wrote, if anything; there is demand for it. */
        private boolean emit() {
            int written = (int) output.position();
            if (written == 0) {
                return false;
            }
            int[] tokens = Arrays.copyOf(room, written);
            output.wrap(NO_TOKENS);
            Operators.produced(REQUESTED, this, 1);
            actual.onNext(tokens);
            return true;
        }

        private void fail(Throwable error) {
            upstreamDone = true;
            release();
            if (cancelled) {
                Operators.onErrorDropped(error, currentContext());
            } else {
                actual.onError(error);
            }
        }

        private void release() {
            terminated = true;
            coder.close();
            discardChunk();
        }

        private void discardChunk() {
            int[] left = chunk;
            chunk = null;
            if (left != null) {
                Operators.onDiscard(left, currentContext());
            }
        }

        private Subscription requireUpstream() {
            Subscription subscription = upstream;
            if (subscription == null) {
                throw new IllegalStateException("not subscribed");
            }
            return subscription;
        }

        @Override
        public Context currentContext() {
            return actual.currentContext();
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
                return terminated && !cancelled;
            }
            if (key == Attr.CANCELLED) {
                return cancelled;
            }
            if (key == Attr.REQUESTED_FROM_DOWNSTREAM) {
                return requested;
            }
            if (key == Attr.BUFFERED) {
                return chunk == null ? 0 : 1;
            }
            if (key == Attr.ERROR) {
                return upstreamError;
            }
            return key == Attr.RUN_STYLE ? Attr.RunStyle.SYNC : null;
        }
    }
}
