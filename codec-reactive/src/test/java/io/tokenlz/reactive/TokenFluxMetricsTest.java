package io.tokenlz.reactive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.tokenlz.frames.FrameLimits;
import io.tokenlz.frames.FrameWriterOptions;
import io.tokenlz.frames.StreamHeader;
import java.nio.ByteBuffer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

@Timeout(60)
class TokenFluxMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final TokenFluxMetrics metrics = new TokenFluxMetrics(registry, Tags.of("stream", "answers"));

    private double count(String meter, String... tags) {
        return registry.get(meter)
                .tags("stream", "answers")
                .tags(tags)
                .counter()
                .count();
    }

    private DistributionSummary ratio() {
        return registry.get("tokenlz.ratio").tags("stream", "answers").summary();
    }

    @Test
    void tokensBytesFlushesAndTheRatioAreCounted() {
        int[] text = Streams.text(1000, 1);
        Flux<ByteBuffer> body = Streams.chunks(text, 30, 2)
                .tap(metrics.tokensIn())
                .transform(TokenFlux.toFrames(Streams.PLAIN))
                .tap(metrics.bytesOut());
        int bytes = Streams.collectBytes(body).length;
        long flushes = body.count().blockOptional().orElseThrow();

        assertThat(count("tokenlz.tokens", "direction", "in")).isEqualTo(2000);
        assertThat(count("tokenlz.bytes", "direction", "out")).isEqualTo(2 * bytes);
        assertThat(count("tokenlz.flushes")).isEqualTo(2.0 * flushes);
        assertThat(ratio().count()).as("a value for each stream").isEqualTo(2);
        assertThat(ratio().max()).isCloseTo(bytes / 1000.0, within(1e-9));
        assertThat(registry.find("tokenlz.errors").counter()).isNull();
    }

    /** Each tap before an operator belongs to the next one behind it. */
    @Test
    void operatorsInARowHaveRatiosOfTheirOwn() {
        int[] text = Streams.text(2000, 3);
        StreamHeader header = StreamHeader.builder((int) Streams.HYPERTOKENS.encodedVocabularySize())
                .build();
        TokenFluxMetrics codec = new TokenFluxMetrics(registry, Tags.of("stream", "codec"));
        Flux<int[]> again = Flux.just(text)
                .tap(codec.tokensIn())
                .transform(TokenFlux.encode(Streams.HYPERTOKENS))
                .tap(codec.tokensOut())
                .publishOn(Schedulers.parallel())
                .tap(metrics.tokensIn())
                .transform(TokenFlux.toFrames(header))
                .tap(metrics.bytesOut())
                .tap(metrics.bytesIn())
                .transform(Streams.tokens(TokenFluxOptions.DEFAULT))
                .tap(metrics.tokensOut());
        int[] compressed = Streams.collect(again);
        assertThat(compressed).isEqualTo(Streams.HYPERTOKENS.encode(text));
        double left =
                registry.get("tokenlz.ratio").tags("stream", "codec").summary().max();
        assertThat(left).isCloseTo(compressed.length / 2000.0, within(1e-9));
        assertThat(ratio().count()).isEqualTo(2);
        double there = count("tokenlz.bytes", "direction", "out") / compressed.length;
        assertThat(ratio().totalAmount()).isCloseTo(there + 1 / there, within(1e-9));
    }

    @Test
    void idsOfAModelAreTokens() {
        int[] text = Streams.text(300, 4);
        int[] ids = Streams.HYPERTOKENS.encode(text);
        assertThat(Streams.collect(Flux.fromStream(() -> IntStream.of(ids).boxed())
                        .tap(metrics.idsIn())
                        .transform(TokenFlux.decodeIds(Streams.HYPERTOKENS))
                        .tap(metrics.tokensOut())))
                .isEqualTo(text);
        assertThat(count("tokenlz.tokens", "direction", "in")).isEqualTo(ids.length);
        assertThat(count("tokenlz.tokens", "direction", "out")).isEqualTo(text.length);
    }

    @Test
    void buffersOfAnyKindAreMeasuredBeforeTheyAreReleased() {
        UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
        int[] text = Streams.text(100, 5);
        Flux<ByteBuf> body = Flux.just(text)
                .transform(NettyTokenFlux.toFrames(
                        Streams.PLAIN, FrameWriterOptions.DEFAULT, TokenFluxOptions.DEFAULT, allocator))
                .tap(metrics.bytesOut(ByteBuf::readableBytes));
        assertThat(Streams.collect(body.tap(metrics.bytesIn(ByteBuf::readableBytes))
                        .transform(NettyTokenFlux.fromFrames(
                                FrameLimits.DEFAULT, header -> true, TokenFluxOptions.DEFAULT))))
                .isEqualTo(text);
        assertThat(count("tokenlz.bytes", "direction", "in"))
                .isPositive()
                .isEqualTo(count("tokenlz.bytes", "direction", "out"));
        assertThat(allocator.metric().usedHeapMemory()).isZero();
    }

    @Test
    void errorsAreCountedByWhatTheyAre() {
        Flux<int[]> damaged = Flux.just(ByteBuffer.allocate(10))
                .tap(metrics.bytesIn())
                .transform(Streams.tokens(TokenFluxOptions.DEFAULT))
                .tap(metrics.tokensOut());
        StepVerifier.create(damaged).verifyError();
        StepVerifier.create(damaged).verifyError();
        assertThat(count("tokenlz.errors", "exception", "MalformedFrameException"))
                .isEqualTo(2);
        assertThat(ratio().count()).isEqualTo(2);
        assertThat(ratio().max()).isZero();
    }

    @Test
    void cancelledStreamsHaveARatioAndEmptyOnesHaveNone() {
        Flux<int[]> endless = Flux.just(new int[] {1})
                .repeat()
                .tap(metrics.tokensIn())
                .transform(TokenFlux.encode(Streams.HYPERTOKENS))
                .tap(metrics.tokensOut());
        StepVerifier.create(endless, 3).expectNextCount(3).thenCancel().verify();
        assertThat(ratio().count()).isEqualTo(1);
        assertThat(ratio().max()).isEqualTo(1);
        assertThat(count("tokenlz.flushes")).isEqualTo(3);
        StepVerifier.create(endless.take(0)).verifyComplete();
        assertThat(ratio().count()).isEqualTo(1);
    }
}
