package io.tokenlz.reactive;

import io.tokenlz.frames.FrameLimits;
import io.tokenlz.frames.FrameWriterOptions;
import io.tokenlz.frames.StreamHeader;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.util.MimeType;
import reactor.core.publisher.Flux;
import reactor.util.context.Context;

/**
 * The operators of {@link TokenFlux} that handle bytes, over Spring's buffers, whatever they are made of. Needs spring-core, which
 * this module depends on optionally. Immutable and thread-safe.
 *
 * <p><b>Ownership.</b> A buffer from upstream is the operator's: it is released, once, when it was read whole, and so is one that
 * cancellation or an error leaves behind or that comes behind the end; such a buffer goes to no discard or drop hook, which might
 * release it again. A buffer that comes out is the subscriber's to release; none is allocated before it is requested.
 */
public final class SpringTokenFlux {
    /** The media type of framed streams, {@value}, for annotations. */
    public static final String MIME_TYPE_VALUE = "application/vnd.tokenlz.frames";

    /** The media type of framed streams. */
    public static final MimeType MIME_TYPE = MimeType.valueOf(MIME_TYPE_VALUE);

    private static final BufferKind<DataBuffer> DATA_BUFFER = new BufferKind<>() {
        /** A copy: a view of a buffer in several pieces needs one anyway, others may not outlive their iterator. */
        @Override
        public ByteBuffer view(DataBuffer chunk) {
            ByteBuffer copy = ByteBuffer.allocate(chunk.readableByteCount());
            chunk.toByteBuffer(copy);
            return copy;
        }

        @Override
        public void consumed(DataBuffer chunk) {
            DataBufferUtils.release(chunk);
        }

        @Override
        public void discard(DataBuffer chunk, Context context) {
            DataBufferUtils.release(chunk);
        }

        @Override
        public void drop(DataBuffer chunk, Context context) {
            DataBufferUtils.release(chunk);
        }
    };

    private SpringTokenFlux() {}

    /**
     * Base tokens to a framed stream, as {@link TokenFlux#toFrames(StreamHeader, FrameWriterOptions, TokenFluxOptions)}.
     *
     * @param header what each stream says of itself
     * @param format how the format is used
     * @param options when to flush, how much may be pending, and the most bytes of a buffer
     * @param factory makes each buffer that comes out
     * @return a function for {@link Flux#transform}
     * @throws IllegalArgumentException if the header's window is wider than {@link FrameWriterOptions#MOST_WINDOW}
     */
    public static Function<Flux<int[]>, Flux<DataBuffer>> toFrames(
            StreamHeader header, FrameWriterOptions format, TokenFluxOptions options, DataBufferFactory factory) {
        Objects.requireNonNull(factory, "factory");
        return TokenFlux.toFrames("SpringTokenFlux.toFrames", header, format, options, room -> take(room, factory));
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
    public static Function<Flux<DataBuffer>, Flux<int[]>> fromFrames(
            FrameLimits limits, Predicate<? super StreamHeader> accepted, TokenFluxOptions options) {
        return TokenFlux.fromFrames("SpringTokenFlux.fromFrames", DATA_BUFFER, limits, accepted, options);
    }

    static DataBuffer take(ByteRoom room, DataBufferFactory factory) {
        DataBuffer taken = factory.allocateBuffer(room.filled());
        room.take((bytes, length) -> taken.write(bytes, 0, length));
        return taken;
    }
}
