package io.tokenlz.reactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.tokenlz.frames.FrameLimits;
import io.tokenlz.frames.FrameWriterOptions;
import io.tokenlz.frames.MalformedFrameException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.util.RaceTestUtils;

/** Every buffer is released, whatever happens: the allocator counts the bytes that are not. */
@Timeout(60)
class NettyTokenFluxTest {
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true, true);

    @AfterEach
    void nothingLeaked() {
        assertThat(allocator.metric().usedDirectMemory()).isZero();
        assertThat(allocator.metric().usedHeapMemory()).isZero();
    }

    private Flux<ByteBuf> frames(int[] text) {
        return Streams.singles(text)
                .transform(NettyTokenFlux.toFrames(
                        Streams.PLAIN, FrameWriterOptions.DEFAULT, TokenFluxOptions.DEFAULT, allocator));
    }

    private static Function<Flux<ByteBuf>, Flux<int[]>> tokens() {
        return NettyTokenFlux.fromFrames(FrameLimits.DEFAULT, header -> true, TokenFluxOptions.DEFAULT);
    }

    private ByteBuf buffer(int... bytes) {
        ByteBuf buffer = allocator.buffer();
        for (int b : bytes) {
            buffer.writeByte(b);
        }
        return buffer;
    }

    @Test
    void tokensComeBack() {
        int[] text = Streams.text(10_000, 1);
        assertThat(Streams.collect(frames(text).transform(tokens()))).isEqualTo(text);
        assertThat(Streams.collect(frames(text)
                        .limitRate(3)
                        .publishOn(Schedulers.parallel(), 4)
                        .transform(tokens())
                        .limitRate(2)))
                .isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 17})
    void cancellationAfterSomeChunksLeaksNothing(int chunks) {
        ManualSubscriber<int[]> downstream = new ManualSubscriber<>();
        frames(Streams.text(100, 2)).transform(tokens()).subscribe(downstream);
        for (int i = 0; i < chunks; i++) {
            downstream.request(1);
        }
        assertThat(downstream.received).hasSize(chunks);
        downstream.cancel();
    }

    @Test
    void buffersThatAreReadInPartAreReleasedOnCancellation() {
        List<ByteBuf> all = new ArrayList<>();
        frames(Streams.text(100, 3)).subscribe(all::add);
        ByteBuf whole = buffer();
        all.forEach(part -> {
            whole.writeBytes(part);
            part.release();
        });
        ManualSubscriber<int[]> downstream = new ManualSubscriber<>();
        Flux.just(whole)
                .transform(NettyTokenFlux.fromFrames(
                        FrameLimits.DEFAULT, header -> true, TokenFluxOptions.DEFAULT.withChunkTokens(10)))
                .subscribe(downstream);
        downstream.request(3);
        assertThat(whole.refCnt()).isEqualTo(1);
        downstream.cancel();
        assertThat(whole.refCnt()).isZero();
    }

    @Test
    void damageOverflowAndLateBuffersLeakNothing() {
        StepVerifier.create(Flux.just(buffer(1, 2, 3)).transform(tokens())).verifyError(MalformedFrameException.class);
        TestPublisher<ByteBuf> rude = TestPublisher.createNoncompliant(
                TestPublisher.Violation.REQUEST_OVERFLOW,
                TestPublisher.Violation.DEFER_CANCELLATION,
                TestPublisher.Violation.CLEANUP_ON_TERMINATE);
        StepVerifier.create(rude.flux().transform(tokens()), 0)
                .then(() -> rude.next(buffer(1)))
                .verifyError();
        rude.next(buffer(1));
    }

    @Test
    void cancellationRacesWithABuffer() {
        for (int i = 0; i < 500; i++) {
            TestPublisher<ByteBuf> upstream = TestPublisher.createNoncompliant(
                    TestPublisher.Violation.REQUEST_OVERFLOW, TestPublisher.Violation.DEFER_CANCELLATION);
            ManualSubscriber<int[]> downstream = new ManualSubscriber<>();
            upstream.flux().transform(tokens()).subscribe(downstream);
            downstream.request(ThreadLocalRandom.current().nextInt(1, 3));
            ByteBuf next = buffer('T', 'L');
            RaceTestUtils.race(() -> upstream.next(next), downstream::cancel);
            assertThat(next.refCnt()).isZero();
        }
    }
}
