package io.tokenlz.reactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenlz.core.MalformedTokenStreamException;
import io.tokenlz.core.TokenCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

/** When tokens leave, and how many may be on their way. */
@Timeout(60)
class FlushTest {
    private static final TokenFluxOptions DEFAULT = TokenFluxOptions.DEFAULT;

    @Test
    void withoutTokensAheadDemandIsPassedOnOneByOne() {
        AtomicLong requested = new AtomicLong();
        Flux<int[]> source = Streams.singles(Streams.text(10, 1)).doOnRequest(requested::addAndGet);
        StepVerifier.create(source.transform(Streams.frames(DEFAULT.withPendingTokens(0))), 0)
                .expectSubscription()
                .then(() -> assertThat(requested).hasValue(0))
                .thenRequest(1)
                .expectNextCount(1)
                .then(() -> assertThat(requested).hasValue(1))
                .thenRequest(3)
                .expectNextCount(3)
                .then(() -> assertThat(requested).hasValue(4))
                .thenCancel()
                .verify();
    }

    /** Chunks that a model sends at its own pace, whatever is requested, and requests counted. */
    private static Flux<int[]> model(Sinks.Many<int[]> sink, AtomicLong requested) {
        return sink.asFlux().doOnRequest(requested::addAndGet);
    }

    private static void send(Sinks.Many<int[]> model, int... tokens) {
        for (int token : tokens) {
            model.tryEmitNext(new int[] {token}).orThrow();
        }
    }

    @Test
    void pendingTokensAreBoundedAndNoneAreTakenBeforeTheFirstRequest() {
        AtomicLong requested = new AtomicLong();
        Sinks.Many<int[]> model = Sinks.many().unicast().onBackpressureBuffer();
        ManualSubscriber<ByteBuffer> downstream = new ManualSubscriber<>();
        model(model, requested)
                .transform(Streams.frames(DEFAULT.withPendingTokens(10)))
                .subscribe(downstream);
        assertThat(requested).hasValue(0);
        downstream.request(1);
        assertThat(requested).hasValue(1);
        send(model, Streams.text(100, 5));
        assertThat(downstream.received).hasSize(1);
        assertThat(requested).as("one that was sent, ten that are pending").hasValue(11);
        downstream.request(1);
        assertThat(downstream.received).hasSize(2);
        assertThat(requested).hasValue(21);
    }

    @ParameterizedTest
    @MethodSource("io.tokenlz.reactive.Streams#codecs")
    void pendingChunksAreCoalesced(TokenCodec codec) {
        int[] text = Streams.text(100, 2);
        Sinks.Many<int[]> model = Sinks.many().unicast().onBackpressureBuffer();
        ManualSubscriber<int[]> downstream = new ManualSubscriber<>();
        model.asFlux().transform(TokenFlux.encode(codec)).subscribe(downstream);
        downstream.request(1);
        send(model, text);
        model.tryEmitComplete().orThrow();
        List<int[]> sent = downstream.received;
        assertThat(sent).hasSize(1);
        assertThat(sent.get(0)).hasSize(1);
        downstream.request(1);
        assertThat(sent).hasSize(2);
        assertThat(downstream.completed).isTrue();
        assertThat(Streams.collect(Flux.fromIterable(sent).transform(TokenFlux.decode(codec))))
                .isEqualTo(text);
    }

    /** A source that makes tokens inside requests, slowly perhaps, makes none that nobody waits for. */
    @Test
    void everyTokenArrivesBeforeTheNextOneIsGenerated() {
        List<Integer> received = new ArrayList<>();
        Flux<int[]> generator = Flux.generate(() -> 0, (i, sink) -> {
            assertThat(received).hasSize(i);
            if (i == 300) {
                sink.complete();
            } else {
                sink.next(new int[] {i});
            }
            return i + 1;
        });
        generator
                .transform(Streams.frames(DEFAULT))
                .transform(Streams.tokens(DEFAULT))
                .subscribe(chunk -> IntStream.of(chunk).forEach(received::add));
        assertThat(received).hasSize(300);
    }

    @Test
    void aPolicyTradesLatencyForSize() {
        int[] text = Streams.text(1000, 3);
        // the end is known when the last token is sent, and goes with it
        assertThat(buffers(text, DEFAULT)).isEqualTo(1000);
        assertThat(buffers(text, DEFAULT.flushWhenPending(100))).isEqualTo(10);
        assertThat(buffers(text, DEFAULT.flushWhenPending(300))).isEqualTo(4);
        assertThat(buffers(text, DEFAULT.flushOnCompletion())).isEqualTo(1);
        assertThat(bytes(text, DEFAULT.flushOnCompletion())).isLessThan(bytes(text, DEFAULT.flushWhenPending(100)));
        assertThat(bytes(text, DEFAULT.flushWhenPending(100))).isLessThan(bytes(text, DEFAULT));
    }

    private static long buffers(int[] text, TokenFluxOptions options) {
        return Streams.singles(text)
                .transform(Streams.frames(options))
                .count()
                .blockOptional()
                .orElseThrow();
    }

    private static int bytes(int[] text, TokenFluxOptions options) {
        return Streams.collectBytes(Streams.singles(text).transform(Streams.frames(options))).length;
    }

    @Test
    void aPolicyThatWaitsStillTakesNoMoreThanMayBePending() {
        AtomicLong requested = new AtomicLong();
        Sinks.Many<int[]> model = Sinks.many().unicast().onBackpressureBuffer();
        ManualSubscriber<ByteBuffer> downstream = new ManualSubscriber<>();
        TokenFluxOptions options = DEFAULT.withPendingTokens(20).flushWhenPending(50);
        model(model, requested).transform(Streams.frames(options)).subscribe(downstream);
        downstream.request(1);
        send(model, new int[1000]);
        assertThat(downstream.received).hasSize(1);
        assertThat(requested).hasValue(70);
    }

    @Test
    void whatIsPendingComesBeforeAnError() {
        List<int[]> received = new ArrayList<>();
        Flux<int[]> source = Streams.singles(1, 2, 3).concatWith(Flux.error(new IOException("gone")));
        StepVerifier.create(source.transform(TokenFlux.encode(Streams.HYPERTOKENS, DEFAULT.flushOnCompletion())))
                .consumeNextWith(received::add)
                .verifyErrorMessage("gone");
        assertThat(Streams.join(received)).containsExactly(1, 2, 3);

        Sinks.Many<int[]> model = Sinks.many().unicast().onBackpressureBuffer();
        ManualSubscriber<int[]> downstream = new ManualSubscriber<>();
        model.asFlux().transform(TokenFlux.encode(Streams.HYPERTOKENS)).subscribe(downstream);
        downstream.request(1);
        send(model, 1, 2);
        model.tryEmitNext(new int[] {3, Streams.VOCABULARY}).orThrow();
        assertThat(Streams.join(downstream.received)).containsExactly(1);
        assertThat(downstream.error).isNull();
        downstream.request(1);
        assertThat(downstream.received.get(1)).containsExactly(2, 3);
        assertThat(downstream.error).isInstanceOf(MalformedTokenStreamException.class);
    }

    @Test
    void nothingPendingMeansThatAnErrorWaitsForNothing() {
        Flux<int[]> failed = Flux.error(new IOException("gone"));
        StepVerifier.create(failed.transform(Streams.frames(DEFAULT)), 0).verifyErrorMessage("gone");
        StepVerifier.create(failed.transform(TokenFlux.encode(Streams.HYPERTOKENS)), 0)
                .verifyErrorMessage("gone");
    }

    /** A source that takes no notice of demand is followed as far as tokens may be pending, and no further. */
    @Test
    void anUpstreamThatIgnoresDemandFailsTheStreamAtTheLimit() {
        TestPublisher<int[]> rude = TestPublisher.createNoncompliant(TestPublisher.Violation.REQUEST_OVERFLOW);
        List<int[]> received = new ArrayList<>();
        StepVerifier.create(
                        rude.flux().transform(TokenFlux.encode(Streams.HYPERTOKENS, DEFAULT.withPendingTokens(5))), 0)
                .then(() -> IntStream.range(0, 9).forEach(i -> rude.next(new int[] {i})))
                .thenRequest(1)
                .consumeNextWith(received::add)
                .expectErrorMatches(Exceptions::isOverflow)
                .verify();
        assertThat(Streams.join(received)).containsExactly(0, 1, 2, 3, 4);
        rude.assertCancelled();
    }

    @Test
    void aDecoderFollowsNoUpstreamThatIgnoresDemand() {
        TestPublisher<int[]> rude = TestPublisher.createNoncompliant(TestPublisher.Violation.REQUEST_OVERFLOW);
        List<Object> discarded = new ArrayList<>();
        int[] chunk = {1};
        StepVerifier.create(
                        rude.flux()
                                .transform(TokenFlux.decode(Streams.HYPERTOKENS))
                                .doOnDiscard(int[].class, discarded::add),
                        0)
                .then(() -> rude.next(chunk))
                .expectErrorMatches(Exceptions::isOverflow)
                .verify();
        assertThat(discarded).containsExactly(chunk);
    }

    @Test
    void eachIdOfAModelIsDecodedAtOnce() {
        Sinks.Many<Integer> model = Sinks.many().unicast().onBackpressureBuffer();
        int[] text = Streams.text(500, 4);
        int[] ids = Streams.HYPERTOKENS.encode(text);
        List<int[]> received = new ArrayList<>();
        model.asFlux().transform(TokenFlux.decodeIds(Streams.HYPERTOKENS)).subscribe(received::add);
        for (int i = 0; i < ids.length; i++) {
            model.tryEmitNext(ids[i]).orThrow();
            assertThat(received).hasSize(i + 1);
        }
        assertThat(Streams.join(received)).isEqualTo(text);
    }
}
