package io.tokenlz.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.channel.ChannelOption;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.ConnectionProvider;

/**
 * Streams that are all open at once: each gets its first token, then waits until all others have theirs, then they run. Client,
 * gateway and stand-in share one process of 512 MiB.
 */
class GatewayLoadTest {
    private static final int STREAMS = Integer.getInteger("gateway.streams", 2000);
    private static final int TOKENS = Integer.getInteger("gateway.tokens", 2000);
    private static final Duration LONG = Duration.ofMinutes(5);

    private final Vocabulary vocabulary = new Vocabulary();
    private final Sinks.Empty<Void> allHaveBegun = Sinks.empty();
    private final CountDownLatch begun = new CountDownLatch(STREAMS);
    private final HttpServer anyPort =
            HttpServer.create().host("127.0.0.1").port(0).option(ChannelOption.SO_BACKLOG, STREAMS);

    private static HttpClient client(String name, int port) {
        return HttpClient.create(ConnectionProvider.create(name, STREAMS)).baseUrl("http://127.0.0.1:" + port);
    }

    private Flux<Integer> answer(int[] prompt) {
        Flux<Integer> rest = Flux.range(1, TOKENS - 1).map(i -> prompt[i % prompt.length]);
        return Mono.just(prompt[0]).concatWith(allHaveBegun.asMono().thenMany(rest));
    }

    @Test
    @Timeout(300)
    void manyStreamsLoseNothing() throws InterruptedException {
        long heapBefore = usedHeap();
        try (ModelStandIn model = new ModelStandIn(anyPort, this::answer);
                Gateway gateway = new Gateway(anyPort, client("model", model.port()), vocabulary)) {
            ChatClient client = new ChatClient(client("clients", gateway.port()));
            Mono<Long> exact = Flux.range(0, STREAMS)
                    .flatMap(stream -> stream(client, stream), STREAMS)
                    .count()
                    .cache();
            exact.subscribe();
            assertThat(begun.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
            printMemory(usedHeap() - heapBefore);
            long start = System.nanoTime();
            long cpu = cpuTime();
            allHaveBegun.tryEmitEmpty().orThrow();
            assertThat(exact.block(LONG)).isEqualTo(STREAMS);
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf(
                    "%,d streams of %,d tokens, all exact: %.1f s, %.1f s of processors, %,.0f tokens/s%n",
                    STREAMS, TOKENS, seconds, (cpuTime() - cpu) / 1e9, (double) STREAMS * TOKENS / seconds);
        }
    }

    private Mono<Integer> stream(ChatClient client, int number) {
        Answer answer =
                new Answer("Stream " + number + " says: Grüße, 世界 👩🏽‍🚀! " + Integer.toString(number * 7919, 36));
        return client.chat(answer.prompt)
                .doOnNext(answer::accept)
                .then(Mono.fromRunnable(answer::requireWhole))
                .thenReturn(number);
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static long cpuTime() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static void printMemory(long heap) {
        ByteBufAllocatorMetric buffers = ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric();
        System.out.printf(
                "%,d streams are open: each takes %.1f KiB of heap and %.1f KiB of buffers in client, gateway and stand-in%n",
                STREAMS, heap / 1024.0 / STREAMS, buffers.usedDirectMemory() / 1024.0 / STREAMS);
    }

    /** What a stream must bring: the prompt again and again, cut behind a token. */
    private final class Answer {
        final String prompt;
        private final int wholeLength;
        private final String rest;
        private int at;

        Answer(String prompt) {
            this.prompt = prompt;
            int[] tokens = vocabulary.tokens(prompt);
            this.wholeLength = TOKENS / tokens.length * prompt.length();
            this.rest =
                    new String(vocabulary.bytes(Arrays.copyOf(tokens, TOKENS % tokens.length)), StandardCharsets.UTF_8);
        }

        void accept(String piece) {
            if (at == 0) {
                begun.countDown();
            }
            for (int i = 0; i < piece.length(); i++, at++) {
                char expected = at < wholeLength ? prompt.charAt(at % prompt.length()) : rest.charAt(at - wholeLength);
                if (piece.charAt(i) != expected) {
                    throw new AssertionError(prompt + " differs at character " + at + ": " + piece);
                }
            }
        }

        void requireWhole() {
            if (at != wholeLength + rest.length()) {
                throw new AssertionError(prompt + " ends after " + at + " characters");
            }
        }
    }
}
