package io.tokenlz.reactive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenlz.frames.FrameLimits;
import io.tokenlz.frames.MalformedFrameException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Fuseable;
import reactor.core.Scannable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.util.RaceTestUtils;
import reactor.util.context.Context;

/** What Reactor expects of an operator beside its values. */
@Timeout(120)
class CodecSubscriberTest {
    private static final int RACES = 500;

    private static Flux<int[]> roundTrip(Flux<int[]> source) {
        return source.transform(Streams.frames(TokenFluxOptions.DEFAULT))
                .transform(Streams.tokens(TokenFluxOptions.DEFAULT));
    }

    @Test
    void isNotFused() {
        Flux<int[]> flux = Flux.just(new int[] {1}, new int[] {2}).transform(TokenFlux.encode(Streams.HYPERTOKENS));
        assertThat(flux).isNotInstanceOf(Fuseable.class);
        StepVerifier.create(flux).expectNoFusionSupport().expectNextCount(2).verifyComplete();
    }

    @Test
    void saysWhatItIsWhenScanned() {
        Flux<int[]> source = Flux.just(new int[] {1});
        Scannable flux = Scannable.from(source.transform(TokenFlux.encode(Streams.HYPERTOKENS)));
        assertThat(flux.stepName()).isEqualTo("TokenFlux.encode(hypertokens)");
        assertThat(flux.scan(Scannable.Attr.RUN_STYLE)).isEqualTo(Scannable.Attr.RunStyle.SYNC);
        assertThat(flux.scan(Scannable.Attr.PARENT)).isSameAs(source);
    }

    @Test
    void itsSubscriberSaysWhatItDoesWhenScanned() {
        TestPublisher<int[]> upstream = TestPublisher.create();
        List<Scannable> scanned = new ArrayList<>();
        BaseSubscriber<int[]> downstream = new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                scanned.add(Scannable.from(subscription));
                request(7);
            }

            @Override
            protected void hookOnError(Throwable error) {
                // scanned below
            }
        };
        upstream.flux().transform(TokenFlux.decode(Streams.HYPERTOKENS)).subscribe(downstream);
        Scannable subscriber = scanned.get(0);
        upstream.next(new int[] {1});
        assertThat(subscriber.stepName()).isEqualTo("TokenFlux.decode(hypertokens)");
        assertThat(subscriber.scanUnsafe(Scannable.Attr.ACTUAL)).isSameAs(downstream);
        assertThat(subscriber.scan(Scannable.Attr.PARENT)).isNotNull();
        assertThat(subscriber.scan(Scannable.Attr.REQUESTED_FROM_DOWNSTREAM)).isEqualTo(6);
        assertThat(subscriber.scan(Scannable.Attr.BUFFERED)).isZero();
        assertThat(subscriber.scan(Scannable.Attr.TERMINATED)).isFalse();
        assertThat(subscriber.scan(Scannable.Attr.ERROR)).isNull();
        upstream.error(new IllegalStateException("over"));
        assertThat(subscriber.scan(Scannable.Attr.TERMINATED)).isTrue();
        assertThat(subscriber.scan(Scannable.Attr.CANCELLED)).isFalse();
        assertThat(subscriber.scan(Scannable.Attr.ERROR)).hasMessage("over");
    }

    @Test
    void passesTheContextOn() {
        StepVerifier.create(roundTrip(Flux.deferContextual(context -> Flux.just(new int[] {context.get("token")})))
                        .contextWrite(Context.of("token", 7)))
                .assertNext(chunk -> assertThat(chunk).containsExactly(7))
                .verifyComplete();
    }

    @Test
    void assemblyTracesNameIt() {
        Hooks.onOperatorDebug();
        try {
            Flux<int[]> damaged =
                    Flux.just(ByteBuffer.allocate(10)).transform(Streams.tokens(TokenFluxOptions.DEFAULT));
            StepVerifier.create(damaged)
                    .expectErrorSatisfies(error -> {
                        assertThat(error).isInstanceOf(MalformedFrameException.class);
                        assertThat(error.getSuppressed()).hasSize(1);
                        assertThat(error.getSuppressed()[0])
                                .hasMessageContaining("Assembly trace from producer [io.tokenlz.reactive.CodecFlux]");
                    })
                    .verify();
        } finally {
            Hooks.resetOnOperatorDebug();
        }
    }

    @Test
    void aMillionRequestsInsideOnNextDoNotGrowTheStack() {
        AtomicInteger received = new AtomicInteger();
        AtomicInteger deepest = new AtomicInteger();
        roundTrip(Flux.range(0, 1_000_000).map(i -> new int[] {i % 1000})).subscribe(new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                request(1);
            }

            @Override
            protected void hookOnNext(int[] chunk) {
                if (received.getAndAdd(chunk.length) % 100_000 == 0) {
                    deepest.accumulateAndGet(new Throwable().getStackTrace().length, Math::max);
                }
                request(1);
            }
        });
        assertThat(received).hasValue(1_000_000);
        assertThat(deepest.get()).isLessThan(200);
    }

    // ---- publishers that break the rules ----

    @Test
    void nullIsAnError() {
        TestPublisher<int[]> rude = TestPublisher.createNoncompliant(TestPublisher.Violation.ALLOW_NULL);
        StepVerifier.create(rude.flux().transform(TokenFlux.encode(Streams.HYPERTOKENS)))
                .then(() -> rude.next((int[]) null))
                .verifyError(NullPointerException.class);
        rude.assertCancelled();
    }

    @Test
    void whatComesBehindTheEndIsDropped() {
        TestPublisher<int[]> rude = TestPublisher.createNoncompliant(TestPublisher.Violation.CLEANUP_ON_TERMINATE);
        int[] late = {2};
        StepVerifier.create(rude.flux().transform(TokenFlux.encode(Streams.HYPERTOKENS)))
                .then(() -> {
                    rude.next(new int[] {1});
                    rude.complete();
                    rude.complete();
                    rude.next(late);
                    rude.error(new IllegalStateException("late"));
                })
                .expectNextCount(1)
                .expectComplete()
                .verifyThenAssertThat()
                .hasDropped(late)
                .hasDroppedErrorWithMessage("late");
    }

    @Test
    void whatComesBehindAFailureIsDropped() {
        TestPublisher<int[]> rude = TestPublisher.createNoncompliant(
                TestPublisher.Violation.CLEANUP_ON_TERMINATE,
                TestPublisher.Violation.DEFER_CANCELLATION,
                TestPublisher.Violation.REQUEST_OVERFLOW);
        int[] bad = {-1};
        int[] late = {2};
        StepVerifier.create(rude.flux().transform(TokenFlux.encode(Streams.HYPERTOKENS)))
                .then(() -> {
                    rude.next(bad);
                    rude.next(late);
                    rude.error(new IllegalStateException("late"));
                })
                .expectError()
                .verifyThenAssertThat()
                .hasDiscarded(bad)
                .hasDropped(late)
                .hasDroppedErrorWithMessage("late");
    }

    @Test
    void whatComesBehindACancellationIsDiscarded() {
        TestPublisher<int[]> rude = TestPublisher.createNoncompliant(
                TestPublisher.Violation.DEFER_CANCELLATION, TestPublisher.Violation.REQUEST_OVERFLOW);
        int[] late = {2};
        StepVerifier.create(rude.flux().transform(TokenFlux.encode(Streams.HYPERTOKENS)))
                .then(() -> rude.next(new int[] {1}))
                .expectNextCount(1)
                .thenCancel()
                .verifyThenAssertThat()
                .hasNotDiscardedElements();
        List<Object> discarded = new ArrayList<>();
        BaseSubscriber<int[]> downstream = new BaseSubscriber<>() {
            @Override
            public Context currentContext() {
                return Operators.enableOnDiscard(Context.empty(), discarded::add);
            }
        };
        rude.flux().transform(TokenFlux.encode(Streams.HYPERTOKENS)).subscribe((CoreSubscriber<int[]>) downstream);
        downstream.cancel();
        rude.next(late);
        assertThat(discarded).containsExactly(late);
    }

    @Test
    void aSecondSubscriptionIsCancelled() {
        TestPublisher<int[]> upstream = TestPublisher.create();
        List<Subscription> subscriptions = new ArrayList<>();
        upstream.flux().transform(TokenFlux.encode(Streams.HYPERTOKENS)).subscribe(new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription given) {
                subscriptions.add(given);
            }
        });
        AtomicInteger cancelled = new AtomicInteger();
        @SuppressWarnings("unchecked")
        CoreSubscriber<int[]> operator = (CoreSubscriber<int[]>) subscriptions.get(0);
        operator.onSubscribe(new Subscription() {
            @Override
            public void request(long n) {}

            @Override
            public void cancel() {
                cancelled.incrementAndGet();
            }
        });
        assertThat(cancelled).hasValue(1);
    }

    @Test
    void fatalErrorsAreThrownOn() {
        Flux<int[]> broken = CodecFlux.assemble(Flux.just(new int[] {1}), "broken", FlushRule.DECODER, () -> {
            throw new OutOfMemoryError("as if");
        });
        assertThatThrownBy(() -> broken.subscribe()).isInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void aCoderThatCannotBeMadeIsAnError() {
        Flux<int[]> broken = CodecFlux.assemble(Flux.just(new int[] {1}), "broken", FlushRule.DECODER, () -> {
            throw new IllegalStateException("no memory for it");
        });
        StepVerifier.create(broken).verifyErrorMessage("no memory for it");
    }

    @Test
    void fatalErrorsOfACoderAreThrownOn() {
        Flux<int[]> broken = Flux.just(new int[] {1})
                .transform(source -> CodecFlux.assemble(
                        source,
                        "broken",
                        FlushRule.DECODER,
                        () -> new TokenChunkCoder<int[]>(
                                Streams.HYPERTOKENS.newDecoder(),
                                (chunk, input) -> {
                                    throw new LinkageError("as if");
                                },
                                1)));
        assertThatThrownBy(() -> broken.subscribe()).isInstanceOf(LinkageError.class);
    }

    /** onErrorContinue makes map, upstream of a decoder, skip what it fails on: frames that are missing are an error. */
    @Test
    void framesThatAnOperatorBeforeADecoderSkippedAreMissed() {
        List<ByteBuffer> frames = Streams.singles(Streams.text(50, 1))
                .transform(Streams.frames(TokenFluxOptions.DEFAULT))
                .collectList()
                .blockOptional()
                .orElseThrow();
        AtomicInteger skipped = new AtomicInteger();
        StepVerifier.create(Flux.fromIterable(frames)
                        .map(frame -> {
                            if (frame.equals(frames.get(20))) {
                                throw new IllegalStateException("not this one");
                            }
                            return frame;
                        })
                        .transform(Streams.tokens(TokenFluxOptions.DEFAULT.withCheckedOnly(true)))
                        .onErrorContinue((error, value) -> skipped.incrementAndGet()))
                .verifyError(MalformedFrameException.class);
        assertThat(skipped.get()).isPositive();
    }

    // ---- races ----

    @Test
    void cancellationRacesWithAChunkAndNoneIsLeftBehind() {
        for (int i = 0; i < RACES; i++) {
            TestPublisher<int[]> upstream = TestPublisher.createNoncompliant(
                    TestPublisher.Violation.DEFER_CANCELLATION, TestPublisher.Violation.REQUEST_OVERFLOW);
            ConcurrentLinkedQueue<Object> discarded = new ConcurrentLinkedQueue<>();
            List<Scannable> operator = new ArrayList<>();
            ManualSubscriber<int[]> downstream = new ManualSubscriber<>() {
                @Override
                public Context currentContext() {
                    return Operators.enableOnDiscard(Context.empty(), discarded::add);
                }

                @Override
                protected void hookOnSubscribe(Subscription subscription) {
                    operator.add(Scannable.from(subscription));
                    request(1);
                }
            };
            upstream.flux().transform(TokenFlux.decode(Streams.HYPERTOKENS)).subscribe((CoreSubscriber<int[]>)
                    downstream);
            int[] chunk = {3};
            RaceTestUtils.race(() -> upstream.next(chunk), downstream::cancel);
            assertThat(operator.get(0).scan(Scannable.Attr.BUFFERED)).isZero();
            assertThat(discarded.size() + downstream.received.size()).isLessThanOrEqualTo(1);
            upstream.next(chunk);
            assertThat(discarded).endsWith(chunk);
        }
    }

    @Test
    void requestsRaceWithChunksAndCompletion() {
        for (int i = 0; i < RACES; i++) {
            TestPublisher<int[]> upstream = TestPublisher.create();
            ConcurrentLinkedQueue<int[]> received = new ConcurrentLinkedQueue<>();
            AtomicInteger completed = new AtomicInteger();
            BaseSubscriber<int[]> downstream = new BaseSubscriber<>() {
                @Override
                protected void hookOnSubscribe(Subscription subscription) {
                    request(1);
                }

                @Override
                protected void hookOnNext(int[] chunk) {
                    received.add(chunk);
                }

                @Override
                protected void hookOnComplete() {
                    completed.incrementAndGet();
                }
            };
            upstream.flux().transform(TokenFlux.encode(Streams.HYPERTOKENS)).subscribe(downstream);
            upstream.next(new int[] {1});
            RaceTestUtils.race(
                    () -> {
                        upstream.next(new int[] {2});
                        upstream.complete();
                    },
                    () -> downstream.request(1),
                    () -> downstream.request(1));
            assertThat(Streams.join(List.copyOf(received))).containsExactly(1, 2);
            assertThat(completed).hasValue(1);
        }
    }

    @Test
    void errorsRaceWithCancellationAndAreNeverLost() {
        for (int i = 0; i < RACES; i++) {
            TestPublisher<int[]> upstream =
                    TestPublisher.createNoncompliant(TestPublisher.Violation.DEFER_CANCELLATION);
            ConcurrentLinkedQueue<Throwable> seen = new ConcurrentLinkedQueue<>();
            BaseSubscriber<int[]> downstream = new BaseSubscriber<>() {
                @Override
                protected void hookOnError(Throwable error) {
                    seen.add(error);
                }

                @Override
                public Context currentContext() {
                    return Context.of(
                            "reactor.onErrorDropped.local", (java.util.function.Consumer<Throwable>) seen::add);
                }
            };
            upstream.flux().transform(TokenFlux.encode(Streams.HYPERTOKENS)).subscribe((CoreSubscriber<int[]>)
                    downstream);
            RaceTestUtils.race(() -> upstream.error(new IllegalStateException("once")), downstream::cancel);
            assertThat(seen).hasSize(1);
        }
    }

    @Test
    void chunksCrossThreadsUnharmed() {
        int[] text = Streams.text(100_000, 1);
        Flux<int[]> source = Streams.singles(text).subscribeOn(Schedulers.parallel());
        Flux<int[]> crossed = source.transform(Streams.frames(TokenFluxOptions.DEFAULT))
                .publishOn(Schedulers.parallel(), 3)
                .transform(TokenFlux.fromFrames(FrameLimits.DEFAULT))
                .publishOn(Schedulers.single(), 2)
                .limitRate(5);
        assertThat(Streams.collect(crossed)).isEqualTo(text);
    }
}
