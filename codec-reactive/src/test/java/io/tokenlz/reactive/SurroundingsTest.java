package io.tokenlz.reactive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.context.ContextRegistry;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.blockhound.BlockHound;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.util.context.Context;

/** Operators between threads, with what gateways install in Reactor. */
@Timeout(60)
class SurroundingsTest {
    private static final ThreadLocal<String> TRACE = new ThreadLocal<>();

    @Test
    void threadLocalsFollowTheTokensWhereReactorPropagatesThem() {
        ContextRegistry.getInstance().registerThreadLocalAccessor("trace", TRACE::get, TRACE::set, TRACE::remove);
        Hooks.enableAutomaticContextPropagation();
        try {
            ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();
            StepVerifier.create(crossThreads(Streams.singles(1, 2, 3).doOnNext(chunk -> seen.add(TRACE.get())))
                            .doOnNext(chunk -> seen.add(TRACE.get()))
                            .contextWrite(Context.of("trace", "request 7")))
                    .thenConsumeWhile(chunk -> true)
                    .verifyComplete();
            assertThat(seen).hasSizeGreaterThan(3).containsOnly("request 7");
        } finally {
            Hooks.disableAutomaticContextPropagation();
            ContextRegistry.getInstance().removeThreadLocalAccessor("trace");
        }
    }

    @Test
    void nothingBlocks() {
        BlockHound.install();
        assertThatThrownBy(() -> Mono.fromRunnable(() -> sleep(1))
                        .subscribeOn(Schedulers.parallel())
                        .block())
                .as("BlockHound is at work")
                .hasRootCauseInstanceOf(reactor.blockhound.BlockingOperationError.class);
        int[] text = Streams.text(20_000, 1);
        Flux<int[]> source = Streams.chunks(text, 5, 1).subscribeOn(Schedulers.parallel());
        assertThat(Streams.collect(crossThreads(source))).isEqualTo(text);
    }

    private static Flux<int[]> crossThreads(Flux<int[]> source) {
        return source.transform(Streams.frames(TokenFluxOptions.DEFAULT))
                .publishOn(Schedulers.parallel(), 3)
                .transform(Streams.tokens(TokenFluxOptions.DEFAULT))
                .publishOn(Schedulers.parallel(), 2);
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
