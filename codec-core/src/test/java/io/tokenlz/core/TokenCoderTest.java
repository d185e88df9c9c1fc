package io.tokenlz.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenlz.metatokens.MetaTokenCodec;
import io.tokenlz.metatokens.MetaTokenConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenCoderTest {
    private final ArrayTokenInput input = new ArrayTokenInput();
    private final ArrayTokenOutput output = new ArrayTokenOutput();

    @Test
    void whatWasWrittenBeforeAMalformedTokenStaysValid() {
        TokenEncoder encoder = new AdditionCodec(10).newEncoder();
        int[] room = new int[8];
        encoder.transform(input.wrap(new int[] {1, 2}), output.wrap(room));
        input.wrap(new int[] {3, 4, 77, 5});
        assertThatThrownBy(() -> encoder.transform(input, output))
                .isInstanceOfSatisfying(MalformedTokenStreamException.class, malformed -> {
                    assertThat(malformed.position()).isEqualTo(4);
                    assertThat(malformed.expected()).isEqualTo("a token below 10");
                    assertThat(malformed.found()).isEqualTo("ID 77");
                    assertThat(malformed).hasMessageContaining("position 4");
                });
        assertThat(input.position()).isEqualTo(2);
        assertThat(output.position()).isEqualTo(4);
        assertThat(room).startsWith(1, 3, 5, 7);
        assertThat(encoder.totalConsumed()).isEqualTo(4);
        assertThat(encoder.totalProduced()).isEqualTo(4);
        // the encoder is unharmed and refuses the same token again
        assertThatThrownBy(() -> encoder.transform(input, output)).hasMessageContaining("position 4");
        assertThat(encoder.finish(output)).isEqualTo(CoderStatus.DONE);

        TokenDecoder decoder = new AdditionCodec(10).newDecoder();
        assertThatThrownBy(() -> decoder.transform(input.wrap(new int[] {3, 77}), output.wrap(room)))
                .hasMessageContaining("position 1");
        assertThatThrownBy(() -> decoder.transform(input, output))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("failed after 1 tokens");
    }

    @Test
    void aFlushWithoutRoomIsCompletedByWhateverComesNext() {
        MetaTokenCodec codec = new MetaTokenCodec(MetaTokenConfig.of(10));
        int[] room = new int[6];
        TokenEncoder encoder = codec.newEncoder();
        assertThat(encoder.transform(input.wrap(new int[] {1, 2, 3}), output)).isEqualTo(CoderStatus.NEEDS_INPUT);
        assertThat(encoder.flush(output)).isEqualTo(CoderStatus.NEEDS_OUTPUT);
        assertThat(encoder.flush(output.wrap(room, 0, 1))).isEqualTo(CoderStatus.NEEDS_OUTPUT);
        input.wrap(new int[] {4});
        assertThat(encoder.transform(input, output.wrap(room, 1, 1))).isEqualTo(CoderStatus.NEEDS_OUTPUT);
        assertThat(input.remaining())
                .as("nothing is consumed before the flush is complete")
                .isOne();
        assertThat(encoder.transform(input, output.wrap(room, 2, 1))).isEqualTo(CoderStatus.NEEDS_INPUT);
        assertThat(encoder.finish(output.wrap(room, 3, 3))).isEqualTo(CoderStatus.DONE);
        assertThat(room).startsWith(1, 2, 3, 4);
        assertThat(output.position()).isOne();
    }

    @Test
    void aBoundedDecodeRefusesMore() {
        AdditionCodec codec = new AdditionCodec(10);
        int[] tokens = new int[100];
        int[] encoded = codec.encode(tokens);
        assertThat(codec.decode(encoded, 100)).isEqualTo(tokens);
        assertThatThrownBy(() -> codec.decode(encoded, 99))
                .isInstanceOf(MalformedTokenStreamException.class)
                .hasMessageContaining("at most 99 tokens");
        assertThatThrownBy(() -> codec.decode(encoded, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(codec.decode(new int[0], 0)).isEmpty();
    }

    @Test
    void anEndThatNeedsMoreRoomThanTheStreamIsGoneOnWith() {
        for (int length = 0; length <= 40; length++) {
            TokenEncoder encoder = new TokenEncoder(new TrailingKernel());
            int[] tokens = new int[length];
            assertThat(encoder.codeWhole(tokens, 1000)).hasSize(length + TrailingKernel.TRAILER);
            assertThat(encoder.codeWhole(tokens, length + TrailingKernel.TRAILER))
                    .as("the same coder again")
                    .hasSize(length + TrailingKernel.TRAILER);
            int oneLess = length + TrailingKernel.TRAILER - 1;
            long end = length;
            assertThatThrownBy(() -> encoder.codeWhole(tokens, oneLess))
                    .isInstanceOfSatisfying(
                            MalformedTokenStreamException.class,
                            malformed -> assertThat(malformed.position()).isEqualTo(end));
        }
    }

    /** Copies, and ends a stream with a trailer much longer than most streams of this test. */
    private static final class TrailingKernel extends TokenKernel {
        static final int TRAILER = 50;

        private int trailerWritten;

        @Override
        protected CoderStatus run(int[] in, int inputStart, int inputEnd, int[] out, int outputStart, int outputEnd) {
            int count = Math.min(inputEnd - inputStart, outputEnd - outputStart);
            System.arraycopy(in, inputStart, out, outputStart, count);
            consumed = count;
            produced = count;
            return inputStart + count == inputEnd ? CoderStatus.NEEDS_INPUT : CoderStatus.NEEDS_OUTPUT;
        }

        @Override
        protected CoderStatus flush(int[] out, int outputStart, int outputEnd) {
            produced = 0;
            return CoderStatus.NEEDS_INPUT;
        }

        @Override
        protected CoderStatus finish(int[] out, int outputStart, int outputEnd) {
            produced = Math.min(TRAILER - trailerWritten, outputEnd - outputStart);
            trailerWritten += produced;
            return trailerWritten == TRAILER ? CoderStatus.DONE : CoderStatus.NEEDS_OUTPUT;
        }

        @Override
        protected void reset() {
            trailerWritten = 0;
        }

        @Override
        protected long stateBytes() {
            return Integer.BYTES;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "NEEDS_INPUT, 0, 0", // but there is input
        "NEEDS_OUTPUT, 1, 0", // but there is room
        "DONE, 2, 2", // run() is never done
        "NEEDS_INPUT, 3, 0",
        "NEEDS_OUTPUT, 0, 3",
        "NEEDS_OUTPUT, -1, 2",
    })
    void aKernelThatBreaksItsContractIsCaught(CoderStatus status, int consumed, int produced) {
        TokenEncoder encoder = new TokenEncoder(new LyingKernel(status, consumed, produced));
        input.wrap(new int[2]);
        output.wrap(new int[2]);
        assertThatThrownBy(() -> encoder.transform(input, output))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("broke its contract");
        assertThatThrownBy(() -> encoder.transform(input, output)).hasMessageContaining("failed");
    }

    private static final class LyingKernel extends TokenKernel {
        private final CoderStatus status;
        private final int claimedConsumed;
        private final int claimedProduced;

        LyingKernel(CoderStatus status, int consumed, int produced) {
            this.status = status;
            this.claimedConsumed = consumed;
            this.claimedProduced = produced;
        }

        @Override
        protected CoderStatus run(int[] in, int inputStart, int inputEnd, int[] out, int outputStart, int outputEnd) {
            consumed = claimedConsumed;
            produced = claimedProduced;
            return status;
        }

        @Override
        protected CoderStatus flush(int[] out, int outputStart, int outputEnd) {
            return status;
        }

        @Override
        protected CoderStatus finish(int[] out, int outputStart, int outputEnd) {
            return status;
        }

        @Override
        protected void reset() {}

        @Override
        protected long stateBytes() {
            return 0;
        }
    }
}
