package io.tokenlz.conformance;

import io.tokenlz.core.CoderStatus;
import io.tokenlz.core.TokenCodec;
import io.tokenlz.core.TokenDecoder;
import io.tokenlz.core.TokenEncoder;
import io.tokenlz.core.TokenKernel;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/**
 * The codec implementer's code: a kernel for each direction, a codec that makes them, and a test of a few lines. The codec
 * sends a run of a token as the token and then, above the vocabulary, how often it comes again.
 */
class CodecImplementerTest extends TokenCodecContract {
    @Override
    protected Arbitrary<CodecCase> cases() {
        return Arbitraries.integers()
                .between(1, 5)
                .flatMap(size -> TokenArbitraries.streams(
                                IntStream.range(0, size).boxed().toList(), 120)
                        .map(tokens -> new CodecCase(new RunLengthCodec(size), tokens)));
    }

    private record RunLengthCodec(int vocabularySize) implements TokenCodec {
        static final int LONGEST_REPEAT = 4;

        @Override
        public String name() {
            return "run-length";
        }

        @Override
        public long encodedVocabularySize() {
            return vocabularySize + (long) LONGEST_REPEAT;
        }

        @Override
        public TokenEncoder newEncoder() {
            return new TokenEncoder(new Packing(vocabularySize));
        }

        @Override
        public TokenDecoder newDecoder() {
            return new TokenDecoder(new Unpacking(vocabularySize));
        }
    }

    private static final class Packing extends TokenKernel {
        private final int vocabularySize;
        private int previous = -1;
        private int repeats;

        Packing(int vocabularySize) {
            this.vocabularySize = vocabularySize;
        }

        @Override
        protected CoderStatus run(
                int[] input, int inputStart, int inputEnd, int[] output, int outputStart, int outputEnd) {
            consumed = 0;
            produced = 0;
            while (inputStart + consumed < inputEnd) {
                int token = input[inputStart + consumed];
                if (token < 0 || token >= vocabularySize) {
                    throw malformed("a token below " + vocabularySize, "ID " + token);
                }
                boolean repeated = token == previous && repeats < RunLengthCodec.LONGEST_REPEAT;
                if (!repeated && outputEnd - outputStart - produced < (repeats > 0 ? 2 : 1)) {
                    // both places or none: but the output must be full when more of it is asked for
                    if (repeats == 0 || outputStart + produced == outputEnd) {
                        return CoderStatus.NEEDS_OUTPUT;
                    }
                    endRun(output, outputStart);
                    return CoderStatus.NEEDS_OUTPUT;
                }
                consumed++;
                if (repeated) {
                    repeats++;
                } else {
                    endRun(output, outputStart);
                    output[outputStart + produced++] = token;
                    previous = token;
                }
            }
            return CoderStatus.NEEDS_INPUT;
        }

        private void endRun(int[] output, int outputStart) {
            if (repeats > 0) {
                output[outputStart + produced++] = vocabularySize + repeats - 1;
                repeats = 0;
                previous = -1;
            }
        }

        @Override
        protected CoderStatus flush(int[] output, int outputStart, int outputEnd) {
            produced = 0;
            if (repeats > 0 && outputStart == outputEnd) {
                return CoderStatus.NEEDS_OUTPUT;
            }
            endRun(output, outputStart);
            return CoderStatus.NEEDS_INPUT;
        }

        @Override
        protected void reset() {
            previous = -1;
            repeats = 0;
        }

        @Override
        protected long stateBytes() {
            return 2 * Integer.BYTES;
        }
    }

    private static final class Unpacking extends TokenKernel {
        private final int vocabularySize;
        private int previous = -1;
        private int owed;

        Unpacking(int vocabularySize) {
            this.vocabularySize = vocabularySize;
        }

        @Override
        protected CoderStatus run(
                int[] input, int inputStart, int inputEnd, int[] output, int outputStart, int outputEnd) {
            consumed = 0;
            produced = 0;
            while (true) {
                if (!pay(output, outputStart, outputEnd)) {
                    return CoderStatus.NEEDS_OUTPUT;
                }
                if (inputStart + consumed == inputEnd) {
                    return CoderStatus.NEEDS_INPUT;
                }
                if (outputStart + produced == outputEnd) {
                    return CoderStatus.NEEDS_OUTPUT;
                }
                int id = input[inputStart + consumed];
                if (id >= 0 && id < vocabularySize) {
                    previous = id;
                    owed = 1;
                } else if (previous >= 0 && id >= 0 && id - vocabularySize < RunLengthCodec.LONGEST_REPEAT) {
                    owed = id - vocabularySize + 1;
                } else {
                    throw malformed("a token, or a repeat of one", "ID " + id);
                }
                consumed++;
            }
        }

        private boolean pay(int[] output, int outputStart, int outputEnd) {
            while (owed > 0 && outputStart + produced < outputEnd) {
                output[outputStart + produced++] = previous;
                owed--;
            }
            return owed == 0;
        }

        @Override
        protected CoderStatus flush(int[] output, int outputStart, int outputEnd) {
            produced = 0;
            return pay(output, outputStart, outputEnd) ? CoderStatus.NEEDS_INPUT : CoderStatus.NEEDS_OUTPUT;
        }

        @Override
        protected void reset() {
            previous = -1;
            owed = 0;
        }

        @Override
        protected long stateBytes() {
            return 2 * Integer.BYTES;
        }
    }
}
