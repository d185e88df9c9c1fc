package io.tokenlz.reactive;

import io.tokenlz.core.MalformedTokenStreamException;
import io.tokenlz.frames.FrameWriter;
import io.tokenlz.frames.FrameWriterOptions;
import io.tokenlz.frames.StreamHeader;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.ResolvableType;
import org.springframework.core.codec.AbstractEncoder;
import org.springframework.core.codec.EncodingException;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.http.codec.HttpMessageEncoder;
import org.springframework.util.MimeType;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Lets Spring WebFlux write {@code Flux<int[]>}, chunks of base tokens, as a framed stream of the media type
 * {@link SpringTokenFlux#MIME_TYPE}, which is a streaming one, so that what each chunk became is flushed to the network. Needs spring-core
 * and spring-web, which this module depends on optionally. Immutable and thread-safe.
 *
 * <p>A body is a stream, with header and end, whole also where it comes as a {@code Mono<int[]>} or as nothing at all. Tokens that
 * are not of the header's vocabulary end it with an {@link EncodingException}; the rest is as {@link TokenFlux} says.
 *
 * <pre>{@code
 * configurer.customCodecs().register(new TokenFrameEncoder(header));
 * }</pre>
 */
public final class TokenFrameEncoder extends AbstractEncoder<int[]> implements HttpMessageEncoder<int[]> {
    /** What fits an array. */
    private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

    private static final int[] NO_TOKENS = {};

    private final StreamHeader header;
    private final FrameWriterOptions format;
    private final TokenFluxOptions options;

    /**
     * Makes an encoder with {@link FrameWriterOptions#DEFAULT} and {@link TokenFluxOptions#DEFAULT}.
     *
     * @param header what each stream says of itself
     * @throws IllegalArgumentException if the header's window is wider than {@link FrameWriterOptions#MOST_WINDOW}
     */
    public TokenFrameEncoder(StreamHeader header) {
        this(header, FrameWriterOptions.DEFAULT, TokenFluxOptions.DEFAULT);
    }

    /**
     * Makes an encoder.
     *
     * @param header what each stream says of itself
     * @param format how the format is used
     * @param options when to flush, how much may be pending, and the most bytes of a buffer
     * @throws IllegalArgumentException if the header's window is wider than {@link FrameWriterOptions#MOST_WINDOW}
     */
    public TokenFrameEncoder(StreamHeader header, FrameWriterOptions format, TokenFluxOptions options) {
        super(SpringTokenFlux.MIME_TYPE);
        TokenFlux.requireWritable(header);
        this.header = header;
        this.format = Objects.requireNonNull(format, "format");
        this.options = Objects.requireNonNull(options, "options");
    }

    @Override
    public boolean canEncode(ResolvableType elementType, @Nullable MimeType mimeType) {
        return elementType.toClass() == int[].class && super.canEncode(elementType, mimeType);
    }

    @Override
    public List<MediaType> getStreamingMediaTypes() {
        return List.of(MediaType.asMediaType(SpringTokenFlux.MIME_TYPE));
    }

    @Override
    public Flux<DataBuffer> encode(
            Publisher<? extends int[]> tokens,
            DataBufferFactory factory,
            ResolvableType elementType,
            @Nullable MimeType mimeType,
            @Nullable Map<String, Object> hints) {
        if (tokens instanceof Mono) { // Spring wants one buffer for it at most
            return Mono.<int[]>from(tokens)
                    .defaultIfEmpty(NO_TOKENS)
                    .map(chunk -> encodeValue(chunk, factory, elementType, mimeType, hints))
                    .flux();
        }
        return Flux.<int[]>from(tokens)
                .transform(SpringTokenFlux.toFrames(header, format, options, factory))
                .onErrorMap(MalformedTokenStreamException.class, TokenFrameEncoder::refused);
    }

    /** Encodes a whole stream into one buffer. */
    @Override
    public DataBuffer encodeValue(
            int[] tokens,
            DataBufferFactory factory,
            ResolvableType elementType,
            @Nullable MimeType mimeType,
            @Nullable Map<String, Object> hints) {
        try (FrameWriterCoder<DataBuffer> coder = new FrameWriterCoder<>(
                new FrameWriter(header, format), MOST_BYTES, room -> SpringTokenFlux.take(room, factory))) {
            coder.open(tokens);
            if (!coder.consume() || !coder.finish()) {
                throw new EncodingException(tokens.length + " tokens don't fit a buffer of " + MOST_BYTES + " bytes");
            }
            return coder.take();
        } catch (MalformedTokenStreamException malformed) {
            throw refused(malformed);
        }
    }

    private static EncodingException refused(MalformedTokenStreamException malformed) {
        return new EncodingException(String.valueOf(malformed.getMessage()), malformed);
    }
}
