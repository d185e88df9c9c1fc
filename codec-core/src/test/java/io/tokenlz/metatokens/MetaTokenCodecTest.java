package io.tokenlz.metatokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenlz.core.MalformedTokenStreamException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MetaTokenCodecTest {
    private static final int START = 100;
    private static final int END = 101;
    private static final int M1 = 102;
    private static final int M2 = 103;
    private static final int M3 = 104;

    private static MetaTokenCodec codec(MetaTokenForm form) {
        return new MetaTokenCodec(MetaTokenConfig.builder(100).form(form).build());
    }

    /** META-TOKENS.md, section 2: N·K &gt; 1 + N + K, and two more for the delimiters. */
    @ParameterizedTest
    @CsvSource({
        "4, 2, false", // 8 < 7 + 2
        "4, 3, true", // 12 > 8 + 2
        "8, 2, true", // 16 > 11 + 2
        "3, 3, false", // 9 = 7 + 2
        "3, 4, true",
        "2, 5, false", // 10 = 8 + 2
        "2, 6, true",
    })
    void replacesARunOnlyIfThatPays(int length, int places, boolean replaced) {
        int[] tokens = new int[places * (length + 1)];
        for (int k = 0; k < places; k++) {
            for (int i = 0; i < length; i++) {
                tokens[k * (length + 1) + i] = 50 + i;
            }
            tokens[k * (length + 1) + length] = k; // a separator that occurs once
        }
        for (MetaTokenEffort effort : MetaTokenEffort.values()) {
            int[] encoded = new MetaTokenCodec(
                            MetaTokenConfig.builder(100).effort(effort).build())
                    .encode(tokens);
            assertThat(encoded.length < tokens.length).isEqualTo(replaced);
            if (replaced) {
                assertThat(encoded).startsWith(START, M1, 50);
                assertThat(encoded).hasSize(2 + 1 + length + 2 * places);
            } else {
                assertThat(encoded).isEqualTo(tokens);
            }
        }
    }

    /** Runs that save as much as one another, and fewer meta-tokens than runs: as many are replaced as there are. */
    @Test
    void aScarcePoolIsUsedUp() {
        for (int runs = 1; runs <= 6; runs++) {
            int[] tokens = manyRuns(runs);
            for (int pool = 1; pool <= 6; pool++) {
                for (MetaTokenEffort effort :
                        new MetaTokenEffort[] {MetaTokenEffort.FAST, MetaTokenEffort.DEFAULT, MetaTokenEffort.BEST}) {
                    for (MetaTokenForm form : new MetaTokenForm[] {MetaTokenForm.FLAT, MetaTokenForm.NESTED}) {
                        int[] encoded = new MetaTokenCodec(MetaTokenConfig.builder(1000)
                                        .form(form)
                                        .effort(effort)
                                        .addPool(1002, 1001 + pool)
                                        .build())
                                .encode(tokens);
                        // five uses of nine tokens: 45 become 5, and 10 in the dictionary
                        assertThat(encoded).hasSize(2 + tokens.length - 30 * Math.min(runs, pool));
                    }
                }
            }
        }
    }

    /** Each of so many runs of nine tokens five times, with something that occurs once behind each. */
    private static int[] manyRuns(int runs) {
        int[] tokens = new int[5 * runs * 10];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = i % 10 == 9 ? 500 + i / 10 : i / 10 % runs * 10 + i % 10;
        }
        return tokens;
    }

    @Test
    void aNestedEntryRefersToEntriesBeforeIt() {
        int[] tokens = IntStream.range(0, 4)
                .flatMap(i -> IntStream.of(1, 2, 3, 4, 5, 6, 7, 8, 10 + i, 1, 2, 3, 4, 20 + i, 1, 2, 3, 4, 30 + i))
                .toArray();
        int[] flat = codec(MetaTokenForm.FLAT).encode(tokens);
        int[] nested = codec(MetaTokenForm.NESTED).encode(tokens);
        assertThat(nested.length).isLessThan(flat.length);
        assertThat(nested).startsWith(START, M1, 1, 2, 3, 4, M2, M1, 5, 6, 7, 8, END);
        assertThat(codec(MetaTokenForm.NESTED).decode(nested)).isEqualTo(tokens);
    }

    /** META-TOKENS.md, section 5. */
    @Test
    void refusesWhatNoEncoderWrites() {
        assertRefused(MetaTokenForm.FLAT, 1, "meta-token 102", 5, M1);
        assertRefused(MetaTokenForm.FLAT, 2, "meta-token 103", START, M1, M2);
        assertRefused(MetaTokenForm.FLAT, 2, "DICT_END", START, M1, END);
        assertRefused(MetaTokenForm.FLAT, 3, "meta-token 102 again", START, M1, 1, M1, 2, END);
        assertRefused(MetaTokenForm.NESTED, 3, "meta-token 102", START, M1, 1, M1, 2, END);
        assertRefused(MetaTokenForm.FLAT, 1, "base token 7", START, 7);
        assertRefused(MetaTokenForm.FLAT, 3, "DICT_START", START, M1, 1, START);
        assertRefused(MetaTokenForm.FLAT, 1, "DICT_END", 5, END);
        assertRefused(MetaTokenForm.FLAT, 0, "outside the vocabulary", 1_000_000);
        assertRefused(MetaTokenForm.FLAT, 0, "outside the vocabulary", -7);
        assertRefused(MetaTokenForm.FLAT, 3, "end of the stream", START, M1, 1);
        // a dictionary replaces the one before it
        assertRefused(MetaTokenForm.FLAT, 6, "meta-token 102", START, M1, 1, END, START, END, M1);
    }

    private static void assertRefused(MetaTokenForm form, int position, String found, int... stream) {
        assertThatThrownBy(() -> codec(form).decode(stream))
                .isInstanceOfSatisfying(MalformedTokenStreamException.class, malformed -> {
                    assertThat(malformed.position()).isEqualTo(position);
                    assertThat(malformed.found()).contains(found);
                });
    }

    @Test
    void aDictionaryBombIsRefusedBeforeItIsExpanded() {
        int[] bomb = new int[2 + 3 * 60];
        bomb[0] = START;
        for (int e = 0; e < 60; e++) {
            bomb[1 + 3 * e] = M1 + e;
            bomb[2 + 3 * e] = e == 0 ? 7 : M1 + e - 1;
            bomb[3 + 3 * e] = bomb[2 + 3 * e];
        }
        bomb[bomb.length - 1] = END;
        // entry e stands for 2^(e+1) tokens; 2^13 = 8192 is a window, 2^14 is not
        assertRefused(MetaTokenForm.NESTED, 3 + 3 * 13, "more", bomb);
    }

    @Test
    void anEncoderRefusesReservedIds() {
        for (int reserved : new int[] {START, END, M1, M3, 100 + 1 + 1024}) {
            assertThatThrownBy(() -> codec(MetaTokenForm.FLAT).encode(new int[] {1, reserved}))
                    .isInstanceOfSatisfying(
                            MalformedTokenStreamException.class,
                            malformed -> assertThat(malformed.position()).isOne());
        }
    }

    /** The same on every JVM: the generator is part of the format's determinism. */
    @Test
    void shuffledAssignmentIsFixedBySeedAndBlock() {
        MetaTokenCodec codec = new MetaTokenCodec(MetaTokenConfig.builder(100)
                .window(24)
                .addPool(1000, 1999)
                .shuffled(42)
                .build());
        int[] block = IntStream.range(0, 24).map(i -> i % 4).toArray();
        int[] tokens =
                IntStream.concat(Arrays.stream(block), Arrays.stream(block)).toArray();
        int[] encoded = codec.encode(tokens);
        assertThat(codec.decode(encoded)).isEqualTo(tokens);
        assertThat(IntStream.of(encoded).filter(id -> id >= 1000).distinct().toArray())
                .containsExactly(1888, 1440);
        assertThat(codec.encode(tokens)).isEqualTo(encoded);
    }

    @Test
    void aConfigurationIsRefusedByTheNameOfItsField() {
        assertConfigRefused("vocabularySize", 0, builder -> {});
        assertConfigRefused("vocabularySize", Integer.MAX_VALUE, builder -> {});
        assertConfigRefused("window", 10, builder -> builder.window(0));
        assertConfigRefused("window", 10, builder -> builder.window((1 << 24) + 1));
        assertConfigRefused("longestRun", 10, builder -> builder.longestRun(1));
        assertConfigRefused("longestRun", 10, builder -> builder.longestRun(257));
        assertConfigRefused("no range", 10, builder -> builder.addPool(20, 19));
        assertConfigRefused("no range", 10, builder -> builder.addPool(-1, 19));
        assertConfigRefused(
                "reserved twice", 10, builder -> builder.addPool(20, 30).addPool(30, 40));
        assertConfigRefused("reserved twice", 10, builder -> builder.delimiters(5, 5));
        assertConfigRefused("reserved twice", 10, builder -> builder.addPool(9, 10));
        assertConfigRefused("pool", 10, builder -> builder.addPool(12, Integer.MAX_VALUE));
        assertConfigRefused("protected IDs 3 to 2", 10, builder -> builder.protect(3, 2));
        assertConfigRefused("protected IDs -1 to 2", 10, builder -> builder.protect(-1, 2));
        assertConfigRefused("protected IDs 9 to 10", 10, builder -> builder.protect(9, 10));
    }

    private static void assertConfigRefused(
            String message, int vocabularySize, Consumer<MetaTokenConfig.Builder> change) {
        MetaTokenConfig.Builder builder = MetaTokenConfig.builder(vocabularySize);
        change.accept(builder);
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    /** A chat of messages that begin and end alike: no run crosses an end, whatever form and effort. */
    @ParameterizedTest
    @EnumSource
    void protectedIdsStandWhereTheyStood(MetaTokenEffort effort) {
        int[] tokens = IntStream.range(0, 40)
                .flatMap(message -> IntStream.of(90, 1, 2, 3, 4, 10 + message % 3, 5, 6, 7, 8, 95))
                .toArray();
        for (MetaTokenForm form : List.of(MetaTokenForm.FLAT, MetaTokenForm.NESTED)) {
            MetaTokenConfig.Builder builder =
                    MetaTokenConfig.builder(100).form(form).effort(effort);
            int[] free = new MetaTokenCodec(builder.build()).encode(tokens);
            MetaTokenCodec codec =
                    new MetaTokenCodec(builder.protect(93, 95).protect(90, 90).build());
            int[] encoded = codec.encode(tokens);
            assertThat(encoded).hasSizeGreaterThan(free.length).hasSizeLessThan(tokens.length);
            int[] body =
                    Arrays.stream(encoded).dropWhile(id -> id != END).skip(1).toArray();
            assertThat(IntStream.of(encoded).filter(id -> id >= 90 && id < 100))
                    .containsExactlyElementsOf(
                            IntStream.of(tokens).filter(id -> id >= 90).boxed().toList());
            assertThat(IntStream.of(body).filter(id -> id >= 90 && id < 100)).hasSize(80);
            assertThat(codec.decode(encoded)).isEqualTo(tokens);
            assertThat(codec.config().isProtected(94)).isTrue();
            assertThat(codec.config().isProtected(92)).isFalse();
        }
    }

    @Test
    void tellsItsVocabulary() {
        MetaTokenConfig config =
                MetaTokenConfig.builder(100).addPool(500, 509).addPool(50, 52).build();
        assertThat(config.vocabularySize()).isEqualTo(100);
        assertThat(config.encodedVocabularySize()).isEqualTo(510);
        assertThat(config.poolSize()).isEqualTo(13);
        assertThat(config.metaToken(0)).isEqualTo(500);
        assertThat(config.metaToken(10)).isEqualTo(50);
        assertThatThrownBy(() -> config.metaToken(13)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(new MetaTokenCodec(config).encodedVocabularySize()).isEqualTo(510);
    }
}
