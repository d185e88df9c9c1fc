package io.tokenlz.hypertokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.tokenlz.core.MalformedTokenStreamException;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code ServingVectorTest} of module conformance doesn't show: refusals, idle rows, other streams, allocation. */
class HypertokenBatchTest {
    private static final int IDLE = HypertokenBatch.IDLE;

    private static HypertokenConfig config(ReplayRule rule) {
        return HypertokenConfig.builder(10, rule)
                .codebookSize(20)
                .maxSubtokens(3)
                .padId(0)
                .build();
    }

    @Test
    void aRefusedRowHoldsBackTheWholeStep() {
        HypertokenBatch batch = new HypertokenBatch(config(ReplayRule.BASE), 3);
        batch.step(new int[] {1, 1, IDLE});
        assertThatThrownBy(() -> batch.step(new int[] {2, 12, 2}))
                .isInstanceOfSatisfying(MalformedTokenStreamException.class, malformed -> {
                    assertThat(malformed.position()).isEqualTo(1);
                    assertThat(malformed.found()).isEqualTo("ID 12 in row 1");
                });
        assertThat(batch.stream(0).acceptedIds()).isEqualTo(1);
        assertThat(batch.stream(2).acceptedIds()).isZero();
        batch.step(new int[] {2, 10, IDLE});
        assertThat(batch.newEntries()).isEqualTo(2);
        int[] counts = new int[3];
        batch.liveEntries(counts);
        assertThat(counts).containsExactly(1, 1, 0);
    }

    @Test
    void entriesAreToldOnceInEitherLayout() {
        HypertokenBatch batch = new HypertokenBatch(config(ReplayRule.BASE), 2);
        batch.stream(1).accept(new int[] {1, 2, 3}, 0, 3);
        int[] counts = new int[2];
        int[] slots = new int[2];
        int[] compact = new int[6];
        assertThat(batch.takeCompact(counts, slots, compact)).isEqualTo(2);
        assertThat(counts).containsExactly(0, 2);
        assertThat(compact).containsExactly(1, 2, 0, 2, 3, 0);
        assertThat(batch.newEntries()).isZero();
        assertThat(batch.paddedEntries()).isZero();
        HypertokenMark mark = batch.stream(1).mark();
        batch.step(new int[] {IDLE, 4});
        assertThat(batch.paddedEntries()).isEqualTo(1);
        batch.takePadded(counts, slots, compact);
        assertThat(slots).containsExactly(0, 2);
        assertThat(compact).containsExactly(0, 0, 0, 3, 4, 0);
        batch.stream(1).rollback(mark);
        batch.step(new int[] {IDLE, 5});
        batch.takePadded(counts, slots, compact);
        assertThat(compact).as("rolled back and come again").containsExactly(0, 0, 0, 3, 5, 0);
        batch.reset();
        assertThat(batch.paddedEntries()).as("the first time again").isEqualTo(20);
    }

    @Test
    void masksLieOneAfterTheOther() {
        HypertokenBatch batch = new HypertokenBatch(config(ReplayRule.BASE), 2);
        batch.stream(1).accept(new int[] {1, 2}, 0, 2);
        float[] masks = new float[24];
        batch.fillLogitMasks(masks, 12);
        assertThat(masks[9]).isZero();
        assertThat(masks[10]).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(masks[22]).isZero();
        assertThat(masks[23]).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThatThrownBy(() -> batch.fillLogitMasks(masks, 13)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void misuseIsRefused() {
        HypertokenBatch batch = new HypertokenBatch(config(ReplayRule.BASE), 2);
        assertThatThrownBy(() -> new HypertokenBatch(config(ReplayRule.BASE), 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> batch.step(new int[1])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> batch.stream(2)).isInstanceOf(IndexOutOfBoundsException.class);
        HypertokenStream other = new HypertokenStream(config(ReplayRule.BASE));
        HypertokenStream before = batch.stream(0);
        assertThat(batch.replace(0, other)).isSameAs(before);
        assertThatThrownBy(() -> batch.replace(1, other)).hasMessageContaining("in row 0 already");
        assertThatThrownBy(() -> batch.replace(1, new HypertokenStream(config(ReplayRule.EMITTED))))
                .hasMessageContaining("the batch of");
        batch.stream(0).accept(new int[] {1, 2}, 0, 2);
        int[] two = new int[2];
        assertThatThrownBy(() -> batch.takePadded(two, two, new int[119])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> batch.takeCompact(two, two, new int[2])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> batch.takeCompact(new int[1], two, new int[3]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(batch.newEntries()).as("nothing was taken").isEqualTo(1);
        HypertokenConfig padless =
                HypertokenConfig.builder(10, ReplayRule.BASE).codebookSize(2).build();
        assertThatThrownBy(() -> new HypertokenBatch(padless, 1).takePadded(two, two, new int[8]))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("padId");
    }

    @ParameterizedTest
    @EnumSource
    void aStepAllocatesNothing(ReplayRule rule) {
        HypertokenBatch batch = new HypertokenBatch(config(rule), 4);
        HypertokenMark mark = new HypertokenMark();
        int[] ids = new int[4];
        int[] counts = new int[4];
        int[] slots = new int[4];
        int[] updates = new int[4 * 20 * 3];
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 20 && allocated > 0; attempt++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 200; i++) {
                step(batch, mark, ids, i);
                batch.takePadded(counts, slots, updates);
            }
            batch.reset();
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertThat(allocated).isZero();
    }

    private static void step(HypertokenBatch batch, HypertokenMark mark, int[] ids, int number) {
        HypertokenStream first = batch.stream(0);
        first.mark(mark);
        for (int row = 0; row < ids.length; row++) {
            HypertokenStream stream = batch.stream(row);
            int hypertoken = stream.codebook().firstId() + number % 20;
            ids[row] = stream.accepts(hypertoken) ? hypertoken : 1 + (number * (row + 3)) % 7;
        }
        batch.step(ids);
        first.rollback(mark);
        first.accept(ids[0]);
    }
}
