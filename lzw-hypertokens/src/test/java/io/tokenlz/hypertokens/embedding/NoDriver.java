package io.tokenlz.hypertokens.embedding;

import java.nio.ByteBuffer;

/** Does nothing: for tests of what becomes of handles, where there is no device. */
final class NoDriver implements OpenClDriver {
    private long handles;

    @Override
    public boolean isCpu() {
        return true;
    }

    @Override
    public long createBuffer(long bytes) {
        return ++handles;
    }

    @Override
    public void releaseBuffer(long buffer) {}

    @Override
    public long createKernel(ElementType weights, String name) {
        return ++handles;
    }

    @Override
    public void releaseKernel(long kernel) {}

    @Override
    public void setBuffer(long kernel, int argument, long buffer) {}

    @Override
    public void setInt(long kernel, int argument, int value) {}

    @Override
    public void clear(long buffer, long bytes) {}

    @Override
    public void write(long buffer, long offset, ByteBuffer source) {}

    @Override
    public void read(long buffer, long offset, ByteBuffer target) {}

    @Override
    public void copy(long buffer, long from, long to, long bytes) {}

    @Override
    public void run(long kernel, long items0, long items1, long group0, long group1, boolean signals) {}

    @Override
    public void whenDone(long launch, LaunchListener listener) {
        listener.done(launch);
    }

    @Override
    public void finish() {}

    @Override
    public void close() {}
}
