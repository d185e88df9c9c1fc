package io.tokenlz.frames;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenlz.core.ArrayTokenInput;
import io.tokenlz.core.BufferByteOutput;
import io.tokenlz.core.CoderStatus;
import io.tokenlz.frames.FrameWriterOptions.Level;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The model of the encoding "modelled" (FORMAT.md, section 8); what it makes of tokens is shown by the vectors. */
class TokenModelTest {
    private static final int VOCABULARY = 5000;
    private static final int FARTHEST = (1 << 20) - 41;

    /** A reset goes over what was written to alone, and must miss nothing of it. */
    @Test
    void aModelThatWasResetIsLikeANewOne() {
        BitCoder usedBits = new BitCoder();
        TokenModel used = new TokenModel(usedBits, VOCABULARY);
        for (int seed = 0; seed < 30; seed++) {
            int[] tokens = SeedStreams.tokens(new Random(seed), VOCABULARY, 1 << (seed % 13));
            BitCoder newBits = new BitCoder();
            byte[] expected = coded(new TokenModel(newBits, VOCABULARY), newBits, tokens);
            used.reset();
            assertThat(coded(used, usedBits, tokens))
                    .as("tokens of seed " + seed)
                    .isEqualTo(expected);
        }
    }

    /**
     * A match reaches 2²⁰−41 tokens back and no further (section 8.5): 3,000 tokens come again at that distance, at one less and
     * one more. {@code tlz_reader.py}, which shares nothing with this model, has read these streams back.
     */
    @ParameterizedTest
    @CsvSource({"-1, 4705, AC86F972", "0, 4704, 2BA096A1", "1, 4737, FD4829E6", "3000, 4736, 609045E4"})
    void aMatchReachesSoFarAndNoFurther(int beyond, int length, String checksum) {
        int part = 3000;
        int[] tokens = new int[FARTHEST + beyond + part];
        Arrays.fill(tokens, 7);
        for (int i = 0; i < part; i++) {
            tokens[i] = (int) (TokenShape.mixed(i) % VOCABULARY);
            tokens[i + FARTHEST + beyond] = tokens[i];
        }
        ByteBuffer bytes = ByteBuffer.allocate(10_000);
        FrameWriterOptions options =
                FrameWriterOptions.DEFAULT.withLevel(Level.SMALLEST).withBlockTokens(StreamFormat.MOST_FRAME_TOKENS);
        try (FrameWriter writer =
                new FrameWriter(StreamHeader.builder(VOCABULARY).build(), options)) {
            BufferByteOutput output = new BufferByteOutput().wrap(bytes);
            writer.write(new ArrayTokenInput().wrap(tokens), output);
            assertThat(writer.finish(output)).isEqualTo(CoderStatus.DONE);
        }
        CRC32C sum = new CRC32C();
        sum.update(bytes.flip());
        assertThat(String.format("%d, %08X", bytes.limit(), sum.getValue())).isEqualTo(length + ", " + checksum);
    }

    private static byte[] coded(TokenModel model, BitCoder bits, int... tokens) {
        bits.beginEncoding();
        for (int token : tokens) {
            model.code(token);
        }
        ByteSink sink = bits.finishEncoding();
        return Arrays.copyOf(sink.bytes, sink.length);
    }
}
