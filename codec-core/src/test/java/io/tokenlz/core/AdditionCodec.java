package io.tokenlz.core;

/** The smallest codec with a state: each token is sent as its sum with the one before, modulo the vocabulary. */
final class AdditionCodec implements TokenCodec {
    private final int vocabularySize;

    AdditionCodec(int vocabularySize) {
        this.vocabularySize = vocabularySize;
    }

    @Override
    public String name() {
        return "addition";
    }

    @Override
    public int vocabularySize() {
        return vocabularySize;
    }

    @Override
    public long encodedVocabularySize() {
        return vocabularySize;
    }

    @Override
    public TokenEncoder newEncoder() {
        return new TokenEncoder(new Kernel(true));
    }

    @Override
    public TokenDecoder newDecoder() {
        return new TokenDecoder(new Kernel(false));
    }

    private final class Kernel extends TokenKernel {
        private final boolean encoding;
        private int previous;

        Kernel(boolean encoding) {
            this.encoding = encoding;
        }

        @Override
        protected CoderStatus run(
                int[] input, int inputStart, int inputEnd, int[] output, int outputStart, int outputEnd) {
            int count = Math.min(inputEnd - inputStart, outputEnd - outputStart);
            for (int i = 0; i < count; i++) {
                int token = input[inputStart + i];
                if (token < 0 || token >= vocabularySize) {
                    consumed = i;
                    produced = i;
                    throw malformed("a token below " + vocabularySize, "ID " + token);
                }
                long sum = encoding ? (long) token + previous : (long) token - previous + vocabularySize;
                int coded = (int) (sum % vocabularySize);
                previous = encoding ? token : coded;
                output[outputStart + i] = coded;
            }
            consumed = count;
            produced = count;
            return inputStart + count == inputEnd ? CoderStatus.NEEDS_INPUT : CoderStatus.NEEDS_OUTPUT;
        }

        @Override
        protected CoderStatus flush(int[] output, int outputStart, int outputEnd) {
            produced = 0;
            return CoderStatus.NEEDS_INPUT;
        }

        @Override
        protected void reset() {
            previous = 0;
        }

        @Override
        protected long stateBytes() {
            return Integer.BYTES;
        }
    }
}
