package io.tokenlz.reactive;

import io.tokenlz.core.TokenCodec;
import io.tokenlz.frames.FrameLimits;
import io.tokenlz.frames.FrameWriterOptions;
import io.tokenlz.frames.StreamHeader;
import io.tokenlz.hypertokens.HypertokenCodec;
import io.tokenlz.hypertokens.HypertokenConfig;
import io.tokenlz.hypertokens.ReplayRule;
import io.tokenlz.metatokens.MetaTokenCodec;
import io.tokenlz.metatokens.MetaTokenConfig;
import io.tokenlz.metatokens.MetaTokenForm;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** Codecs, headers and token streams that tests share. */
final class Streams {
    static final int VOCABULARY = 1000;

    static final TokenCodec HYPERTOKENS = hypertokens(ReplayRule.BASE);

    static final StreamHeader PLAIN = StreamHeader.builder(VOCABULARY).build();

    static {
        StepVerifier.setDefaultTimeout(Duration.ofSeconds(20)); // a stream that hangs shall fail
    }

    private Streams() {}

    static HypertokenCodec hypertokens(ReplayRule rule) {
        return new HypertokenCodec(
                HypertokenConfig.builder(VOCABULARY, rule).codebookSize(64).build());
    }

    /** Both codecs, both replay rules, both forms. */
    static Stream<TokenCodec> codecs() {
        return Stream.of(
                HYPERTOKENS,
                hypertokens(ReplayRule.EMITTED),
                new MetaTokenCodec(MetaTokenConfig.of(VOCABULARY)),
                new MetaTokenCodec(MetaTokenConfig.builder(VOCABULARY)
                        .form(MetaTokenForm.NESTED)
                        .window(100)
                        .build()));
    }

    static Stream<StreamHeader> headers() {
        return Stream.concat(
                Stream.of(
                        PLAIN,
                        StreamHeader.builder(VOCABULARY).window(4096).build(),
                        StreamHeader.builder(VOCABULARY).stored().build()),
                codecs().map(codec -> StreamHeader.builder(codec).window(512).build()));
    }

    /** A text of some length, repetitive as texts are. */
    static int[] text(int tokens, long seed) {
        Random random = new Random(seed);
        int[] text = new int[tokens];
        for (int i = 0; i < tokens; i++) {
            boolean copy = i > 20 && random.nextInt(4) > 0;
            text[i] = copy ? text[i - 1 - random.nextInt(12)] : random.nextInt(200);
        }
        return text;
    }

    /** The text in chunks of 0 to {@code most} tokens. */
    static Flux<int[]> chunks(int[] text, int most, long seed) {
        Random random = new Random(seed);
        Stream.Builder<int[]> chunks = Stream.builder();
        for (int at = 0; at < text.length; ) {
            int end = Math.min(text.length, at + random.nextInt(most + 1));
            chunks.add(Arrays.copyOfRange(text, at, end));
            at = end;
        }
        return Flux.fromIterable(chunks.build().toList());
    }

    /** Single tokens. */
    static Flux<int[]> singles(int... text) {
        return Flux.fromStream(() -> IntStream.of(text).mapToObj(token -> new int[] {token}));
    }

    static Function<Flux<int[]>, Flux<ByteBuffer>> frames(TokenFluxOptions options) {
        return TokenFlux.toFrames(PLAIN, FrameWriterOptions.DEFAULT, options);
    }

    static Function<Flux<ByteBuffer>, Flux<int[]>> tokens(TokenFluxOptions options) {
        return TokenFlux.fromFrames(FrameLimits.DEFAULT, header -> true, options);
    }

    static int[] join(List<int[]> chunks) {
        return chunks.stream().flatMapToInt(IntStream::of).toArray();
    }

    static int[] collect(Flux<int[]> chunks) {
        return join(chunks.collectList().blockOptional(Duration.ofSeconds(20)).orElseThrow());
    }

    static byte[] joinBytes(List<ByteBuffer> buffers) {
        ByteBuffer all = ByteBuffer.allocate(
                buffers.stream().mapToInt(ByteBuffer::remaining).sum());
        buffers.forEach(buffer -> all.put(buffer.duplicate()));
        return all.array();
    }

    static byte[] collectBytes(Flux<ByteBuffer> buffers) {
        return joinBytes(
                buffers.collectList().blockOptional(Duration.ofSeconds(20)).orElseThrow());
    }
}
