package io.tokenlz.reactive;

import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * What an operator does to the chunks of one subscription. Writes into room of its own, from which chunks are taken as they
 * are requested; called by the drain loop alone, so it need not be thread-safe.
 *
 * @param <I> chunks that come in
 * @param <O> chunks that go out
 */
interface ChunkCoder<I, O> extends AutoCloseable {
    /** Begins on a chunk, which is only read; the one before was consumed. */
    void open(I chunk);

    /**
     * Codes on in the chunk.
     *
     * @return whether it was consumed, and is its owner's again; if not, the room {@link #isFull}
     */
    boolean consume();

    /** Tokens that a flush would send, the room's among them, as far as that is known. */
    long pendingTokens();

    /**
     * Makes all that was consumed ready to be taken.
     *
     * @return whether that is so; if not, the room is full, and the flush goes on when called again
     */
    boolean flush();

    /**
     * Ends the stream; called again until it is done.
     *
     * @return whether it is done; if not, the room is full
     */
    boolean finish();

    /** Whether nothing more can be consumed before a chunk is taken. */
    boolean isFull();

    /** Whether a chunk can be taken. */
    boolean hasOutput();

    /** Takes a chunk that is the subscriber's from now on; there is one. */
    O take();

    /** Lets go of a chunk that was not consumed. */
    default void discard(I chunk, Context context) {
        Operators.onDiscard(chunk, context);
    }

    /** Lets go of a chunk that came behind the end. */
    default void drop(I chunk, Context context) {
        Operators.onNextDropped(chunk, context);
    }

    /** Lets go of the coder and its room. */
    @Override
    void close();
}
