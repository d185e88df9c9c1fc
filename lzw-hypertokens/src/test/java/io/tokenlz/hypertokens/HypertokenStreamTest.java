package io.tokenlz.hypertokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenlz.core.MalformedTokenStreamException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HypertokenStreamTest {
    private static final int V = 10;

    private static HypertokenConfig.Builder builder(ReplayRule rule) {
        return HypertokenConfig.builder(V, rule).codebookSize(20).maxSubtokens(4);
    }

    private static HypertokenConfig config(ReplayRule rule) {
        return builder(rule).padId(0).build();
    }

    private static int[] span(HypertokenStream stream) {
        int[] span = new int[stream.spanLength()];
        Arrays.setAll(span, stream::spanToken);
        return span;
    }

    @ParameterizedTest
    @EnumSource
    void eachIdHasItsBaseTokensAtOnce(ReplayRule rule) {
        HypertokenStream stream = new HypertokenStream(config(rule));
        int[][] spans = {{1}, {2}, {1, 2}, {1, 2, 1}};
        int[] ids = {1, 2, 10, 12};
        long[] lastPositions = new long[4];
        for (int i = 0; i < ids.length; i++) {
            assertThat(stream.accept(ids[i])).isEqualTo(spans[i].length);
            assertThat(span(stream)).isEqualTo(spans[i]);
        }
        assertThat(stream.acceptedIds()).isEqualTo(4);
        assertThat(stream.baseTokens()).isEqualTo(7);
        stream.reset();
        assertThat(stream.spanLength()).isZero();
        stream.accept(ids, 0, 4, lastPositions, 0);
        assertThat(lastPositions).containsExactly(0, 1, 3, 6);
        assertThatThrownBy(() -> stream.spanToken(3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> stream.accept(ids, 2, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> stream.accept(ids, 0, 4, lastPositions, 1))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(stream.acceptedIds()).isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsRefusedLeavesTheStreamAsItWas(ReplayRule rule) {
        HypertokenStream stream = new HypertokenStream(config(rule));
        int[] ids = {1, 2, 19, 10};
        assertThatThrownBy(() -> stream.accept(ids, 0, 4))
                .isInstanceOfSatisfying(MalformedTokenStreamException.class, malformed -> {
                    assertThat(malformed.position()).isEqualTo(2);
                    assertThat(malformed.expected()).contains("below 10", "10 to 10", "self-reference 11");
                    assertThat(malformed.found()).isEqualTo("ID 19");
                });
        assertThat(stream.acceptedIds()).isEqualTo(2);
        for (int refused : new int[] {-1, 12, 29, 30, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertThat(stream.accepts(refused)).isFalse();
            assertThatThrownBy(() -> stream.accept(refused))
                    .isInstanceOfSatisfying(MalformedTokenStreamException.class, malformed -> {
                        assertThat(malformed.found())
                                .isEqualTo(
                                        refused < 30
                                                ? "ID " + refused
                                                : "tail row " + (refused - 20) + " of the base vocabulary, ID "
                                                        + refused);
                    });
        }
        stream.accept(10);
        assertThat(span(stream)).containsExactly(1, 2);
    }

    @Test
    void anOutputIdIsOneOfThreeKinds() {
        HypertokenConfig config = config(ReplayRule.BASE);
        assertThat(config.kindOf(0)).isEqualTo(OutputIdKind.BASE_TOKEN);
        assertThat(config.kindOf(9)).isEqualTo(OutputIdKind.BASE_TOKEN);
        assertThat(config.kindOf(10)).isEqualTo(OutputIdKind.HYPERTOKEN);
        assertThat(config.kindOf(29)).isEqualTo(OutputIdKind.HYPERTOKEN);
        assertThat(config.kindOf(30)).isEqualTo(OutputIdKind.TAIL_ROW);
        assertThat(config.tailRow(30)).isEqualTo(10);
        assertThatThrownBy(() -> config.tailRow(29)).hasMessageContaining("at least 30");
        assertThatThrownBy(() -> config.kindOf(-1)).hasMessageContaining("negative");
    }

    @Test
    void aMaskAllowsWhatIsLive() {
        HypertokenStream stream = new HypertokenStream(config(ReplayRule.BASE));
        stream.accept(new int[] {1, 2, 1}, 0, 3);
        float[] mask = new float[34];
        stream.fillLogitMask(mask, 1, 33);
        for (int id = 0; id < 33; id++) {
            assertThat(mask[1 + id]).as("ID %s", id).isEqualTo(id < 12 ? 0 : Float.NEGATIVE_INFINITY);
        }
        float[] few = {7, 7, 7};
        stream.fillLogitMask(few, 0, 2);
        assertThat(few).containsExactly(0, 0, 7);
        assertThatThrownBy(() -> stream.fillLogitMask(few, 2, 2)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @ParameterizedTest
    @EnumSource
    void aMarkIsGoodAsLongAsItsEntriesAreThere(ReplayRule rule) {
        HypertokenStream stream = new HypertokenStream(config(rule));
        HypertokenMark start = stream.mark();
        stream.accept(new int[] {1, 2, 10}, 0, 3);
        HypertokenMark three = stream.mark();
        stream.accept(12);
        for (int i = 0; i < 2; i++) {
            stream.rollback(three);
            assertThat(stream.acceptedIds()).isEqualTo(3);
            assertThat(stream.baseTokens()).isEqualTo(4);
            assertThat(stream.spanLength()).isZero();
            assertThat(stream.codebook().toJson()).isEqualTo("[[10,1,2],[11,2,1]]");
            assertThat(stream.accepts(12)).isTrue();
            stream.accept(3);
        }
        stream.rollback(start);
        assertThat(stream.codebook().size()).isZero();
        stream.accept(new int[] {3, 4, 5}, 0, 3); // as many entries, but others
        assertThatThrownBy(() -> stream.rollback(three))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("gone");
        stream.reset();
        assertThatThrownBy(() -> stream.rollback(start)).hasMessageContaining("gone");
        assertThatThrownBy(() -> stream.rollback(new HypertokenStream(config(rule)).mark()))
                .hasMessageContaining("another stream");
        assertThatThrownBy(() -> stream.rollback(new HypertokenMark())).hasMessageContaining("another stream");
        assertThat(stream.mark(three)).isSameAs(three);
        stream.rollback(three);
    }

    @ParameterizedTest
    @EnumSource
    void forksAndSnapshotsGoTheirOwnWays(ReplayRule rule) {
        HypertokenStream stream = new HypertokenStream(config(rule));
        stream.accept(new int[] {1, 2, 10}, 0, 3);
        HypertokenSnapshot snapshot = stream.snapshot();
        HypertokenStream fork = stream.fork();
        fork.accept(3);
        stream.accept(4);
        HypertokenStream opened = snapshot.open();
        opened.accept(5);
        assertThat(stream.codebook().subtoken(12, 2)).isEqualTo(4);
        assertThat(fork.codebook().subtoken(12, 2)).isEqualTo(3);
        assertThat(opened.codebook().subtoken(12, 2)).isEqualTo(5);
        assertThat(opened.acceptedIds()).isEqualTo(4);
        stream.reset();
        assertThat(stream.codebook().size()).isZero();
        stream.accept(new int[] {7, 8, 7, 8, 10, 11}, 0, 6);
        assertThat(fork.codebook().subtoken(10, 0)).isEqualTo(1);
        assertThatThrownBy(() -> fork.rollback(stream.mark())).hasMessageContaining("another stream");
        fork.reset();
        assertThat(fork.codebook().size()).isZero();
        assertThat(snapshot.open().codebook().toJson()).isEqualTo("[[10,1,2],[11,2,1]]");
    }

    @ParameterizedTest
    @EnumSource
    void aStreamMayStartFromACodebook(ReplayRule rule) {
        HypertokenStream trained = new HypertokenStream(config(rule));
        trained.accept(new int[] {1, 2, 10, 12}, 0, 4);
        CodebookSnapshot start = trained.snapshot().codebook();
        assertThat(start.size()).isEqualTo(3);
        assertThat(start.config()).isEqualTo(config(rule));
        HypertokenStream stream = new HypertokenStream(start);
        assertThat(stream.acceptedIds()).isZero();
        assertThat(stream.newEntries()).isEqualTo(3);
        HypertokenMark mark = stream.mark();
        stream.accept(new int[] {12, 3}, 0, 2);
        assertThat(stream.codebook().toJson()).startsWith("[[10,1,2],[11,2,1],[12,1,2,1],[13,1,2,1,3]");
        stream.rollback(mark);
        assertThat(stream.codebook().size()).isEqualTo(3);
        stream.accept(12);
        stream.reset();
        assertThat(stream.codebook().toJson()).isEqualTo("[[10,1,2],[11,2,1],[12,1,2,1]]");
        assertThatThrownBy(() -> stream.rollback(mark)).hasMessageContaining("gone");
        HypertokenCodec codec = new HypertokenCodec(start);
        int[] tokens = {1, 2, 1, 1, 2, 1, 3};
        int[] encoded = codec.encode(tokens);
        assertThat(encoded).startsWith(12, 12);
        assertThat(codec.decode(encoded)).isEqualTo(tokens);
        assertThatThrownBy(() -> new HypertokenFrames().configuration(codec)).hasMessageContaining("start from");
    }

    @Test
    void aTrainedCodebookIsCheckedPhraseByPhrase() {
        HypertokenConfig base =
                builder(ReplayRule.BASE).padId(0).codebookSize(2).build();
        assertThat(CodebookSnapshot.of(base, new int[] {1, 2}, new int[] {1, 2, 3})
                        .size())
                .isEqualTo(2);
        int[] pair = {1, 2};
        assertRefused("phrase 0 must have 2 to 4 tokens, has 1", base, new int[] {1});
        assertRefused("phrase 1 must have 2 to 4 tokens, has 5", base, pair, new int[] {1, 2, 1, 2, 1});
        assertRefused("phrase 1 was there before", base, pair, pair);
        assertRefused("phrase 0 has the protected token 0", base, new int[] {1, 0});
        assertRefused("phrase 0 must have base tokens below 10, has 10", base, new int[] {1, 10});
        assertRefused("phrase 0 must come after", base, new int[] {1, 2, 3});
        assertRefused(
                "phrase 2 is one more than the codebook holds: 2", base, pair, new int[] {2, 3}, new int[] {3, 4});
        CodebookSnapshot orphan = CodebookSnapshot.of(config(ReplayRule.EMITTED), new int[] {1, 2, 3});
        HypertokenStream stream = new HypertokenStream(orphan);
        stream.accept(10);
        assertThat(span(stream)).containsExactly(1, 2, 3);
        assertThat(stream.codebook().find(new int[] {1, 2, 3}, 0, 3)).isEqualTo(10);
    }

    private static void assertRefused(String message, HypertokenConfig config, int[]... phrases) {
        assertThatThrownBy(() -> CodebookSnapshot.of(config, phrases))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @EnumSource
    void theNextTurnIsEncodedWithTheCodebookSoFar(ReplayRule rule) {
        HypertokenStream stream = new HypertokenStream(config(rule));
        int[] ids = new int[20];
        assertThat(stream.encode(new int[] {1, 2, 1, 2, 1, 2, 1}, 0, 7, ids, 0)).isEqualTo(4);
        assertThat(ids).startsWith(1, 2, 10, 12);
        assertThat(stream.encode(new int[] {9, 1, 2, 1, 9}, 1, 3, ids, 5)).isEqualTo(1);
        assertThat(ids[5]).isEqualTo(12);
        assertThat(stream.baseTokens()).isEqualTo(10);
        int[] bad = {1, 2, V, 1};
        long before = stream.acceptedIds();
        assertThatThrownBy(() -> stream.encode(bad, 0, 4, ids, 0))
                .isInstanceOfSatisfying(
                        MalformedTokenStreamException.class,
                        malformed -> assertThat(malformed.position()).isEqualTo(12));
        assertThat(stream.acceptedIds()).isEqualTo(before + 1);
        assertThatThrownBy(() -> stream.encode(bad, 2, 3, ids, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> stream.encode(bad, 0, 2, ids, 19)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> stream.encode(bad, 0, 2, ids, 0, -1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(stream.encode(bad, 0, 2, ids, 20, 0)).isZero();
    }

    @Test
    void aCodebookIsExportedInEveryForm() {
        HypertokenStream stream = new HypertokenStream(
                builder(ReplayRule.BASE).padId(0).codebookSize(4).build());
        stream.accept(new int[] {1, 2, 10}, 0, 3);
        Codebook codebook = stream.codebook();
        assertThat(codebook.toJson()).isEqualTo("[[10,1,2],[11,2,1]]");
        assertThat(codebook.toMap()).containsOnlyKeys(10, 11);
        assertThat(codebook.toMap().get(11)).containsExactly(2, 1);
        int[] table = new int[17];
        Arrays.fill(table, 77);
        codebook.writePaddedTable(0, table, 1);
        assertThat(table).containsExactly(77, 1, 2, 0, 0, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        assertThatThrownBy(() -> codebook.writePaddedTable(0, table, 2)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    /** Issue 4: at most 128 KiB for C = 2048 and m = 4. */
    @ParameterizedTest
    @EnumSource
    void aStreamHoldsAtMost128Kibibytes(ReplayRule rule) {
        HypertokenConfig config = HypertokenConfig.builder(128_256, rule).build();
        assertThat(new HypertokenStream(config).stateBytes()).isLessThanOrEqualTo(128 * 1024);
        assertThat(new HypertokenCodec(config).newEncoder().stateBytes()).isLessThanOrEqualTo(128 * 1024);
        assertThat(new HypertokenCodec(config).newDecoder().stateBytes()).isLessThanOrEqualTo(128 * 1024);
    }

    @Test
    void aPoolHandsOutStreamsAtTheirStart() {
        HypertokenStreamPool pool = new HypertokenStreamPool(config(ReplayRule.BASE), 1);
        HypertokenStream first = pool.acquire();
        HypertokenStream second = pool.acquire();
        first.accept(1);
        pool.release(first);
        assertThat(pool.idleStreams()).isEqualTo(1);
        assertThatThrownBy(() -> pool.release(first)).isInstanceOf(IllegalStateException.class);
        pool.release(second); // one too many
        assertThatThrownBy(() -> pool.release(second)).isInstanceOf(IllegalStateException.class);
        assertThat(pool.acquire()).isSameAs(first);
        assertThat(first.acceptedIds()).isZero();
        pool.release(first);
        assertThatThrownBy(() -> pool.release(new HypertokenStream(config(ReplayRule.EMITTED))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new HypertokenStreamPool(config(ReplayRule.BASE), 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
