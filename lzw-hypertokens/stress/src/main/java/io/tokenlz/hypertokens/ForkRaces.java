package io.tokenlz.hypertokens;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Streams that were forked share entries, each is one thread's: neither may see what becomes of the other. */
final class ForkRaces {
    private static final int[] COMMON = {1, 2, 3, 1, 2, 3, 1, 2, 4, 1, 2, 3, 4};
    private static final int[] ONE = {1, 2, 3, 5, 6, 5, 6, 5, 1, 2, 3};
    private static final int[] OTHER = {7, 8, 7, 8, 1, 2, 4, 1, 2, 4, 7};

    private ForkRaces() {}

    /** The rule under which entries may be orphans, too. */
    private static HypertokenConfig config() {
        return HypertokenConfig.builder(100, ReplayRule.EMITTED)
                .codebookSize(64)
                .build();
    }

    private static HypertokenStream begun() {
        HypertokenStream stream = new HypertokenStream(config());
        stream.encode(COMMON, 0, COMMON.length, new int[COMMON.length], 0);
        return stream;
    }

    /** Goes on with tokens; 0 if all is as in a stream that was never forked. */
    private static int flawsOf(HypertokenStream stream, int... tokens) {
        HypertokenStream alone = begun();
        int[] ids = new int[tokens.length];
        int[] expected = new int[tokens.length];
        int count = stream.encode(tokens, 0, tokens.length, ids, 0);
        int expectedCount = alone.encode(tokens, 0, tokens.length, expected, 0);
        boolean sameIds = count == expectedCount && Arrays.equals(ids, expected);
        boolean sameCodebook =
                stream.codebook().toJson().equals(alone.codebook().toJson());
        return (sameIds ? 0 : 1) + (sameCodebook ? 0 : 2);
    }

    /** A stream and its fork go on, each in its thread. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "both as if alone")
    @Outcome(expect = FORBIDDEN, desc = "one saw what the other did")
    @State
    public static class StreamAndFork {
        private final HypertokenStream stream = begun();
        private final HypertokenStream fork = stream.fork();

        @Actor
        public void stream(II_Result result) {
            result.r1 = flawsOf(stream, ONE);
        }

        @Actor
        public void fork(II_Result result) {
            result.r2 = flawsOf(fork, OTHER);
        }
    }

    /** A stream goes back behind what its fork shares, and forgets it all, while the fork uses it. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "both as if alone")
    @Outcome(expect = FORBIDDEN, desc = "one saw what the other did")
    @State
    public static class RollbackAndFork {
        private final HypertokenStream stream = new HypertokenStream(config());
        private final HypertokenMark start = stream.mark();
        private final HypertokenStream fork;

        public RollbackAndFork() {
            stream.encode(COMMON, 0, COMMON.length, new int[COMMON.length], 0);
            fork = stream.fork();
        }

        @Actor
        public void rollback(II_Result result) {
            stream.rollback(start);
            stream.encode(COMMON, 0, COMMON.length, new int[COMMON.length], 0);
            result.r1 = flawsOf(stream, ONE);
        }

        @Actor
        public void fork(II_Result result) {
            result.r2 = flawsOf(fork, OTHER);
        }
    }

    /** Two forks are forked again, which joins tables that they share. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "both as if alone")
    @Outcome(expect = FORBIDDEN, desc = "one saw what the other did")
    @State
    public static class ForkTwice {
        private final HypertokenStream stream = begun();
        private final HypertokenStream fork = stream.fork();

        @Actor
        public void one(II_Result result) {
            result.r1 = flawsOf(stream.fork(), ONE);
        }

        @Actor
        public void other(II_Result result) {
            result.r2 = flawsOf(fork.fork(), OTHER);
        }
    }

    /** A snapshot is for all threads: opened by two at once. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "both as if alone")
    @Outcome(expect = FORBIDDEN, desc = "one saw what the other did")
    @State
    public static class OpenTwice {
        private final HypertokenSnapshot snapshot = begun().snapshot();

        @Actor
        public void one(II_Result result) {
            result.r1 = flawsOf(snapshot.open(), ONE);
        }

        @Actor
        public void other(II_Result result) {
            result.r2 = flawsOf(snapshot.open(), OTHER);
        }
    }

    /** It is immutable: whoever sees it sees all of it, however it was published. */
    @JCStressTest
    @Outcome(id = "0, -1", expect = ACCEPTABLE, desc = "not there yet")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "there, and whole")
    @Outcome(expect = FORBIDDEN, desc = "seen half-written")
    @State
    public static class SnapshotThroughAPlainField {
        private final HypertokenStream stream = begun();
        private @Nullable HypertokenSnapshot published;

        @Actor
        public void publish(II_Result result) {
            published = stream.snapshot();
            result.r1 = flawsOf(stream, ONE);
        }

        @Actor
        public void open(II_Result result) {
            HypertokenSnapshot seen = published;
            result.r2 = seen == null ? -1 : flawsOf(seen.open(), OTHER);
        }
    }
}
