package io.tokenlz.frames;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Prefix codes against Huffman's construction as it is taught, and against package-merge where codes have a longest one. */
class PrefixCodeTest {
    private final PrefixCode code = new PrefixCode();

    private static int[] weights(String kind, int count) {
        return IntStream.range(0, count)
                .map(i -> switch (kind) {
                    case "equal" -> 5;
                    case "rising" -> 1 + i;
                    case "falling" -> count - i;
                    case "mixed" -> 1 + (int) (TokenShape.mixed(i) % 1000);
                    case "large" -> 1 + (int) (TokenShape.mixed(i) % 400_000);
                    case "doubling" -> 1 << Math.min(i, 20);
                    default -> 1 + (int) (TokenShape.mixed(i) % 3);
                })
                .toArray();
    }

    /** Distinct, in no order. */
    private static int[] symbols(int count) {
        return IntStream.range(0, count).map(i -> (i * 7919) % 1_000_003).toArray();
    }

    private static long huffmanCost(int... weights) {
        PriorityQueue<Long> trees = new PriorityQueue<>();
        Arrays.stream(weights).asLongStream().forEach(trees::add);
        long cost = 0;
        while (trees.size() > 1) {
            long joined = trees.remove() + trees.remove();
            cost += joined;
            trees.add(joined);
        }
        return cost;
    }

    /** The least cost of a code of at most so many bits (Larmore and Hirschberg): packages by their weight alone. */
    private static long leastCost(int most, int... weights) {
        long[] single = Arrays.stream(weights).asLongStream().sorted().toArray();
        long[] packages = single;
        for (int bits = 1; bits < most; bits++) {
            long[] joined = new long[single.length + packages.length / 2];
            System.arraycopy(single, 0, joined, 0, single.length);
            for (int i = 0; i + 1 < packages.length; i += 2) {
                joined[single.length + i / 2] = packages[i] + packages[i + 1];
            }
            Arrays.sort(joined);
            packages = joined;
        }
        return Arrays.stream(packages, 0, 2 * weights.length - 2).sum();
    }

    /** Builds a code, checks that it is complete and in canonical order, and has each symbol once; what it costs. */
    private long cost(int[] symbols, int[] weights, int most) {
        code.build(symbols, weights, symbols.length, most);
        long cost = 0;
        long room = 1L << most;
        boolean[] seen = new boolean[symbols.length];
        for (int place = 0; place < symbols.length; place++) {
            int length = code.length(place);
            assertThat(length).isBetween(1, most);
            room -= 1L << (most - length);
            int symbol = code.symbol(place);
            int index = IntStream.range(0, symbols.length)
                    .filter(i -> symbols[i] == symbol)
                    .findFirst()
                    .orElseThrow();
            assertThat(seen[index]).isFalse();
            seen[index] = true;
            assertThat(code.weight(place)).isEqualTo(weights[index]);
            if (place > 0) {
                assertThat(length).isGreaterThanOrEqualTo(code.length(place - 1));
                if (length == code.length(place - 1)) {
                    assertThat(symbol).isGreaterThan(code.symbol(place - 1));
                }
            }
            cost += (long) weights[index] * length;
        }
        assertThat(room).as("a complete code").isZero();
        return cost;
    }

    @ParameterizedTest
    @ValueSource(strings = {"equal", "rising", "falling", "mixed", "large", "few"})
    void isHuffmansCodeWhereThereIsRoom(String kind) {
        for (int count : new int[] {2, 3, 4, 5, 7, 8, 9, 39, 40, 41, 42, 100, 257, 700}) {
            int[] weights = weights(kind, count);
            assertThat(cost(symbols(count), weights, 40)).isEqualTo(huffmanCost(weights));
        }
    }

    /** A limit that just fits changes nothing; below it a code costs a twentieth more than the best there is, if not a fourth. */
    @ParameterizedTest
    @ValueSource(strings = {"rising", "mixed", "large", "doubling"})
    void isNoLongerThanItsLimit(String kind) {
        for (int count : new int[] {5, 8, 16, 17, 40, 41, 120}) {
            int[] weights = weights(kind, count);
            int[] symbols = symbols(count);
            long best = cost(symbols, weights, 40);
            int longest = code.length(count - 1);
            assertThat(cost(symbols, weights, longest)).isEqualTo(best);
            int least = Integer.SIZE - Integer.numberOfLeadingZeros(count - 1);
            for (int most = longest - 1; most >= least; most--) {
                long cost = cost(symbols, weights, most);
                long leastCost = leastCost(most, weights);
                // the writer's way to a limit is quick, not the best: it shows where every symbol is twice as rare
                long over = kind.equals("doubling") ? leastCost / 4 : leastCost / 20;
                assertThat(cost).isBetween(leastCost, leastCost + over);
            }
        }
    }

    /** Weights 1, 1, 2, 4, …: lengths of 7 bits and less, known beforehand. */
    @Test
    void lengthsOfDoublingWeights() {
        int[] weights = {1, 1, 2, 4, 8, 16, 32, 64};
        int[] symbols = {0, 1, 2, 3, 4, 5, 6, 7};
        assertThat(lengths(symbols, weights, 7)).containsExactly(7, 7, 6, 5, 4, 3, 2, 1);
        assertThat(lengths(symbols, weights, 3)).containsExactly(3, 3, 3, 3, 3, 3, 3, 3);
        assertThat(lengths(symbols, weights, 6)).containsExactly(6, 6, 6, 6, 4, 3, 2, 1);
        assertThat(lengths(symbols, weights, 5)).containsExactly(5, 5, 5, 5, 4, 4, 2, 1);
        assertThat(lengths(symbols, weights, 4)).containsExactly(4, 4, 4, 4, 4, 4, 3, 1);
    }

    private int[] lengths(int[] symbols, int[] weights, int most) {
        code.build(symbols, weights, symbols.length, most);
        int[] lengths = new int[symbols.length];
        for (int place = 0; place < symbols.length; place++) {
            lengths[code.symbol(place)] = code.length(place);
        }
        return lengths;
    }
}
