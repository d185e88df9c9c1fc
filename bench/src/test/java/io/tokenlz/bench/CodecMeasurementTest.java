package io.tokenlz.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenlz.core.CoderStatus;
import io.tokenlz.core.TokenCodec;
import io.tokenlz.core.TokenDecoder;
import io.tokenlz.core.TokenEncoder;
import io.tokenlz.core.TokenKernel;
import org.junit.jupiter.api.Test;

class CodecMeasurementTest {
    @Test
    void aDecoderThatGoesWrongIsNotExact() {
        TokenCodec forgetful = new ForgetfulCodec();
        CodecMeasurement.Result result = new CodecMeasurement(forgetful, new int[] {1, 2, 3, 3}, 4).run(0);
        assertThat(result.exact()).isFalse();
        assertThat(result.firstDifference()).isEqualTo(3);
    }

    /** Encodes as it should and decodes a repeated token wrongly. */
    private static final class ForgetfulCodec implements TokenCodec {
        @Override
        public String name() {
            return "forgetful";
        }

        @Override
        public int vocabularySize() {
            return 10;
        }

        @Override
        public long encodedVocabularySize() {
            return 10;
        }

        @Override
        public TokenEncoder newEncoder() {
            return new TokenEncoder(new Copy(false));
        }

        @Override
        public TokenDecoder newDecoder() {
            return new TokenDecoder(new Copy(true));
        }
    }

    private static final class Copy extends TokenKernel {
        private final boolean wrong;
        private int previous = -1;

        Copy(boolean wrong) {
            this.wrong = wrong;
        }

        @Override
        protected CoderStatus run(
                int[] input, int inputStart, int inputEnd, int[] output, int outputStart, int outputEnd) {
            int count = Math.min(inputEnd - inputStart, outputEnd - outputStart);
            for (int i = 0; i < count; i++) {
                int token = input[inputStart + i];
                output[outputStart + i] = wrong && token == previous ? 0 : token;
                previous = token;
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
            previous = -1;
        }

        @Override
        protected long stateBytes() {
            return Integer.BYTES;
        }
    }
}
