package io.tokenlz.frames;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs and matches of every length and distance (FORMAT.md, section 6), against copies made one ID after the other. */
class SequencesTest {
    private static final int BEFORE = 50;
    private static final int[] RUNS = {0, 1, 2, 11, 12, 13, 14, 30};

    private static int[] lengths() {
        int[] lengths = new int[36];
        Arrays.setAll(lengths, i -> i < 33 ? 2 + i : 50 + 7 * i);
        return lengths;
    }

    /** Two matches of that distance behind runs of literals, and literals behind them, at the end of the history or not. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 12, 15, 16, 17, 18, 31, 32, 33, 34, 50})
    void anyCopyIsMade(int distance) {
        for (int run : RUNS) {
            for (int length : lengths()) {
                for (int rest : new int[] {0, 1, 13}) {
                    int ids = 2 * (run + length) + rest;
                    int[] expected = new int[BEFORE + ids];
                    Arrays.setAll(expected, i -> 1000 + i);
                    int to = BEFORE;
                    Sequences sequences = new Sequences();
                    sequences.ensure(2 * run + rest, 2);
                    for (int match = 0; match < 2; match++) {
                        for (int i = 0; i < run; i++, to++) {
                            sequences.literals[sequences.literalCount++] = 5000 + to;
                            expected[to] = 5000 + to;
                        }
                        sequences.runs[match] = run;
                        sequences.lengths[match] = length - Sequences.LEAST_MATCH;
                        // the second names the distance as the last one
                        sequences.distances[match] = match == 0 ? distance + Sequences.RECENT - 1 : 0;
                        sequences.count++;
                        for (int i = 0; i < length; i++, to++) {
                            expected[to] = expected[to - distance];
                        }
                    }
                    for (int i = 0; i < rest; i++, to++) {
                        sequences.literals[sequences.literalCount++] = 5000 + to;
                        expected[to] = 5000 + to;
                    }
                    int[] history = new int[expected.length + PayloadReader.HISTORY_SLACK];
                    System.arraycopy(expected, 0, history, 0, BEFORE);
                    sequences.execute(history, BEFORE, BEFORE, ids);
                    assertThat(Arrays.copyOf(history, expected.length)).isEqualTo(expected);
                }
            }
        }
    }

    /** Runs of any length at any place before a history's end: gathered as they are. */
    @Test
    void literalsUpToTheHistorysEnd() {
        int[] history = new int[60];
        Arrays.setAll(history, i -> 100 + i);
        for (int from = 0; from <= history.length; from++) {
            for (int run = 0; run <= history.length - from; run++) {
                Sequences sequences = new Sequences();
                sequences.start(2 * run + 2);
                sequences.add(history, from, run, 2, 7);
                sequences.end(history, from, run);
                int[] expected = Arrays.copyOfRange(history, from, from + run);
                assertThat(sequences.literalCount).isEqualTo(2 * run);
                assertThat(Arrays.copyOf(sequences.literals, run)).isEqualTo(expected);
                assertThat(Arrays.copyOfRange(sequences.literals, run, 2 * run)).isEqualTo(expected);
                assertThat(sequences.count).isOne();
                assertThat(sequences.runs[0]).isEqualTo(run);
                assertThat(sequences.lengths[0]).isZero();
                assertThat(sequences.distances[0]).isEqualTo(7);
            }
        }
    }

    /** The three last distances (section 6), however they are named: against a list that is kept plainly. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void lastDistancesInAnyOrder(int shift) {
        int matches = 4 * 4 * 4 * 4;
        Sequences sequences = new Sequences();
        sequences.ensure(0, matches);
        int[] expected = new int[BEFORE + 2 * matches];
        Arrays.setAll(expected, i -> i < BEFORE ? i : -1);
        int[] last = {1, 2, 3};
        int to = BEFORE;
        for (int match = 0; match < matches; match++) {
            // all rows of four names come in turn
            int name = (match >>> (2 * ((match + shift) & 3))) & 3;
            int distance = name < 3 ? last[name] : 10 + match % 30;
            sequences.distances[match] = name < 3 ? name : distance + 2;
            for (int i = Math.min(name, 2); i > 0; i--) {
                last[i] = last[i - 1];
            }
            last[0] = distance;
            expected[to] = expected[to - distance];
            expected[to + 1] = expected[to + 1 - distance];
            to += 2;
        }
        sequences.count = matches;
        int[] history = new int[expected.length + PayloadReader.HISTORY_SLACK];
        System.arraycopy(expected, 0, history, 0, BEFORE);
        sequences.execute(history, BEFORE, BEFORE, 2 * matches);
        assertThat(Arrays.copyOf(history, expected.length)).isEqualTo(expected);
    }
}
