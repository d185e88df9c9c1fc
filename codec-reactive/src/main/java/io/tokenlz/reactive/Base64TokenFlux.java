package io.tokenlz.reactive;

import io.tokenlz.frames.FrameLimits;
import io.tokenlz.frames.FrameWriterOptions;
import io.tokenlz.frames.StreamHeader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Function;
import java.util.function.Predicate;
import reactor.core.publisher.Flux;

/**
 * The operators of {@link TokenFlux} that handle bytes, over Base64 text (RFC 4648, with padding), for server-sent events and what
 * else carries no bytes. Each string is what a buffer would be, encoded for itself. Immutable and thread-safe.
 *
 * <pre>{@code
 * Flux<String> data = tokens.transform(
 *         Base64TokenFlux.toFrames(header, FrameWriterOptions.DEFAULT, TokenFluxOptions.DEFAULT)); // each an event's data
 * }</pre>
 */
public final class Base64TokenFlux {
    private static final BufferKind<String> BASE64 =
            text -> ByteBuffer.wrap(Base64.getDecoder().decode(text));

    private Base64TokenFlux() {}

    /**
     * Base tokens to a framed stream, as {@link TokenFlux#toFrames(StreamHeader, FrameWriterOptions, TokenFluxOptions)}.
     *
     * @param header what each stream says of itself
     * @param format how the format is used
     * @param options when to flush, how much may be pending, and the most bytes of a string, before they are encoded
     * @return a function for {@link Flux#transform}
     * @throws IllegalArgumentException if the header's window is wider than {@link FrameWriterOptions#MOST_WINDOW}
     */
    public static Function<Flux<int[]>, Flux<String>> toFrames(
            StreamHeader header, FrameWriterOptions format, TokenFluxOptions options) {
        return TokenFlux.toFrames("Base64TokenFlux.toFrames", header, format, options, Base64TokenFlux::take);
    }

    /**
     * A framed stream, cut into strings anywhere between bytes, to base tokens, as
     * {@link TokenFlux#fromFrames(FrameLimits, Predicate, TokenFluxOptions)}. A string that is no Base64 is a
     * {@link io.tokenlz.frames.MalformedFrameException}.
     *
     * @param limits what is accepted at most
     * @param accepted whether a stream that says this of itself is wanted
     * @param options the most tokens of a chunk, and whether they must be checked
     * @return a function for {@link Flux#transform}
     */
    public static Function<Flux<String>, Flux<int[]>> fromFrames(
            FrameLimits limits, Predicate<? super StreamHeader> accepted, TokenFluxOptions options) {
        return TokenFlux.fromFrames("Base64TokenFlux.fromFrames", BASE64, limits, accepted, options);
    }

    private static String take(ByteRoom room) {
        ByteBuffer encoded = Base64.getEncoder().encode(room.take());
        return StandardCharsets.ISO_8859_1.decode(encoded).toString();
    }
}
