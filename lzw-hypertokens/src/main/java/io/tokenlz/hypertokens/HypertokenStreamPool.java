package io.tokenlz.hypertokens;

import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Streams that have ended, kept for the next ones: to reset one costs less than to allocate its codebook.
 *
 * <p>Thread-safe; a stream itself is used by one thread at a time.
 */
public final class HypertokenStreamPool {
    private final HypertokenConfig config;
    private final ArrayBlockingQueue<HypertokenStream> idle;

    /**
     * Makes an empty pool.
     *
     * @param config a model's sizes, protected IDs and replay rule
     * @param mostIdle streams that are kept at most, 1 or more; others that come back are left to the garbage collector
     * @throws IllegalArgumentException if that is less than 1
     */
    public HypertokenStreamPool(HypertokenConfig config, int mostIdle) {
        if (mostIdle < 1) {
            throw new IllegalArgumentException("mostIdle must be at least 1, is " + mostIdle);
        }
        this.config = Objects.requireNonNull(config);
        this.idle = new ArrayBlockingQueue<>(mostIdle);
    }

    /**
     * Takes a stream out of the pool, or opens one.
     *
     * @return a stream at its start, which is the caller's until it is given back
     */
    public HypertokenStream acquire() {
        @Nullable HypertokenStream stream = idle.poll();
        if (stream == null) {
            return new HypertokenStream(config);
        }
        stream.leavePool();
        return stream;
    }

    /**
     * Gives a stream back. It is reset, and must not be used any more.
     *
     * @param stream of this pool's configuration
     * @throws IllegalArgumentException if it is of another configuration
     * @throws IllegalStateException if it was given back before
     */
    public void release(HypertokenStream stream) {
        if (!stream.config().equals(config)) {
            throw new IllegalArgumentException("stream is of " + stream.config() + ", the pool of " + config);
        }
        stream.enterPool();
        idle.offer(stream); // one too many is nobody's from now on, and can't be given back again either
    }

    /**
     * Streams that wait in the pool.
     *
     * @return 0 … what it keeps at most
     */
    public int idleStreams() {
        return idle.size();
    }
}
