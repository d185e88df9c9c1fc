package io.tokenlz.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.ConnectionProvider;

/** Client, gateway and a stand-in for the model, over HTTP on loopback, with all memory counted. */
@Timeout(60)
class GatewayTest {
    private static final Vocabulary VOCABULARY = new Vocabulary();
    private static final Duration LONG = Duration.ofSeconds(20);

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true, true);
    private final HttpServer anyPort =
            HttpServer.create().host("127.0.0.1").port(0).childOption(ChannelOption.ALLOCATOR, allocator);

    /** Connections let go of their memory when they are closed, which other threads do. */
    @AfterEach
    void nothingLeaked() {
        assertThat(Flux.interval(Duration.ofMillis(5))
                        .map(tick -> allocator.metric().usedDirectMemory()
                                + allocator.metric().usedHeapMemory())
                        .takeUntil(used -> used == 0)
                        .take(Duration.ofSeconds(10))
                        .blockLast())
                .isZero();
    }

    private HttpClient client(int port) {
        return HttpClient.create(ConnectionProvider.newConnection())
                .option(ChannelOption.ALLOCATOR, allocator)
                .baseUrl("http://127.0.0.1:" + port);
    }

    private void withGateway(Function<int[], Flux<Integer>> answers, Conversation conversation)
            throws InterruptedException {
        try (ModelStandIn model = new ModelStandIn(anyPort, answers)) {
            withGateway(model.port(), conversation);
        }
    }

    private void withGateway(int modelPort, Conversation conversation) throws InterruptedException {
        try (Gateway gateway = new Gateway(anyPort, client(modelPort), VOCABULARY)) {
            conversation.with(new ChatClient(client(gateway.port())));
        }
    }

    private interface Conversation {
        void with(ChatClient client) throws InterruptedException;
    }

    private static Flux<Integer> repeat(int[] prompt) {
        return Flux.fromStream(() -> IntStream.of(prompt).boxed());
    }

    @Test
    void everyTokenArrivesBeforeTheNextOneIsProduced() throws InterruptedException {
        int[] tokens = VOCABULARY.tokens("Every token arrives before the next one is produced. ".repeat(20));
        Sinks.Many<Integer> model = Sinks.many().unicast().onBackpressureBuffer();
        BlockingQueue<String> received = new LinkedBlockingQueue<>();
        withGateway(prompt -> model.asFlux(), client -> {
            Mono<Void> answer =
                    client.chat("What arrives?").doOnNext(received::add).then().cache();
            answer.subscribe();
            for (int token : tokens) {
                model.tryEmitNext(token).orThrow();
                assertThat(received.poll(20, TimeUnit.SECONDS)).isEqualTo(text(token));
            }
            model.tryEmitComplete().orThrow();
            answer.block(LONG);
            assertThat(received).isEmpty();
        });
    }

    private static String text(int... tokens) {
        return new String(VOCABULARY.bytes(tokens), java.nio.charset.StandardCharsets.UTF_8);
    }

    @Test
    void charactersThatSpanTokensComeOutWhole() throws InterruptedException {
        String text = "Grüße 👩🏽‍🚀🪿 𓂀𒀀 ᚠᛇᚻ\r\n\n\"quoted\" \\ \u0000 龘";
        int[] tokens = VOCABULARY.tokens(text);
        assertThat(IntStream.of(tokens).mapToObj(GatewayTest::text))
                .as("characters of several tokens")
                .anyMatch(piece -> piece.contains("\uFFFD"));
        withGateway(GatewayTest::repeat, client -> {
            List<String> pieces = client.chat(text).collectList().block(LONG);
            assertThat(pieces).isNotNull().doesNotContain("");
            assertThat(String.join("", pieces)).isEqualTo(text);
        });
    }

    @Test
    void longPromptsAndAnswersComeThrough() throws InterruptedException {
        String text = "The answer is the prompt, und zwar 一字不差。\n".repeat(3000);
        withGateway(
                GatewayTest::repeat,
                client -> assertThat(client.chat(text)
                                .collect(StringBuilder::new, StringBuilder::append)
                                .map(StringBuilder::toString)
                                .block(LONG))
                        .isEqualTo(text));
    }

    @Test
    void anAnswerThatIsDamagedIsAnError() throws InterruptedException {
        var model = anyPort.route(routes -> routes.post(
                        "/generate",
                        (request, response) -> request.receive()
                                .aggregate()
                                .retain()
                                .flatMapMany(prompt ->
                                        response.send(Mono.just(prompt.setByte(prompt.readableBytes() - 1, 9))))))
                .bindNow();
        try {
            withGateway(
                    model.port(),
                    client -> assertThatThrownBy(() -> client.chat("Hello").blockLast(LONG))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("event: error")
                            .hasMessageContaining("MalformedFrameException"));
        } finally {
            model.disposeNow();
        }
    }

    @Test
    void anAnswerThatBreaksOffIsAnError() throws InterruptedException {
        withGateway(
                prompt -> repeat(prompt).concatWith(Flux.error(new IllegalStateException("the model broke"))),
                client -> assertThatThrownBy(() -> client.chat("Hello").blockLast(LONG))
                        .hasMessageContaining("event: error"));
    }

    @Test
    void aPromptThatIsDamagedIsABadRequest() {
        try (ModelStandIn model = new ModelStandIn(anyPort, GatewayTest::repeat)) {
            assertThat(client(model.port())
                            .post()
                            .uri("/generate")
                            .send(ByteBufFlux.fromString(Mono.just("these are no frames")))
                            .response()
                            .map(response -> response.status().code())
                            .block(LONG))
                    .isEqualTo(400);
        }
    }

    @Test
    void aPromptMayNotBeTooLong() throws InterruptedException {
        char[] tooLong = new char[(1 << 20) + 1];
        Arrays.fill(tooLong, 'x');
        withGateway(
                GatewayTest::repeat,
                client -> assertThatThrownBy(
                                () -> client.chat(String.valueOf(tooLong)).blockLast(LONG))
                        .hasMessageContaining("413"));
    }

    @Test
    void aClientThatLeavesEndsTheAnswer() throws InterruptedException {
        CountDownLatch cancelled = new CountDownLatch(1);
        withGateway(
                prompt -> Flux.interval(Duration.ofMillis(1))
                        .map(tick -> prompt[0])
                        .doOnCancel(cancelled::countDown),
                client -> {
                    CountDownLatch received = new CountDownLatch(3);
                    Disposable answer = client.chat("Hello").subscribe(piece -> received.countDown());
                    assertThat(received.await(20, TimeUnit.SECONDS)).isTrue();
                    answer.dispose();
                    assertThat(cancelled.await(20, TimeUnit.SECONDS)).isTrue();
                });
    }
}
