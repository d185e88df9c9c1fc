package io.tokenlz.metatokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SuffixArrayTest {
    @Test
    void isTheOneThatSortingGives() {
        Random random = new Random(1);
        SuffixArray array = new SuffixArray(300);
        RepeatTree tree = new RepeatTree(300);
        for (int round = 0; round < 3000; round++) {
            int[] symbols = symbols(random, round % 20 == 0 ? 300 : random.nextInt(20));
            array.build(symbols, symbols.length);
            tree.build(array);
            assertThat(Arrays.copyOf(array.suffixes(), symbols.length))
                    .as("suffixes of %s", Arrays.toString(symbols))
                    .isEqualTo(sorted(array.text(), symbols.length));
            assertSharedPrefixes(array, symbols);
            if (symbols.length <= 20) {
                assertRepeats(tree, symbols);
            }
        }
    }

    /** Few different symbols, of any value; every third time with a period. */
    private static int[] symbols(Random random, int length) {
        int different = 1 + random.nextInt(4);
        int period = random.nextInt(3) == 0 ? 1 + random.nextInt(6) : length;
        int[] symbols = new int[length];
        for (int i = 0; i < length; i++) {
            symbols[i] = i < period ? random.nextInt(different) * 1_000_003 - 5 : symbols[i - period];
        }
        return symbols;
    }

    private static int[] sorted(int[] text, int length) {
        return IntStream.range(0, length)
                .boxed()
                .sorted((a, b) -> Arrays.compare(text, a, length, text, b, length))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static void assertSharedPrefixes(SuffixArray array, int[] symbols) {
        for (int i = 1; i < symbols.length; i++) {
            int before = array.suffixes()[i - 1];
            int suffix = array.suffixes()[i];
            int differ = Arrays.mismatch(
                    symbols, before, symbols.length, symbols, suffix, symbols.length); // the shorter one is never equal
            assertThat(array.sharedPrefix()[i]).isEqualTo(differ);
        }
    }

    /** From each place, the nodes' lengths are those at which the number of places changes. */
    private static void assertRepeats(RepeatTree tree, int[] symbols) {
        for (int place = 0; place < symbols.length; place++) {
            int node = tree.deepest[place];
            for (int length = symbols.length - place; length > 0; length--) {
                int[] places = places(symbols, place, length);
                if (places.length == 1) {
                    continue;
                }
                while (tree.parentLength(node) >= length) {
                    node = tree.parent[node];
                }
                assertThat(tree.length[node]).isGreaterThanOrEqualTo(length);
                assertThat(tree.count[node]).isEqualTo(places.length);
                assertThat(tree.first[node]).isEqualTo(places[0]);
                assertThat(tree.last[node]).isEqualTo(places[places.length - 1]);
            }
        }
    }

    private static int[] places(int[] symbols, int place, int length) {
        return IntStream.rangeClosed(0, symbols.length - length)
                .filter(i -> Arrays.equals(symbols, i, i + length, symbols, place, place + length))
                .toArray();
    }
}
