package io.tokenlz.frames;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The model of the encoding "modelled" (FORMAT.md, section 8); what it makes of tokens is shown by the vectors. */
class TokenModelTest {
    private static final int VOCABULARY = 5000;

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

    private static byte[] coded(TokenModel model, BitCoder bits, int... tokens) {
        bits.beginEncoding();
        for (int token : tokens) {
            model.code(token);
        }
        ByteSink sink = bits.finishEncoding();
        return Arrays.copyOf(sink.bytes, sink.length);
    }
}
