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
        for (int i = 0; i < count; i++) {
            int token = input[inputStart + i];
            if (Integer.compareUnsigned(token, vocabularySize) >= 0) {
                consumed = i;
                produced = i;
                throw malformed("a token below " + vocabularySize, "ID " + token);
            }
            output[outputStart + i] = token;
        }
        consumed = count;
        produced = count;
        return count == inputEnd - inputStart ? CoderStatus.NEEDS_INPUT : CoderStatus.NEEDS_OUTPUT;
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
