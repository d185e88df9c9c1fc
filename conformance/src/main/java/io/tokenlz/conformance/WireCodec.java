package io.tokenlz.conformance;

import io.tokenlz.core.ByteInput;
import io.tokenlz.core.ByteOutput;
import io.tokenlz.core.CoderStatus;
import io.tokenlz.core.TokenInput;
import io.tokenlz.core.TokenOutput;

/**
 * A format of bytes for token streams, fully configured: what {@link WireCodecContract} tests. The methods are those of
 * {@code FrameWriter} and {@code FrameReader}, and mean the same.
 *
 * <p>Thread-safe; what it makes is not.
 */
public interface WireCodec {
    /**
     * Makes a writer at the start of a stream.
     *
     * @return a new writer, owned by the caller
     */
    Writer newWriter();

    /**
     * Makes a reader at the start of a stream.
     *
     * @return a new reader, owned by the caller
     */
    Reader newReader();

    /** Turns one stream of tokens into bytes. Not thread-safe. */
    interface Writer extends AutoCloseable {
        /**
         * Consumes tokens and writes bytes, until the input is empty or the output full.
         *
         * @param input tokens to consume
         * @param output room for bytes
         * @return {@link CoderStatus#NEEDS_INPUT} or {@link CoderStatus#NEEDS_OUTPUT}
         * @throws io.tokenlz.core.MalformedTokenStreamException if a token is not of the vocabulary; all tokens before it are
         *     consumed, it is not, and the writer is unharmed
         * @throws IllegalStateException if the stream was finished, or the writer is closed
         */
        CoderStatus write(TokenInput input, ByteOutput output);

        /**
         * Makes all tokens consumed readable from the bytes written.
         *
         * @param output room for bytes
         * @return {@link CoderStatus#NEEDS_INPUT} when complete, else {@link CoderStatus#NEEDS_OUTPUT}
         * @throws IllegalStateException if the stream was finished, or the writer is closed
         */
        CoderStatus flush(ByteOutput output);

        /**
         * Ends the stream.
         *
         * @param output room for bytes
         * @return {@link CoderStatus#DONE} when complete, else {@link CoderStatus#NEEDS_OUTPUT}
         * @throws IllegalStateException if the writer is closed
         */
        CoderStatus finish(ByteOutput output);

        /**
         * Begins a new stream, in whatever state the present one is.
         *
         * @throws IllegalStateException if the writer is closed
         */
        void reset();

        /** Ends the use of this writer. Closing again does nothing. */
        @Override
        void close();
    }

    /** Turns the bytes of one stream into tokens. Not thread-safe. */
    interface Reader extends AutoCloseable {
        /**
         * Consumes bytes and writes tokens, until the input is empty, the output full, or the stream has ended. It takes no byte
         * behind the end.
         *
         * @param input bytes to consume
         * @param output room for tokens
         * @return {@link CoderStatus#NEEDS_INPUT}, {@link CoderStatus#NEEDS_OUTPUT}, or {@link CoderStatus#DONE} at the end
         * @throws RuntimeException of {@link WireCodecContract#refusal} if the bytes are no such stream
         * @throws IllegalStateException if the stream failed, or the reader is closed
         */
        CoderStatus read(ByteInput input, TokenOutput output);

        /**
         * Says that no more bytes will come.
         *
         * @throws RuntimeException of {@link WireCodecContract#refusal} if the stream has not ended
         */
        void finish();

        /**
         * Begins a new stream, in whatever state the present one is.
         *
         * @throws IllegalStateException if the reader is closed
         */
        void reset();

        /** Ends the use of this reader. Closing again does nothing. */
        @Override
        void close();
    }
}
