package io.tokenlz.reactive;

import io.tokenlz.frames.FrameLimitException;
import io.tokenlz.frames.FrameLimits;
import io.tokenlz.frames.MalformedFrameException;
import io.tokenlz.frames.StreamHeader;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.ResolvableType;
import org.springframework.core.codec.AbstractDataBufferDecoder;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.util.MimeType;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Lets Spring WebFlux read a framed stream, of the media type {@link SpringTokenFlux#MIME_TYPE}, as {@code Flux<int[]>}, chunks of base
 * tokens. Needs spring-core, which this module depends on optionally. Thread-safe once it is set.
 *
 * <p>A {@code Mono<int[]>} is a whole stream; its tokens take at most {@link #getMaxInMemorySize} bytes, 65,536 tokens by default.
 * Damage is a {@link DecodingException}, which a server answers with status 400; a stream past a limit is a
 * {@link DataBufferLimitException}. Their cause says where. The rest is as {@link TokenFlux} says.
 *
 * <pre>{@code
 * configurer.customCodecs().register(new TokenFrameDecoder(FrameLimits.DEFAULT));
 * }</pre>
 */
public final class TokenFrameDecoder extends AbstractDataBufferDecoder<int[]> {
    private final FrameLimits limits;
    private final Function<Flux<DataBuffer>, Flux<int[]>> operator;
    private final Predicate<? super StreamHeader> accepted;
    private final TokenFluxOptions options;

    /**
     * Makes a decoder that accepts any header, with {@link TokenFluxOptions#DEFAULT}.
     *
     * @param limits what is accepted at most
     */
    public TokenFrameDecoder(FrameLimits limits) {
        this(limits, header -> true, TokenFluxOptions.DEFAULT);
    }

    /**
     * Makes a decoder.
     *
     * @param limits what is accepted at most
     * @param accepted whether a stream that says this of itself is wanted; others are answered as damaged ones
     * @param options the most tokens of a chunk, and whether they must be checked
     */
    public TokenFrameDecoder(FrameLimits limits, Predicate<? super StreamHeader> accepted, TokenFluxOptions options) {
        super(SpringTokenFlux.MIME_TYPE);
        this.limits = Objects.requireNonNull(limits, "limits");
        this.accepted = Objects.requireNonNull(accepted, "accepted");
        this.options = Objects.requireNonNull(options, "options");
        this.operator = SpringTokenFlux.fromFrames(limits, accepted, options);
    }

    @Override
    public boolean canDecode(ResolvableType elementType, @Nullable MimeType mimeType) {
        return elementType.toClass() == int[].class && super.canDecode(elementType, mimeType);
    }

    @Override
    public Flux<int[]> decode(
            Publisher<DataBuffer> buffers,
            ResolvableType elementType,
            @Nullable MimeType mimeType,
            @Nullable Map<String, Object> hints) {
        return decode(buffers, operator);
    }

    @Override
    public Mono<int[]> decodeToMono(
            Publisher<DataBuffer> buffers,
            ResolvableType elementType,
            @Nullable MimeType mimeType,
            @Nullable Map<String, Object> hints) {
        int mostBytes = getMaxInMemorySize();
        long mostTokens = mostBytes < 0 ? Integer.MAX_VALUE : mostBytes / Integer.BYTES;
        FrameLimits most = limits.withTokensPerStream(Math.min(limits.tokensPerStream(), mostTokens));
        return decode(buffers, SpringTokenFlux.fromFrames(most, accepted, options))
                .collectList()
                .map(TokenFrameDecoder::join);
    }

    private static Flux<int[]> decode(Publisher<DataBuffer> buffers, Function<Flux<DataBuffer>, Flux<int[]>> operator) {
        return Flux.from(buffers)
                .transform(operator)
                .onErrorMap(MalformedFrameException.class, TokenFrameDecoder::refused)
                .doOnDiscard(
                        DataBuffer.class, DataBufferUtils::release); // those that operators before ours leave behind
    }

    private static RuntimeException refused(MalformedFrameException malformed) {
        String message = String.valueOf(malformed.getMessage());
        return malformed instanceof FrameLimitException
                ? new DataBufferLimitException(message, malformed)
                : new DecodingException(message, malformed);
    }

    private static int[] join(List<int[]> chunks) {
        int length = 0;
        for (int[] chunk : chunks) {
            length += chunk.length;
        }
        int[] tokens = new int[length];
        int at = 0;
        for (int[] chunk : chunks) {
            System.arraycopy(chunk, 0, tokens, at, chunk.length);
            at += chunk.length;
        }
        return tokens;
    }
}
