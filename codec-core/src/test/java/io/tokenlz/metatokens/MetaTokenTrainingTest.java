package io.tokenlz.metatokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenlz.core.MalformedTokenStreamException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** META-TOKENS.md, section 8. */
class MetaTokenTrainingTest {
    private static final int VOCABULARY = 5000;
    private static final byte[] NO_NAME = {};
    private static final int[] SYSTEM = IntStream.range(4000, 4120).toArray();

    /** Prompts of one kind: the same system prompt, some of the same phrases, and words in between. */
    private static List<int[]> prompts(int count, long seed) {
        Random random = new Random(seed);
        List<int[]> phrases = new ArrayList<>();
        Random fixed = new Random(77);
        for (int p = 0; p < 40; p++) {
            phrases.add(fixed.ints(3 + p % 9, 1000, 4000).toArray());
        }
        List<int[]> prompts = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            IntStream.Builder prompt = IntStream.builder();
            IntStream.of(SYSTEM).forEach(prompt);
            for (int part = 0; part < 60; part++) {
                random.ints(1 + random.nextInt(5), 0, 1000).forEach(prompt);
                IntStream.of(phrases.get(random.nextInt(phrases.size()))).forEach(prompt);
            }
            prompts.add(prompt.build().toArray());
        }
        return prompts;
    }

    private static MetaTokenConfig config(int entries, int window) {
        return MetaTokenConfig.builder(VOCABULARY)
                .addPool(VOCABULARY + 2, VOCABULARY + 1 + entries)
                .window(window)
                .build();
    }

    private static MetaTokenDictionary learn(MetaTokenConfig config, List<int[]> samples) {
        return MetaTokenTraining.learn(config, samples, 3, NO_NAME).orElseThrow();
    }

    @Test
    void aPoolOfAnySizeIsFilled() {
        for (int entries = 1; entries <= 12; entries++) {
            MetaTokenDictionary dictionary = learn(config(entries, 8192), prompts(20, 1));
            assertThat(entries(dictionary)).hasSize(entries).contains(boxed(SYSTEM));
        }
    }

    @Test
    void learnsWhatPromptsToComeAreMadeOf() {
        MetaTokenDictionary dictionary = learn(config(64, 8192), prompts(60, 1));
        assertThat(dictionary.revision()).isEqualTo(3);
        assertThat(dictionary.vocabularySize()).isEqualTo(VOCABULARY);
        assertThat(entries(dictionary)).contains(boxed(SYSTEM));
        MetaTokenCodec codec = new MetaTokenCodec(
                MetaTokenConfig.builder(VOCABULARY).dictionary(dictionary).build());
        for (int[] prompt : prompts(20, 2)) {
            int[] encoded = codec.encode(prompt);
            // a system prompt, 60 phrases, and at most 5 words before each
            assertThat(encoded).hasSizeLessThanOrEqualTo(1 + 60 * (1 + 5));
            assertThat(codec.decode(encoded)).isEqualTo(prompt);
        }
    }

    @Test
    void keepsToThePoolAndToTheWindow() {
        assertThat(learn(config(5, 8192), prompts(60, 1)).size()).isLessThanOrEqualTo(5);
        MetaTokenDictionary shortEntries = learn(config(64, 7), prompts(60, 1));
        assertThat(shortEntries.longestEntry()).isLessThanOrEqualTo(7);
        assertThat(shortEntries.size()).isBetween(40, 64);
    }

    @Test
    void noEntryHoldsAProtectedId() {
        MetaTokenConfig config = MetaTokenConfig.builder(VOCABULARY)
                .protect(4050, 4060)
                .protect(1000, 2000)
                .build();
        MetaTokenDictionary dictionary = learn(config, prompts(30, 1));
        assertThat(entries(dictionary))
                .contains(boxed(IntStream.range(4000, 4050).toArray()))
                .contains(boxed(IntStream.range(4061, 4120).toArray()))
                .allSatisfy(entry -> assertThat(entry).noneMatch(config::isProtected));
    }

    @Test
    void noEntryIsOfOneSampleAlone() {
        List<int[]> samples = prompts(30, 5);
        MetaTokenDictionary dictionary = learn(config(1024, 8192), samples);
        List<List<Integer>> boxed =
                samples.stream().map(MetaTokenTrainingTest::boxed).toList();
        for (List<Integer> entry : entries(dictionary)) {
            assertThat(boxed.stream()
                            .filter(sample -> Collections.indexOfSubList(sample, entry) >= 0)
                            .count())
                    .as("samples with %s", entry)
                    .isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void theSameSamplesGiveTheSameDictionary() {
        assertThat(learn(config(64, 8192), prompts(20, 9))).isEqualTo(learn(config(64, 8192), prompts(20, 9)));
    }

    @Test
    void oneSampleIsLearntFromItsOwnRepeats() {
        int[] sample = IntStream.range(0, 600).map(i -> i % 2 == 0 ? 7 : i % 6).toArray();
        assertThat(MetaTokenTraining.learn(config(8, 8192), List.of(sample), 0, NO_NAME))
                .isPresent();
    }

    @Test
    void whereNothingRepeatsThereIsNothingToLearn() {
        int[] once = IntStream.range(0, 100).toArray();
        for (List<int[]> samples : List.<List<int[]>>of(
                List.of(), List.of(new int[0]), List.of(once), List.of(new int[] {1}, new int[] {1}))) {
            assertThat(MetaTokenTraining.learn(config(8, 8192), samples, 0, NO_NAME))
                    .isEmpty();
        }
    }

    @Test
    void aTokenThatIsNoBaseTokenIsRefusedWithItsPlace() {
        for (int refused : new int[] {-1, VOCABULARY, VOCABULARY + 5}) {
            List<int[]> samples = List.of(new int[] {1, 2, 3}, new int[] {1, 2, refused});
            assertThatThrownBy(() -> MetaTokenTraining.learn(config(8, 8192), samples, 0, NO_NAME))
                    .isInstanceOfSatisfying(
                            MalformedTokenStreamException.class,
                            malformed -> assertThat(malformed.position()).isEqualTo(5));
        }
        List<int[]> tooMany = Collections.nCopies(3, new int[MetaTokenTraining.MOST_TOKENS / 3]);
        assertThatThrownBy(() -> MetaTokenTraining.learn(config(8, 8192), tooMany, 0, NO_NAME))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("samples");
    }

    private static List<List<Integer>> entries(MetaTokenDictionary dictionary) {
        return IntStream.range(0, dictionary.size())
                .mapToObj(e -> boxed(dictionary.entry(e)))
                .toList();
    }

    private static List<Integer> boxed(int[] tokens) {
        return IntStream.of(tokens).boxed().toList();
    }
}
