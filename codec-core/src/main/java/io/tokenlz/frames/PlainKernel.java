package io.tokenlz.frames;

import io.tokenlz.core.CoderStatus;
import io.tokenlz.core.TokenKernel;

/** The codec stage of streams without a codec: tokens pass as they are, if they are of the vocabulary. */
final class PlainKernel extends TokenKernel {
    private final int vocabularySize;

    PlainKernel(int vocabularySize) {
        this.vocabularySize = vocabularySize;
    }

    @Override
    protected CoderStatus run(int[] input, int inputStart, int inputEnd, int[] output, int outputStart, int outputEnd) {
        int count = Math.min(inputEnd - inputStart, outputEnd - outputStart);
        int beyond = 0;
        for (int i = inputStart; i < inputStart + count; i++) {
            int token = input[i];
            // negative for tokens that are, and for those above the vocabulary
            beyond |= token | (vocabularySize - 1 - token);
        }
        if (beyond < 0) {
            count = tokensBelow(input, inputStart, count);
            System.arraycopy(input, inputStart, output, outputStart, count);
            consumed = count;
            produced = count;
            throw malformed("a token below " + vocabularySize, "ID " + input[inputStart + count]);
        }
        System.arraycopy(input, inputStart, output, outputStart, count);
        consumed = count;
        produced = count;
        return count == inputEnd - inputStart ? CoderStatus.NEEDS_INPUT : CoderStatus.NEEDS_OUTPUT;
    }

    /** Tokens before the first that is not of the vocabulary. */
    private int tokensBelow(int[] input, int from, int count) {
        int passed = 0;
        while (passed < count && Integer.compareUnsigned(input[from + passed], vocabularySize) < 0) {
            passed++;
        }
        return passed;
    }

    @Override
    protected CoderStatus flush(int[] output, int outputStart, int outputEnd) {
        produced = 0;
        return CoderStatus.NEEDS_INPUT;
    }

    @Override
    protected void reset() {
        // nothing is remembered
    }

    @Override
    protected long stateBytes() {
        return 0;
    }
}
