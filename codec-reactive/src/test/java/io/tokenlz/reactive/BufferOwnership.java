package io.tokenlz.reactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
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

/**
 * Every buffer is released, once, whatever happens: the allocator counts the bytes that are not, and Netty refuses to release a
 * buffer twice.
 *
 * @param <B> a kind of buffer that Netty's memory is in
 */
@Timeout(60)
abstract class BufferOwnership<B> {
    final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true, true);

    @AfterEach
    void nothingLeaked() {
        assertThat(allocator.metric().usedDirectMemory()).isZero();
        assertThat(allocator.metric().usedHeapMemory()).isZero();
    }

    abstract Function<Flux<int[]>, Flux<B>> toFrames(TokenFluxOptions options);

    abstract Function<Flux<B>, Flux<int[]>> fromFrames(TokenFluxOptions options);

    abstract B wrap(ByteBuf memory);

    abstract ByteBuf memory(B buffer);

    final Flux<B> frames(int[] text) {
        return Streams.singles(text).transform(toFrames(TokenFluxOptions.DEFAULT));
    }

    final Function<Flux<B>, Flux<int[]>> tokens() {
        return fromFrames(TokenFluxOptions.DEFAULT);
    }

    final B buffer(int... bytes) {
        ByteBuf memory = allocator.buffer();
        for (int b : bytes) {
            memory.writeByte(b);
        }
        return wrap(memory);
    }

    /** A whole stream. */
    final B buffer(int[] text, Function<Flux<int[]>, Flux<B>> operator) {
        ByteBuf whole = allocator.buffer();
        Flux.just(text).transform(operator).subscribe(part -> {
            whole.writeBytes(memory(part));
            memory(part).release();
        });
        return wrap(whole);
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
        B whole = buffer(Streams.text(100, 3), toFrames(TokenFluxOptions.DEFAULT));
        ManualSubscriber<int[]> downstream = new ManualSubscriber<>();
        Flux.just(whole)
                .transform(fromFrames(TokenFluxOptions.DEFAULT.withChunkTokens(10)))
                .subscribe(downstream);
        downstream.request(3);
        assertThat(memory(whole).refCnt()).isEqualTo(1);
        downstream.cancel();
        assertThat(memory(whole).refCnt()).isZero();
    }

    @Test
    void damageOverflowAndLateBuffersLeakNothing() {
        StepVerifier.create(Flux.just(buffer(1, 2, 3)).transform(tokens())).verifyError(MalformedFrameException.class);
        TestPublisher<B> rude = TestPublisher.createNoncompliant(
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
            TestPublisher<B> upstream = TestPublisher.createNoncompliant(
                    TestPublisher.Violation.REQUEST_OVERFLOW, TestPublisher.Violation.DEFER_CANCELLATION);
            ManualSubscriber<int[]> downstream = new ManualSubscriber<>();
            upstream.flux().transform(tokens()).subscribe(downstream);
            downstream.request(ThreadLocalRandom.current().nextInt(1, 3));
            B next = buffer('T', 'L');
            RaceTestUtils.race(() -> upstream.next(next), downstream::cancel);
            assertThat(memory(next).refCnt()).isZero();
        }
    }

    /** What comes out is the subscriber's: it is told of every buffer that was made. */
    @Test
    void buffersThatComeOutAreAllSeen() {
        List<B> received = new ArrayList<>();
        ManualSubscriber<B> downstream = new ManualSubscriber<>();
        frames(Streams.text(50, 4)).doOnNext(received::add).subscribe(downstream);
        downstream.request(7);
        downstream.cancel();
        assertThat(received).hasSize(7);
        received.forEach(part -> assertThat(memory(part).release()).isTrue());
    }
}
