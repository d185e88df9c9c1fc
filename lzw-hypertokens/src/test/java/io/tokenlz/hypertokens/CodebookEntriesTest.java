package io.tokenlz.hypertokens;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenlz.core.ArrayTokenInput;
import io.tokenlz.core.ArrayTokenOutput;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Entries whose phrases all want one slot, and an epoch that comes to its end: what chance brings about too seldom. */
class CodebookEntriesTest {
    private static final int V = 100;
    private static final int STRIDE = 5;
    private static final int ROOM = 12;

    /** With one of these all small keys want the first slot, with the other the last, behind which the search goes on in front. */
    private static final int FIRST_SLOT = 1;

    private static final int LAST_SLOT = -1;

    private static CodebookEntries entries(int multiplier) {
        CodebookEntries entries = new CodebookEntries(0, null, V, STRIDE, ROOM);
        entries.hashMultiplier = multiplier;
        return entries;
    }

    private static void fill(CodebookEntries entries) {
        for (int i = 0; i < ROOM; i++) {
            entries.add(CodebookEntries.key(i, i + 1));
        }
    }

    private static void requireFilled(CodebookEntries entries) {
        assertThat(entries.count).isEqualTo(ROOM);
        for (int i = 0; i < ROOM; i++) {
            assertThat(entries.find(CodebookEntries.key(i, i + 1))).isEqualTo(i);
            assertThat(entries.find(CodebookEntries.key(i + 1, i))).isEqualTo(Codebook.ABSENT);
            assertThat(entries.length(i)).isEqualTo(2);
            assertThat(entries.subtoken(i, 0)).isEqualTo(i);
            assertThat(entries.subtoken(i, 1)).isEqualTo(i + 1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {FIRST_SLOT, LAST_SLOT})
    void allOfOneSlotAreFoundAndTakenBack(int multiplier) {
        CodebookEntries entries = entries(multiplier);
        for (int round = 0; round < 3; round++) {
            fill(entries);
            requireFilled(entries);
            for (int left = ROOM - 1; left >= 0; left--) {
                assertThat(entries.lastIs(CodebookEntries.key(left, left + 1))).isTrue();
                assertThat(entries.lastIs(CodebookEntries.key(left, left + 2))).isFalse();
                entries.removeLast();
                for (int i = 0; i < ROOM; i++) {
                    assertThat(entries.find(CodebookEntries.key(i, i + 1))).isEqualTo(i < left ? i : Codebook.ABSENT);
                }
            }
            assertThat(entries.lastIs(CodebookEntries.key(0, 1))).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {FIRST_SLOT, LAST_SLOT})
    void phrasesWithoutAPrefixShareASlotWithOthers(int multiplier) {
        CodebookEntries entries = entries(multiplier);
        int[] prefix = {9, 1, 2, 3};
        entries.add(CodebookEntries.key(1, 2));
        entries.addOrphan(prefix, 1, 2, 3);
        entries.addOrphan(prefix, 1, 3, 4);
        entries.add(CodebookEntries.key(V + 1, 7));
        entries.addOrphan(prefix, 0, 2, 3);
        assertThat(entries.hasOrphans()).isTrue();
        assertThat(entries.findOrphan(prefix, 1, 2, 3)).isEqualTo(1);
        assertThat(entries.findOrphan(prefix, 1, 3, 4)).isEqualTo(2);
        assertThat(entries.findOrphan(prefix, 0, 2, 3)).isEqualTo(4);
        assertThat(entries.findOrphan(prefix, 1, 2, 4)).isEqualTo(Codebook.ABSENT);
        assertThat(entries.findOrphan(prefix, 0, 3, 3)).isEqualTo(Codebook.ABSENT);
        assertThat(entries.findOrphan(new int[] {1, 8, 3}, 0, 2, 3)).isEqualTo(Codebook.ABSENT);
        assertThat(entries.findOrphan(new int[] {8, 2, 3}, 0, 2, 3)).isEqualTo(Codebook.ABSENT);
        assertThat(phrase(entries, 3)).containsExactly(1, 2, 3, 7);
        for (int left = 4; left > 1; left--) {
            entries.removeLast();
            assertThat(entries.hasOrphans()).isTrue();
        }
        assertThat(entries.findOrphan(prefix, 1, 2, 3)).isEqualTo(1);
        assertThat(entries.findOrphan(prefix, 1, 3, 4)).isEqualTo(Codebook.ABSENT);
        entries.removeLast();
        assertThat(entries.hasOrphans()).isFalse();
        assertThat(entries.find(CodebookEntries.key(1, 2))).isZero();
        entries.addOrphan(prefix, 1, 2, 3);
        entries.clear();
        assertThat(entries.hasOrphans()).isFalse();
    }

    private static int[] phrase(CodebookEntries entries, int number) {
        int[] phrase = new int[entries.length(number)];
        Arrays.setAll(phrase, i -> entries.subtoken(number, i));
        return phrase;
    }

    /** Nobody has asked for a phrase before. */
    @Test
    void phrasesAreThereAsSoonAsTheyAreCopied() {
        CodebookEntries entries = entries(FIRST_SLOT);
        entries.add(CodebookEntries.key(1, 2));
        entries.add(CodebookEntries.key(V, 3));
        int[] copied = new int[4];
        entries.copySubtokens(1, 1, copied, 1, 2);
        assertThat(copied).containsExactly(0, 2, 3, 0);
        entries.add(CodebookEntries.key(V + 1, 4));
        assertThat(entries.subtoken(2, 3)).isEqualTo(4);
    }

    @Test
    void phrasesWithoutAPrefixAreFoundBelowUpToWhereItWasLeft() {
        int[] prefix = {1, 2};
        CodebookEntries lower = entries(FIRST_SLOT);
        lower.addOrphan(prefix, 0, 2, 3);
        lower.addOrphan(prefix, 0, 2, 4);
        lower.addOrphan(prefix, 0, 2, 5);
        CodebookEntries top = new CodebookEntries(1, lower, V, STRIDE, 4);
        assertThat(top.hasOrphans()).isTrue();
        assertThat(top.findOrphan(prefix, 0, 2, 3)).isZero();
        assertThat(top.findOrphan(prefix, 0, 2, 4))
                .as("behind where it was left")
                .isEqualTo(Codebook.ABSENT);
        assertThat(top.findOrphan(prefix, 0, 2, 5)).isEqualTo(Codebook.ABSENT);
        top.addOrphan(prefix, 0, 2, 5);
        assertThat(top.findOrphan(prefix, 0, 2, 5)).isEqualTo(1);
        CodebookEntries joined = top.joinedWithBelow(2);
        assertThat(joined.findOrphan(prefix, 0, 2, 3)).isZero();
        assertThat(joined.findOrphan(prefix, 0, 2, 5)).isEqualTo(1);
        assertThat(joined.count).isEqualTo(2);
    }

    /** One before the last epoch at which all room can be filled, at it, and behind it. */
    @ParameterizedTest
    @ValueSource(ints = {-2, -1, 0, 1, 2})
    void afterTheLastEpochComesTheFirst(int more) {
        CodebookEntries entries = entries(FIRST_SLOT);
        fill(entries);
        entries.clear();
        entries.epoch = Integer.MAX_VALUE - 2 * ROOM + more;
        fill(entries);
        requireFilled(entries);
        entries.clear();
        assertThat(entries.epoch).isEqualTo(more > 0 ? 1 : Integer.MAX_VALUE - ROOM + more);
        assertThat(entries.find(CodebookEntries.key(0, 1))).isEqualTo(Codebook.ABSENT);
        fill(entries);
        requireFilled(entries);
    }

    @Test
    void whatLiesBelowIsFoundUpToWhereItWasLeft() {
        CodebookEntries lowest = entries(FIRST_SLOT);
        fill(lowest);
        lowest.writePhrases();
        CodebookEntries middle = new CodebookEntries(4, lowest, V, STRIDE, 4);
        middle.add(CodebookEntries.key(50, 51));
        middle.add(CodebookEntries.key(V + 4, 52));
        middle.writePhrases();
        CodebookEntries top = new CodebookEntries(5, middle, V, STRIDE, 1);
        assertThat(top.end()).isEqualTo(5);
        assertThat(top.findBelow(CodebookEntries.key(3, 4))).isEqualTo(3);
        assertThat(top.findBelow(CodebookEntries.key(4, 5)))
                .as("not before the middle left")
                .isEqualTo(Codebook.ABSENT);
        assertThat(top.findBelow(CodebookEntries.key(50, 51))).isEqualTo(4);
        assertThat(top.findBelow(CodebookEntries.key(V + 4, 52)))
                .as("not before the top left")
                .isEqualTo(Codebook.ABSENT);
        top.add(CodebookEntries.key(V + 3, 9));
        assertThat(phrase(top, 5)).containsExactly(3, 4, 9);
        assertThat(top.firstToken(V + 5)).isEqualTo(3);
        assertThat(top.firstToken(V - 1)).isEqualTo(V - 1);
        top.grow(3);
        assertThat(top.room()).isEqualTo(2);
        top.grow(3);
        assertThat(top.room()).isEqualTo(3);
        assertThat(phrase(top, 5)).containsExactly(3, 4, 9);
        CodebookEntries joined = top.joinedWithBelow(6);
        assertThat(joined.first).isEqualTo(4);
        assertThat(joined.end()).isEqualTo(6);
        assertThat(joined.find(CodebookEntries.key(50, 51))).isEqualTo(4);
        assertThat(joined.find(CodebookEntries.key(V + 3, 9))).isEqualTo(5);
        assertThat(joined.find(CodebookEntries.key(V + 4, 52))).isEqualTo(Codebook.ABSENT);
    }

    @Test
    void memoryIsThatOfItsArrays() {
        for (int room = 0; room < 70; room++) {
            CodebookEntries entries = new CodebookEntries(0, null, V, STRIDE, room);
            assertThat(entries.room()).isEqualTo(room);
            assertThat(CodebookEntries.stateBytes(STRIDE, room))
                    .isEqualTo(4L * (entries.phrases.length + entries.slots.length) + 8L * entries.keys.length);
            assertThat(Integer.bitCount(entries.slots.length)).isOne();
            assertThat(entries.slots.length).isBetween(4 * room, Math.max(8, 8 * room));
        }
    }

    /** Both loops and what goes on without them, where each look-up goes past all the entries. */
    @ParameterizedTest
    @EnumSource
    void codersOfOneSlotCodeAlike(ReplayRule rule) {
        HypertokenCodec codec = new HypertokenCodec(
                HypertokenConfig.builder(V, rule).codebookSize(60).padId(99).build());
        int[] tokens = IntStream.range(0, 700)
                .map(i -> i % 97 == 96 ? 99 : i * i % 11 + i / 350)
                .toArray();
        int[] expected = codec.encode(tokens);
        for (int multiplier : new int[] {FIRST_SLOT, LAST_SLOT}) {
            HypertokenEncoder encoder = codec.newEncoder();
            HypertokenDecoder decoder = codec.newDecoder();
            setMultiplier(encoder.codebook(), multiplier);
            setMultiplier(decoder.codebook(), multiplier);
            ArrayTokenOutput output = new ArrayTokenOutput().wrap(new int[tokens.length]);
            int[] encoded = new int[tokens.length];
            encoder.transform(new ArrayTokenInput().wrap(tokens), output.wrap(encoded));
            encoder.finish(output);
            assertThat(Arrays.copyOf(encoded, (int) output.position())).isEqualTo(expected);
            int[] decoded = new int[tokens.length];
            decoder.transform(new ArrayTokenInput().wrap(expected), output.wrap(decoded));
            decoder.finish(output);
            assertThat(decoded).isEqualTo(tokens);
            assertThat(decoder.codebook().toJson()).isEqualTo(encoder.codebook().toJson());
        }
    }

    private static void setMultiplier(Codebook codebook, int multiplier) {
        CodebookEntries entries = codebook.inOnePiece();
        assertThat(entries).isNotNull();
        if (entries != null) {
            entries.hashMultiplier = multiplier;
        }
    }
}
