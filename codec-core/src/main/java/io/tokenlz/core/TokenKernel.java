package io.tokenlz.core;

/**
 * What the author of a codec writes: one direction of it, as a resumable machine over {@code int[]}, without a check of
 * its arguments.
 *
 * <p>A kernel is called only through the {@link TokenEncoder} or {@link TokenDecoder} that it is given to. They check
 * ranges and the order of calls before it runs and what it reports after it ran, bring every kind of memory to
 * {@code int[]}, and keep the stream's position. So a kernel may rely on valid ranges, and a decoder's kernel on a reset
 * after whatever it threw. An encoder's kernel is as it was before the token that it refuses.
 *
 * <p>Before {@link #run}, {@link #flush} or {@link #finish} returns or throws, it sets {@link #consumed} and
 * {@link #produced}. It must not allocate in steady state, write to its input, or write to its output past
 * {@link #produced}; nor may it remember either array. It is used by one thread at a time and need not be thread-safe.
 */
public abstract class TokenKernel {
    /** Tokens of the input range consumed by the last call. */
    protected int consumed;

    /** Tokens written to the output range by the last call, from its start and without gaps. */
    protected int produced;

    /** Tokens consumed by all calls before the present one; kept by the coder. */
    long streamPosition;

    /** Creates a kernel at the start of a stream. */
    protected TokenKernel() {}

    /**
     * Consumes input and writes output until one of them ends.
     *
     * @param input token IDs, never written to
     * @param inputStart index of the first token to consume
     * @param inputEnd index after the last token to consume, not below {@code inputStart}
     * @param output where tokens go
     * @param outputStart index of the first free place
     * @param outputEnd index after the last free place, not below {@code outputStart}
     * @return {@link CoderStatus#NEEDS_INPUT} only if all input was consumed and nothing that could be written is left,
     *     {@link CoderStatus#NEEDS_OUTPUT} only if the output range is full and there may be more to write, never
     *     {@link CoderStatus#DONE}
     * @throws MalformedTokenStreamException made by {@link #malformed}, with {@link #consumed} set to the tokens before
     *     the offending one; a decoder has written all of their output
     */
    protected abstract CoderStatus run(
            int[] input, int inputStart, int inputEnd, int[] output, int outputStart, int outputEnd);

    /**
     * Writes whatever makes all consumed tokens decodable; called again until it no longer needs output.
     *
     * @param output where tokens go
     * @param outputStart index of the first free place
     * @param outputEnd index after the last free place, not below {@code outputStart}
     * @return {@link CoderStatus#NEEDS_INPUT} if nothing is left to write, else {@link CoderStatus#NEEDS_OUTPUT} with the
     *     output range full
     */
    protected abstract CoderStatus flush(int[] output, int outputStart, int outputEnd);

    /**
     * Ends the stream: writes all that is left; called again until it is done. Unless a codec marks or checks the end,
     * that is what {@link #flush} does, and what this does.
     *
     * @param output where tokens go
     * @param outputStart index of the first free place
     * @param outputEnd index after the last free place, not below {@code outputStart}
     * @return {@link CoderStatus#DONE} if nothing is left to write, else {@link CoderStatus#NEEDS_OUTPUT} with the output
     *     range full
     * @throws MalformedTokenStreamException made by {@link #malformed}, if a decoder's stream must not end here
     */
    protected CoderStatus finish(int[] output, int outputStart, int outputEnd) {
        CoderStatus status = flush(output, outputStart, outputEnd);
        return status == CoderStatus.NEEDS_INPUT ? CoderStatus.DONE : status;
    }

    /** Returns to the start of a stream, at a cost that does not depend on how much was coded. */
    protected abstract void reset();

    /**
     * Memory that this kernel holds and may come to hold, fixed when it is made.
     *
     * @return bytes
     */
    protected abstract long stateBytes();

    /**
     * Describes the token at {@link #consumed}, or the end of the stream in {@link #finish}, as one that breaks the
     * stream's rules.
     *
     * @param expected what would have been accepted
     * @param found what was there
     * @return the exception to throw, with the position in the stream
     */
    protected final MalformedTokenStreamException malformed(String expected, String found) {
        return new MalformedTokenStreamException(streamPosition + consumed, expected, found);
    }
}
