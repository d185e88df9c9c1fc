package io.tokenlz.hypertokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a codebook shares with others, how it grows, and what it says of itself. */
class CodebookTest {
    private static final int V = 100;

    private static HypertokenConfig config(int codebookSize, int maxSubtokens) {
        return HypertokenConfig.builder(V, ReplayRule.EMITTED)
                .codebookSize(codebookSize)
                .maxSubtokens(maxSubtokens)
                .build();
    }

    private static void add(Codebook codebook, int count) {
        for (int i = 0; i < count; i++) {
            int size = codebook.size();
            codebook.add(size % V, second(size));
        }
    }

    private static int second(int number) {
        return (number + 7 + number / V) % V;
    }

    private static void requireEntries(Codebook codebook, int count) {
        assertThat(codebook.size()).isEqualTo(count);
        assertThat(codebook.nextId()).isEqualTo(V + count);
        for (int number = 0; number < count; number++) {
            int[] phrase = {number % V, second(number)};
            assertThat(codebook.find(phrase, 0, 2)).isEqualTo(V + number);
            assertThat(codebook.rawLength(V + number)).isEqualTo(2);
            assertThat(codebook.rawSubtoken(V + number, 1)).isEqualTo(phrase[1]);
        }
        assertThat(codebook.contains(V + count)).isFalse();
        assertThat(codebook.find(new int[] {count % V, second(count)}, 0, 2)).isEqualTo(Codebook.ABSENT);
    }

    /** Only then can a loop work on its arrays. */
    @Test
    void itIsInOnePieceUntilSomethingIsShared() {
        Codebook codebook = new Codebook(config(40, 4));
        CodebookEntries entries = codebook.inOnePiece();
        assertThat(entries).isNotNull();
        assertThat(entries == null ? 0 : entries.room()).isEqualTo(40);
        add(codebook, 1);
        assertThat(codebook.inOnePiece()).isSameAs(entries);
        Codebook fork = codebook.fork();
        assertThat(codebook.inOnePiece()).isNull();
        assertThat(fork.inOnePiece()).isNull();
        codebook.clear();
        assertThat(codebook.inOnePiece()).as("less room than it may need").isNull();
        assertThat(codebook.size()).isZero();
        add(codebook, 40);
        requireEntries(codebook, 40);
        assertThat(codebook.isFull()).isTrue();
        assertThat(codebook.inOnePiece())
                .as("grown to all the room that it may need")
                .isNotNull();
        requireEntries(fork, 1);
    }

    @Test
    void aForkGrowsToTheCapacity() {
        for (int shared : new int[] {1, 15, 16, 17, 40}) {
            Codebook codebook = new Codebook(config(75, 4));
            add(codebook, shared);
            Codebook fork = codebook.fork();
            add(fork, 75 - shared);
            requireEntries(fork, 75);
            assertThat(fork.isFull()).isTrue();
            requireEntries(codebook, shared);
            add(codebook, 3);
            requireEntries(codebook, shared + 3);
        }
    }

    /** Tables are joined as they come; whichever is cut, what is left is what was there before. */
    @Test
    void forksOfForksAreCutAnywhere() {
        Codebook codebook = new Codebook(config(400, 4));
        List<Codebook> forks = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            add(codebook, 1 + i * i % 13);
            forks.add(codebook.fork());
            sizes.add(codebook.size());
        }
        for (int i = 0; i < forks.size(); i++) {
            requireEntries(forks.get(i), sizes.get(i));
        }
        for (int left = codebook.size(); left >= 0; left -= 3) {
            for (int more : new int[] {0, 2}) {
                Codebook cut = codebook.fork();
                add(cut, more);
                cut.truncate(left);
                requireEntries(cut, left);
                add(cut, 20);
                requireEntries(cut, left + 20);
            }
        }
        requireEntries(codebook, sizes.get(sizes.size() - 1));
    }

    @Test
    void phrasesWithoutAPrefixMakeAForkGrow() {
        Codebook codebook = new Codebook(config(60, 4));
        assertThat(codebook.hasOrphans()).isFalse();
        add(codebook, 2);
        Codebook fork = codebook.fork();
        assertThat(fork.hasOrphans()).isFalse();
        for (int i = 0; i < 40; i++) {
            assertThat(fork.findOrphan(new int[] {90, 91}, 0, 2, i)).isEqualTo(Codebook.ABSENT);
            fork.addOrphan(new int[] {90, 91}, 2, i);
            assertThat(fork.findOrphan(new int[] {90, 91}, 0, 2, i)).isEqualTo(V + 2 + i);
        }
        assertThat(fork.hasOrphans()).isTrue();
        assertThat(codebook.hasOrphans()).isFalse();
        assertThat(fork.find(new int[] {5, 90, 91, 17}, 1, 3)).isEqualTo(V + 19);
        fork.truncate(2);
        assertThat(fork.hasOrphans()).isFalse();
    }

    @Test
    void aPhraseIsLookedUpWithinItsRange() {
        Codebook codebook = new Codebook(config(5, 4));
        codebook.add(0, 0);
        codebook.add(V, V - 1);
        int[] phrase = {0, 0, V - 1};
        assertThat(codebook.find(phrase, 0, 3)).isEqualTo(V + 1);
        assertThat(codebook.find(phrase, 0, 2)).isEqualTo(V);
        assertThat(codebook.find(phrase, 1, 2)).isEqualTo(Codebook.ABSENT);
        assertThat(codebook.find(phrase, 3, 0)).isEqualTo(Codebook.ABSENT);
        assertThat(codebook.find(new int[] {V, V - 1}, 0, 2)).isEqualTo(Codebook.ABSENT);
        assertThat(codebook.find(new int[] {0, V, V - 1}, 0, 3)).isEqualTo(Codebook.ABSENT);
        assertThatThrownBy(() -> codebook.find(phrase, 2, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> codebook.find(phrase, -1, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> codebook.subtoken(V + 1, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> codebook.subtoken(V + 1, -1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> codebook.length(V + 2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> codebook.length(V - 1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aTableIsWrittenWhereItWasAskedFor() {
        Codebook codebook = new Codebook(config(3, 4));
        codebook.add(1, 2);
        codebook.add(V, 3);
        int[] table = new int[15];
        Arrays.fill(table, -7);
        codebook.writePaddedTable(9, table, 2);
        assertThat(table).containsExactly(-7, -7, 1, 2, 9, 9, 1, 2, 3, 9, 9, 9, 9, 9, -7);
        int[] tooShort = new int[13];
        assertThatThrownBy(() -> codebook.writePaddedTable(9, tooShort, 2))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(tooShort).containsOnly(0);
        assertThat(codebook.toJson()).isEqualTo("[[100,1,2],[101,1,2,3]]");
        assertThat(codebook.toMap().keySet()).containsExactly(100, 101);
        assertThat(codebook.toMap().get(101)).containsExactly(1, 2, 3);
        assertThat(new Codebook(config(3, 1)).capacity()).isZero();
        assertThat(new Codebook(config(3, 1)).isFull()).isTrue();
    }

    /** The numbers that a configuration states before anything is allocated are those of what is. */
    @Test
    void memoryIsWhatTheConfigurationSays() {
        assertThat(Codebook.stateBytes(config(40, 4))).isEqualTo(4L * (41 * 5 + 256) + 8L * 40);
        assertThat(Codebook.stateBytes(config(40, 9))).isEqualTo(4L * (41 * 10 + 256) + 8L * 40);
        assertThat(Codebook.stateBytes(config(2, 9))).isEqualTo(4L * (3 * 5 + 16) + 8L * 2);
        assertThat(Codebook.stateBytes(config(40, 1))).isEqualTo(4L * (5 + 8));
        assertThat(ExpansionLoop.stateBytes(config(40, 4))).isEqualTo(4L * (257 * 4 + 4));
        assertThat(ExpansionLoop.stateBytes(config(40, 16))).isEqualTo(4L * (257 * 16 + 4));
        assertThat(ExpansionLoop.stateBytes(config(40, 17))).isZero();
        assertThat(ExpansionLoop.stateBytes(config(15, 17))).isEqualTo(4L * (257 * 16 + 4));
        long codebook = Codebook.stateBytes(config(40, 4));
        long stage = ExpansionLoop.stateBytes(config(40, 4));
        HypertokenCodec emitted = new HypertokenCodec(config(40, 4));
        assertThat(emitted.newEncoder().stateBytes()).isEqualTo(codebook + 2 * 16);
        assertThat(emitted.newDecoder().stateBytes()).isEqualTo(codebook + stage + 16);
        assertThat(new HypertokenStream(config(40, 4)).stateBytes()).isEqualTo(codebook + stage + 16 + 16);
        assertThat(new HypertokenFrames().decoderBytes(emitted)).isEqualTo(codebook + stage + 3 * 4 * 5);
        HypertokenCodec base = new HypertokenCodec(
                HypertokenConfig.builder(V, ReplayRule.BASE).codebookSize(40).build());
        assertThat(base.newEncoder().stateBytes()).isEqualTo(codebook + 2 * 16);
        assertThat(base.newDecoder().stateBytes()).isEqualTo(codebook + stage + 16);
    }
}
