package io.tokenlz.core;

import org.jspecify.annotations.Nullable;

/**
 * One direction of a codec over one stream: a resumable machine that turns tokens into tokens.
 *
 * <p>Each call takes a window of input and a window of output, consumes what it can, writes what it can, moves the
 * windows' positions by just that, and says why it stopped. Where the stream is cut into windows, input or output, down
 * to one token at a time, never changes the tokens that come out; only the places of {@link #flush} may.
 *
 * <pre>{@code
 * coder.transform(input, output);      // any number of times, until all input is consumed
 * while (coder.finish(output) == CoderStatus.NEEDS_OUTPUT) {
 *     // hand on what was written and wrap output around fresh room
 * }
 * }</pre>
 *
 * <p>The coder allocates all its memory when it is made ({@link #stateBytes}) and none in steady state. It keeps no
 * reference to a window between calls. After a {@link MalformedTokenStreamException} what was written stays valid. A
 * decoder then refuses to go on until it is {@link #reset}, for what followed could not be trusted; an encoder is as it was
 * before the token that it refused. Token IDs are 0 … 2³¹−1.
 *
 * <p>Not thread-safe: one thread at a time. The classes that codecs use are {@link TokenEncoder} and
 * {@link TokenDecoder}.
 */
public abstract class TokenCoder implements AutoCloseable {
    /** Fewer tokens are not worth a read-ahead of their own. */
    private static final int LEAST_READ_AHEAD = 16;

    private enum Phase {
        RUNNING,
        FLUSHING,
        FINISHING,
        DONE,
        FAILED,
        CLOSED
    }

    private final TokenKernel kernel;
    private final boolean goesOnAfterRefusal;
    private Phase phase = Phase.RUNNING;
    private long totalProduced;

    TokenCoder(TokenKernel kernel, boolean goesOnAfterRefusal) {
        this.kernel = kernel;
        this.goesOnAfterRefusal = goesOnAfterRefusal;
    }

    /**
     * Consumes tokens and writes what they become, until the input is empty or the output full. A flush that is still
     * under way is completed first.
     *
     * @param input tokens to consume
     * @param output room for what they become; must not overlap the input
     * @return {@link CoderStatus#NEEDS_INPUT} or {@link CoderStatus#NEEDS_OUTPUT}
     * @throws MalformedTokenStreamException if a token breaks the stream's rules
     * @throws IllegalStateException if the stream was finished, failed, or the coder is closed
     * @throws IllegalArgumentException if both windows are of the same array and overlap
     */
    public final CoderStatus transform(TokenInput input, TokenOutput output) {
        return transform(input, Long.MAX_VALUE, output);
    }

    /**
     * The same, but consumes no more tokens than it is told: for those who cut a stream into parts of a given length.
     *
     * @param input tokens to consume
     * @param mostTokens the most of them to consume
     * @param output room for what they become; must not overlap the input
     * @return {@link CoderStatus#NEEDS_INPUT} once the input is empty or that many were consumed, or
     *     {@link CoderStatus#NEEDS_OUTPUT}
     * @throws MalformedTokenStreamException if a token breaks the stream's rules
     * @throws IllegalStateException if the stream was finished, failed, or the coder is closed
     * @throws IllegalArgumentException if both windows are of the same array and overlap, or {@code mostTokens} is negative
     */
    public final CoderStatus transform(TokenInput input, long mostTokens, TokenOutput output) {
        requireOpenStream();
        requireNoOverlap(input, output);
        if (mostTokens < 0) {
            throw new IllegalArgumentException("mostTokens is negative: " + mostTokens);
        }
        if (phase == Phase.FLUSHING && drain(Phase.FLUSHING, output) == CoderStatus.NEEDS_OUTPUT) {
            return CoderStatus.NEEDS_OUTPUT;
        }
        input.beginCall();
        long end = input.position() + Math.min(mostTokens, input.remaining());
        CoderStatus status;
        boolean goOn;
        do {
            int room = output.room();
            int available = (int) Math.min(input.load(Math.max(room, LEAST_READ_AHEAD)), end - input.position());
            status = step(input, available, output, room);
            goOn = status == CoderStatus.NEEDS_INPUT ? input.position() < end : output.remaining() > 0;
        } while (goOn);
        return status;
    }

    /**
     * Makes all tokens consumed so far decodable from what has been written, as soon as this returns
     * {@link CoderStatus#NEEDS_INPUT}. Until then call it (or {@link #transform}) again with more room; it stays the
     * same flush. A flush may cost compression. A decoder holds nothing back but for lack of room, so that its flush
     * only writes out the rest.
     *
     * @param output room for what is written
     * @return {@link CoderStatus#NEEDS_INPUT} when complete, else {@link CoderStatus#NEEDS_OUTPUT}
     * @throws IllegalStateException if the stream was finished, failed, or the coder is closed
     */
    public final CoderStatus flush(TokenOutput output) {
        requireOpenStream();
        phase = Phase.FLUSHING;
        return drain(Phase.FLUSHING, output);
    }

    /**
     * Ends the stream: writes all that is left. Call it again with more room until it returns {@link CoderStatus#DONE};
     * after that it does nothing.
     *
     * @param output room for what is written
     * @return {@link CoderStatus#DONE} when complete, else {@link CoderStatus#NEEDS_OUTPUT}
     * @throws MalformedTokenStreamException if a decoder's stream must not end here
     * @throws IllegalStateException if the stream failed or the coder is closed
     */
    public final CoderStatus finish(TokenOutput output) {
        if (phase == Phase.DONE) {
            return CoderStatus.DONE;
        }
        if (phase != Phase.FINISHING) {
            requireOpenStream();
            if (phase == Phase.FLUSHING && drain(Phase.FLUSHING, output) == CoderStatus.NEEDS_OUTPUT) {
                return CoderStatus.NEEDS_OUTPUT;
            }
            phase = Phase.FINISHING;
        }
        return drain(Phase.FINISHING, output);
    }

    /**
     * Codes a whole stream at once, from a reset to the end, into an array that grows as needed. What the coder knows of
     * the stream can be asked afterwards.
     *
     * @param tokens the stream; only read
     * @param mostTokens the most tokens to write; not more is ever allocated, but for rounding up
     * @return what was written
     * @throws MalformedTokenStreamException if a token breaks the stream's rules, the stream must not end there, or it
     *     becomes more tokens than that
     * @throws IllegalArgumentException if {@code mostTokens} is negative
     * @throws IllegalStateException if the coder is closed
     */
    public final int[] codeWhole(int[] tokens, int mostTokens) {
        reset();
        return WholeStream.transform(this, tokens, mostTokens);
    }

    /**
     * Makes this coder ready for a new stream, in whatever state the present one is, at a cost that does not depend on
     * how much was coded.
     *
     * @throws IllegalStateException if the coder is closed
     */
    public final void reset() {
        if (phase == Phase.CLOSED) {
            throw new IllegalStateException("coder is closed");
        }
        kernel.reset();
        kernel.streamPosition = 0;
        totalProduced = 0;
        phase = Phase.RUNNING;
    }

    /** Ends the use of this coder. What was not written is dropped. Closing again does nothing. */
    @Override
    public final void close() {
        phase = Phase.CLOSED;
    }

    /**
     * Tokens consumed since the start of the stream.
     *
     * @return tokens
     */
    public final long totalConsumed() {
        return kernel.streamPosition;
    }

    /**
     * Tokens written since the start of the stream.
     *
     * @return tokens
     */
    public final long totalProduced() {
        return totalProduced;
    }

    /**
     * Memory that this coder holds and may come to hold; it depends on the codec's configuration alone. Memory that a
     * codec shares among its coders is not counted.
     *
     * @return bytes
     */
    public final long stateBytes() {
        return kernel.stateBytes();
    }

    private CoderStatus step(TokenInput input, int available, TokenOutput output, int room) {
        int[] source = input.array();
        int from = input.arrayOffset();
        int[] target = output.array();
        int to = output.arrayOffset();
        Phase running = phase;
        phase = Phase.FAILED; // unless the kernel returns
        CoderStatus status;
        try {
            status = kernel.run(source, from, from + available, target, to, to + room);
        } catch (MalformedTokenStreamException malformed) {
            settle(input, available, output, room);
            phase = goesOnAfterRefusal ? running : Phase.FAILED;
            throw malformed;
        }
        boolean keptContract = (status == CoderStatus.NEEDS_INPUT && kernel.consumed == available)
                || (status == CoderStatus.NEEDS_OUTPUT && kernel.produced == room);
        requireKernel(keptContract, "run", status);
        settle(input, available, output, room);
        phase = running;
        return status;
    }

    private void settle(TokenInput input, int available, TokenOutput output, int room) {
        int consumed = kernel.consumed;
        int produced = kernel.produced;
        requireKernel(consumed >= 0 && consumed <= available, "run", null);
        requireKernel(produced >= 0 && produced <= room, "run", null);
        input.consume(consumed);
        kernel.streamPosition += consumed;
        output.commit(produced);
        totalProduced += produced;
    }

    /** Flushes or finishes, as often as the output's stage must be emptied for it. */
    private CoderStatus drain(Phase goal, TokenOutput output) {
        CoderStatus complete = goal == Phase.FINISHING ? CoderStatus.DONE : CoderStatus.NEEDS_INPUT;
        CoderStatus status;
        do {
            status = drainStep(goal, output);
            if (status == complete) {
                phase = goal == Phase.FINISHING ? Phase.DONE : Phase.RUNNING;
                return status;
            }
            phase = goal;
        } while (output.remaining() > 0);
        return status;
    }

    private CoderStatus drainStep(Phase goal, TokenOutput output) {
        int room = output.room();
        int[] target = output.array();
        int to = output.arrayOffset();
        phase = Phase.FAILED; // unless the kernel returns
        CoderStatus status;
        try {
            kernel.consumed = 0;
            status = goal == Phase.FINISHING
                    ? kernel.finish(target, to, to + room)
                    : kernel.flush(target, to, to + room);
        } catch (MalformedTokenStreamException malformed) {
            settleDrain(output, room);
            throw malformed;
        }
        CoderStatus complete = goal == Phase.FINISHING ? CoderStatus.DONE : CoderStatus.NEEDS_INPUT;
        boolean keptContract = status == complete || (status == CoderStatus.NEEDS_OUTPUT && kernel.produced == room);
        requireKernel(keptContract, "flush or finish", status);
        settleDrain(output, room);
        return status;
    }

    private void settleDrain(TokenOutput output, int room) {
        requireKernel(kernel.produced >= 0 && kernel.produced <= room, "flush or finish", null);
        output.commit(kernel.produced);
        totalProduced += kernel.produced;
    }

    private void requireOpenStream() {
        switch (phase) {
            case RUNNING, FLUSHING -> {}
            case FINISHING, DONE -> throw new IllegalStateException("stream is finished: reset() begins a new one");
            case FAILED ->
                throw new IllegalStateException(
                        "stream failed after " + kernel.streamPosition + " tokens: reset() begins a new one");
            case CLOSED -> throw new IllegalStateException("coder is closed");
        }
    }

    private static void requireNoOverlap(TokenInput input, TokenOutput output) {
        if (input.array() == output.array() && input.remaining() > 0 && output.remaining() > 0) {
            long inputStart = input.arrayOffset();
            long outputStart = output.arrayOffset();
            if (inputStart < outputStart + output.remaining() && outputStart < inputStart + input.remaining()) {
                throw new IllegalArgumentException("input and output windows overlap");
            }
        }
    }

    private void requireKernel(boolean kept, String method, @Nullable CoderStatus status) {
        if (!kept) {
            throw new IllegalStateException(kernel.getClass().getName() + "." + method + " broke its contract: status "
                    + status + ", consumed " + kernel.consumed + ", produced " + kernel.produced);
        }
    }
}
