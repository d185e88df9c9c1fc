package io.tokenlz.hypertokens.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An OpenCL table whose driver fails: it says so from then on, and nothing stays on the device (EMBEDDING.md, sections 1 and 6). */
@Timeout(120)
class OpenClFaultTest {
    private static final HyperEncoder INPUT = RandomEncoders.resLatent(1);
    private static final HyperEncoder OUTPUT = RandomEncoders.resLatent(2);
    private static final Duration MOMENT = Duration.ofMillis(30);

    private static FaultyDriver device() {
        OpenClDevices.require();
        return new FaultyDriver(OpenClBackend.openLwjgl(OpenClDevices.options(ElementType.F32)));
    }

    private static EmbeddingTable open(FaultyDriver driver) {
        return new EmbeddingTableBuilder(List.of(INPUT, OUTPUT))
                .streams(2)
                .codebookSize(20)
                .backend(driver.backend())
                .open();
    }

    private static long submit(EmbeddingTable table, int slot) {
        return table.submit(new int[1], new int[] {slot}, new int[] {3, 5, 0}, 0, 1);
    }

    private static void read(EmbeddingTable table) {
        table.read(TableSide.INPUT, 0, 0, 1, new float[12], 0);
    }

    private static void assertFails(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(EmbeddingTableFailedException.class)
                .hasMessageContaining("injected")
                .hasMessageContaining("CL_");
    }

    private static void assertReleased(FaultyDriver driver) {
        assertThat(driver.handles()).isEmpty();
        assertThat(driver.closed).isTrue();
    }

    /** Allocations, uploads, kernels, arguments: each call in turn. */
    @Test
    void whateverFailsWhenATableIsOpenedLeavesNothing() {
        FaultyDriver counting = new FaultyDriver(new NoDriver());
        open(counting).close();
        assertReleased(counting);
        long calls = counting.calls.get() - 1; // the last one is the close's
        assertThat(calls).isGreaterThan(200);
        for (long failing = 0; failing < calls; failing++) {
            FaultyDriver driver = new FaultyDriver(new NoDriver());
            driver.failingCall = failing;
            assertFails(() -> open(driver));
            assertReleased(driver);
        }
    }

    /** The entries' copy, arguments, each kernel of both sides, the completion. */
    @Test
    void whateverFailsInALaunchStopsTheTable() {
        FaultyDriver counting = new FaultyDriver(new NoDriver());
        long opened;
        long launched;
        try (EmbeddingTable table = open(counting)) {
            opened = counting.calls.get();
            table.await(submit(table, 0));
            launched = counting.calls.get();
        }
        assertThat(launched - opened).isGreaterThan(100);
        for (long failing = opened; failing < launched; failing++) {
            FaultyDriver driver = new FaultyDriver(new NoDriver());
            driver.failingCall = failing;
            try (EmbeddingTable table = open(driver)) {
                assertStops(table, submit(table, 0));
            }
            assertReleased(driver);
        }
    }

    private static void assertStops(EmbeddingTable table, long ticket) {
        assertFails(() -> table.await(ticket));
        assertFails(() -> submit(table, 0));
        assertFails(() -> table.fork(0, 1));
        assertFails(() -> table.liveEntries(0));
        assertFails(() -> read(table));
        assertFails(table::fence);
    }

    @Test
    void aCopyOrAReadThatFailsStopsTheTable() {
        for (int call = 0; call < 2; call++) {
            FaultyDriver driver = device();
            try (EmbeddingTable table = open(driver)) {
                table.await(submit(table, 0));
                driver.failingCall = driver.calls.get();
                if (call == 0) {
                    assertStops(table, table.fork(0, 1));
                } else {
                    assertFails(() -> read(table));
                    assertStops(table, 0);
                }
            }
            assertReleased(driver);
        }
    }

    @Test
    void aLaunchThatFailsOnTheDeviceStopsTheTable() {
        FaultyDriver driver = device();
        driver.failingCall = driver.calls.get() - 1;
        try (EmbeddingTable table = open(driver)) {
            table.await(submit(table, 0));
            driver.failingCall = driver.calls.get() + 3;
            assertStops(table, submit(table, 1));
        }
        assertReleased(driver);
    }

    @Test
    void aFailureLongAfterTheLaunchStopsTheTable() throws InterruptedException {
        FaultyDriver driver = device();
        driver.failingLaunch = 2;
        driver.holdsCompletions = true;
        try (EmbeddingTable table = open(driver)) {
            long first = submit(table, 0);
            release(driver);
            table.await(first);
            long second = submit(table, 1);
            CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> table.await(second));
            assertThat(table.await(second, MOMENT)).isFalse();
            release(driver);
            assertThatThrownBy(waiting::get).hasCauseInstanceOf(EmbeddingTableFailedException.class);
            assertStops(table, second);
        }
        assertReleased(driver);
    }

    private static void release(FaultyDriver driver) throws InterruptedException {
        while (!driver.release()) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    @Test
    void aTicketIsNotDoneBeforeItsCompletion() throws InterruptedException {
        FaultyDriver driver = device();
        driver.holdsCompletions = true;
        try (EmbeddingTable table = open(driver)) {
            long first = submit(table, 0);
            long second = submit(table, 0);
            assertThat(table.await(second, MOMENT)).isFalse();
            release(driver);
            table.await(first);
            assertThat(table.isDone(second)).isFalse();
            release(driver);
            table.await(second);
            driver.holdsCompletions = false;
            read(table);
        }
        assertReleased(driver);
    }

    @Test
    void aTableClosedWhileItsDeviceIsBusyLeavesNothing() {
        FaultyDriver driver = device();
        EmbeddingTable table = open(driver);
        for (int i = 0; i < 100; i++) {
            submit(table, 0);
        }
        table.close();
        assertReleased(driver);
        assertThatThrownBy(() -> submit(table, 0)).isInstanceOf(IllegalStateException.class);
    }

    /** 512 GiB: more than any device gives at once. */
    @Test
    void aTableThatIsTooLargeIsRefusedByTheDevice() {
        HyperEncoder wide = HyperEncoder.mean(Tensor.of(new float[2 << 15], 2, 1 << 15), 0, 3);
        EmbeddingTableBuilder builder = EmbeddingTable.builder(wide)
                .streams(64)
                .codebookSize((1 << 16) - 1)
                .backend(OpenClDevices.backend());
        assertThatThrownBy(builder::open)
                .isInstanceOf(EmbeddingTableFailedException.class)
                .hasMessageContaining("clCreateBuffer of ")
                .hasMessageContaining("CL_");
    }
}
