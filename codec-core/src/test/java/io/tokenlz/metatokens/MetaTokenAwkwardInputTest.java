package io.tokenlz.metatokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Large inputs on which a search could take more time or memory than it may. */
class MetaTokenAwkwardInputTest {
    @ParameterizedTest
    @EnumSource
    void awkwardInputsComeBack(MetaTokenEffort effort) {
        for (int[] tokens : awkwardInputs(40_000)) {
            int flat = comesBack(effort, MetaTokenForm.FLAT, 8192, tokens);
            int nested = comesBack(effort, MetaTokenForm.NESTED, 8192, tokens);
            assertThat(nested).isLessThanOrEqualTo(flat);
        }
    }

    /** Where time or memory grew faster than the window, this would not end. */
    @ParameterizedTest
    @EnumSource(names = {"FAST", "DEFAULT"})
    void largeWindowsFinish(MetaTokenEffort effort) {
        for (int[] tokens : awkwardInputs(200_000)) {
            comesBack(effort, MetaTokenForm.FLAT, tokens.length, tokens);
            comesBack(effort, MetaTokenForm.NESTED, tokens.length, tokens);
        }
    }

    private static int comesBack(MetaTokenEffort effort, MetaTokenForm form, int window, int[] tokens) {
        MetaTokenCodec codec = new MetaTokenCodec(MetaTokenConfig.builder(100)
                .form(form)
                .effort(effort)
                .window(window)
                .build());
        int[] encoded = codec.encode(tokens);
        assertThat(encoded.length).isLessThanOrEqualTo(tokens.length);
        assertThat(codec.decode(encoded)).isEqualTo(tokens);
        // the hash tables' factors are random and must not show
        assertThat(new MetaTokenCodec(codec.config()).encode(tokens)).isEqualTo(encoded);
        return encoded.length;
    }

    private static int[][] awkwardInputs(int length) {
        int[] fibonacci = new int[length];
        for (int i = 0, a = 1, b = 1; i < length; i++) {
            if (i == a + b) {
                int sum = a + b;
                a = b;
                b = sum;
            }
            fibonacci[i] = i < 2 ? i : fibonacci[i - b];
        }
        Random random = new Random(1);
        return new int[][] {
            new int[length],
            IntStream.range(0, length).map(i -> i % 1000 % 100).toArray(),
            fibonacci,
            random.ints(length, 0, 100).toArray(),
            random.ints(length, 0, 2).toArray(),
            IntStream.range(0, length).map(i -> Integer.bitCount(i) & 1).toArray(),
            IntStream.range(0, length)
                    .map(i -> i < length / 2 ? 7 : i % 97 * i % 97)
                    .toArray(),
        };
    }

    @Test
    void awkwardSamplesEnd() {
        MetaTokenConfig config =
                MetaTokenConfig.builder(5000).addPool(6000, 6049).build();
        for (int[] sample : awkwardInputs(20_000)) {
            MetaTokenTraining.learn(config, List.of(sample, sample), 0, new byte[0])
                    .ifPresent(dictionary -> assertThat(dictionary.size()).isLessThanOrEqualTo(50));
        }
    }
}
