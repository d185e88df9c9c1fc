package io.tokenlz.reactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.tokenlz.core.ArrayTokenInput;
import io.tokenlz.core.ArrayTokenOutput;
import io.tokenlz.core.BufferByteInput;
import io.tokenlz.core.BufferByteOutput;
import io.tokenlz.core.TokenCoder;
import io.tokenlz.frames.FrameLimits;
import io.tokenlz.frames.FrameReader;
import io.tokenlz.frames.FrameWriter;
import io.tokenlz.frames.FrameWriterOptions;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/**
 * What a stream that waits for its next token holds beyond the state of its codec: the heap that thousands of them take, less the
 * heap of as many bare codecs that have coded the same.
 */
@Timeout(300)
class IdleStreamMemoryTest {
    private static final int STREAMS = Integer.getInteger("idle.streams", 2000);
    private static final int MOST_BYTES = 4096;
    private static final int CHUNKS = 20;

    private int[] tokens = {};

    private record Measured(String operator, long bytes) {}

    @ParameterizedTest
    @ValueSource(ints = {1, 500})
    void anIdleStreamHoldsLittle(int chunkTokens) throws Exception {
        tokens = Streams.text(chunkTokens, 1);
        List<ByteBuffer> frames = frames();
        List<Measured> all = List.of(
                measure("toFrames", Streams.frames(TokenFluxOptions.DEFAULT), times(tokens), this::writer),
                measure("fromFrames", Streams.tokens(TokenFluxOptions.DEFAULT), frames, () -> reader(frames)),
                measure("NettyTokenFlux.toFrames", netty(), times(tokens), this::writer),
                measure("encode", TokenFlux.encode(Streams.HYPERTOKENS), times(tokens), this::encoder),
                measure("decode", TokenFlux.decode(Streams.HYPERTOKENS), times(tokens), this::decoder));
        System.out.println("bytes of heap that an idle stream holds beyond its codec, behind " + CHUNKS + " chunks of "
                + chunkTokens + " tokens: " + all);
        assertThat(all).allMatch(measured -> measured.bytes() <= MOST_BYTES);
    }

    private static <T> List<T> times(T chunk) {
        return Collections.nCopies(CHUNKS, chunk);
    }

    private static Function<Flux<int[]>, Flux<ByteBuf>> netty() {
        return NettyTokenFlux.toFrames(
                Streams.PLAIN,
                FrameWriterOptions.DEFAULT,
                TokenFluxOptions.DEFAULT,
                new UnpooledByteBufAllocator(false, true));
    }

    /** The frames of the first chunks of a stream that has not ended. */
    private List<ByteBuffer> frames() {
        return Flux.fromIterable(times(tokens))
                .concatWith(Flux.never())
                .transform(Streams.frames(TokenFluxOptions.DEFAULT))
                .take(CHUNKS)
                .collectList()
                .blockOptional()
                .orElseThrow();
    }

    // ---- bare codecs ----

    private FrameWriter writer() {
        FrameWriter writer = new FrameWriter(Streams.PLAIN, FrameWriterOptions.DEFAULT);
        BufferByteOutput output = new BufferByteOutput();
        for (int i = 0; i < CHUNKS; i++) {
            output.wrap(ByteBuffer.allocate(8192));
            writer.write(new ArrayTokenInput().wrap(tokens), output);
            writer.flush(output);
        }
        return writer;
    }

    private FrameReader reader(List<ByteBuffer> frames) {
        FrameReader reader = new FrameReader(FrameLimits.DEFAULT);
        for (ByteBuffer frame : frames) {
            reader.read(new BufferByteInput().wrap(frame.duplicate()), new ArrayTokenOutput().wrap(new int[8192]));
        }
        return reader;
    }

    private TokenCoder encoder() {
        return coded(Streams.HYPERTOKENS.newEncoder());
    }

    private TokenCoder decoder() {
        return coded(Streams.HYPERTOKENS.newDecoder());
    }

    private TokenCoder coded(TokenCoder coder) {
        for (int i = 0; i < CHUNKS; i++) {
            ArrayTokenOutput output = new ArrayTokenOutput().wrap(new int[8192]);
            coder.transform(new ArrayTokenInput().wrap(tokens), output);
            coder.flush(output);
        }
        return coder;
    }

    // ---- streams ----

    private static <I, O> Measured measure(
            String name, Function<Flux<I>, Flux<O>> operator, List<I> chunks, Supplier<?> bare) throws Exception {
        long withOperator = bytesEach(() -> Downstream.open(operator, chunks));
        return new Measured(name, withOperator - bytesEach(bare::get));
    }

    private static long bytesEach(Callable<?> maker) throws Exception {
        maker.call(); // loads classes
        Object[] held = new Object[STREAMS];
        long before = usedHeap();
        for (int i = 0; i < STREAMS; i++) {
            held[i] = maker.call();
        }
        long after = usedHeap();
        assertThat(Arrays.asList(held)).doesNotContainNull();
        return (after - before) / STREAMS;
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Asks for everything, keeps nothing, and is all that holds the operator. */
    private static final class Downstream<T> implements CoreSubscriber<T> {
        Subscription operator = Operators.emptySubscription();

        @SuppressWarnings("unchecked")
        static <I, O> Downstream<O> open(Function<Flux<I>, Flux<O>> transform, List<I> chunks) {
            Downstream<O> downstream = new Downstream<>();
            Flux.<I>never().transform(transform).subscribe(downstream);
            CoreSubscriber<I> operator = (CoreSubscriber<I>) downstream.operator;
            chunks.forEach(operator::onNext);
            return downstream;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            operator = subscription;
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(T chunk) {
            if (chunk instanceof ByteBuf buffer) {
                buffer.release();
            }
        }

        @Override
        public void onError(Throwable error) {
            throw new AssertionError(error);
        }

        @Override
        public void onComplete() {
            throw new AssertionError("it goes on");
        }
    }
}
