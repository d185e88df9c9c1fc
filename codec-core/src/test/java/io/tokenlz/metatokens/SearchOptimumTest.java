package io.tokenlz.metatokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far the searches are from the best dictionary of their form, on small inputs. */
class SearchOptimumTest {
    private static final int INPUTS = 3000;

    private static int[] input(Random random) {
        int length = 16 + random.nextInt(9);
        int distinct = 2 + random.nextInt(3);
        int[] tokens = random.ints(length, 0, distinct).toArray();
        // half of them with parts of themselves copied, for random tokens leave little to find
        for (int copies = random.nextInt(2) * random.nextInt(5); copies > 0; copies--) {
            int count = 2 + random.nextInt(6);
            System.arraycopy(tokens, random.nextInt(length - count), tokens, random.nextInt(length - count), count);
        }
        return tokens;
    }

    /** META-TOKENS.md, section 4, has the figures: mean tokens above the optimum, and inputs above it. */
    @ParameterizedTest
    @CsvSource({"FLAT, 0.15, 320", "NESTED, 0.08, 190"})
    void bestIsNeverBetterThanTheOptimumAndSeldomWorse(MetaTokenForm form, double mostGap, int mostMissed) {
        Random random = new Random(3);
        MetaTokenCodec codec = new MetaTokenCodec(MetaTokenConfig.builder(4)
                .form(form)
                .effort(MetaTokenEffort.BEST)
                .window(32)
                .build());
        int gap = 0;
        int missed = 0;
        for (int i = 0; i < INPUTS; i++) {
            int[] tokens = input(random);
            int optimum = OptimalDictionary.size(tokens, form == MetaTokenForm.NESTED);
            int size = codec.encode(tokens).length;
            assertThat(size).as("size of %s", Arrays.toString(tokens)).isGreaterThanOrEqualTo(optimum);
            gap += size - optimum;
            missed += size > optimum ? 1 : 0;
        }
        assertThat((double) gap / INPUTS).isLessThan(mostGap);
        assertThat(missed).isLessThan(mostMissed);
    }

    /** The optimum itself, against every dictionary there is, on inputs so short that there are few. */
    @Test
    void theOptimumIsTheBestOfAllDictionaries() {
        Random random = new Random(8);
        for (int i = 0; i < 300; i++) {
            int[] tokens = random.ints(8 + random.nextInt(5), 0, 2).toArray();
            assertThat(OptimalDictionary.size(tokens, false)).isEqualTo(bruteForce(tokens, false));
            assertThat(OptimalDictionary.size(tokens, true)).isEqualTo(bruteForce(tokens, true));
        }
    }

    private static int bruteForce(int[] tokens, boolean nested) {
        String text = IntStream.of(tokens).mapToObj(Integer::toString).reduce("", String::concat);
        List<String> runs = new ArrayList<>();
        for (int length = 2; length <= text.length() / 2; length++) {
            for (int start = 0; start + length <= text.length(); start++) {
                String run = text.substring(start, start + length);
                if (!runs.contains(run) && text.indexOf(run, start + length) >= 0) {
                    runs.add(run);
                }
            }
        }
        int best = text.length();
        for (int set = 1; set < 1 << runs.size(); set++) {
            List<String> entries = new ArrayList<>();
            for (int r = 0; r < runs.size(); r++) {
                if ((set >> r & 1) == 1) {
                    entries.add(runs.get(r));
                }
            }
            int size = 2 + fewest(text, entries);
            for (String entry : entries) {
                List<String> shorter = entries.stream()
                        .filter(other -> other.length() < entry.length())
                        .toList();
                size += 1 + (nested ? fewest(entry, shorter) : entry.length());
            }
            best = Math.min(best, size);
        }
        return best;
    }

    private static int fewest(String text, List<String> entries) {
        int[] fewest = new int[text.length() + 1];
        for (int end = 1; end <= text.length(); end++) {
            fewest[end] = fewest[end - 1] + 1;
            for (String entry : entries) {
                if (text.startsWith(entry, end - entry.length())) {
                    fewest[end] = Math.min(fewest[end], fewest[end - entry.length()] + 1);
                }
            }
        }
        return fewest[text.length()];
    }
}
