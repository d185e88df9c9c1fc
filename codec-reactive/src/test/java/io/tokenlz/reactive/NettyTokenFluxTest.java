package io.tokenlz.reactive;

import io.netty.buffer.ByteBuf;
import io.tokenlz.frames.FrameLimits;
import io.tokenlz.frames.FrameWriterOptions;
import java.util.function.Function;
import reactor.core.publisher.Flux;

class NettyTokenFluxTest extends BufferOwnership<ByteBuf> {
    @Override
    Function<Flux<int[]>, Flux<ByteBuf>> toFrames(TokenFluxOptions options) {
        return NettyTokenFlux.toFrames(Streams.PLAIN, FrameWriterOptions.DEFAULT, options, allocator);
    }

    @Override
    Function<Flux<ByteBuf>, Flux<int[]>> fromFrames(TokenFluxOptions options) {
        return NettyTokenFlux.fromFrames(FrameLimits.DEFAULT, header -> true, options);
    }

    @Override
    ByteBuf wrap(ByteBuf memory) {
        return memory;
    }

    @Override
    ByteBuf memory(ByteBuf buffer) {
        return buffer;
    }
}
