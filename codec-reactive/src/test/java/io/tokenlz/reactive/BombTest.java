package io.tokenlz.reactive;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tokenlz.core.TokenCodec;
import io.tokenlz.frames.FrameLimits;
import io.tokenlz.frames.FrameWriterOptions;
import io.tokenlz.frames.StreamHeader;
import io.tokenlz.metatokens.MetaTokenCodec;
import io.tokenlz.metatokens.MetaTokenConfig;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;

/** Ten megabytes and more of tokens out of next to nothing: what it costs to ask for a few of them. */
@Timeout(120)
class BombTest {
    private static final int TOKENS = 3_000_000;
    private static final long CHUNK_BYTES = 4L * TokenFluxOptions.DEFAULT.chunkTokens();

    @Test
    void compressedTokensThatExpandCostWhatIsAskedFor() {
        TokenCodec codec = new MetaTokenCodec(MetaTokenConfig.of(1000));
        int[] bomb = codec.encode(new int[TOKENS]);
        assertThat(bomb.length).isLessThan(TOKENS / 4);
        ManualSubscriber<int[]> downstream = new ManualSubscriber<>();
        Flux.just(bomb).transform(TokenFlux.decode(codec)).subscribe(downstream);
        askForTen(downstream, 2 * CHUNK_BYTES);
    }

    @Test
    void framesThatExpandCostWhatIsAskedFor() {
        StreamHeader header = StreamHeader.builder(1000).window(1 << 16).build();
        FrameWriterOptions longFrames = FrameWriterOptions.DEFAULT.withBlockTokens(1 << 20);
        byte[] bomb = Streams.collectBytes(
                Flux.just(new int[TOKENS]).transform(TokenFlux.toFrames(header, longFrames, TokenFluxOptions.DEFAULT)));
        assertThat(bomb.length).isLessThan(1000);
        ManualSubscriber<int[]> downstream = new ManualSubscriber<>();
        Flux.just(ByteBuffer.wrap(bomb))
                .transform(TokenFlux.fromFrames(FrameLimits.DEFAULT))
                .subscribe(downstream);
        // a frame's tokens are decoded when the first of them is asked for
        downstream.request(1);
        askForTen(downstream, 2 * CHUNK_BYTES);
    }

    private static void askForTen(ManualSubscriber<int[]> downstream, long bytesPerChunk) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int before = downstream.received.size();
        for (int i = 1; i <= 10; i++) {
            long allocated = threads.getCurrentThreadAllocatedBytes();
            downstream.request(1);
            assertThat(threads.getCurrentThreadAllocatedBytes() - allocated)
                    .as("bytes for chunk %d", i)
                    .isLessThan(i == 1 ? 1 << 20 : bytesPerChunk); // the first one may load classes
            assertThat(downstream.received).hasSize(before + i);
        }
        downstream.request(Long.MAX_VALUE);
        assertThat(downstream.completed).isTrue();
        assertThat(Streams.join(downstream.received)).hasSize(TOKENS).containsOnly(0);
    }
}
