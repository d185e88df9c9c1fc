package io.tokenlz.hypertokens;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** A pool is for all threads, a stream of it for the one that took it out. */
final class PoolRaces {
    private static final HypertokenConfig CONFIG =
            HypertokenConfig.builder(100, ReplayRule.BASE).codebookSize(16).build();
    private static final int[] TOKENS = {1, 2, 1, 2, 1, 2, 3};

    private PoolRaces() {}

    private static HypertokenStream used() {
        HypertokenStream stream = new HypertokenStream(CONFIG);
        stream.encode(TOKENS, 0, TOKENS.length, new int[TOKENS.length], 0);
        return stream;
    }

    /** 0 if a stream is at its start, and encodes as one does that was opened now. */
    private static int flawsOf(HypertokenStream stream) {
        int[] ids = new int[TOKENS.length];
        int[] expected = new int[TOKENS.length];
        boolean atStart = stream.baseTokens() == 0 && stream.codebook().size() == 0 && stream.spanLength() == 0;
        int count = stream.encode(TOKENS, 0, TOKENS.length, ids, 0);
        int expectedCount = new HypertokenStream(CONFIG).encode(TOKENS, 0, TOKENS.length, expected, 0);
        boolean same = count == expectedCount && Arrays.equals(ids, expected);
        return (atStart ? 0 : 1) + (same ? 0 : 2);
    }

    /** One stream is there, and two threads want one. */
    @JCStressTest
    @Outcome(id = "1, 0, 0", expect = ACCEPTABLE, desc = "one took it out, the other opened one")
    @Outcome(expect = FORBIDDEN, desc = "both have the same, or one is not at its start")
    @State
    public static class AcquireTwice {
        private final HypertokenStreamPool pool = new HypertokenStreamPool(CONFIG, 2);
        private @Nullable HypertokenStream first;
        private @Nullable HypertokenStream second;

        public AcquireTwice() {
            pool.release(used());
        }

        @Actor
        public void one() {
            first = pool.acquire();
        }

        @Actor
        public void other() {
            second = pool.acquire();
        }

        @Arbiter
        public void outcome(III_Result result) {
            result.r1 = first == null || second == null || first == second ? 0 : 1;
            result.r2 = pool.idleStreams();
            result.r3 = first == null || second == null ? -1 : flawsOf(first) + flawsOf(second);
        }
    }

    /** A stream with something in it comes back while another thread wants one. */
    @JCStressTest
    @Outcome(id = "1, 0, 0", expect = ACCEPTABLE, desc = "it went from one to the other, reset")
    @Outcome(id = "0, 0, 1", expect = ACCEPTABLE, desc = "another one was opened, and it waits")
    @Outcome(
            expect = FORBIDDEN,
            desc = "it was lost, is in the pool and out of it, or was not reset as the other thread sees it")
    @State
    public static class ReleaseAndAcquire {
        private final HypertokenStreamPool pool = new HypertokenStreamPool(CONFIG, 2);
        private final HypertokenStream released = new HypertokenStream(CONFIG);

        @Actor
        public void release() {
            released.encode(TOKENS, 0, TOKENS.length, new int[TOKENS.length], 0);
            pool.release(released);
        }

        @Actor
        public void acquire(III_Result result) {
            HypertokenStream stream = pool.acquire();
            result.r1 = stream == released ? 1 : 0;
            result.r2 = flawsOf(stream);
        }

        @Arbiter
        public void outcome(III_Result result) {
            result.r3 = pool.idleStreams();
        }
    }

    /** What two threads take for theirs is given back by both: one of them must be told. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "given back once, refused once")
    @Outcome(expect = FORBIDDEN, desc = "two callers would get it, or none")
    @State
    public static class ReleaseTwice {
        private final HypertokenStreamPool pool = new HypertokenStreamPool(CONFIG, 2);
        private final HypertokenStream stream = used();
        private int refusedOne;
        private int refusedOther;

        private int release() {
            try {
                pool.release(stream);
                return 0;
            } catch (IllegalStateException refused) {
                return 1;
            }
        }

        @Actor
        public void one() {
            refusedOne = release();
        }

        @Actor
        public void other() {
            refusedOther = release();
        }

        @Arbiter
        public void outcome(II_Result result) {
            result.r1 = refusedOne + refusedOther;
            result.r2 = pool.idleStreams();
        }
    }

    /** Two streams come back to a pool that has room for one. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "one waits, the other is nobody's")
    @Outcome(expect = FORBIDDEN, desc = "both or none are kept, or what is kept is not at its start")
    @State
    public static class ReleaseIntoOnePlace {
        private final HypertokenStreamPool pool = new HypertokenStreamPool(CONFIG, 1);
        private final HypertokenStream first = used();
        private final HypertokenStream second = used();

        @Actor
        public void one() {
            pool.release(first);
        }

        @Actor
        public void other() {
            pool.release(second);
        }

        @Arbiter
        public void outcome(II_Result result) {
            result.r1 = pool.idleStreams();
            HypertokenStream kept = pool.acquire();
            result.r2 = kept == first || kept == second ? flawsOf(kept) : -1;
        }
    }
}
