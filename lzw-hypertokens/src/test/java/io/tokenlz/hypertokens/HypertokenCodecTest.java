package io.tokenlz.hypertokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenlz.core.ArrayTokenInput;
import io.tokenlz.core.ArrayTokenOutput;
import io.tokenlz.core.CoderStatus;
import io.tokenlz.core.MalformedTokenStreamException;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class HypertokenCodecTest {
    /** The table of HYPERTOKENS.md, section 2. */
    static Stream<Arguments> golden() {
        int[] oneToFive = {1, 2, 3, 4, 5};
        int[] thrice =
                IntStream.range(0, 3).flatMap(i -> Arrays.stream(oneToFive)).toArray();
        int[] ones = new int[12];
        Arrays.fill(ones, 1);
        return Stream.of(ReplayRule.values())
                .flatMap(rule -> Stream.of(
                        Arguments.of(rule, 64, 32, 4, new int[] {1, 2, 1, 2}, new int[] {1, 2, 64}),
                        Arguments.of(rule, 64, 32, 4, new int[] {1, 2, 1, 2, 1, 2, 1}, new int[] {1, 2, 64, 66}),
                        Arguments.of(rule, 27, 100, 5, thrice, new int[] {1, 2, 3, 4, 5, 27, 29, 31, 28, 30}),
                        Arguments.of(rule, 10, 64, 4, ones, new int[] {1, 10, 11, 12, 10})));
    }

    @ParameterizedTest
    @MethodSource("golden")
    void encodesTheExamplesOfTheSpecification(
            ReplayRule rule, int vocabulary, int codebook, int subtokens, int[] tokens, int[] encoded) {
        HypertokenCodec codec = new HypertokenCodec(HypertokenConfig.builder(vocabulary, rule)
                .codebookSize(codebook)
                .maxSubtokens(subtokens)
                .padId(0)
                .build());
        assertThat(codec.encode(tokens)).isEqualTo(encoded);
        assertThat(codec.decode(encoded)).isEqualTo(tokens);
    }

    /** HYPERTOKENS.md, section 3: the same IDs, of a model that didn't choose greedily, mean different tokens. */
    @Test
    void theTwoRulesPartOnStreamsThatAreNotGreedy() {
        int[] emitted = {1, 2, 10, 2, 12, 14};
        assertThat(codec(ReplayRule.BASE).decode(emitted)).isEqualTo(new int[] {1, 2, 1, 2, 2, 1, 2, 2, 2, 2});
        assertThat(codec(ReplayRule.EMITTED).decode(emitted)).isEqualTo(new int[] {1, 2, 1, 2, 2, 1, 2, 2, 2, 2, 2});
    }

    private static HypertokenCodec codec(ReplayRule rule) {
        return new HypertokenCodec(
                HypertokenConfig.builder(10, rule).codebookSize(20).build());
    }

    @ParameterizedTest
    @EnumSource
    void refusesWhatCannotBeKnown(ReplayRule rule) {
        assertRefused(rule, 0, "no hypertoken yet", 10);
        assertRefused(rule, 1, "the self-reference 10", 1, 11);
        assertRefused(rule, 3, "10 to 11", 1, 2, 1, 17);
        assertRefused(rule, 1, "below 10", 1, -1);
        assertRefused(rule, 1, "below 10", 1, Integer.MAX_VALUE);
        assertThat(codec(rule).decode(new int[] {1, 10})).isEqualTo(new int[] {1, 1, 1});
    }

    private static void assertRefused(ReplayRule rule, int position, String expected, int... ids) {
        assertThatThrownBy(() -> codec(rule).decode(ids))
                .isInstanceOfSatisfying(MalformedTokenStreamException.class, malformed -> {
                    assertThat(malformed.position()).isEqualTo(position);
                    assertThat(malformed.expected()).contains(expected);
                    assertThat(malformed.found()).isEqualTo("ID " + ids[position]);
                });
    }

    @Test
    void aBoundedDecodeNamesTheTokenThatIsTooMuch() {
        for (int[] stream : new int[][] {{1, 2, 10}, {1, 2, 3, 4}}) {
            assertThatThrownBy(() -> codec(ReplayRule.BASE).decode(stream, 3))
                    .isInstanceOfSatisfying(
                            MalformedTokenStreamException.class,
                            malformed -> assertThat(malformed.position()).isEqualTo(stream.length - 1));
        }
    }

    @Test
    void theHighestIdsWorkLikeAnyOther() {
        assertThat(tokensOutWhenFlushed(Integer.MAX_VALUE - 1)).isEqualTo(tokensOutWhenFlushed(100));
    }

    private static long tokensOutWhenFlushed(int vocabularySize) {
        int[] tokens = IntStream.range(0, 60).map(i -> i % 3).toArray();
        HypertokenEncoder encoder = new HypertokenCodec(HypertokenConfig.builder(vocabularySize, ReplayRule.BASE)
                        .codebookSize(2)
                        .build())
                .newEncoder();
        ArrayTokenInput input = new ArrayTokenInput().wrap(tokens, 0, 20);
        ArrayTokenOutput output = new ArrayTokenOutput().wrap(new int[60]);
        encoder.transform(input, output);
        encoder.flush(output);
        encoder.transform(input.wrap(tokens, 20, 40), output);
        encoder.finish(output);
        return output.position();
    }

    @Test
    void protectedTokensAreNeverPartOfAHypertoken() {
        HypertokenCodec codec = new HypertokenCodec(HypertokenConfig.builder(100, ReplayRule.BASE)
                .padId(0)
                .disabledIds(7, 64, 99)
                .build());
        int[] tokens = {7, 7, 7, 7, 0, 0, 0, 64, 64, 64, 99, 99, 1, 7, 1, 7};
        assertThat(codec.encode(tokens)).isEqualTo(tokens);
        assertThat(codec.config().isProtected(7)).isTrue();
        assertThat(codec.config().isProtected(8)).isFalse();
        assertThat(codec.config().isProtected(-1)).isFalse();
        assertThat(codec.config().isProtected(100_000)).isFalse();
    }

    @Test
    void theCodebookCanBeAskedBothWays() {
        HypertokenEncoder encoder = codec(ReplayRule.BASE).newEncoder();
        encoder.transform(
                new ArrayTokenInput().wrap(new int[] {1, 2, 1, 2, 3}), new ArrayTokenOutput().wrap(new int[9]));
        Codebook codebook = encoder.codebook();
        assertThat(codebook.firstId()).isEqualTo(10);
        assertThat(codebook.capacity()).isEqualTo(20);
        assertThat(codebook.size()).isEqualTo(3);
        assertThat(codebook.contains(9)).isFalse();
        assertThat(codebook.contains(12)).isTrue();
        assertThat(codebook.contains(13)).isFalse();
        assertThat(codebook.length(12)).isEqualTo(3);
        assertThat(IntStream.range(0, 3).map(i -> codebook.subtoken(12, i))).containsExactly(1, 2, 3);
        assertThat(codebook.find(new int[] {9, 1, 2, 3}, 1, 3)).isEqualTo(12);
        assertThat(codebook.find(new int[] {1, 3}, 0, 2)).isEqualTo(Codebook.ABSENT);
        assertThat(codebook.find(new int[] {1}, 0, 1)).isEqualTo(Codebook.ABSENT);
        assertThat(codebook.find(new int[] {10, 3}, 0, 2))
                .as("a hypertoken is no base token")
                .isEqualTo(Codebook.ABSENT);
        assertThat(codebook.find(new int[] {-1, 3}, 0, 2)).isEqualTo(Codebook.ABSENT);
        assertThat(codebook.find(new int[] {1, -3, 1}, 0, 3)).isEqualTo(Codebook.ABSENT);
        assertThatThrownBy(() -> codebook.length(13)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> codebook.length(9)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> codebook.subtoken(12, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> codebook.find(new int[1], 0, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        encoder.reset();
        assertThat(codebook.size()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void theMemoryOfAStreamIsFixedByTheConfiguration(ReplayRule rule) {
        HypertokenCodec codec =
                new HypertokenCodec(HypertokenConfig.builder(128_256, rule).build());
        assertThat(codec.newEncoder().stateBytes()).isLessThan(128 * 1024);
        assertThat(codec.newDecoder().stateBytes()).isLessThan(128 * 1024);
    }

    @Test
    void aConfigurationIsRefusedByTheNameOfItsField() {
        assertConfigRefused("vocabularySize", 0, builder -> {});
        assertConfigRefused("codebookSize", 10, builder -> builder.codebookSize(-1));
        assertConfigRefused("codebookSize", Integer.MAX_VALUE, builder -> builder.codebookSize(2));
        assertConfigRefused(
                "codebookSize", 10, builder -> builder.codebookSize(1 << 27).maxSubtokens(3));
        assertConfigRefused("maxSubtokens", 10, builder -> builder.maxSubtokens(0));
        assertConfigRefused("padId", 10, builder -> builder.padId(10));
        assertConfigRefused("padId", 10, builder -> builder.padId(-1));
        assertConfigRefused("disabledIds", 10, builder -> builder.disabledIds(3, 10));
    }

    private static void assertConfigRefused(
            String message, int vocabularySize, Consumer<HypertokenConfig.Builder> change) {
        HypertokenConfig.Builder builder = HypertokenConfig.builder(vocabularySize, ReplayRule.BASE);
        assertThatThrownBy(() -> {
                    change.accept(builder);
                    builder.build();
                })
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    /** The pipeline engineer's code: one encoder and one decoder for all documents, fixed windows, nothing allocated. */
    @ParameterizedTest
    @EnumSource
    void aPipelineReusesOneCoderForEveryDocument(ReplayRule rule) {
        int[] shard = IntStream.range(0, 100_000).map(i -> i * 31 % 97 % 13).toArray();
        int[] packed = new int[shard.length];
        int[] restored = new int[shard.length];
        HypertokenCodec codec =
                new HypertokenCodec(HypertokenConfig.builder(200_019, rule).build());

        ArrayTokenInput input = new ArrayTokenInput();
        ArrayTokenOutput output = new ArrayTokenOutput();
        try (HypertokenEncoder encoder = codec.newEncoder();
                HypertokenDecoder decoder = codec.newDecoder()) {
            int documentTokens = 1500;
            int restoredCount = 0;
            for (int from = 0; from < shard.length; from += documentTokens) {
                int length = Math.min(documentTokens, shard.length - from);

                encoder.reset();
                encoder.transform(input.wrap(shard, from, length), output.wrap(packed));
                assertThat(encoder.finish(output)).isEqualTo(CoderStatus.DONE);
                int packedLength = (int) output.position();

                decoder.reset();
                decoder.transform(
                        input.wrap(packed, 0, packedLength),
                        output.wrap(restored, restoredCount, restored.length - restoredCount));
                assertThat(decoder.finish(output)).isEqualTo(CoderStatus.DONE);
                restoredCount += (int) output.position();
            }
            assertThat(restoredCount).isEqualTo(shard.length);
        }
        assertThat(restored).isEqualTo(shard);
    }
}
