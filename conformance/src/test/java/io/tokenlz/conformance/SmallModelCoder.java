package io.tokenlz.conformance;

import io.tokenlz.core.ArrayTokenInput;
import io.tokenlz.core.ArrayTokenOutput;
import io.tokenlz.core.CoderStatus;
import io.tokenlz.core.MalformedTokenStreamException;
import io.tokenlz.core.TokenCoder;
import java.util.Arrays;
import java.util.List;

/** Runs coders over whole short streams, of up to {@link #ROOM} tokens each way, and compares what comes out. */
final class SmallModelCoder {
    /** Stands for no flush. */
    static final int NO_FLUSH = -1;

    private static final int ROOM = 64;

    private final ArrayTokenInput input = new ArrayTokenInput();
    private final ArrayTokenOutput output = new ArrayTokenOutput();
    private final int[] encoded = new int[ROOM];
    private final int[] decoded = new int[ROOM];

    /**
     * Encodes a stream, flushed behind so many of its tokens or not at all.
     *
     * @return the length of the encoding, which {@link #requireBack} takes
     */
    int encode(TokenCoder encoder, int[] tokens, int flush) {
        return code(encoder, tokens, tokens.length, flush, encoded);
    }

    /** Requires that what was encoded last is decoded to what it was. */
    void requireBack(Object config, TokenCoder decoder, int[] tokens, int encodedLength) {
        int length = code(decoder, encoded, encodedLength, NO_FLUSH, decoded);
        if (!Arrays.equals(decoded, 0, length, tokens, 0, tokens.length)) {
            throw new AssertionError(config + ": " + Arrays.toString(tokens) + " came back as "
                    + Arrays.toString(Arrays.copyOf(decoded, length)));
        }
    }

    /**
     * Requires that a stream is decoded, or refused at the same position and after the same tokens, as an oracle says.
     *
     * @param refused the position that the oracle refused, or -1
     * @param expected what the oracle decoded
     */
    void requireDecoded(Object config, TokenCoder decoder, int[] ids, int refused, List<Integer> expected) {
        long position = -1;
        try {
            code(decoder, ids, ids.length, NO_FLUSH, decoded);
        } catch (MalformedTokenStreamException malformed) {
            position = malformed.position();
        }
        List<Integer> found =
                Arrays.stream(decoded, 0, (int) decoder.totalProduced()).boxed().toList();
        if (position != refused || !found.equals(expected)) {
            throw new AssertionError(config + ": " + Arrays.toString(ids) + " gave " + found + " up to " + position
                    + ", the oracle " + expected + " up to " + refused);
        }
    }

    private int code(TokenCoder coder, int[] source, int length, int flush, int[] target) {
        coder.reset();
        output.wrap(target);
        if (flush >= 0) {
            coder.transform(input.wrap(source, 0, flush), output);
            coder.flush(output);
        }
        int from = Math.max(0, flush);
        coder.transform(input.wrap(source, from, length - from), output);
        if (coder.finish(output) != CoderStatus.DONE) {
            throw new AssertionError("not finished: " + Arrays.toString(source));
        }
        return (int) output.position();
    }
}
