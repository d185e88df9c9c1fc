package io.tokenlz.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GeneratedTokensTest {
    private static final int COUNT = 200_000;

    private static int[] read(long seed, long from, int count) {
        int[] tokens = new int[count];
        new GeneratedTokens(seed).read(from, tokens, 0, count);
        return tokens;
    }

    @Test
    void anyPartIsThatOfTheWhole() {
        int[] whole = read(7, 0, 1000);
        for (int from = 0; from < 950; from += 7) {
            int[] part = new int[60];
            new GeneratedTokens(7).read(from, part, 5, 50);
            assertThat(Arrays.copyOfRange(part, 5, 55)).isEqualTo(Arrays.copyOfRange(whole, from, from + 50));
            assertThat(Arrays.copyOf(part, 5)).containsOnly(0);
        }
        assertThat(read(7, 0, 1000)).isEqualTo(whole);
        assertThat(read(8, 0, 1000)).isNotEqualTo(whole);
        assertThat(read(7, 1L << 40, 1000)).isNotEqualTo(whole);
    }

    @Test
    void tokensAreOfTheVocabularyFewOfThemMostAndMostOfThemFew() {
        int[] tokens = read(7, 0, COUNT);
        int[] counts = new int[GeneratedTokens.VOCABULARY_SIZE];
        for (int token : tokens) {
            counts[token]++; // refuses what is not of the vocabulary
        }
        assertThat(Arrays.stream(counts, 0, 1000).sum()).isBetween(COUNT / 3, COUNT * 2 / 3);
        assertThat(Arrays.stream(counts, 131_072, counts.length).sum()).isBetween(COUNT / 40, COUNT / 10);
    }

    @Test
    void phrasesComeAgain() {
        int[] tokens = read(7, 0, COUNT);
        long phrases = COUNT / 16;
        long different = IntStream.range(0, COUNT / 16)
                .mapToObj(phrase -> Arrays.toString(Arrays.copyOfRange(tokens, 16 * phrase, 16 * phrase + 16)))
                .distinct()
                .count();
        assertThat(different).isBetween(phrases / 4, phrases * 3 / 4);
    }
}
