package io.tokenlz.reactive;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.reactivestreams.Subscription;
import reactor.core.publisher.Operators;

/**
 * What makes an operator's signals, from any thread and from inside one another, one sequence of steps: whoever raises the
 * work from zero takes the steps, all others leave theirs to it. So steps never run twice at once and never recursively.
 */
abstract class DrainLoop implements Subscription {
    /** Steps after which the count of signals is brought down, so that no stream is long enough to make it overflow. */
    private static final int MOST_STEPS = 1 << 12;

    private static final AtomicIntegerFieldUpdater<DrainLoop> WORK =
            AtomicIntegerFieldUpdater.newUpdater(DrainLoop.class, "work");
    private static final AtomicLongFieldUpdater<DrainLoop> REQUESTED =
            AtomicLongFieldUpdater.newUpdater(DrainLoop.class, "requested");

    /** Signals that the loop has not answered yet, and one for the loop itself while it runs. */
    @SuppressWarnings("UnusedVariable") // read through WORK
    private volatile int work;

    /**
     * Whether upstream ever sent a chunk on its own, and not from inside our request: only the loop reads and writes this. A source
     * that makes its chunks inside requests keeps whoever requests from going on meanwhile.
     */
    private boolean pushed;

    private volatile long requested;
    private volatile boolean cancelled;
    private volatile boolean terminated;

    /** Does one thing; false if there is nothing to do before the next signal. Not called once this has terminated. */
    abstract boolean advance();

    /** Lets go of everything; called once, at the end or on cancellation. */
    abstract void release();

    /** Lets go of what came in while the stream was ending; called any number of times after {@link #release}. */
    abstract void dropLate();

    abstract void cancelUpstream();

    final void drain() {
        if (WORK.getAndIncrement(this) == 0) {
            takeAllSteps();
        }
    }

    /** The same for a chunk from upstream. */
    final void drainChunk() {
        if (WORK.getAndIncrement(this) == 0) {
            pushed = true;
            takeAllSteps();
        }
    }

    private void takeAllSteps() {
        int missed = 1;
        do {
            boolean goOn = takeSteps();
            // one is left while there is more to do, so that nobody else begins
            missed = WORK.addAndGet(this, goOn ? 1 - missed : -missed);
        } while (missed != 0);
    }

    /** Takes steps; whether there may be more to take at once. */
    private boolean takeSteps() {
        for (int step = 0; step < MOST_STEPS; step++) {
            if (cancelled && !terminated) {
                terminate();
            }
            if (terminated) {
                dropLate();
                return false;
            }
            if (!advance()) {
                return false;
            }
        }
        return true;
    }

    /** Ends this operator's work; for the loop alone. */
    final void terminate() {
        terminated = true;
        release();
    }

    /** A chunk was sent downstream. */
    final void produced() {
        Operators.produced(REQUESTED, this, 1);
    }

    @Override
    public final void request(long n) {
        if (Operators.validate(n)) {
            Operators.addCap(REQUESTED, this, n);
            drain();
        }
    }

    @Override
    public final void cancel() {
        if (!cancelled && !terminated) {
            cancelled = true;
            cancelUpstream();
            drain();
        }
    }

    final long requested() {
        return requested;
    }

    final boolean isPushed() {
        return pushed;
    }

    final boolean isCancelled() {
        return cancelled;
    }

    final boolean isTerminated() {
        return terminated;
    }
}
