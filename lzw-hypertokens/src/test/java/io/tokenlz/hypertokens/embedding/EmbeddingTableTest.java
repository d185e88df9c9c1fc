package io.tokenlz.hypertokens.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a table promises (EMBEDDING.md, sections 1 and 2), with a device that fails and waits as it is told. */
@Timeout(60)
class EmbeddingTableTest {
    /** Base row i holds i and −i; the mean of (a, b) is (a+b)/2. */
    private static final HyperEncoder MEAN = mean(100);

    private static final Duration MOMENT = Duration.ofMillis(30);

    private final FaultyDevice device = new FaultyDevice();

    private static HyperEncoder mean(int tokens) {
        float[] rows = new float[2 * tokens];
        for (int token = 0; token < tokens; token++) {
            rows[2 * token] = token;
            rows[2 * token + 1] = -token;
        }
        return HyperEncoder.mean(Tensor.of(rows, tokens, 2), 0, 3);
    }

    private EmbeddingTableBuilder builder() {
        return EmbeddingTable.builder(MEAN).streams(4).codebookSize(20).backend(new ReferenceBackend(device));
    }

    private static long submit(EmbeddingTable table, int stream, int slot, int token) {
        return table.submit(new int[] {stream}, new int[] {slot}, new int[] {token, token, 0}, 0, 1);
    }

    private static float row(EmbeddingTable table, int stream, int slot) {
        float[] row = new float[2];
        table.read(TableSide.INPUT, stream, slot, 1, row, 0);
        assertThat(row[1]).isEqualTo(-row[0]);
        return row[0];
    }

    private static void assertFails(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(EmbeddingTableFailedException.class)
                .hasMessageContaining("injected");
    }

    @Test
    void rowsAreThereOnceTheirTicketIsDone() {
        try (EmbeddingTable table = builder().open()) {
            long first = submit(table, 1, 0, 7);
            long second = submit(table, 1, 1, 9);
            assertThat(second).isGreaterThan(first);
            table.await(second);
            assertThat(table.isDone(first)).isTrue();
            assertThat(row(table, 1, 0)).isEqualTo(7);
            assertThat(row(table, 1, 1)).isEqualTo(9);
            assertThat(table.liveEntries(1)).isEqualTo(2);
            assertThat(table.liveEntries(0)).isZero();
            table.fence();
        }
    }

    @Test
    void submissionsAreCopiedBeforeSubmitReturns() {
        device.gate = new CountDownLatch(1);
        try (EmbeddingTable table = builder().open()) {
            int[] streams = {2, 2};
            int[] slots = {0, 1};
            int[] subtokens = {5, 5, 5, 8, 8, 0};
            long ticket = table.submit(streams, slots, subtokens, 0, 2);
            Arrays.fill(subtokens, 77);
            Arrays.fill(slots, 77);
            assertThat(table.isDone(ticket)).isFalse();
            assertThat(table.await(ticket, MOMENT)).isFalse();
            device.gate.countDown();
            assertThat(table.await(ticket, Duration.ofMinutes(1))).isTrue();
            assertThat(row(table, 2, 0)).isEqualTo(5);
            assertThat(row(table, 2, 1)).isEqualTo(8);
        }
    }

    /** Across batches that are merged, too: a row is never twice in a launch. */
    @Test
    void lastWriterWins() {
        device.gate = new CountDownLatch(1);
        try (EmbeddingTable table = builder().open()) {
            for (int token = 1; token < 50; token++) {
                submit(table, 0, 0, token);
            }
            device.gate.countDown();
            assertThat(row(table, 0, 0)).isEqualTo(49);
            assertThat(table.launches()).isEqualTo(50);
        }
    }

    @Test
    void smallBatchesMergeWhileTheDeviceIsBusy() throws InterruptedException {
        device.gate = new CountDownLatch(1);
        try (EmbeddingTable table = builder().open()) {
            submit(table, 3, 0, 1);
            while (device.launches.get() == 0) {
                TimeUnit.MILLISECONDS.sleep(1);
            }
            for (int slot = 1; slot < 20; slot++) {
                submit(table, 3, slot, slot);
            }
            device.gate.countDown();
            table.fence();
            assertThat(table.launches()).isEqualTo(2);
            for (int slot = 1; slot < 20; slot++) {
                assertThat(row(table, 3, slot)).isEqualTo(slot);
            }
        }
    }

    @Test
    void refusesWhatIsOutOfRangeAndStaysAsItWas() {
        try (EmbeddingTable table = builder().ringEntries(8).open()) {
            int[] tokens = {1, 2, 0, 3, 4, 0};
            assertRefused(table, new int[] {0, 4}, new int[] {0, 0}, tokens, "streams[1] must be 0 to 3, is 4");
            assertRefused(table, new int[] {0, -1}, new int[] {0, 0}, tokens, "streams[1]");
            assertRefused(
                    table, new int[] {0, 0}, new int[] {0, 2}, tokens, "slots[1] must be 0 to 1 in stream 0, is 2");
            assertRefused(table, new int[] {0, 0}, new int[] {0, 0}, tokens, "slots[1] is a second 0 in stream 0");
            assertRefused(table, new int[] {0, 0}, new int[] {0, -1}, tokens, "slots[1]");
            assertRefused(table, new int[2], new int[] {0, 1}, new int[] {1, 2, 0, 0, 1, 2}, "subtokens[3]");
            assertRefused(table, new int[2], new int[] {0, 1}, new int[] {1, 0, 2, 3, 1, 2}, "subtokens[2]");
            assertRefused(table, new int[2], new int[] {0, 1}, new int[] {1, 100, 2, 3, 1, 2}, "subtokens[1]");
            assertRefused(table, new int[2], new int[] {0, 1}, new int[] {1, -1, 2, 3, 1, 2}, "subtokens[1]");
            assertRefused(table, new int[9], new int[9], new int[27], "count must be at most 8");
            assertThatThrownBy(() -> table.submit(new int[3], new int[3], new int[5], 0, 2))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThat(table.liveEntries(0)).isZero();
            assertThat(table.submit(new int[0], new int[0], new int[0], 0, 0)).isZero();
            assertThatIllegalArgumentException().isThrownBy(() -> table.await(1));
            assertThatIllegalArgumentException().isThrownBy(() -> table.isDone(EmbeddingTable.NOT_ACCEPTED));
        }
    }

    private static void assertRefused(EmbeddingTable table, int[] streams, int[] slots, int[] tokens, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> table.submit(streams, slots, tokens, 0, streams.length))
                .withMessageContaining(why);
    }

    @Test
    void rowsThatAreNotLiveCanNotBeRead() {
        try (EmbeddingTable table = builder().open()) {
            submit(table, 0, 0, 5);
            submit(table, 0, 1, 6);
            table.rollback(0, 1);
            float[] target = new float[4];
            assertThatThrownBy(() -> table.read(TableSide.INPUT, 0, 0, 2, target, 0))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> table.read(TableSide.INPUT, 0, 0, 1, target, 3))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThat(row(table, 0, 0)).isEqualTo(5);
            assertThatIllegalArgumentException().isThrownBy(() -> table.rollback(0, 2));
            table.clear(0);
            assertThat(table.liveEntries(0)).isZero();
            submit(table, 0, 0, 9);
            assertThat(row(table, 0, 0)).isEqualTo(9);
        }
    }

    @Test
    void forksAreCopiedInOrder() {
        device.gate = new CountDownLatch(1);
        try (EmbeddingTable table = builder().open()) {
            submit(table, 0, 0, 5);
            submit(table, 1, 0, 50);
            submit(table, 1, 1, 51);
            table.fork(0, 1);
            submit(table, 0, 0, 6);
            submit(table, 1, 1, 7);
            table.fork(2, 0);
            device.gate.countDown();
            assertThat(row(table, 1, 0)).isEqualTo(5);
            assertThat(row(table, 1, 1)).isEqualTo(7);
            assertThat(table.liveEntries(0)).isZero();
            assertThat(table.fork(1, 1)).isEqualTo(table.fork(3, 2));
        }
    }

    @Test
    void backPressureRefusesOrWaits() throws Exception {
        device.gate = new CountDownLatch(1);
        try (EmbeddingTable table = builder().ringEntries(4).open()) {
            int[] streams = {0, 0, 0, 0};
            table.submit(streams, new int[] {0, 1, 2, 3}, tokens(1, 2, 3, 4), 0, 4);
            assertThat(table.trySubmit(streams, new int[] {4}, tokens(5), 0, 1)).isEqualTo(EmbeddingTable.NOT_ACCEPTED);
            assertThat(table.liveEntries(0)).isEqualTo(4);
            CompletableFuture<Long> waiting = CompletableFuture.supplyAsync(() -> submit(table, 0, 4, 5));
            TimeUnit.MILLISECONDS.sleep(30);
            assertThat(waiting).isNotDone();
            device.gate.countDown();
            table.await(waiting.get());
            assertThat(row(table, 0, 4)).isEqualTo(5);
            long ticket = table.trySubmit(streams, new int[] {5}, tokens(6), 0, 1);
            assertThat(ticket).isPositive();
            table.await(ticket);
        }
    }

    private static int[] tokens(int... tokens) {
        return IntStream.of(tokens).flatMap(token -> IntStream.of(token, 0, 0)).toArray();
    }

    /** Batches of any size around a small ring's end, some of them in pieces of two launches. */
    @Test
    void ringTurnsRound() {
        try (EmbeddingTable table = builder().ringEntries(7).open()) {
            int token = 1;
            for (int round = 0; round < 60; round++) {
                int count = 1 + round % 7;
                int[] tokens = new int[count];
                for (int i = 0; i < count; i++) {
                    tokens[i] = 1 + token++ % 99;
                }
                table.clear(2);
                table.submit(
                        IntStream.generate(() -> 2).limit(count).toArray(),
                        IntStream.range(0, count).toArray(),
                        tokens(tokens),
                        0,
                        count);
                for (int i = 0; i < count; i++) {
                    assertThat(row(table, 2, i)).isEqualTo(tokens[i]);
                }
            }
        }
    }

    @Test
    void ticketIsNotDoneBeforeItsCompletion() throws InterruptedException {
        device.holdsCompletions = true;
        try (EmbeddingTable table = builder().open()) {
            long first = submit(table, 0, 0, 1);
            long second = submit(table, 0, 0, 2);
            long third = submit(table, 0, 0, 3);
            assertThat(table.await(third, MOMENT)).isFalse();
            assertThat(table.isDone(first)).isFalse();
            assertThat(device.launches.get()).as("underway at most").isEqualTo(2);
            releaseOne();
            table.await(first);
            assertThat(table.isDone(second)).isFalse();
            releaseOne();
            releaseOne();
            table.await(third);
        }
    }

    private void releaseOne() throws InterruptedException {
        while (!device.release()) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    @Test
    void failedLaunchStopsTheTable() {
        device.failingLaunch = 2;
        try (EmbeddingTable table = builder().open()) {
            table.await(submit(table, 0, 0, 1));
            long failing = submit(table, 0, 1, 2);
            assertFails(() -> table.await(failing));
            assertDead(table);
        }
    }

    @Test
    void failureLongAfterTheLaunchStopsTheTable() throws InterruptedException {
        device.failingLaunch = 1;
        device.failsLater = true;
        device.holdsCompletions = true;
        try (EmbeddingTable table = builder().open()) {
            long ticket = submit(table, 0, 0, 1);
            long second = submit(table, 0, 1, 2);
            CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> table.await(second));
            assertThat(table.await(ticket, MOMENT)).isFalse();
            releaseOne();
            assertThatThrownBy(waiting::get).hasCauseInstanceOf(EmbeddingTableFailedException.class);
            device.release(); // a completion behind the failure changes nothing
            assertDead(table);
        }
    }

    private static void assertDead(EmbeddingTable table) {
        assertFails(() -> submit(table, 0, 0, 1));
        assertFails(() -> table.trySubmit(new int[1], new int[1], new int[] {1, 1, 1}, 0, 1));
        assertFails(() -> row(table, 0, 0));
        assertFails(() -> table.fork(0, 1));
        assertFails(() -> table.rollback(0, 0));
        assertFails(() -> table.clear(0));
        assertFails(() -> table.liveEntries(0));
        assertFails(() -> table.isDone(0));
        assertFails(() -> table.await(0, MOMENT));
        assertFails(table::fence);
    }

    @Test
    void whoWaitsForRoomHearsOfAFailure() {
        device.failingLaunch = 1;
        device.gate = new CountDownLatch(1);
        try (EmbeddingTable table = builder().ringEntries(1).open()) {
            submit(table, 0, 0, 1);
            CompletableFuture<Long> waiting = CompletableFuture.supplyAsync(() -> submit(table, 0, 1, 1));
            device.gate.countDown();
            assertThatThrownBy(waiting::get).hasCauseInstanceOf(EmbeddingTableFailedException.class);
        }
    }

    /** Each allocation in turn. */
    @Test
    void failedAllocationIsToldAndLeavesNothing() {
        HyperEncoder encoder = RandomEncoders.resLatent(1);
        EmbeddingTable.builder(encoder)
                .streams(2)
                .backend(new ReferenceBackend(device))
                .open()
                .close();
        long allocations = device.allocations();
        assertThat(allocations).isGreaterThan(20);
        long threads = threads();
        for (long failing = 0; failing < allocations; failing++) {
            FaultyDevice faulty = new FaultyDevice();
            faulty.failingAllocation = failing;
            EmbeddingTableBuilder builder =
                    EmbeddingTable.builder(encoder).streams(2).backend(new ReferenceBackend(faulty));
            assertFails(builder::open);
        }
        assertThat(threads()).isEqualTo(threads);
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("tokenlz-embedding"))
                .count();
    }

    @Test
    void closeEndsAllWaiting() throws InterruptedException {
        device.holdsCompletions = true;
        EmbeddingTable table = builder().open();
        long ticket = submit(table, 0, 0, 1);
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> table.await(ticket));
        assertThat(table.await(ticket, MOMENT)).isFalse();
        table.close();
        table.close();
        assertThatThrownBy(waiting::get).hasCauseInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> submit(table, 0, 0, 1)).isInstanceOf(IllegalStateException.class);
        releaseOne(); // too late for anyone
    }

    @Test
    void interruptsAreKeptForLater() {
        device.gate = new CountDownLatch(1);
        try (EmbeddingTable table = builder().open()) {
            long ticket = submit(table, 0, 0, 1);
            Thread.currentThread().interrupt();
            assertThat(table.await(ticket, MOMENT)).isFalse();
            assertThat(Thread.interrupted()).isTrue();
            device.gate.countDown();
            Thread.currentThread().interrupt();
            table.await(ticket);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void submittingAllocatesNothing() {
        try (EmbeddingTable table = builder().open()) {
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            int[] streams = {1};
            int[] slots = {0};
            int[] tokens = {3, 4, 0};
            long least = Long.MAX_VALUE;
            for (int round = 0; round < 20; round++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < 1000; i++) {
                    table.await(table.submit(streams, slots, tokens, 0, 1));
                }
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            }
            assertThat(least).isLessThan(1000);
        }
    }

    @Test
    void untiedSidesHaveRowsOfTheirOwn() {
        HyperEncoder input = RandomEncoders.resLatent(1);
        HyperEncoder output = RandomEncoders.resLatent(2);
        EmbeddingTableBuilder builder = new EmbeddingTableBuilder(List.of(input, output)).streams(2);
        try (EmbeddingTable table = builder.open()) {
            table.submit(new int[1], new int[1], new int[] {3, 5, 0}, 0, 1);
            table.fork(0, 1);
            float[] rows = new float[2 * 12];
            table.read(TableSide.INPUT, 1, 0, 1, rows, 0);
            table.read(TableSide.OUTPUT, 1, 0, 1, rows, 12);
            assertThat(rows).containsExactly(RandomEncoders.rows(List.of(input, output), 3, 5, 0));
        }
    }

    @Test
    void backendsAreFoundByName() {
        assertThat(EmbeddingBackend.named("reference").name()).isEqualTo("reference");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EmbeddingBackend.named("abacus"))
                .withMessageContaining("reference");
    }

    @Test
    void builderRefusesWhatIsOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().streams(0).open());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().codebookSize(0).open());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().ringEntries(0).open());
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> builder().streams(1 << 16).codebookSize(1 << 16).open());
    }
}
