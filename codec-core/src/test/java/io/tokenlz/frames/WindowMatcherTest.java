package io.tokenlz.frames;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a search finds hangs on the tokens alone: not on where in its numbering of positions it is when it begins. */
class WindowMatcherTest {
    private static final int IDS = 300;

    /** Searches with small tables, and the largest position that each can store. */
    @SuppressWarnings("ImmutableEnumChecker") // a supplier without a state
    enum Search {
        QUICK_RUNS_OF_3((1 << 22) - 1, () -> new WindowMatcher.Quick(8, 3, 6)),
        QUICK_RUNS_OF_4((1 << 22) - 1, () -> new WindowMatcher.Quick(8, 4, 5)),
        THOROUGH(1 << 30, () -> new WindowMatcher.Thorough(8));

        final int largestPosition;
        final Supplier<WindowMatcher> matchers;

        Search(int largestPosition, Supplier<WindowMatcher> matchers) {
            this.largestPosition = largestPosition;
            this.matchers = matchers;
        }
    }

    /** Three frames, of which each copies from the one before, and the history moves; what was found in them. */
    private static String found(WindowMatcher matcher, int[] tokens) {
        int[] history = tokens.clone();
        String found = found(matcher, history, 0, 0) + found(matcher, history, IDS, 100);
        matcher.moved(IDS);
        System.arraycopy(tokens, IDS, history, 0, history.length - IDS);
        return found + found(matcher, history, IDS, 0);
    }

    private static String found(WindowMatcher matcher, int[] history, int from, int first) {
        Sequences sequences = new Sequences();
        matcher.parse(history, from, from + IDS, first, sequences);
        int count = sequences.count;
        return Arrays.toString(Arrays.copyOf(sequences.literals, sequences.literalCount))
                + Arrays.toString(Arrays.copyOf(sequences.runs, count))
                + Arrays.toString(Arrays.copyOf(sequences.lengths, count))
                + Arrays.toString(Arrays.copyOf(sequences.distances, count));
    }

    private static int[] tokens() {
        return TokenShape.TEXT.tokens(4 * IDS);
    }

    /** From before where positions begin anew to behind it, at every place. */
    @ParameterizedTest
    @EnumSource
    void whereverPositionsBeginAnewTheSameIsFound(Search search) {
        String expected = found(search.matchers.get(), tokens());
        for (int before = 0; before < 3 * IDS + 20; before++) {
            WindowMatcher matcher = search.matchers.get();
            // the tables hold an older stream, which is gone
            found(matcher, TokenShape.PERIODIC.tokens(4 * IDS));
            matcher.moved(2 * IDS);
            matcher.moved(search.largestPosition - before - matcher.origin);
            assertThat(found(matcher, tokens()))
                    .as(before + " before the last position")
                    .isEqualTo(expected);
        }
    }

    /** Streams so short that nothing is searched in them, more of them than there are positions. */
    @ParameterizedTest
    @EnumSource
    void positionsBeginAnewWithoutASearch(Search search) {
        String expected = found(search.matchers.get(), tokens());
        WindowMatcher matcher = search.matchers.get();
        for (int stream = 0; stream < 1100; stream++) {
            matcher.moved(1 << 22);
            assertThat(matcher.origin).isBetween(1, search.largestPosition);
        }
        assertThat(found(matcher, tokens())).isEqualTo(expected);
    }

    @Test
    void matchesOfAnyLength() {
        for (int length = 0; length < 60; length++) {
            for (int behind = 0; behind < 3; behind++) {
                int[] history = new int[200];
                Arrays.setAll(history, i -> i);
                int late = 100;
                for (int i = 0; i < length; i++) {
                    history[late + i] = history[20 + i];
                }
                assertThat(WindowMatcher.matchLength(history, 20, late, late + length + behind))
                        .isEqualTo(length);
            }
        }
        int[] same = new int[50];
        assertThat(WindowMatcher.matchLength(same, 0, 1, 50)).as("into itself").isEqualTo(49);
    }
}
