package io.tokenlz.metatokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MetaTokenConfigTest {
    private static MetaTokenConfig.Builder builder() {
        return MetaTokenConfig.builder(100)
                .window(64)
                .delimiters(90, 70)
                .addPool(120, 124)
                .addPool(10, 10)
                .addPool(97, 98);
    }

    @Test
    void saysWhatItWasMadeOf() {
        MetaTokenConfig config = builder()
                .form(MetaTokenForm.NESTED)
                .effort(MetaTokenEffort.LTSC)
                .longestRun(9)
                .shuffled(-5)
                .protect(3, 5)
                .protect(20, 20)
                .build();
        assertThat(config.vocabularySize()).isEqualTo(100);
        assertThat(config.encodedVocabularySize()).isEqualTo(125);
        assertThat(config.form()).isEqualTo(MetaTokenForm.NESTED);
        assertThat(config.dictionary()).isNull();
        assertThat(config.window()).isEqualTo(64);
        assertThat(config.effort()).isEqualTo(MetaTokenEffort.LTSC);
        assertThat(config.longestRun()).isEqualTo(9);
        assertThat(config.assignment()).isEqualTo(MetaTokenAssignment.SHUFFLED);
        assertThat(config.seed()).isEqualTo(-5);
        assertThat(config.dictionaryStart()).isEqualTo(90);
        assertThat(config.dictionaryEnd()).isEqualTo(70);
        assertThat(config.poolSize()).isEqualTo(8);
        assertThat(IntStream.range(0, 8).map(config::metaToken)).containsExactly(120, 121, 122, 123, 124, 10, 97, 98);
        assertThatThrownBy(() -> config.metaToken(8)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> config.metaToken(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(IntStream.range(-2, 130).filter(config::isMetaToken))
                .containsExactly(10, 97, 98, 120, 121, 122, 123, 124);
        assertThat(IntStream.range(-2, 130).filter(config::isProtected)).containsExactly(3, 4, 5, 20);
        assertThat(config)
                .hasToString("meta-tokens(NESTED, vocabulary 100, delimiters 90 and 70, pool of 8 from 120, "
                        + "4 protected, window 64, effort LTSC with runs up to 9, SHUFFLED by seed -5)");
        assertThat(new MetaTokenCodec(config)).hasToString(config.toString());
        assertThat(MetaTokenConfig.of(100))
                .hasToString("meta-tokens(FLAT, vocabulary 100, delimiters 100 and 101, pool of 1024 from 102, "
                        + "window 8192, effort DEFAULT, SEQUENTIAL)");
        MetaTokenCodec codec = new MetaTokenCodec(config);
        assertThat(codec.name()).isEqualTo("meta-tokens");
        assertThat(codec.vocabularySize()).isEqualTo(100);
        assertThat(codec.encodedVocabularySize()).isEqualTo(125);
        assertThat(MetaTokenConfig.builder(100)
                        .delimiters(1, 2)
                        .addPool(3, 3)
                        .build()
                        .encodedVocabularySize())
                .isEqualTo(100);
    }

    @Test
    void anyOtherFieldMakesAnotherOne() {
        MetaTokenConfig config = builder().protect(3, 5).build();
        assertThat(builder().protect(5, 5).protect(3, 4).build())
                .isEqualTo(config)
                .hasSameHashCodeAs(config);
        assertThat(config).isNotEqualTo("meta-tokens");
        MetaTokenDictionary dictionary = MetaTokenDictionary.of(100, 1, new byte[0], new int[] {1, 2});
        List<MetaTokenConfig> others = List.of(
                builder().build(),
                builder().protect(3, 6).build(),
                builder().protect(2, 5).build(),
                builder().protect(3, 5).form(MetaTokenForm.NESTED).build(),
                builder().protect(3, 5).window(65).build(),
                builder().protect(3, 5).effort(MetaTokenEffort.BEST).build(),
                builder().protect(3, 5).longestRun(9).build(),
                builder().protect(3, 5).shuffled(0).build(),
                builder().protect(3, 5).shuffled(1).build(),
                builder().protect(3, 5).delimiters(91, 70).build(),
                builder().protect(3, 5).delimiters(90, 71).build(),
                builder().protect(3, 5).addPool(200, 200).build(),
                builder().protect(20, 22).dictionary(dictionary).build());
        for (MetaTokenConfig other : others) {
            assertThat(other).isNotEqualTo(config).doesNotHaveSameHashCodeAs(config);
        }
        ReservedIds ids = new ReservedIds(100, 5, 6, new int[][] {{10, 20}});
        assertThat(new ReservedIds(100, 5, 6, new int[][] {{10, 20}}))
                .isEqualTo(ids)
                .hasSameHashCodeAs(ids);
        for (ReservedIds other : List.of(
                new ReservedIds(101, 5, 6, new int[][] {{10, 20}}),
                new ReservedIds(100, 4, 6, new int[][] {{10, 20}}),
                new ReservedIds(100, 5, 7, new int[][] {{10, 20}}),
                new ReservedIds(100, 5, 6, new int[][] {{9, 20}}),
                new ReservedIds(100, 5, 6, new int[][] {{10, 21}}))) {
            assertThat(ids).isNotEqualTo(other);
        }
        assertThat(ids).isNotEqualTo("ids");
        ProtectedIds some = new ProtectedIds(List.of(new int[] {3, 5}), 100);
        assertThat(some).isNotEqualTo("3 to 5").isNotEqualTo(new ProtectedIds(List.of(), 100));
    }

    @Test
    void eachBoundIsTheLastThatIsTaken() {
        assertRefused("vocabularySize must be 1 to 2147483647, is 0", MetaTokenConfig.builder(0));
        int most = Integer.MAX_VALUE - 1025;
        assertThat(MetaTokenConfig.of(most).encodedVocabularySize()).isEqualTo(1L << 31);
        assertRefused("vocabularySize must be 1 to " + most + ", is " + (most + 1), MetaTokenConfig.builder(most + 1));
        MetaTokenConfig.Builder highest =
                MetaTokenConfig.builder(Integer.MAX_VALUE).delimiters(1, 2);
        assertRefused("vocabularySize must be 1 to " + most + ", is 2147483647", highest);
        assertThat(highest.addPool(3, 4).build().encodedVocabularySize()).isEqualTo(Integer.MAX_VALUE);
        assertRefused(
                "vocabularySize must be 1 to 2147483646, is 2147483647",
                MetaTokenConfig.builder(Integer.MAX_VALUE).addPool(1, 1));
        assertRefused("window must be 1 to 16777216, is 0", builder().window(0));
        assertRefused("window must be 1 to 16777216, is 16777217", builder().window((1 << 24) + 1));
        assertThat(builder().window(1 << 24).build().window()).isEqualTo(1 << 24);
        assertThat(builder().window(1).build().window()).isEqualTo(1);
        assertRefused("longestRun must be 2 to 256, is 1", builder().longestRun(1));
        assertRefused("longestRun must be 2 to 256, is 257", builder().longestRun(257));
        assertThat(builder().longestRun(2).build().longestRun()).isEqualTo(2);
        assertThat(builder().longestRun(256).build().longestRun()).isEqualTo(256);
        assertRefused(
                "delimiters and pool must not overlap: ID 124 is reserved twice",
                builder().addPool(124, 130));
        assertRefused(
                "delimiters and pool must not overlap: ID 120 is reserved twice",
                builder().addPool(119, 120));
        assertRefused(
                "delimiters and pool must not overlap: ID 90 is reserved twice",
                builder().addPool(80, 90));
        assertRefused("reserved IDs -1 to 4 are no range", builder().addPool(-1, 4));
        assertRefused("reserved IDs 4 to 3 are no range", builder().addPool(4, 3));
        assertRefused("reserved IDs -1 to -1 are no range", builder().delimiters(-1, 70));
        assertThat(builder()
                        .addPool(125, 125)
                        .addPool(119, 119)
                        .addPool(0, 0)
                        .build()
                        .poolSize())
                .isEqualTo(11);
        int poolEnd = 200 + (1 << 24) - 9;
        assertThat(builder().addPool(200, poolEnd).build().poolSize()).isEqualTo(1 << 24);
        assertRefused(
                "pool must hold at most 16777216 IDs, holds 16777217", builder().addPool(200, poolEnd + 1));
        assertRefused(
                "protected IDs 99 to 100 are no range below the vocabulary's size of 100",
                builder().protect(99, 100));
        assertRefused(
                "protected IDs -1 to 3 are no range below the vocabulary's size of 100",
                builder().protect(-1, 3));
        assertRefused(
                "protected IDs 3 to 2 are no range below the vocabulary's size of 100",
                builder().protect(3, 2));
        assertThat(builder().protect(0, 0).protect(99, 99).build().isProtected(99))
                .isTrue();
    }

    private static void assertRefused(String message, MetaTokenConfig.Builder builder) {
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    /** Every ID around every border, through many small ranges that are not given in order. */
    @Test
    void reservedIdsAreToldApart() {
        int[][] ranges = {{40, 42}, {8, 8}, {120, 130}, {10, 19}, {44, 44}};
        ReservedIds ids = new ReservedIds(100, 7, 45, ranges);
        assertThat(ids.poolSize()).isEqualTo(26);
        assertThat(ids.highest()).isEqualTo(130);
        assertThat(ids.poolRanges()).isDeepEqualTo(ranges);
        for (int index = 0; index < 26; index++) {
            assertThat(ids.poolIndex(ids.metaToken(index))).isEqualTo(index);
        }
        int reserved = 0;
        for (int id = -5; id < 140; id++) {
            boolean inPool = false;
            for (int[] range : ranges) {
                inPool |= id >= range[0] && id <= range[1];
            }
            assertThat(ids.poolIndex(id) >= 0).as("ID %d", id).isEqualTo(inPool);
            boolean base = id >= 0 && id < 100 && !inPool && id != 7 && id != 45;
            assertThat(ids.isBase(id)).as("ID %d", id).isEqualTo(base);
            String expected = id == 7
                    ? "DICT_START (7)"
                    : id == 45
                            ? "DICT_END (45)"
                            : inPool
                                    ? "meta-token " + id
                                    : base ? "base token " + id : "ID " + id + " outside the vocabulary";
            assertThat(ids.describe(id)).isEqualTo(expected);
            reserved += inPool ? 1 : 0;
        }
        assertThat(reserved).isEqualTo(26);
        assertThat(ids).hasToString("delimiters 7 and 45, pool of 26 from 40");
        ReservedIds above = new ReservedIds(100, 200, 201, new int[][] {{150, 160}});
        assertThat(IntStream.range(-5, 250).filter(above::isBase))
                .containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
        assertThat(above.highest()).isEqualTo(201);
    }

    @Test
    void protectedRangesThatTouchAreOne() {
        ProtectedIds ids = new ProtectedIds(
                List.of(new int[] {20, 29}, new int[] {5, 5}, new int[] {22, 24}, new int[] {30, 31}, new int[] {33, 33
                }),
                100);
        assertThat(IntStream.range(-3, 110).filter(ids::contains))
                .containsExactly(5, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 33);
        assertThat(ids).hasToString("14 protected");
        assertThat(ids.isEmpty()).isFalse();
        assertThat(ids)
                .isEqualTo(new ProtectedIds(List.of(new int[] {5, 5}, new int[] {33, 33}, new int[] {20, 31}), 100))
                .isNotEqualTo(new ProtectedIds(List.of(new int[] {5, 5}, new int[] {33, 33}, new int[] {20, 30}), 100))
                .isNotEqualTo(new ProtectedIds(List.of(new int[] {5, 5}, new int[] {33, 33}, new int[] {19, 31}), 100));
        ProtectedIds none = new ProtectedIds(List.of(), 100);
        assertThat(none.isEmpty()).isTrue();
        assertThat(none.contains(0)).isFalse();
    }

    /** Drawn without replacement, fixed by seed and block. */
    @Test
    void metaTokensAreDrawnFromThePool() {
        MetaTokenConfig config = MetaTokenConfig.builder(100)
                .addPool(1000, 1006)
                .addPool(300, 302)
                .shuffled(42)
                .build();
        MetaTokenDraw draw = new MetaTokenDraw(config, 10);
        int[] all = new int[10];
        int[] few = new int[10];
        draw.draw(all, 10);
        assertThat(all).containsExactly(301, 1004, 1000, 1003, 300, 1001, 1002, 1005, 1006, 302);
        draw.draw(few, 3);
        assertThat(few).isNotEqualTo(all);
        draw.reset();
        int[] again = new int[10];
        draw.draw(again, 10);
        assertThat(again).isEqualTo(all);
        draw.reset();
        draw.draw(again, 0);
        draw.draw(again, 3);
        assertThat(again).as("the second block").startsWith(few[0], few[1], few[2]);
        assertThat(draw.stateBytes()).isEqualTo(4L * (10 + 10));
        MetaTokenConfig inOrder = MetaTokenConfig.builder(100)
                .addPool(1000, 1001)
                .addPool(300, 302)
                .build();
        MetaTokenDraw plain = new MetaTokenDraw(inOrder, 4);
        plain.draw(few, 4);
        assertThat(few).startsWith(1000, 1001, 300, 301);
        assertThat(plain.stateBytes()).isZero();
    }
}
