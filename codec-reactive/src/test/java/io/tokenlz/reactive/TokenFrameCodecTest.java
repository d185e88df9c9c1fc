package io.tokenlz.reactive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.tokenlz.core.MalformedTokenStreamException;
import io.tokenlz.frames.FrameLimits;
import io.tokenlz.frames.FrameWriterOptions;
import io.tokenlz.frames.MalformedFrameException;
import io.tokenlz.frames.StreamHeader;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.core.ResolvableType;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.codec.EncodingException;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.util.MimeTypeUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** The encoder and the decoder as Spring calls them, over counted memory. */
@Timeout(60)
class TokenFrameCodecTest {
    private static final ResolvableType CHUNKS = ResolvableType.forClass(int[].class);

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true, true);
    private final NettyDataBufferFactory factory = new NettyDataBufferFactory(allocator);
    private final TokenFrameEncoder encoder = new TokenFrameEncoder(Streams.PLAIN);
    private final TokenFrameDecoder decoder = new TokenFrameDecoder(FrameLimits.DEFAULT);

    @AfterEach
    void nothingLeaked() {
        assertThat(allocator.metric().usedDirectMemory()).isZero();
        assertThat(allocator.metric().usedHeapMemory()).isZero();
    }

    private Flux<DataBuffer> encode(org.reactivestreams.Publisher<int[]> tokens) {
        return encoder.encode(tokens, factory, CHUNKS, SpringTokenFlux.MIME_TYPE, Map.of());
    }

    private DataBuffer encode(int[] tokens) {
        return encoder.encodeValue(tokens, factory, CHUNKS, SpringTokenFlux.MIME_TYPE, Map.of());
    }

    private Flux<int[]> decode(Flux<DataBuffer> buffers) {
        return decoder.decode(buffers, CHUNKS, SpringTokenFlux.MIME_TYPE, Map.of());
    }

    private Mono<int[]> decodeToMono(Flux<DataBuffer> buffers) {
        return decoder.decodeToMono(buffers, CHUNKS, SpringTokenFlux.MIME_TYPE, Map.of());
    }

    private DataBuffer damaged() {
        DataBuffer buffer = encode(new int[] {1, 2, 3});
        ByteBuf memory = NettyDataBufferFactory.toByteBuf(buffer);
        memory.setByte(0, 'X');
        return buffer;
    }

    @Test
    void itIsForChunksOfTokensAndItsMediaTypeIsAStreamingOne() {
        assertThat(encoder.canEncode(CHUNKS, SpringTokenFlux.MIME_TYPE)).isTrue();
        assertThat(encoder.canEncode(CHUNKS, null)).isTrue();
        assertThat(encoder.canEncode(CHUNKS, MimeTypeUtils.APPLICATION_JSON)).isFalse();
        assertThat(encoder.canEncode(ResolvableType.forClass(String.class), SpringTokenFlux.MIME_TYPE))
                .isFalse();
        assertThat(decoder.canDecode(CHUNKS, SpringTokenFlux.MIME_TYPE)).isTrue();
        assertThat(decoder.canDecode(CHUNKS, MimeTypeUtils.APPLICATION_JSON)).isFalse();
        assertThat(decoder.canDecode(ResolvableType.NONE, SpringTokenFlux.MIME_TYPE))
                .isFalse();
        assertThat(encoder.getStreamingMediaTypes())
                .containsExactly(MediaType.valueOf("application/vnd.tokenlz.frames"));
    }

    @Test
    void eachChunkIsABuffer() {
        int[] text = Streams.text(1000, 1);
        assertThat(encode(Streams.singles(text))
                        .doOnNext(DataBufferUtils::release)
                        .count()
                        .block())
                .isEqualTo(1000);
        assertThat(Streams.collect(decode(encode(Streams.singles(text))))).isEqualTo(text);
    }

    @Test
    void aMonoIsAWholeStreamInOneBuffer() {
        int[] text = Streams.text(60_000, 2);
        assertThat(decodeToMono(Flux.from(encode(Mono.just(text)).single())).block())
                .isEqualTo(text);
        assertThat(decodeToMono(encode(Streams.chunks(text, 3000, 3))).block()).isEqualTo(text);
        assertThat(decodeToMono(Flux.from(encode(Mono.empty()).single())).block())
                .isEmpty();
        assertThat(decodeToMono(encode(Flux.empty())).block()).isEmpty();
        assertThat(decoder.decode(encode(text), CHUNKS, SpringTokenFlux.MIME_TYPE, Map.of()))
                .isEqualTo(text);
    }

    @Test
    void tokensOfNoVocabularyAreAnEncodingException() {
        int[] bad = {1, 2, Streams.VOCABULARY};
        assertThatThrownBy(() -> encode(bad))
                .isInstanceOf(EncodingException.class)
                .hasCauseInstanceOf(MalformedTokenStreamException.class)
                .hasMessageContaining("position 2");
        StepVerifier.create(encode(Mono.just(bad))).verifyError(EncodingException.class);
        StepVerifier.create(encode(Flux.just(bad)).doOnNext(DataBufferUtils::release))
                .expectNextCount(1)
                .verifyError(EncodingException.class);
        assertThatThrownBy(() -> new TokenFrameEncoder(StreamHeader.builder(9)
                        .window(FrameWriterOptions.MOST_WINDOW + 1)
                        .build()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void damageIsADecodingException() {
        StepVerifier.create(decode(Flux.just(damaged())))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(DecodingException.class)
                        .hasCauseInstanceOf(MalformedFrameException.class))
                .verify();
        StepVerifier.create(decodeToMono(Flux.just(damaged()))).verifyError(DecodingException.class);
        StepVerifier.create(decodeToMono(Flux.empty())).verifyError(DecodingException.class);
        assertThatThrownBy(() -> decoder.decode(damaged(), CHUNKS, SpringTokenFlux.MIME_TYPE, Map.of()))
                .isInstanceOf(DecodingException.class);
        TokenFrameDecoder choosy = new TokenFrameDecoder(
                FrameLimits.DEFAULT, header -> header.vocabularySize() == 7, TokenFluxOptions.DEFAULT);
        StepVerifier.create(
                        choosy.decode(Flux.just(encode(new int[] {1})), CHUNKS, SpringTokenFlux.MIME_TYPE, Map.of()))
                .verifyError(DecodingException.class);
    }

    /** A few bytes that stand for more tokens than a server wants to hold. */
    @Test
    void aMonoHasNoMoreTokensThanMayBeInMemory() {
        int[] zeros = new int[200_000];
        StepVerifier.create(decodeToMono(encode(Mono.just(zeros)))).verifyError(DataBufferLimitException.class);
        decoder.setMaxInMemorySize(-1);
        assertThat(decodeToMono(encode(Mono.just(zeros))).block()).isEqualTo(zeros);
        decoder.setMaxInMemorySize(16);
        StepVerifier.create(decodeToMono(encode(Mono.just(new int[4]))))
                .expectNextCount(1)
                .verifyComplete();
        StepVerifier.create(decodeToMono(encode(Mono.just(new int[5])))).verifyError(DataBufferLimitException.class);
    }

    @Test
    void buffersThatOperatorsBeforeTheDecoderLeaveBehindAreReleased() {
        int[] text = Streams.text(1000, 4);
        StepVerifier.create(decode(encode(Streams.singles(text)).publishOn(Schedulers.parallel(), 64)), 5)
                .expectNextCount(5)
                .thenCancel()
                .verify();
        assertThat(Mono.fromCallable(() -> allocator.metric().usedDirectMemory())
                        .repeat()
                        .delayElements(java.time.Duration.ofMillis(5))
                        .takeUntil(used -> used == 0)
                        .last()
                        .block(java.time.Duration.ofSeconds(20)))
                .as("published by another thread, which cleans up behind us")
                .isZero();
    }
}
