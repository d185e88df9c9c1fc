package io.tokenlz.hypertokens.embedding;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** Lets the reference backend's device fail: allocation n, launch n, at once or later; or holds completions and launches back. */
final class FaultyDevice extends HostDevice {
    long failingAllocation = -1;
    volatile long failingLaunch = -1;

    /** Whether a launch that fails is told to the listener, as by a device, instead of thrown. */
    volatile boolean failsLater;

    volatile boolean holdsCompletions;

    /** Open by default; another one stops launches until it is counted down. */
    volatile CountDownLatch gate = new CountDownLatch(0);

    final AtomicLong launches = new AtomicLong();
    private long allocations;
    private final Queue<Runnable> held = new ArrayDeque<>();

    long allocations() {
        return allocations;
    }

    private void allocating() {
        if (allocations++ == failingAllocation) {
            throw new OutOfMemoryError("injected");
        }
    }

    @Override
    float[] floats(int count) {
        allocating();
        return super.floats(count);
    }

    @Override
    double[] doubles(int count) {
        allocating();
        return super.doubles(count);
    }

    @Override
    short[] shorts(int count) {
        allocating();
        return super.shorts(count);
    }

    @Override
    void launching(long launch) {
        launches.incrementAndGet();
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (launch == failingLaunch && !failsLater) {
            throw new IllegalStateException("injected: device lost");
        }
    }

    @Override
    synchronized void completed(long launch, LaunchListener listener) {
        if (launch == failingLaunch) {
            hold(() -> listener.failed(launch, new IllegalStateException("injected: failed later")));
        } else {
            hold(() -> super.completed(launch, listener));
        }
    }

    private void hold(Runnable completion) {
        if (holdsCompletions) {
            held.add(completion);
        } else {
            completion.run();
        }
    }

    /** Lets the next completion that is held through. */
    synchronized boolean release() {
        Runnable next = held.poll();
        if (next != null) {
            next.run();
        }
        return next != null;
    }
}
