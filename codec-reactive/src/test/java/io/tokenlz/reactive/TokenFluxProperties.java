package io.tokenlz.reactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenlz.core.TokenCodec;
import io.tokenlz.frames.FrameLimits;
import io.tokenlz.frames.FrameReader;
import io.tokenlz.frames.FrameWriterOptions;
import io.tokenlz.frames.StreamHeader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** Random texts, chunks, options and demand against the plain codec. */
class TokenFluxProperties {
    @Property(tries = 300)
    void tokensComeBack(
            @ForAll("codecs") TokenCodec codec,
            @ForAll("options") TokenFluxOptions options,
            @ForAll @IntRange(max = 3000) int tokens,
            @ForAll @IntRange(min = 1, max = 600) int mostPerChunk,
            @ForAll long seed) {
        int[] text = Streams.text(tokens, seed);
        Flux<int[]> encoded = Streams.chunks(text, mostPerChunk, seed).transform(TokenFlux.encode(codec, options));
        int[] compressed = Streams.join(onRandomDemand(encoded, seed));

        assertThat(codec.decode(compressed)).as("by the plain codec").isEqualTo(text);
        Flux<int[]> decoded =
                Streams.chunks(compressed, mostPerChunk, seed + 1).transform(TokenFlux.decode(codec, options));
        assertThat(Streams.join(onRandomDemand(decoded, seed))).isEqualTo(text);
    }

    @Property(tries = 100)
    void aStreamWithoutEarlyFlushesIsThePlainCodecs(
            @ForAll("codecs") TokenCodec codec, @ForAll @IntRange(max = 5000) int tokens, @ForAll long seed) {
        int[] text = Streams.text(tokens, seed);
        Flux<int[]> encoded = Streams.chunks(text, 300, seed)
                .transform(TokenFlux.encode(codec, TokenFluxOptions.DEFAULT.flushOnCompletion()));
        assertThat(Streams.join(onRandomDemand(encoded, seed))).isEqualTo(codec.encode(text));
    }

    @Property(tries = 300)
    void framesComeBack(
            @ForAll("headers") StreamHeader header,
            @ForAll("formats") FrameWriterOptions format,
            @ForAll("options") TokenFluxOptions options,
            @ForAll @IntRange(max = 3000) int tokens,
            @ForAll @IntRange(min = 1, max = 600) int mostPerChunk,
            @ForAll long seed) {
        int[] text = Streams.text(tokens, seed);
        Flux<ByteBuffer> frames =
                Streams.chunks(text, mostPerChunk, seed).transform(TokenFlux.toFrames(header, format, options));
        byte[] stream = Streams.joinBytes(onRandomDemand(frames, seed));

        assertThat(readPlainly(stream, tokens)).as("by the plain reader").isEqualTo(text);
        Flux<int[]> decoded =
                cut(stream, seed).transform(TokenFlux.fromFrames(FrameLimits.DEFAULT, header::equals, options));
        assertThat(Streams.join(onRandomDemand(decoded, seed))).isEqualTo(text);
    }

    /** A source with a pace of its own, and requests that come between its chunks. */
    @Property(tries = 200)
    void pushedTokensComeBack(
            @ForAll("headers") StreamHeader header,
            @ForAll("options") TokenFluxOptions options,
            @ForAll @IntRange(max = 2000) int tokens,
            @ForAll long seed) {
        int[] text = Streams.text(tokens, seed);
        Random random = new Random(seed);
        Sinks.Many<int[]> source = Sinks.many().unicast().onBackpressureBuffer();
        ManualSubscriber<ByteBuffer> downstream = new ManualSubscriber<>();
        source.asFlux()
                .transform(TokenFlux.toFrames(header, FrameWriterOptions.DEFAULT, options))
                .subscribe(downstream);
        long[] demand = new long[1];
        for (int[] chunk : Streams.chunks(text, 20, seed).toIterable()) {
            if (random.nextInt(3) == 0) {
                demand[0]++;
                downstream.request(1);
            }
            source.tryEmitNext(chunk).orThrow();
            assertThat((long) downstream.received.size()).isLessThanOrEqualTo(demand[0]);
        }
        source.tryEmitComplete().orThrow();
        while (!downstream.completed) {
            downstream.request(1);
        }
        assertThat(readPlainly(Streams.joinBytes(downstream.received), tokens)).isEqualTo(text);
    }

    private static int[] readPlainly(byte[] stream, int tokens) {
        int[] text = new int[tokens];
        try (FrameReader reader = new FrameReader()) {
            reader.read(
                    new io.tokenlz.core.BufferByteInput().wrap(ByteBuffer.wrap(stream)),
                    new io.tokenlz.core.ArrayTokenOutput().wrap(text));
            reader.finish();
        }
        return text;
    }

    private static Flux<ByteBuffer> cut(byte[] stream, long seed) {
        Random random = new Random(seed);
        List<ByteBuffer> parts = new ArrayList<>();
        for (int at = 0; at < stream.length; ) {
            int length = Math.min(stream.length - at, random.nextInt(100));
            parts.add(ByteBuffer.wrap(stream, at, length));
            at += length;
        }
        return Flux.fromIterable(parts);
    }

    /** Requests a few chunks at a time, from inside onNext or from outside, and fails if more come than that. */
    private static <T> List<T> onRandomDemand(Flux<T> flux, long seed) {
        Random random = new Random(seed);
        List<T> received = new ArrayList<>();
        boolean[] done = new boolean[1];
        long[] open = new long[1];
        BaseSubscriber<T> subscriber = new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                // all demand comes below
            }

            @Override
            protected void hookOnNext(T chunk) {
                assertThat(open[0]--).as("demand").isPositive();
                received.add(chunk);
                if (random.nextInt(3) == 0) {
                    open[0]++;
                    request(1);
                }
            }

            @Override
            protected void hookOnComplete() {
                done[0] = true;
            }
        };
        flux.subscribe(subscriber);
        while (!subscriber.isDisposed()) {
            int n = 1 + random.nextInt(5);
            open[0] += n;
            subscriber.request(n);
        }
        assertThat(done[0]).isTrue();
        return received;
    }

    @Provide
    Arbitrary<TokenCodec> codecs() {
        return Arbitraries.of(Streams.codecs().toList());
    }

    @Provide
    Arbitrary<StreamHeader> headers() {
        return Arbitraries.of(Streams.headers().toList());
    }

    @Provide
    Arbitrary<FrameWriterOptions> formats() {
        return Combinators.combine(
                        Arbitraries.of(FrameWriterOptions.Level.values()),
                        Arbitraries.of(1, 7, 500, 65_536),
                        Arbitraries.of(0L, 400L),
                        Arbitraries.of(true, false))
                .as(FrameWriterOptions::new);
    }

    @Provide
    Arbitrary<TokenFluxOptions> options() {
        return Combinators.combine(
                        Arbitraries.of(1L, 1L, 50L, Long.MAX_VALUE),
                        Arbitraries.of(0, 1, 100, 4096),
                        Arbitraries.of(1, 2, 63, 4096),
                        Arbitraries.of(1, 5, 200, 16_384),
                        Arbitraries.of(true, false))
                .as(TokenFluxOptions::new);
    }
}
