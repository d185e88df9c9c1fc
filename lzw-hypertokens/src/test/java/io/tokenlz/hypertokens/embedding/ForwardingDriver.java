package io.tokenlz.hypertokens.embedding;

import java.nio.ByteBuffer;

/** Does what another driver does; for tests that change some of it. */
class ForwardingDriver implements OpenClDriver {
    private final OpenClDriver driver;

    ForwardingDriver(OpenClDriver driver) {
        this.driver = driver;
    }

    @Override
    public boolean isCpu() {
        return driver.isCpu();
    }

    @Override
    public long createBuffer(long bytes) {
        return driver.createBuffer(bytes);
    }

    @Override
    public void releaseBuffer(long buffer) {
        driver.releaseBuffer(buffer);
    }

    @Override
    public long createKernel(ElementType weights, String name) {
        return driver.createKernel(weights, name);
    }

    @Override
    public void releaseKernel(long kernel) {
        driver.releaseKernel(kernel);
    }

    @Override
    public void setBuffer(long kernel, int argument, long buffer) {
        driver.setBuffer(kernel, argument, buffer);
    }

    @Override
    public void setInt(long kernel, int argument, int value) {
        driver.setInt(kernel, argument, value);
    }

    @Override
    public void clear(long buffer, long bytes) {
        driver.clear(buffer, bytes);
    }

    @Override
    public void write(long buffer, long offset, ByteBuffer source) {
        driver.write(buffer, offset, source);
    }

    @Override
    public void read(long buffer, long offset, ByteBuffer target) {
        driver.read(buffer, offset, target);
    }

    @Override
    public void copy(long buffer, long from, long to, long bytes) {
        driver.copy(buffer, from, to, bytes);
    }

    @Override
    public void run(long kernel, long items0, long items1, long group0, long group1, boolean signals) {
        driver.run(kernel, items0, items1, group0, group1, signals);
    }

    @Override
    public void whenDone(long launch, LaunchListener listener) {
        driver.whenDone(launch, listener);
    }

    @Override
    public void finish() {
        driver.finish();
    }

    @Override
    public void close() {
        driver.close();
    }
}
