package io.tokenlz.reactive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenlz.frames.FrameLimitException;
import io.tokenlz.frames.FrameLimits;
import io.tokenlz.frames.FrameWriterOptions;
import io.tokenlz.frames.MalformedFrameException;
import io.tokenlz.frames.StreamHeader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

@Timeout(60)
class FrameFluxTest {
    private static final TokenFluxOptions DEFAULT = TokenFluxOptions.DEFAULT;

    @ParameterizedTest
    @MethodSource("io.tokenlz.reactive.Streams#headers")
    void aGatewayStreamsThroughOneTransform(StreamHeader header) {
        int[] text = Streams.text(5000, 1);
        Flux<ByteBuffer> body = Streams.chunks(text, 300, 2).transform(TokenFlux.toFrames(header));
        Flux<int[]> again = body.transform(TokenFlux.fromFrames(FrameLimits.DEFAULT));

        assertThat(Streams.collect(again)).isEqualTo(text);
        assertThat(Streams.collect(again)).as("a second subscription").isEqualTo(text);
        assertThat(Streams.collect(again.repeat(1))).hasSize(2 * text.length);
    }

    @ParameterizedTest
    @MethodSource("io.tokenlz.reactive.Streams#headers")
    void everyTokenIsDecodableBeforeTheNextOneIsSent(StreamHeader header) {
        TestPublisher<int[]> model = TestPublisher.create();
        List<Integer> received = new ArrayList<>();
        model.flux()
                .transform(TokenFlux.toFrames(header))
                .transform(TokenFlux.fromFrames(FrameLimits.DEFAULT))
                .subscribe(chunk -> IntStream.of(chunk).forEach(received::add));
        for (int i = 0; i < 700; i++) {
            model.next(new int[] {i % 3});
            assertThat(received).hasSize(i + 1);
            assertThat(received.get(i)).isEqualTo(i % 3);
        }
        model.complete();
        model.assertNoRequestOverflow();
    }

    @Test
    void buffersMayBeCutAnywhereAndAreOnlyRead() {
        int[] text = Streams.text(600, 3);
        byte[] stream = Streams.collectBytes(Streams.chunks(text, 40, 4).transform(Streams.frames(DEFAULT)));
        List<ByteBuffer> bytes = new ArrayList<>();
        for (int at = 0; at < stream.length; at++) {
            bytes.add(ByteBuffer.wrap(stream, at, 1).asReadOnlyBuffer());
        }
        Flux<int[]> tokens = Flux.fromIterable(bytes).transform(Streams.tokens(DEFAULT));

        assertThat(Streams.collect(tokens)).isEqualTo(text);
        assertThat(bytes).allMatch(buffer -> buffer.remaining() == 1);
        assertThat(Streams.collect(tokens)).as("the same buffers again").isEqualTo(text);
    }

    @Test
    void anEmptyStreamIsAHeaderAndAnEnd() {
        Flux<ByteBuffer> empty = Flux.<int[]>empty().transform(Streams.frames(DEFAULT));
        StepVerifier.create(empty, 0)
                .expectSubscription()
                .thenRequest(1)
                .expectNextCount(1)
                .verifyComplete();
        StepVerifier.create(empty.transform(Streams.tokens(DEFAULT))).verifyComplete();
        StepVerifier.create(Flux.just(new int[0]).transform(Streams.frames(DEFAULT)))
                .expectNextCount(1)
                .verifyComplete();
    }

    @Test
    void theEndFrameWaitsForItsRequest() {
        TestPublisher<int[]> model = TestPublisher.create();
        ManualSubscriber<ByteBuffer> downstream = new ManualSubscriber<>();
        model.flux().transform(Streams.frames(DEFAULT)).subscribe(downstream);
        downstream.request(1);
        model.next(new int[] {1});
        model.complete();
        assertThat(downstream.received).hasSize(1);
        assertThat(downstream.completed).isFalse();
        downstream.request(1);
        assertThat(downstream.received).hasSize(2);
        assertThat(downstream.completed).isTrue();
    }

    @Test
    void completionBeforeTheEndFrameIsTruncation() {
        byte[] stream = Streams.collectBytes(Streams.singles(1, 2, 3).transform(Streams.frames(DEFAULT)));
        for (int length = 0; length < stream.length; length++) {
            StepVerifier.create(Flux.just(ByteBuffer.wrap(stream, 0, length))
                            .transform(Streams.tokens(DEFAULT))
                            .onErrorContinue((error, value) -> {}))
                    .thenConsumeWhile(chunk -> true)
                    .verifyError(MalformedFrameException.class);
        }
        StepVerifier.create(Flux.<ByteBuffer>empty().transform(Streams.tokens(DEFAULT)))
                .verifyError(MalformedFrameException.class);
    }

    @Test
    void bytesBehindTheEndAreRefused() {
        byte[] stream = Streams.collectBytes(Streams.singles(1).transform(Streams.frames(DEFAULT)));
        byte[] longer = Arrays.copyOf(stream, stream.length + 1);
        for (Flux<ByteBuffer> bytes : List.of(
                Flux.just(ByteBuffer.wrap(longer)), Flux.just(ByteBuffer.wrap(stream), ByteBuffer.allocate(1)))) {
            StepVerifier.create(bytes.transform(Streams.tokens(DEFAULT)))
                    .assertNext(chunk -> assertThat(chunk).containsExactly(1))
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOfSatisfying(
                                    MalformedFrameException.class,
                                    malformed ->
                                            assertThat(malformed.bytePosition()).isEqualTo(stream.length)))
                    .verify();
        }
        StepVerifier.create(Flux.just(ByteBuffer.wrap(stream), ByteBuffer.allocate(0))
                        .transform(Streams.tokens(DEFAULT)))
                .expectNextCount(1)
                .verifyComplete();
    }

    /** Every bit of a stream with checks flipped: an error, and never a token that was not there. */
    @Test
    void aDamagedStreamIsAnErrorAndNeverWrongTokens() {
        int[] text = Streams.text(300, 5);
        FrameWriterOptions checked = FrameWriterOptions.DEFAULT.withCheckAllFrames(true);
        byte[] stream = Streams.collectBytes(
                Streams.chunks(text, 30, 6).transform(TokenFlux.toFrames(Streams.PLAIN, checked, DEFAULT)));
        damageEachBit(stream, text, DEFAULT);
    }

    /** The same without a check in each frame, if the reader insists on checks. */
    @Test
    void tokensMayBeHeldBackUntilTheyAreChecked() {
        int[] text = Streams.text(400, 7);
        byte[] stream = Streams.collectBytes(Streams.singles(text).transform(Streams.frames(DEFAULT)));
        damageEachBit(stream, text, DEFAULT.withCheckedOnly(true));
        StepVerifier.create(Flux.just(ByteBuffer.wrap(stream))
                        .transform(Streams.tokens(DEFAULT.withCheckedOnly(true).withChunkTokens(3)))
                        .collectList())
                .assertNext(chunks -> {
                    assertThat(chunks).allMatch(chunk -> chunk.length <= 3);
                    assertThat(Streams.join(chunks)).isEqualTo(text);
                })
                .verifyComplete();
    }

    private static void damageEachBit(byte[] stream, int[] text, TokenFluxOptions options) {
        for (int bit = 0; bit < 8 * stream.length; bit++) {
            byte[] damaged = stream.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            List<int[]> received = new ArrayList<>();
            StepVerifier.create(Flux.just(ByteBuffer.wrap(damaged))
                            .transform(Streams.tokens(options))
                            .onErrorContinue((error, value) -> {})
                            .doOnNext(received::add))
                    .thenConsumeWhile(chunk -> true)
                    .verifyError(MalformedFrameException.class);
            int[] tokens = Streams.join(received);
            assertThat(tokens).as("bit %d", bit).isEqualTo(Arrays.copyOf(text, tokens.length));
        }
    }

    @Test
    void aHeaderThatIsNotWantedIsRefusedBeforeItsTokens() {
        Flux<ByteBuffer> body = Streams.singles(1, 2).transform(Streams.frames(DEFAULT));
        StreamHeader other = StreamHeader.builder(Streams.VOCABULARY)
                .tokenizerFingerprint(new byte[] {1})
                .build();
        Flux<ByteBuffer> oneBuffer = Flux.just(ByteBuffer.wrap(Streams.collectBytes(body)));
        StepVerifier.create(oneBuffer.transform(TokenFlux.fromFrames(FrameLimits.DEFAULT, other::equals, DEFAULT)))
                .verifyError(MalformedFrameException.class);
        StepVerifier.create(body.transform(TokenFlux.fromFrames(FrameLimits.DEFAULT, Streams.PLAIN::equals, DEFAULT)))
                .expectNextCount(2)
                .verifyComplete();
    }

    @Test
    void limitsFailTheStream() {
        Flux<ByteBuffer> body = Streams.singles(Streams.text(500, 8)).transform(Streams.frames(DEFAULT));
        StepVerifier.create(body.transform(TokenFlux.fromFrames(FrameLimits.DEFAULT.withTokensPerStream(100)))
                        .count())
                .verifyError(FrameLimitException.class);
        Flux<ByteBuffer> bigFrame = Flux.just(new int[50_000]).transform(Streams.frames(DEFAULT));
        StepVerifier.create(bigFrame.transform(TokenFlux.fromFrames(FrameLimits.DEFAULT.withTokensPerFrame(10_000))))
                .verifyError(FrameLimitException.class);
        assertThatThrownBy(() -> TokenFlux.toFrames(StreamHeader.builder(10)
                        .window(FrameWriterOptions.MOST_WINDOW + 1)
                        .build()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTokenOfNoVocabularyEndsTheStreamBehindThoseBeforeIt() {
        List<Object> discarded = new ArrayList<>();
        int[] bad = {3, Streams.VOCABULARY, 4};
        List<ByteBuffer> sent = new ArrayList<>();
        StepVerifier.create(Flux.just(new int[] {1, 2}, bad, new int[] {5})
                        .transform(Streams.frames(DEFAULT))
                        .onErrorContinue((error, value) -> {})
                        .doOnDiscard(int[].class, discarded::add)
                        .doOnNext(sent::add))
                .expectNextCount(2)
                .verifyError(io.tokenlz.core.MalformedTokenStreamException.class);
        assertThat(discarded).containsExactly(bad);
        assertThat(Streams.collect(Flux.fromIterable(sent)
                        .transform(Streams.tokens(DEFAULT))
                        .onErrorComplete()))
                .containsExactly(1, 2, 3);
    }

    @Test
    void longFramesComeOutAsBuffersOnRequest() {
        int[] text = Streams.text(200_000, 9);
        Flux<ByteBuffer> body = Flux.just(text).transform(Streams.frames(DEFAULT.withChunkBytes(1000)));
        StepVerifier.create(body, 0)
                .thenRequest(1)
                .assertNext(buffer -> assertThat(buffer.remaining()).isEqualTo(1000))
                .thenRequest(2)
                .expectNextCount(2)
                .thenRequest(Long.MAX_VALUE)
                .thenConsumeWhile(buffer -> buffer.remaining() <= 1000)
                .verifyComplete();
        assertThat(Streams.collect(body.transform(Streams.tokens(DEFAULT)))).isEqualTo(text);
    }
}
