package io.tokenlz.hypertokens.embedding;

import static io.tokenlz.hypertokens.embedding.SharedTable.outcomeOf;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.time.Duration;
import java.util.Objects;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** A table is for all threads: two of them, its own one, and where a test is the device, that one's. A lost wake-up hangs. */
final class TableRaces {
    private static final int ENTRIES = 4;

    private TableRaces() {}

    /** Two threads submit more than the ring has room for. */
    @JCStressTest
    @Outcome(id = "8, 0, 1", expect = ACCEPTABLE, desc = "all came to the device, each thread's in order")
    @Outcome(
            expect = FORBIDDEN,
            desc = "an entry was lost, doubled, mixed up or overwritten, or a launch was made after the end")
    @State
    public static class SubmitTwice {
        private final SharedTable shared = new SharedTable(true, 2);

        private void submit(int stream) {
            long ticket = 0;
            for (int slot = 0; slot < ENTRIES; slot++) {
                ticket = shared.submit(stream, slot);
            }
            shared.table().await(ticket);
            shared.leave();
        }

        @Actor
        public void one() {
            submit(0);
        }

        @Actor
        public void other() {
            submit(1);
        }

        @Arbiter
        public void outcome(III_Result result) {
            result.r1 = shared.device.entries.get();
            result.r2 = shared.device.flaws.get();
            result.r3 = shared.device.closes.get();
        }
    }

    /** The device tells on a thread of its own what is done, while its table waits for room and for the end. */
    @JCStressTest
    @Outcome(id = "4, 0", expect = ACCEPTABLE, desc = "all came to the device, and who waited was told")
    @Outcome(
            expect = FORBIDDEN,
            desc = "an entry was lost or overwritten before its launch was done, or a wake-up was lost")
    @State
    public static class CompletionsOfTheDevice {
        private static final Duration LONGEST = Duration.ofMinutes(1);

        private final SharedTable shared = new SharedTable(false, 2);
        private volatile boolean ended;

        @Actor
        public void submit(II_Result result) {
            long ticket = 0;
            for (int slot = 0; slot < ENTRIES; slot++) {
                ticket = shared.submit(0, slot);
            }
            boolean done = shared.table().await(ticket, LONGEST);
            result.r1 = done ? shared.device.entries.get() : -1;
            ended = true;
            shared.leave();
        }

        @Actor
        public void complete() {
            shared.table();
            for (long told = 0; !ended; ) {
                if (shared.device.launched > told) {
                    Objects.requireNonNull(shared.device.listener).done(++told);
                } else {
                    Thread.yield();
                }
            }
            shared.leave();
        }

        @Arbiter
        public void outcome(II_Result result) {
            result.r2 = shared.device.flaws.get();
        }
    }

    /** The end comes while an entry is submitted and waited for, which the device never completes. */
    @JCStressTest
    @Outcome(
            id = "1, [01], 0",
            expect = ACCEPTABLE,
            desc = "who waited was told that the table is closed, or who submitted was")
    @Outcome(
            expect = FORBIDDEN,
            desc = "the device was used after its end, or ended twice, or somebody was told that all is well")
    @State
    public static class AwaitAndClose {
        private final SharedTable shared = new SharedTable(false, 1);

        @Actor
        public void await(III_Result result) {
            result.r1 = outcomeOf(() -> shared.table().await(shared.submit(0, 0)));
            shared.leave();
        }

        @Actor
        public void close() {
            shared.table().close();
            shared.leave();
        }

        @Arbiter
        public void outcome(III_Result result) {
            result.r2 = shared.device.entries.get();
            result.r3 = shared.device.flaws.get() + Math.abs(shared.device.closes.get() - 1);
        }
    }

    /** The end comes while a thread waits for room in the ring. */
    @JCStressTest
    @Outcome(id = "1, [01], 0", expect = ACCEPTABLE, desc = "who waited was told that the table is closed")
    @Outcome(expect = FORBIDDEN, desc = "there was room where there is none, or the device was used after its end")
    @State
    public static class FullRingAndClose {
        private final SharedTable shared = new SharedTable(false, 1);

        @Actor
        public void submit(III_Result result) {
            result.r1 = outcomeOf(() -> {
                shared.submit(0, 0);
                shared.submit(0, 1);
            });
            shared.leave();
        }

        @Actor
        public void close() {
            shared.table().close();
            shared.leave();
        }

        @Arbiter
        public void outcome(III_Result result) {
            result.r2 = shared.device.entries.get();
            result.r3 = shared.device.flaws.get() + Math.abs(shared.device.closes.get() - 1);
        }
    }

    /** An entry is submitted, or the table closed. */
    @JCStressTest
    @Outcome(id = "0, [01], 0", expect = ACCEPTABLE, desc = "submitted, and launched or given up with the table")
    @Outcome(id = "1, 0, 0", expect = ACCEPTABLE, desc = "refused, and not launched")
    @Outcome(expect = FORBIDDEN, desc = "refused and launched all the same, or launched after the end")
    @State
    public static class SubmitAndClose {
        private final SharedTable shared = new SharedTable(true, 1);

        @Actor
        public void submit(III_Result result) {
            result.r1 = outcomeOf(() -> shared.submit(0, 0));
            shared.leave();
        }

        @Actor
        public void close() {
            shared.table().close();
            shared.leave();
        }

        @Arbiter
        public void outcome(III_Result result) {
            result.r2 = shared.device.entries.get();
            result.r3 = shared.device.flaws.get() + Math.abs(shared.device.closes.get() - 1);
        }
    }

    /** The device fails while one waits for it. */
    @JCStressTest
    @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "who waited was told, and so is everyone from then on")
    @Outcome(expect = FORBIDDEN, desc = "somebody was told that all is well, or nothing")
    @State
    public static class FailureAndAwait {
        private final SharedTable shared = new SharedTable(false, 1);

        @Actor
        public void await(II_Result result) {
            result.r1 = outcomeOf(() -> shared.table().await(shared.submit(0, 0)));
            result.r2 = outcomeOf(() -> shared.table().liveEntries(0));
            shared.leave();
        }

        @Actor
        public void fail() {
            shared.table();
            while (shared.device.launched == 0) {
                Thread.yield();
            }
            Objects.requireNonNull(shared.device.listener).failed(1, new IllegalStateException("lost"));
            shared.leave();
        }
    }

    /** The device tells of a failure when the launch was told to be done already, and one waits for that. */
    @JCStressTest
    @Outcome(id = "[02], 2", expect = ACCEPTABLE, desc = "the first counted for who waited, and the table has failed")
    @Outcome(expect = FORBIDDEN, desc = "the failure was lost")
    @State
    public static class FailureAfterCompletion {
        private final SharedTable shared = new SharedTable(true, 1);

        @Actor
        public void await(II_Result result) {
            result.r1 = outcomeOf(() -> shared.table().await(shared.submit(0, 0)));
            shared.leave();
        }

        @Actor
        public void fail(II_Result result) {
            shared.table();
            while (shared.device.launched == 0) {
                Thread.yield();
            }
            Objects.requireNonNull(shared.device.listener).failed(1, new IllegalStateException("lost"));
            result.r2 = outcomeOf(() -> shared.table().liveEntries(0));
            shared.leave();
        }
    }

    /** Two threads read rows, each into an array of its own. */
    @JCStressTest
    @Outcome(id = "0, 1, 0", expect = ACCEPTABLE, desc = "each got what it asked for")
    @Outcome(expect = FORBIDDEN, desc = "one got the other's rows, or none")
    @State
    public static class ReadTwice {
        private final SharedTable shared = new SharedTable(true, 4);
        private int submitted;

        private float read(int row) {
            float[] target = {-1, -1, -1};
            EmbeddingTable table = shared.table();
            synchronized (this) {
                while (submitted < 2) {
                    shared.submit(0, submitted++);
                }
            }
            table.read(TableSide.INPUT, 0, row, 1, target, 1);
            shared.leave();
            return target[0] == -1 && target[2] == -1 ? target[1] : -2;
        }

        @Actor
        public void one(III_Result result) {
            result.r1 = (int) read(0);
        }

        @Actor
        public void other(III_Result result) {
            result.r2 = (int) read(1);
        }

        @Arbiter
        public void outcome(III_Result result) {
            result.r3 = shared.device.flaws.get();
        }
    }

    /** A stream is forked while it gets rows. */
    @JCStressTest
    @Outcome(id = "[01234], 0", expect = ACCEPTABLE, desc = "the fork has the rows that were submitted before it")
    @Outcome(expect = FORBIDDEN, desc = "it has rows that nobody wrote, or rows were lost")
    @State
    public static class SubmitAndFork {
        private final SharedTable shared = new SharedTable(true, 2);

        @Actor
        public void submit() {
            long ticket = 0;
            for (int slot = 0; slot < ENTRIES; slot++) {
                ticket = shared.submit(0, slot);
            }
            shared.table().await(ticket);
            shared.leave();
        }

        @Actor
        public void fork(II_Result result) {
            EmbeddingTable table = shared.table();
            table.await(table.fork(0, 1));
            int live = table.liveEntries(1);
            float[] rows = new float[ENTRIES];
            table.read(TableSide.INPUT, 1, 0, live, rows, 0);
            boolean theRows = true;
            for (int i = 0; i < live; i++) {
                theRows &= rows[i] == RecordingDevice.ROWS_OF_STREAM + i;
            }
            result.r1 = theRows ? live : -1;
            shared.leave();
        }

        @Arbiter
        public void outcome(II_Result result) {
            result.r2 = shared.device.flaws.get() + Math.abs(shared.device.entries.get() - ENTRIES);
        }
    }

    /** Two threads close the table. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "closed once")
    @Outcome(expect = FORBIDDEN, desc = "closed twice, or not at all")
    @State
    public static class CloseTwice {
        private final SharedTable shared = new SharedTable(true, 2);

        @Actor
        public void one() {
            shared.table().close();
        }

        @Actor
        public void other() {
            shared.table().close();
        }

        @Arbiter
        public void outcome(II_Result result) {
            result.r1 = shared.device.closes.get();
            result.r2 = shared.device.flaws.get();
        }
    }
}
