package io.tokenlz.reactive;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.tokenlz.frames.FrameLimits;
import io.tokenlz.frames.FrameWriterOptions;
import io.tokenlz.frames.StreamHeader;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import reactor.core.publisher.Flux;
import reactor.util.context.Context;

/**
 * The operators of {@link TokenFlux} that handle bytes, over Netty's buffers. Needs netty-buffer, which this module depends on
 * optionally. Immutable and thread-safe.
 *
 * <p><b>Ownership.</b> A buffer from upstream is the operator's: it is released, once, when it was read whole, and so is one that
 * cancellation or an error leaves behind or that comes behind the end; such a buffer goes to no discard or drop hook, which might
 * release it again. A buffer that comes out is the subscriber's to release; none is allocated before it is requested.
 */
public final class NettyTokenFlux {
    private static final BufferKind<ByteBuf> BYTE_BUF = new BufferKind<>() {
        @Override
        public ByteBuffer view(ByteBuf chunk) {
            return chunk.nioBuffer();
        }

        @Override
        public void consumed(ByteBuf chunk) {
            chunk.release();
        }

        @Override
        public void discard(ByteBuf chunk, Context context) {
            chunk.release();
        }

        @Override
        public void drop(ByteBuf chunk, Context context) {
            chunk.release();
        }
    };

    private NettyTokenFlux() {}

    /**
     * Base tokens to a framed stream, as {@link TokenFlux#toFrames(StreamHeader, FrameWriterOptions, TokenFluxOptions)}.
     *
     * @param header what each stream says of itself
     * @param format how the format is used
     * @param options when to flush, how much may be pending, and the most bytes of a buffer
     * @param allocator makes each buffer that comes out
     * @return a function for {@link Flux#transform}
     * @throws IllegalArgumentException if the header's window is wider than {@link FrameWriterOptions#MOST_WINDOW}
     */
    public static Function<Flux<int[]>, Flux<ByteBuf>> toFrames(
            StreamHeader header, FrameWriterOptions format, TokenFluxOptions options, ByteBufAllocator allocator) {
        Objects.requireNonNull(allocator, "allocator");
        return TokenFlux.toFrames("NettyTokenFlux.toFrames", header, format, options, room -> take(room, allocator));
    }

    /**
     * A framed stream, cut into buffers anywhere, to base tokens, as
     * {@link TokenFlux#fromFrames(FrameLimits, Predicate, TokenFluxOptions)}.
     *
     * @param limits what is accepted at most
     * @param accepted whether a stream that says this of itself is wanted
     * @param options the most tokens of a chunk, and whether they must be checked
     * @return a function for {@link Flux#transform}
     */
    public static Function<Flux<ByteBuf>, Flux<int[]>> fromFrames(
            FrameLimits limits, Predicate<? super StreamHeader> accepted, TokenFluxOptions options) {
        return TokenFlux.fromFrames("NettyTokenFlux.fromFrames", BYTE_BUF, limits, accepted, options);
    }

    private static ByteBuf take(ByteRoom room, ByteBufAllocator allocator) {
        ByteBuf taken = allocator.buffer(room.filled());
        room.take((bytes, length) -> taken.writeBytes(bytes, 0, length));
        return taken;
    }
}
