package io.tokenlz.reactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenlz.core.CoderStatus;
import io.tokenlz.core.MalformedTokenStreamException;
import io.tokenlz.core.TokenCodec;
import io.tokenlz.core.TokenEncoder;
import io.tokenlz.core.TokenKernel;
import io.tokenlz.metatokens.MetaTokenCodec;
import io.tokenlz.metatokens.MetaTokenConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

@org.junit.jupiter.api.Timeout(60)
class TokenFluxTest {
    private static final TokenCodec HYPERTOKENS = Streams.HYPERTOKENS;

    /** The gateway engineer's code: one transform on either side. */
    @ParameterizedTest
    @MethodSource("io.tokenlz.reactive.Streams#codecs")
    void aGatewayStreamsThroughOneTransform(TokenCodec codec) {
        Flux<int[]> prompt = Flux.range(0, 400).map(i -> new int[] {i % 7, i % 3, i % 7});

        Flux<int[]> onTheWire = prompt.transform(TokenFlux.encode(codec));
        Flux<int[]> promptAgain = onTheWire.transform(TokenFlux.decode(codec));

        assertThat(tokens(promptAgain)).isEqualTo(tokens(prompt));
        assertThat(tokens(promptAgain)).as("a second subscription").isEqualTo(tokens(prompt));
        assertThat(tokens(promptAgain.repeat(1))).hasSize(2400);
    }

    @ParameterizedTest
    @MethodSource("io.tokenlz.reactive.Streams#codecs")
    void everyTokenIsDecodableBeforeTheNextOneIsSent(TokenCodec codec) {
        TestPublisher<int[]> model = TestPublisher.create();
        List<Integer> received = new ArrayList<>();
        model.flux()
                .transform(TokenFlux.encode(codec))
                .transform(TokenFlux.decode(codec))
                .subscribe(chunk -> IntStream.of(chunk).forEach(received::add));
        for (int i = 0; i < 300; i++) {
            model.next(new int[] {i % 2});
            assertThat(received).hasSize(i + 1);
            assertThat(received.get(i)).isEqualTo(i % 2);
        }
        model.complete();
        model.assertNoRequestOverflow();
    }

    @Test
    void demandIsExact() {
        AtomicLong requested = new AtomicLong();
        Flux<int[]> source = Flux.range(0, 10).map(i -> new int[] {i}).doOnRequest(requested::addAndGet);
        StepVerifier.create(source.transform(TokenFlux.decode(HYPERTOKENS)), 0)
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

    @Test
    void aChunkThatExpandsComesOutOnRequest() {
        TokenCodec codec = new MetaTokenCodec(MetaTokenConfig.of(1000));
        int[] zeros = new int[8192];
        int[] encoded = codec.encode(zeros);
        assertThat(encoded.length).isLessThan(2000);
        StepVerifier.create(Flux.just(encoded).transform(TokenFlux.decode(codec)), 0)
                .thenRequest(1)
                .assertNext(chunk -> assertThat(chunk).hasSizeLessThanOrEqualTo(TokenFluxOptions.DEFAULT.chunkTokens()))
                .thenRequest(1)
                .assertNext(chunk -> assertThat(chunk).hasSizeLessThanOrEqualTo(TokenFluxOptions.DEFAULT.chunkTokens()))
                .thenRequest(Long.MAX_VALUE)
                .thenConsumeWhile(chunk -> true)
                .verifyComplete();
    }

    @Test
    void aMalformedStreamFailsWhateverStandsDownstream() {
        List<Object> continued = new ArrayList<>();
        Flux<int[]> decoded = Flux.just(new int[] {1, 2}, new int[] {3, 1063, 4}, new int[] {5})
                .transform(TokenFlux.decode(HYPERTOKENS))
                .onErrorContinue((error, value) -> continued.add(error));
        StepVerifier.create(decoded)
                .assertNext(chunk -> assertThat(chunk).containsExactly(1, 2))
                .assertNext(chunk -> assertThat(chunk).containsExactly(3))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(
                                MalformedTokenStreamException.class,
                                malformed -> assertThat(malformed.position()).isEqualTo(3)))
                .verify();
        assertThat(continued).isEmpty();
    }

    @Test
    void completionInsideADictionaryIsTruncation() {
        MetaTokenConfig config = MetaTokenConfig.of(1000);
        Flux<int[]> cut = Flux.just(new int[] {config.dictionaryStart(), config.metaToken(0)});
        StepVerifier.create(cut.transform(TokenFlux.decode(new MetaTokenCodec(config))))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(
                                MalformedTokenStreamException.class,
                                malformed -> assertThat(malformed.position()).isEqualTo(2)))
                .verify();
    }

    @Test
    void aCodecThatBreaksEndsTheStream() {
        TokenKernel broken = new TokenKernel() {
            @Override
            protected CoderStatus run(int[] in, int inStart, int inEnd, int[] out, int outStart, int outEnd) {
                throw new ArrayIndexOutOfBoundsException("a bug");
            }

            @Override
            protected CoderStatus flush(int[] out, int outStart, int outEnd) {
                throw new UnsupportedOperationException();
            }

            @Override
            protected CoderStatus finish(int[] out, int outStart, int outEnd) {
                throw new UnsupportedOperationException();
            }

            @Override
            protected void reset() {}

            @Override
            protected long stateBytes() {
                return 0;
            }
        };
        Flux<int[]> source = Flux.just(new int[] {1}, new int[] {2});
        StepVerifier.create(CodecFlux.assemble(
                        source,
                        "broken",
                        FlushRule.DECODER,
                        () -> new TokenChunkCoder<int[]>(
                                new TokenEncoder(broken), (chunk, input) -> input.wrap(chunk), 64)))
                .verifyErrorMessage("a bug");
    }

    @Test
    void anUpstreamErrorFollowsTheTokensBeforeIt() {
        StepVerifier.create(Flux.concat(Flux.just(new int[] {1, 2}), Flux.error(new java.io.IOException("gone")))
                        .transform(TokenFlux.encode(HYPERTOKENS)))
                .assertNext(chunk -> assertThat(chunk).containsExactly(1, 2))
                .expectErrorMessage("gone")
                .verify();
    }

    @Test
    void anEmptyStreamCompletesWithoutDemand() {
        StepVerifier.create(Flux.<int[]>empty().transform(TokenFlux.encode(HYPERTOKENS)), 0)
                .verifyComplete();
        StepVerifier.create(Flux.just(new int[0], new int[0]).transform(TokenFlux.encode(HYPERTOKENS)))
                .verifyComplete();
    }

    @Test
    void aChunkLeftBehindIsDiscarded() {
        List<Object> discarded = new ArrayList<>();
        int[] bad = {1, 999_999, 2};
        StepVerifier.create(Flux.just(bad)
                        .transform(TokenFlux.encode(HYPERTOKENS))
                        .doOnDiscard(int[].class, discarded::add))
                .assertNext(chunk -> assertThat(chunk).containsExactly(1))
                .expectError(MalformedTokenStreamException.class)
                .verify();
        assertThat(discarded).containsExactly(bad);
    }

    private static List<Integer> tokens(Flux<int[]> chunks) {
        return chunks.flatMapIterable(chunk -> IntStream.of(chunk).boxed().toList())
                .collectList()
                .blockOptional()
                .orElseThrow();
    }
}
