package io.tokenlz.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WorstCaseTest {
    @Test
    void theFibonacciWordIsTheOneBeforeAndTheOneBeforeThat() {
        int[] word = WorstCase.FIBONACCI.tokens(89, 100);
        assertThat(Arrays.copyOf(word, 13)).containsExactly(0, 1, 0, 0, 1, 0, 1, 0, 0, 1, 0, 0, 1);
        int[] before = Arrays.copyOf(word, 55);
        int[] beforeThat = Arrays.copyOf(word, 34);
        assertThat(word)
                .isEqualTo(IntStream.concat(Arrays.stream(before), Arrays.stream(beforeThat))
                        .toArray());
    }

    @Test
    void aPeriodComesAgain() {
        int[] tokens = WorstCase.PERIOD_1000.tokens(2500, 100_000);
        assertThat(Arrays.copyOfRange(tokens, 1000, 2000)).isEqualTo(Arrays.copyOf(tokens, 1000));
        assertThat(IntStream.of(tokens).limit(1000).distinct().count()).isGreaterThan(980);
    }

    @ParameterizedTest
    @EnumSource
    void tokensAreOfTheVocabularyAndAlwaysTheSame(WorstCase worst) {
        for (int size : new int[] {1, 2, 1000}) {
            int[] tokens = worst.tokens(3000, size);
            assertThat(tokens).hasSize(3000).isEqualTo(worst.tokens(3000, size));
            assertThat(IntStream.of(tokens).allMatch(token -> token >= 0 && token < size))
                    .isTrue();
        }
    }
}
