package io.tokenlz.hypertokens.embedding;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Lets calls of a driver fail, at once or later, holds completions back, and knows the handles that are not released. */
final class FaultyDriver extends ForwardingDriver {
    /** The call that fails, counted from 0; none by default. */
    volatile long failingCall = -1;

    /** The launch that fails when its rows should be done. */
    volatile long failingLaunch = -1;

    volatile boolean holdsCompletions;
    volatile boolean closed;

    final AtomicLong calls = new AtomicLong();
    private final Set<String> handles = new HashSet<>();
    private final Queue<Runnable> held = new ArrayDeque<>();

    FaultyDriver(OpenClDriver driver) {
        super(driver);
    }

    OpenClBackend backend() {
        return new OpenClBackend(options -> this);
    }

    private void call(String name) {
        if (calls.getAndIncrement() == failingCall) {
            throw OpenClException.of("injected: " + name, -5);
        }
    }

    /** What was made and not released. */
    Set<String> handles() {
        return handles;
    }

    private void released(String handle) {
        if (!handles.remove(handle)) {
            throw new AssertionError(handle + " is not there to be released");
        }
    }

    @Override
    public long createBuffer(long bytes) {
        call("createBuffer");
        long buffer = super.createBuffer(bytes);
        handles.add("buffer " + buffer);
        return buffer;
    }

    @Override
    public void releaseBuffer(long buffer) {
        released("buffer " + buffer);
        super.releaseBuffer(buffer);
    }

    @Override
    public long createKernel(ElementType weights, String name) {
        call("createKernel");
        long kernel = super.createKernel(weights, name);
        handles.add("kernel " + kernel);
        return kernel;
    }

    @Override
    public void releaseKernel(long kernel) {
        released("kernel " + kernel);
        super.releaseKernel(kernel);
    }

    @Override
    public void setBuffer(long kernel, int argument, long buffer) {
        call("setBuffer");
        super.setBuffer(kernel, argument, buffer);
    }

    @Override
    public void setInt(long kernel, int argument, int value) {
        call("setInt");
        super.setInt(kernel, argument, value);
    }

    @Override
    public void clear(long buffer, long bytes) {
        call("clear");
        super.clear(buffer, bytes);
    }

    @Override
    public void write(long buffer, long offset, ByteBuffer source) {
        call("write");
        super.write(buffer, offset, source);
    }

    @Override
    public void read(long buffer, long offset, ByteBuffer target) {
        call("read");
        super.read(buffer, offset, target);
    }

    @Override
    public void copy(long buffer, long from, long to, long bytes) {
        call("copy");
        super.copy(buffer, from, to, bytes);
    }

    @Override
    public void run(long kernel, long items0, long items1, long group0, long group1, boolean signals) {
        call("run");
        super.run(kernel, items0, items1, group0, group1, signals);
    }

    @Override
    public void whenDone(long launch, LaunchListener listener) {
        call("whenDone");
        super.whenDone(launch, new LaunchListener() {
            @Override
            public void done(long launch) {
                if (launch == failingLaunch) {
                    hold(() -> listener.failed(launch, OpenClException.of("injected: launch", -14)));
                } else {
                    hold(() -> listener.done(launch));
                }
            }

            @Override
            public void failed(long launch, Throwable cause) {
                hold(() -> listener.failed(launch, cause));
            }
        });
    }

    private synchronized void hold(Runnable completion) {
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

    @Override
    public void finish() {
        call("finish");
        super.finish();
    }

    @Override
    public void close() {
        closed = true;
        super.close();
    }
}
