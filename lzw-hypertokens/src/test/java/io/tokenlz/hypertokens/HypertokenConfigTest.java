package io.tokenlz.hypertokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HypertokenConfigTest {
    /** IDs up to here are looked up by a bit, those above by a search. */
    private static final int BITS = 1 << 22;

    private static HypertokenConfig.Builder builder() {
        return HypertokenConfig.builder(10, ReplayRule.BASE)
                .codebookSize(20)
                .maxSubtokens(3)
                .disabledIds(7, 2);
    }

    @Test
    void saysWhatItWasMadeOf() {
        HypertokenConfig config = builder().padId(0).build();
        assertThat(config.vocabularySize()).isEqualTo(10);
        assertThat(config.codebookSize()).isEqualTo(20);
        assertThat(config.encodedVocabularySize()).isEqualTo(30);
        assertThat(config.maxSubtokens()).isEqualTo(3);
        assertThat(config.padId()).isZero();
        assertThat(config.disabledIds()).containsExactly(7, 2);
        assertThat(config.replayRule()).isEqualTo(ReplayRule.BASE);
        assertThat(config)
                .hasToString("hypertokens(vocabulary 10, codebook 20, subtokens 3, pad 0, 2 disabled, BASE replay)");
        assertThat(builder().build())
                .hasToString("hypertokens(vocabulary 10, codebook 20, subtokens 3, pad none, 2 disabled, BASE replay)");
        assertThat(builder().build().padId()).isEqualTo(-1);
        assertThat(new HypertokenCodec(config)).hasToString(config.toString());
        CodebookSnapshot start = CodebookSnapshot.of(config, new int[] {1, 3}, new int[] {1, 3, 4});
        assertThat(new HypertokenCodec(start)).hasToString(config + " from 2 hypertokens");
        HypertokenCodec codec = new HypertokenCodec(config);
        assertThat(codec.name()).isEqualTo("hypertokens");
        assertThat(codec.vocabularySize()).isEqualTo(10);
        assertThat(codec.encodedVocabularySize()).isEqualTo(30);
    }

    @Test
    void anyOtherFieldMakesAnotherOne() {
        HypertokenConfig config = builder().padId(0).build();
        HypertokenConfig same = builder().disabledIds(2, 7).padId(0).build();
        assertThat(same).isEqualTo(config).hasSameHashCodeAs(config);
        assertThat(config).isNotEqualTo("hypertokens");
        List<HypertokenConfig> others = List.of(
                HypertokenConfig.builder(11, ReplayRule.BASE)
                        .codebookSize(20)
                        .maxSubtokens(3)
                        .disabledIds(7, 2)
                        .padId(0)
                        .build(),
                HypertokenConfig.builder(10, ReplayRule.EMITTED)
                        .codebookSize(20)
                        .maxSubtokens(3)
                        .disabledIds(7, 2)
                        .padId(0)
                        .build(),
                builder().padId(0).codebookSize(21).build(),
                builder().padId(0).maxSubtokens(4).build(),
                builder().padId(1).build(),
                builder().build());
        for (HypertokenConfig other : others) {
            assertThat(other).isNotEqualTo(config).doesNotHaveSameHashCodeAs(config);
        }
        assertThat(builder().padId(0).disabledIds(7).build()).isNotEqualTo(config);
        // 0 is protected either way
        assertThat(builder().padId(0).disabledIds(7, 2, 0).build()).isEqualTo(config);
        HypertokenConfig.Builder large =
                HypertokenConfig.builder(BITS + 10, ReplayRule.BASE).disabledIds(BITS + 1);
        assertThat(large.build())
                .isNotEqualTo(large.disabledIds(BITS + 2).build())
                .isEqualTo(large.disabledIds(BITS + 1).build());
    }

    @Test
    void protectedIdsAreThoseThatWereNamed() {
        int[] named = {1, 63, 64, 127, 128, BITS - 1, BITS, BITS + 1, BITS + 1000};
        HypertokenConfig config = HypertokenConfig.builder(BITS + 2000, ReplayRule.BASE)
                .disabledIds(named)
                .padId(65)
                .build();
        int[] asked = IntStream.concat(
                        IntStream.concat(IntStream.range(-70, 200), IntStream.range(BITS - 70, BITS + 70)),
                        IntStream.range(BITS + 900, BITS + 1100))
                .filter(config::isProtected)
                .toArray();
        assertThat(asked).containsExactly(1, 63, 64, 65, 127, 128, BITS - 1, BITS, BITS + 1, BITS + 1000);
        assertThat(config.isProtected(Integer.MIN_VALUE)).isFalse();
        assertThat(config.isProtected(Integer.MAX_VALUE)).isFalse();
        assertThat(config.firstProtected()).isEqualTo(1);
        assertThat(config.protectedSpan()).isEqualTo(BITS + 1000);
        HypertokenConfig none = HypertokenConfig.builder(200, ReplayRule.BASE).build();
        assertThat(IntStream.range(-1, 201).anyMatch(none::isProtected)).isFalse();
        assertThat(none.firstProtected()).isZero();
        assertThat(none.protectedSpan()).isZero();
        HypertokenConfig above = HypertokenConfig.builder(BITS + 2, ReplayRule.BASE)
                .disabledIds(BITS)
                .build();
        assertThat(above.isProtected(BITS)).isTrue();
        assertThat(above.isProtected(BITS - 1)).isFalse();
    }

    @Test
    void eachBoundIsTheLastThatIsTaken() {
        assertRefused("vocabularySize must be at least 1, is 0", HypertokenConfig.builder(0, ReplayRule.BASE));
        assertRefused("codebookSize must not be negative, is -1", builder().codebookSize(-1));
        assertRefused("maxSubtokens must be at least 1, is 0", builder().maxSubtokens(0));
        HypertokenConfig.Builder highest = HypertokenConfig.builder(Integer.MAX_VALUE, ReplayRule.BASE);
        assertThat(highest.codebookSize(1).build().encodedVocabularySize()).isEqualTo(1L << 31);
        assertRefused(
                "codebookSize must leave every ID below 2^31, is 2 above a vocabulary of 2147483647",
                highest.codebookSize(2));
        assertThat(builder().codebookSize(1 << 24).maxSubtokens(4).build().codebookSize())
                .isEqualTo(1 << 24);
        assertRefused(
                "codebookSize times maxSubtokens must be at most 2^26, is 16777217 times 4",
                builder().codebookSize((1 << 24) + 1).maxSubtokens(4));
        assertThat(builder().codebookSize(0).maxSubtokens(1).build().longestPhrase())
                .isEqualTo(1);
        assertThat(builder().codebookSize(2).maxSubtokens(4).build().longestPhrase())
                .isEqualTo(3);
        assertThat(builder().codebookSize(8).maxSubtokens(4).build().longestPhrase())
                .isEqualTo(4);
        assertThat(builder().padId(9).disabledIds(0, 9).build().padId()).isEqualTo(9);
        assertThatThrownBy(() -> builder().padId(10))
                .hasMessage("padId must be below the vocabulary's size of 10, is 10");
        assertThatThrownBy(() -> builder().padId(-1))
                .hasMessage("padId must be below the vocabulary's size of 10, is -1");
        assertThatThrownBy(() -> builder().disabledIds(3, 10))
                .hasMessage("disabledIds must be below the vocabulary's size of 10, is 10");
    }

    private static void assertRefused(String message, HypertokenConfig.Builder builder) {
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
