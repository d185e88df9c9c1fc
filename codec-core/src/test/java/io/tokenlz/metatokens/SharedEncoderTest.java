package io.tokenlz.metatokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenlz.core.ArrayTokenInput;
import io.tokenlz.core.ArrayTokenOutput;
import io.tokenlz.core.MalformedTokenStreamException;
import io.tokenlz.core.TokenEncoder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** META-TOKENS.md, section 4: how the encoder of the shared form chooses, and when what it chose comes out. */
class SharedEncoderTest {
    private static final int VOCABULARY = 100;
    private static final int M0 = VOCABULARY + 2;
    private static final int M1 = M0 + 1;

    private static MetaTokenCodec codec(int[]... entries) {
        MetaTokenDictionary dictionary = MetaTokenDictionary.of(VOCABULARY, 1, new byte[0], entries);
        return new MetaTokenCodec(
                MetaTokenConfig.builder(VOCABULARY).dictionary(dictionary).build());
    }

    @Test
    void theLiteralComesBeforeAnEntryThatCostsAsMuch() {
        assertThat(codec(new int[] {2, 3}, new int[] {1, 2}).encode(new int[] {1, 2, 3}))
                .containsExactly(M1, 3);
    }

    @Test
    void aLongerEntryComesBeforeAShorterOneThatCostsAsMuch() {
        int[][] entries = {{4, 5}, {1, 2, 3}, {1, 2}, {3, 4, 5}};
        assertThat(codec(entries).encode(new int[] {1, 2, 3, 4, 5})).containsExactly(M0 + 2, M0 + 3);
    }

    /** The entry is longer than what is pending, so that all of it might be part of one; then of what is left, a part might. */
    @Test
    void itIsLookedAgainWhenWhatIsPendingHasDoubled() {
        int[] entry = new int[100];
        Arrays.fill(entry, 1);
        MetaTokenCodec codec = codec(entry, new int[] {7, 8});
        int[] written = new int[1000];
        ArrayTokenOutput output = new ArrayTokenOutput().wrap(written);
        ArrayTokenInput one = new ArrayTokenInput();
        int nextLook = 64;
        int tokens = 0;
        int settled = 0;
        try (TokenEncoder encoder = codec.newEncoder()) {
            while (tokens < 900) {
                long before = output.position();
                encoder.transform(one.wrap(entry, 0, 1), output);
                tokens++;
                int pending = tokens - settled;
                if (output.position() > before) {
                    assertThat(pending).isEqualTo(nextLook);
                    settled = codec.decode(Arrays.copyOf(written, (int) output.position())).length;
                }
                if (pending == nextLook) {
                    nextLook = Math.max(64, 2 * (tokens - settled));
                }
            }
        }
        assertThat(settled).isGreaterThan(400);
    }

    @Test
    void whatWasTakenBeforeARefusedTokenCounts() {
        MetaTokenCodec codec = codec(new int[] {1, 2, 3});
        try (TokenEncoder encoder = codec.newEncoder()) {
            ArrayTokenInput input = new ArrayTokenInput().wrap(new int[] {5, 1, 2, VOCABULARY});
            ArrayTokenOutput output = new ArrayTokenOutput().wrap(new int[10]);
            assertThatThrownBy(() -> encoder.transform(input, output))
                    .isInstanceOfSatisfying(
                            MalformedTokenStreamException.class,
                            malformed -> assertThat(malformed.position()).isEqualTo(3));
            assertThat(input.position()).isEqualTo(3);
        }
    }
}
