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

    /** META-TOKENS.md, section 4, has the figures that this prints: mean tokens above the optimum, and inputs above it. */
    @ParameterizedTest
    @CsvSource({"FLAT, 0.15, 320", "NESTED, 0.08, 190"})
    void noEffortIsBetterThanTheOptimumAndBestSeldomWorse(MetaTokenForm form, double mostGap, int mostMissed) {
        Random random = new Random(3);
        MetaTokenEffort[] efforts = MetaTokenEffort.values();
        MetaTokenCodec[] codecs =
                Arrays.stream(efforts).map(effort -> codec(form, effort)).toArray(MetaTokenCodec[]::new);
        int[] gap = new int[efforts.length];
        int[] missed = new int[efforts.length];
        long removed = 0;
        for (int i = 0; i < INPUTS; i++) {
            int[] tokens = input(random);
            int optimum = OptimalDictionary.size(tokens, form == MetaTokenForm.NESTED);
            removed += tokens.length - optimum;
            for (int e = 0; e < efforts.length; e++) {
                int size = codecs[e].encode(tokens).length;
                assertThat(size)
                        .as("size of %s by %s", Arrays.toString(tokens), efforts[e])
                        .isGreaterThanOrEqualTo(optimum);
                gap[e] += size - optimum;
                missed[e] += size > optimum ? 1 : 0;
            }
        }
        System.out.printf("%s: the optimum removes %.2f tokens of an input%n", form, (double) removed / INPUTS);
        for (int e = 0; e < efforts.length; e++) {
            System.out.printf(
                    "%s, %s: %.2f above it, and above it on %d of %d%n",
                    form, efforts[e], (double) gap[e] / INPUTS, missed[e], INPUTS);
        }
        int best = List.of(efforts).indexOf(MetaTokenEffort.BEST);
        int byDefault = List.of(efforts).indexOf(MetaTokenEffort.DEFAULT);
        int ltsc = List.of(efforts).indexOf(MetaTokenEffort.LTSC);
        assertThat((double) gap[best] / INPUTS).isLessThan(mostGap);
        assertThat(missed[best]).isLessThan(mostMissed);
        assertThat(gap[byDefault]).isLessThan(gap[ltsc]);
    }

    private static MetaTokenCodec codec(MetaTokenForm form, MetaTokenEffort effort) {
        return new MetaTokenCodec(
                MetaTokenConfig.builder(4).form(form).effort(effort).window(32).build());
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
