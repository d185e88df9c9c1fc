package io.tokenlz.reactive.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.tokenlz.core.TokenCodec;
import io.tokenlz.frames.FrameLimits;
import io.tokenlz.frames.StreamHeader;
import io.tokenlz.hypertokens.HypertokenCodec;
import io.tokenlz.hypertokens.HypertokenConfig;
import io.tokenlz.hypertokens.ReplayRule;
import io.tokenlz.reactive.NettyTokenFlux;
import io.tokenlz.reactive.TokenFlux;
import io.tokenlz.reactive.TokenFluxOptions;
import java.nio.ByteBuffer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** What must come of signals that race: none is lost, none is answered twice. Two threads each, so that two cores run them all. */
final class SignalRaces {
    private static final TokenCodec CODEC = new HypertokenCodec(
            HypertokenConfig.builder(100, ReplayRule.BASE).codebookSize(16).build());
    private static final StreamHeader HEADER = StreamHeader.builder(100).build();

    private SignalRaces() {}

    private static Stream<int[], int[]> encoding() {
        return new Stream<>(TokenFlux.encode(CODEC));
    }

    private static Stream<int[], ByteBuffer> framing() {
        return new Stream<>(TokenFlux.toFrames(HEADER));
    }

    /** A chunk that nobody had asked for yet, and requests for it and for the next one. */
    @JCStressTest
    @Outcome(id = "1, [12]", expect = ACCEPTABLE, desc = "it came, and the next one was asked for")
    @Outcome(expect = FORBIDDEN, desc = "a wake-up was lost")
    @State
    public static class ChunkAndRequests {
        private final Stream<int[], int[]> stream = encoding();

        @Actor
        public void chunk() {
            stream.upstream().onNext(new int[] {1});
        }

        @Actor
        public void requests() {
            stream.downstream().request(1);
            stream.downstream().request(1);
        }

        @Arbiter
        public void outcome(II_Result result) {
            result.r1 = stream.received.get();
            result.r2 = stream.asked.intValue();
        }
    }

    /** The last chunk with the end behind it, and the request for it. */
    @JCStressTest
    @Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "the chunk, then the end")
    @Outcome(expect = FORBIDDEN, desc = "a signal was lost")
    @State
    public static class ChunkCompletionAndRequest {
        private final Stream<int[], int[]> stream = encoding();

        @Actor
        public void chunkAndEnd() {
            stream.upstream().onNext(new int[] {1});
            stream.upstream().onComplete();
        }

        @Actor
        public void request() {
            stream.downstream().request(1);
        }

        @Arbiter
        public void outcome(III_Result result) {
            result.r1 = stream.received.get();
            result.r2 = stream.completed.get();
            result.r3 = stream.failed.get();
        }
    }

    /** An empty stream has an end frame, which waits for a request. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "the end frame, then the end")
    @Outcome(expect = FORBIDDEN, desc = "a signal was lost")
    @State
    public static class CompletionAndRequest {
        private final Stream<int[], ByteBuffer> stream = framing();

        @Actor
        public void end() {
            stream.upstream().onComplete();
        }

        @Actor
        public void request() {
            stream.downstream().request(1);
        }

        @Arbiter
        public void outcome(II_Result result) {
            result.r1 = stream.received.get();
            result.r2 = stream.completed.get();
        }
    }

    /** A chunk comes while the request for the one behind it arrives: upstream must be asked for that. */
    @JCStressTest
    @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "the chunk came, and the next one was asked for")
    @Outcome(expect = FORBIDDEN, desc = "a request was lost, or doubled")
    @State
    public static class ChunkAndNextRequest {
        private final Stream<int[], int[]> stream = new Stream<>(TokenFlux.decode(CODEC));

        public ChunkAndNextRequest() {
            stream.downstream().request(1);
        }

        @Actor
        public void chunk() {
            stream.upstream().onNext(new int[] {1});
        }

        @Actor
        public void request() {
            stream.downstream().request(1);
        }

        @Arbiter
        public void outcome(II_Result result) {
            result.r1 = stream.received.get();
            result.r2 = stream.asked.intValue();
        }
    }

    /** What was asked for comes while downstream leaves. */
    @JCStressTest
    @Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "it was delivered")
    @Outcome(id = "0, 1, 1", expect = ACCEPTABLE, desc = "it was discarded")
    @Outcome(id = "0, 0, 1", expect = ACCEPTABLE, desc = "it was read, and forgotten with the stream")
    @Outcome(expect = FORBIDDEN, desc = "it was answered twice, or the cancellation was not passed on once")
    @State
    public static class ChunkAndCancellation {
        private final Stream<int[], int[]> stream = encoding();

        public ChunkAndCancellation() {
            stream.downstream().request(1);
        }

        @Actor
        public void chunk() {
            stream.upstream().onNext(new int[] {1});
        }

        @Actor
        public void cancel() {
            stream.downstream().cancel();
        }

        @Arbiter
        public void outcome(III_Result result) {
            result.r1 = stream.received.get();
            result.r2 = stream.discarded.get();
            result.r3 = stream.cancelled.get();
        }
    }

    /** The same for memory that must be released once. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "released once")
    @Outcome(expect = FORBIDDEN, desc = "leaked, or given to a hook as well")
    @State
    public static class BufferAndCancellation {
        private final Stream<ByteBuf, int[]> stream =
                new Stream<>(NettyTokenFlux.fromFrames(FrameLimits.DEFAULT, header -> true, TokenFluxOptions.DEFAULT));
        private final ByteBuf buffer = Unpooled.wrappedBuffer(new byte[] {'T', 'L'});

        public BufferAndCancellation() {
            stream.downstream().request(1);
        }

        @Actor
        public void chunk() {
            stream.upstream().onNext(buffer);
        }

        @Actor
        public void cancel() {
            stream.downstream().cancel();
        }

        @Arbiter
        public void outcome(II_Result result) {
            result.r1 = buffer.refCnt();
            result.r2 = stream.discarded.get();
        }
    }

    /** An error is told to somebody, once. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the subscriber saw it")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "the hook for dropped errors did")
    @Outcome(expect = FORBIDDEN, desc = "it was lost, or told twice")
    @State
    public static class ErrorAndCancellation {
        private final Stream<int[], int[]> stream = encoding();

        @Actor
        public void error() {
            stream.upstream().onError(new IllegalStateException("once"));
        }

        @Actor
        public void cancel() {
            stream.downstream().cancel();
        }

        @Arbiter
        public void outcome(II_Result result) {
            result.r1 = stream.failed.get();
            result.r2 = stream.dropped.get();
        }
    }

    /** The end, or the end of interest in it. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "the end frame, then the end")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the end frame, then nobody listened")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "nobody listened any more")
    @Outcome(expect = FORBIDDEN, desc = "an end without its frame, or twice")
    @State
    public static class CompletionRequestAndCancellation {
        private final Stream<int[], ByteBuffer> stream = framing();

        @Actor
        public void end() {
            stream.upstream().onComplete();
        }

        @Actor
        public void requestAndCancel() {
            stream.downstream().request(1);
            stream.downstream().cancel();
        }

        @Arbiter
        public void outcome(II_Result result) {
            result.r1 = stream.received.get();
            result.r2 = stream.completed.get();
        }
    }
}
