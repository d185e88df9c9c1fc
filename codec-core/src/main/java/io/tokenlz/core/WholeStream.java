package io.tokenlz.core;

import java.util.Arrays;

/** Runs a coder over one array, into an array that grows as needed. */
final class WholeStream {
    /** Some JVMs cannot allocate longer arrays. */
    private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    private static final int SHORTEST_ARRAY = 16;

    private WholeStream() {}

    static int[] transform(TokenCoder coder, int[] tokens, int mostTokens) {
        if (mostTokens < 0) {
            throw new IllegalArgumentException("mostTokens is negative: " + mostTokens);
        }
        int most = Math.min(mostTokens, LONGEST_ARRAY);
        ArrayTokenInput input = new ArrayTokenInput().wrap(tokens);
        int[] result = new int[Math.min(most, Math.max(tokens.length, SHORTEST_ARRAY))];
        ArrayTokenOutput output = new ArrayTokenOutput().wrap(result);
        int length = 0;
        boolean finishing = false; // once begun, a stream's end is only gone on with
        while (true) {
            CoderStatus status = finishing ? CoderStatus.NEEDS_INPUT : coder.transform(input, output);
            if (status == CoderStatus.NEEDS_INPUT) {
                finishing = true;
                status = coder.finish(output);
            }
            length += (int) output.position();
            if (status == CoderStatus.DONE) {
                return Arrays.copyOf(result, length);
            }
            if (length == most) {
                // a token whose expansion has not ended was consumed: it is the one that is too much
                boolean expanding = !finishing && coder.flush(new ArrayTokenOutput()) == CoderStatus.NEEDS_OUTPUT;
                throw new MalformedTokenStreamException(
                        coder.totalConsumed() - (expanding ? 1 : 0), "a stream of at most " + most + " tokens", "more");
            }
            result = Arrays.copyOf(result, (int) Math.min(most, 2L * length + SHORTEST_ARRAY));
            output.wrap(result, length, result.length - length);
        }
    }
}
