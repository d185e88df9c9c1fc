package io.tokenlz.reactive;

import io.tokenlz.core.ArrayTokenInput;
import io.tokenlz.core.TokenCodec;
import io.tokenlz.frames.FrameLimits;
import io.tokenlz.frames.FrameReader;
import io.tokenlz.frames.FrameWriter;
import io.tokenlz.frames.FrameWriterOptions;
import io.tokenlz.frames.StreamHeader;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;

/**
 * Operators over chunks of tokens, for {@link Flux#transform}. Immutable and thread-safe.
 *
 * <pre>{@code
 * Flux<ByteBuffer> body = tokens.transform(TokenFlux.toFrames(header));
 * Flux<int[]> tokensAgain = body.transform(TokenFlux.fromFrames(FrameLimits.DEFAULT));
 * }</pre>
 *
 * <p><b>Nothing is held back</b> unless {@link TokenFluxOptions} say so. Each chunk from upstream is flushed: once what came
 * out for it has been requested, every token that went in can be decoded. That has its price in size: little for hypertokens
 * and frames, but a meta-token encoder sees no further than one chunk, so give it prompts whole. Under back-pressure an
 * encoder goes on taking chunks, up to a limit, and what is pending comes out as one chunk. Empty chunks are ignored.
 *
 * <p><b>Demand is exact.</b> Chunks are requested from upstream one by one: by a decoder only while downstream wants some, by an
 * encoder also while what is pending may grow. No more chunks come out than were requested, the one with a stream's end
 * included; completion itself needs no request. A chunk that expands to many tokens comes out as several chunks. <b>State is per
 * subscription</b>, so that {@code retry}, {@code repeat} and a second subscriber begin a new stream.
 *
 * <p><b>Errors</b> end a stream after all that came before them: {@link io.tokenlz.core.MalformedTokenStreamException} for
 * tokens that break the codec's rules, {@link io.tokenlz.frames.MalformedFrameException} for bytes that break the format's, go
 * past a limit, or end before the end frame. {@code onErrorContinue} does not change that, for a stream that went on would be
 * wrong. An error from upstream is passed on after the tokens that it follows, without an end frame.
 *
 * <p><b>Ownership.</b> A chunk from upstream is only read, a buffer's position and limit stay as they are, and it is its owner's
 * again when the next one is requested. Chunks that come out belong to the subscriber and are not used here any more. A chunk
 * that cancellation or an error leaves behind goes to the discard hook.
 *
 * <p>No threads, timers or locks; no operator fusion.
 */
public final class TokenFlux {
    private TokenFlux() {}

    /**
     * Base tokens to compressed tokens. Ends the codec's stream when upstream completes; an empty stream stays empty.
     *
     * @param codec makes an encoder for each subscription
     * @return a function for {@link Flux#transform}
     */
    public static UnaryOperator<Flux<int[]>> encode(TokenCodec codec) {
        return encode(codec, TokenFluxOptions.DEFAULT);
    }

    /**
     * Base tokens to compressed tokens.
     *
     * @param codec makes an encoder for each subscription
     * @param options when to flush, how much may be pending, and the most tokens of a chunk
     * @return a function for {@link Flux#transform}
     */
    public static UnaryOperator<Flux<int[]>> encode(TokenCodec codec, TokenFluxOptions options) {
        Objects.requireNonNull(codec, "codec");
        FlushRule rule = options.encoderRule();
        return source -> CodecFlux.assemble(
                source,
                "TokenFlux.encode(" + codec.name() + ")",
                rule,
                () -> new TokenChunkCoder<>(codec.newEncoder(), TokenFlux::openChunk, options.chunkTokens()));
    }

    /**
     * Compressed tokens to base tokens. Completion where the codec's stream must not end is an error; an empty stream stays
     * empty.
     *
     * @param codec makes a decoder for each subscription
     * @return a function for {@link Flux#transform}
     */
    public static UnaryOperator<Flux<int[]>> decode(TokenCodec codec) {
        return decode(codec, TokenFluxOptions.DEFAULT);
    }

    /**
     * Compressed tokens to base tokens.
     *
     * @param codec makes a decoder for each subscription
     * @param options the most tokens of a chunk
     * @return a function for {@link Flux#transform}
     */
    public static UnaryOperator<Flux<int[]>> decode(TokenCodec codec, TokenFluxOptions options) {
        Objects.requireNonNull(codec, "codec");
        int chunkTokens = options.chunkTokens();
        return source -> CodecFlux.assemble(
                source,
                "TokenFlux.decode(" + codec.name() + ")",
                FlushRule.DECODER,
                () -> new TokenChunkCoder<>(codec.newDecoder(), TokenFlux::openChunk, chunkTokens));
    }

    /**
     * A model's output, compressed IDs one at a time, to base tokens: what each ID stands for comes out as a chunk of its own, at
     * once.
     *
     * @param codec makes a decoder for each subscription
     * @return a function for {@link Flux#transform}
     */
    public static Function<Flux<Integer>, Flux<int[]>> decodeIds(TokenCodec codec) {
        Objects.requireNonNull(codec, "codec");
        int chunkTokens = TokenFluxOptions.DEFAULT.chunkTokens();
        return source -> CodecFlux.assemble(
                source,
                "TokenFlux.decodeIds(" + codec.name() + ")",
                FlushRule.DECODER,
                () -> new TokenChunkCoder<Integer>(codec.newDecoder(), TokenFlux::openId, chunkTokens));
    }

    /**
     * Base tokens to a framed stream (FORMAT.md), which carries them plain or, if the header names a codec, compressed. An
     * empty stream becomes a header and an end frame.
     *
     * @param header what each stream says of itself
     * @return a function for {@link Flux#transform}
     * @throws IllegalArgumentException if the header's window is wider than {@link FrameWriterOptions#MOST_WINDOW}
     */
    public static Function<Flux<int[]>, Flux<ByteBuffer>> toFrames(StreamHeader header) {
        return toFrames(header, FrameWriterOptions.DEFAULT, TokenFluxOptions.DEFAULT);
    }

    /**
     * Base tokens to a framed stream.
     *
     * @param header what each stream says of itself
     * @param format how the format is used; a frame has no more than its {@link FrameWriterOptions#blockTokens}
     * @param options when to flush, how much may be pending, and the most bytes of a buffer
     * @return a function for {@link Flux#transform}
     * @throws IllegalArgumentException if the header's window is wider than {@link FrameWriterOptions#MOST_WINDOW}
     */
    public static Function<Flux<int[]>, Flux<ByteBuffer>> toFrames(
            StreamHeader header, FrameWriterOptions format, TokenFluxOptions options) {
        return toFrames("TokenFlux.toFrames", header, format, options, ByteRoom::take);
    }

    static <O> Function<Flux<int[]>, Flux<O>> toFrames(
            String name,
            StreamHeader header,
            FrameWriterOptions format,
            TokenFluxOptions options,
            Function<ByteRoom, O> taker) {
        Objects.requireNonNull(format, "format");
        requireWritable(header);
        FlushRule rule = options.encoderRule();
        return source -> CodecFlux.assemble(
                source,
                name,
                rule,
                () -> new FrameWriterCoder<>(new FrameWriter(header, format), options.chunkBytes(), taker));
    }

    static void requireWritable(StreamHeader header) {
        if (header.window() > FrameWriterOptions.MOST_WINDOW) {
            throw new IllegalArgumentException(
                    "window must be at most " + FrameWriterOptions.MOST_WINDOW + ", is " + header.window());
        }
    }

    /**
     * A framed stream, cut into buffers anywhere, to base tokens. The stream itself says how it was written; what it says is
     * not compared with anything. Completion without an end frame is an error, that of an empty stream too, and so are bytes
     * behind the end frame.
     *
     * <p>The first function that this makes looks for codecs on the class path, which blocks: make it before streams come, and use
     * it for all of them.
     *
     * @param limits what is accepted at most
     * @return a function for {@link Flux#transform}
     */
    public static Function<Flux<ByteBuffer>, Flux<int[]>> fromFrames(FrameLimits limits) {
        return fromFrames(limits, header -> true, TokenFluxOptions.DEFAULT);
    }

    /**
     * A framed stream to base tokens.
     *
     * @param limits what is accepted at most
     * @param accepted whether a stream that says this of itself is wanted; asked before any token is delivered, by whatever
     *     thread delivers the bytes. {@code expected::equals} accepts one kind of stream
     * @param options the most tokens of a chunk, and whether they must be checked
     * @return a function for {@link Flux#transform}
     */
    public static Function<Flux<ByteBuffer>, Flux<int[]>> fromFrames(
            FrameLimits limits, Predicate<? super StreamHeader> accepted, TokenFluxOptions options) {
        return fromFrames("TokenFlux.fromFrames", BufferKind.BYTE_BUFFER, limits, accepted, options);
    }

    static <I> Function<Flux<I>, Flux<int[]>> fromFrames(
            String name,
            BufferKind<I> kind,
            FrameLimits limits,
            Predicate<? super StreamHeader> accepted,
            TokenFluxOptions options) {
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(accepted, "accepted");
        Objects.requireNonNull(options, "options");
        FrameReaderCoder.findCodecs();
        return source -> CodecFlux.assemble(
                source,
                name,
                FlushRule.DECODER,
                () -> new FrameReaderCoder<>(new FrameReader(limits), kind, accepted, options));
    }

    private static void openChunk(int[] chunk, ArrayTokenInput input) {
        input.wrap(chunk);
    }

    private static void openId(Integer id, ArrayTokenInput input) {
        input.wrap(new int[] {id});
    }
}
