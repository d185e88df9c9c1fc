package io.tokenlz.reactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.tokenlz.frames.FrameLimits;
import io.tokenlz.frames.FrameWriterOptions;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.core.io.buffer.NettyDataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import reactor.core.publisher.Flux;

class SpringTokenFluxTest extends BufferOwnership<DataBuffer> {
    final NettyDataBufferFactory factory = new NettyDataBufferFactory(allocator);

    @Override
    Function<Flux<int[]>, Flux<DataBuffer>> toFrames(TokenFluxOptions options) {
        return SpringTokenFlux.toFrames(Streams.PLAIN, FrameWriterOptions.DEFAULT, options, factory);
    }

    @Override
    Function<Flux<DataBuffer>, Flux<int[]>> fromFrames(TokenFluxOptions options) {
        return SpringTokenFlux.fromFrames(FrameLimits.DEFAULT, header -> true, options);
    }

    @Override
    DataBuffer wrap(ByteBuf memory) {
        return factory.wrap(memory);
    }

    @Override
    ByteBuf memory(DataBuffer buffer) {
        return ((NettyDataBuffer) buffer).getNativeBuffer();
    }

    @Test
    void buffersOfTheHeapAndBuffersInSeveralPiecesAreRead() {
        int[] text = Streams.text(300, 5);
        Flux<DataBuffer> onTheHeap = Streams.chunks(text, 20, 6)
                .transform(SpringTokenFlux.toFrames(
                        Streams.PLAIN,
                        FrameWriterOptions.DEFAULT,
                        TokenFluxOptions.DEFAULT,
                        DefaultDataBufferFactory.sharedInstance));
        assertThat(Streams.collect(onTheHeap.transform(tokens()))).isEqualTo(text);
        List<DataBuffer> pieces = frames(text).collectList().blockOptional().orElseThrow();
        assertThat(Streams.collect(Flux.just(factory.join(pieces)).transform(tokens())))
                .isEqualTo(text);
    }
}
