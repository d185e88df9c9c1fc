package io.tokenlz.metatokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RepeatFinderTest {
    private static final int NOWHERE = -1;

    @Test
    void findsWhatTryingEveryRunFinds() {
        Random random = new Random(3);
        for (int round = 0; round < 3000; round++) {
            int[] tokens = tokens(random, random.nextInt(40));
            int shielded = random.nextInt(3) == 0 ? 1 : NOWHERE;
            List<RepeatedRun> expected = tried(tokens, shielded);
            assertThat(RepeatFinder.mostSaving(tokens, 1000, token -> token == shielded))
                    .as("%s, %d protected", Arrays.toString(tokens), shielded)
                    .isEqualTo(expected);
            int most = random.nextInt(5);
            assertThat(RepeatFinder.mostSaving(tokens, most, token -> token == shielded))
                    .isEqualTo(expected.subList(0, Math.min(most, expected.size())));
        }
    }

    /** Few different tokens; every third time with a period. */
    private static int[] tokens(Random random, int length) {
        int different = 1 + random.nextInt(4);
        int period = random.nextInt(3) == 0 ? 1 + random.nextInt(6) : length;
        int[] tokens = new int[length];
        for (int i = 0; i < length; i++) {
            tokens[i] = i < period ? random.nextInt(different) : tokens[i - period];
        }
        return tokens;
    }

    private static List<RepeatedRun> tried(int[] tokens, int shielded) {
        List<RepeatedRun> runs = new ArrayList<>();
        for (int length = 2; length < tokens.length; length++) {
            for (int start = 0; start + length <= tokens.length; start++) {
                int[] places = places(tokens, start, length);
                boolean shields = Arrays.stream(tokens, start, start + length).anyMatch(token -> token == shielded);
                if (places[0] < start
                        || places.length < 2
                        || shields
                        || canBeLonger(tokens, places, length, shielded)) {
                    continue;
                }
                add(start, length, places, runs);
                int period = IntStream.range(1, places.length)
                        .map(i -> places[i] - places[i - 1])
                        .min()
                        .orElse(length);
                if (period < length && places(tokens, start, period).length == places.length) {
                    add(start, period, places, runs);
                }
            }
        }
        runs.sort(Comparator.comparingLong(RepeatedRun::saved)
                .thenComparingInt(RepeatedRun::length)
                .reversed()
                .thenComparingInt(RepeatedRun::firstPlace));
        return runs;
    }

    private static void add(int start, int length, int[] places, List<RepeatedRun> runs) {
        int apart = 0;
        int free = 0;
        for (int place : places) {
            if (place >= free) {
                apart++;
                free = place + length;
            }
        }
        if (length * apart > 1 + length + apart) {
            runs.add(new RepeatedRun(start, length, places.length, apart));
        }
    }

    private static int[] places(int[] tokens, int start, int length) {
        return IntStream.rangeClosed(0, tokens.length - length)
                .filter(i -> Arrays.equals(tokens, i, i + length, tokens, start, start + length))
                .toArray();
    }

    /** Whether the same token stands in front of all places, or behind all, and none of them at an end. */
    private static boolean canBeLonger(int[] tokens, int[] places, int length, int shielded) {
        for (int side : new int[] {-1, length}) {
            int[] beside = IntStream.of(places)
                    .map(place -> place + side)
                    .map(at -> at < 0 || at >= tokens.length ? NOWHERE : tokens[at])
                    .distinct()
                    .toArray();
            if (beside.length == 1 && beside[0] != NOWHERE && beside[0] != shielded) {
                return true;
            }
        }
        return false;
    }

    @Test
    void saysWhatARunWouldSave() {
        int[] tokens = {1, 2, 3, 4, 9, 1, 2, 3, 4, 8, 1, 2, 3, 4};
        assertThat(RepeatFinder.mostSaving(tokens, 10)).containsExactly(new RepeatedRun(0, 4, 3, 3));
        assertThat(new RepeatedRun(0, 4, 3, 3).saved()).isEqualTo(12 - 8);
        assertThat(RepeatFinder.mostSaving(new int[] {1, 2, 1, 2}, 10))
                .as("what doesn't pay")
                .isEmpty();
        assertThat(RepeatFinder.mostSaving(new int[0], 10)).isEmpty();
    }

    /** Every length occurs, over itself; the best are as many pieces as a piece has tokens. */
    @Test
    void placesThatOverlapCountOnce() {
        List<RepeatedRun> runs = RepeatFinder.mostSaving(new int[1 << 20], 3);
        assertThat(runs.get(0)).isEqualTo(new RepeatedRun(0, 1024, (1 << 20) - 1023, 1024));
        assertThat(runs).hasSize(3);
    }

    @Test
    void thePeriodOfARunIsFound() {
        int[] tokens = {7, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 8};
        assertThat(RepeatFinder.mostSaving(tokens, 1)).containsExactly(new RepeatedRun(1, 3, 4, 4));
    }

    @Test
    void misuseIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RepeatFinder.mostSaving(new int[] {1, -1}, 1))
                .withMessageContaining("token 1 must not be negative");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RepeatFinder.mostSaving(new int[] {1}, -1))
                .withMessageContaining("most");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RepeatFinder.mostSaving(new int[RepeatFinder.MOST_TOKENS + 1], 1))
                .withMessageContaining("at most");
    }
}
