package io.tokenlz.hypertokens.embedding;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.lwjgl.opencl.CL10;
import org.lwjgl.opencl.CL11;
import org.lwjgl.opencl.CLEventCallback;

/**
 * Tells listeners of a driver's launches, on threads of OpenCL's. There is one callback for the whole process: one that is freed
 * while OpenCL still returns from it takes the JVM down. What it gets is a number that says whose launch it is.
 */
final class LwjglCompletions {
    /** Launches underway at a time. */
    private static final int UNDERWAY = 2;

    private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(10);

    /** By place; replaced, never changed. */
    private static volatile @Nullable LwjglCompletions[] open = {};

    private static final CLEventCallback CALLBACK = CLEventCallback.create(LwjglCompletions::completed);

    private final int place;
    private final long[] launches = new long[UNDERWAY];
    private final @Nullable LaunchListener[] listeners = new LaunchListener[UNDERWAY];
    private int pending;

    LwjglCompletions() {
        place = enter(this);
    }

    private static synchronized int enter(LwjglCompletions completions) {
        int free = 0;
        while (free < open.length && open[free] != null) {
            free++;
        }
        @Nullable LwjglCompletions[] more = Arrays.copyOf(open, Math.max(open.length, free + 1));
        more[free] = completions;
        open = more;
        return free;
    }

    private static synchronized void leave(int place) {
        @Nullable LwjglCompletions[] fewer = open.clone();
        fewer[place] = null;
        open = fewer;
    }

    /** Lets a listener be told what becomes of an event. Returns OpenCL's status. */
    int tell(long event, long launch, LaunchListener listener) {
        int turn = (int) (launch % UNDERWAY);
        synchronized (this) {
            launches[turn] = launch;
            listeners[turn] = listener;
            pending++;
        }
        int status = CL11.clSetEventCallback(event, CL10.CL_COMPLETE, CALLBACK, (long) place * UNDERWAY + turn);
        if (status != CL10.CL_SUCCESS) {
            told();
        }
        return status;
    }

    private static void completed(long event, int status, long number) {
        LwjglCompletions completions = open[(int) (number / UNDERWAY)];
        if (completions != null) {
            completions.completed((int) (number % UNDERWAY), status);
        }
    }

    private void completed(int turn, int status) {
        long launch;
        LaunchListener listener;
        synchronized (this) {
            launch = launches[turn];
            listener = listeners[turn];
        }
        if (listener != null && status == CL10.CL_COMPLETE) {
            listener.done(launch);
        } else if (listener != null) {
            listener.failed(launch, OpenClException.of("launch " + launch, status));
        }
        told();
    }

    private synchronized void told() {
        pending--;
        notifyAll();
    }

    /** Waits until all listeners were told; if a driver never does that, its place is not used again. */
    void close() {
        if (allTold()) {
            leave(place);
        }
    }

    private synchronized boolean allTold() {
        boolean interrupted = false;
        long start = System.nanoTime();
        while (pending > 0 && System.nanoTime() - start < LONGEST_WAIT) {
            try {
                wait(100);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return pending == 0;
    }
}
