package io.tokenlz.reactive;

import java.nio.ByteBuffer;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * What must be known of a kind of buffer to read it and to let go of it.
 *
 * @param <I> the kind
 */
interface BufferKind<I> {
    /** The JDK's: nothing has to be done to let go of one, but whoever pools them may want to know. */
    BufferKind<ByteBuffer> BYTE_BUFFER = ByteBuffer::duplicate;

    /**
     * A view of the bytes; the buffer's own position stays, for it is another subscriber's business too.
     *
     * @throws IllegalArgumentException if there are none to be seen, for it is no such text
     */
    ByteBuffer view(I chunk);

    /** All of a chunk was read. */
    default void consumed(I chunk) {
        // it is its owner's
    }

    /** A chunk is left behind. */
    default void discard(I chunk, Context context) {
        Operators.onDiscard(chunk, context);
    }

    /** A chunk came behind the end. */
    default void drop(I chunk, Context context) {
        Operators.onNextDropped(chunk, context);
    }
}
