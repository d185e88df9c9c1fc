package io.tokenlz.hypertokens.embedding;

import java.nio.ByteBuffer;

/**
 * What a table needs of OpenCL: one device, and one queue that does everything in order. Between the table and LWJGL, so that no
 * class of LWJGL is loaded before a table is opened, and that tests can let calls fail. Handles are released by whoever made them.
 * For one thread at a time; what OpenCL refuses is an
 * {@link OpenClException}, but nothing that is released is refused.
 */
interface OpenClDriver extends AutoCloseable {
    /** Whether the device is a CPU: few threads, each with vectors and a cache of its own. */
    boolean isCpu();

    /** Memory for 1 byte or more. */
    long createBuffer(long bytes);

    void releaseBuffer(long buffer);

    /** A kernel of kernels.cl, built for weights of a type. Its arguments are its own, and stay set. */
    long createKernel(ElementType weights, String name);

    void releaseKernel(long kernel);

    void setBuffer(long kernel, int argument, long buffer);

    void setInt(long kernel, int argument, int value);

    /** Fills a buffer with zeros. */
    void clear(long buffer, long bytes);

    /** Writes from a direct buffer's position to its limit; it must be left alone until that is done. */
    void write(long buffer, long offset, ByteBuffer source);

    /** Reads a direct buffer full from its position to its limit, and waits for that. */
    void read(long buffer, long offset, ByteBuffer target);

    void copy(long buffer, long from, long to, long bytes);

    /**
     * Runs a kernel for items0 · items1 work-items, in groups whose sizes divide these.
     *
     * @param signals whether {@link #whenDone} comes next
     */
    void run(long kernel, long items0, long items1, long group0, long group1, boolean signals);

    /** Tells a listener when what came last, a copy or a kernel that signals, is done or failed. At most two may be underway. */
    void whenDone(long launch, LaunchListener listener);

    /** Waits for all that came before. */
    void finish();

    /** Waits for what is underway, and for listeners that are being told; releases the device. No handle may be left. */
    @Override
    void close();
}
