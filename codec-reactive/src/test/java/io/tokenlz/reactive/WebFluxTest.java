package io.tokenlz.reactive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.tokenlz.frames.FrameLimits;
import io.tokenlz.frames.FrameWriterOptions;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.http.codec.CodecConfigurer;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.server.HandlerStrategies;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.ConnectionProvider;
import reactor.test.StepVerifier;

/** Spring WebFlux on Reactor Netty, server and client, on loopback. */
@Timeout(60)
class WebFluxTest {
    private static final MediaType FRAMES = MediaType.asMediaType(SpringTokenFlux.MIME_TYPE);

    private final Sinks.Many<int[]> model = Sinks.many().unicast().onBackpressureBuffer();
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true, true);
    private final DisposableServer server = start();
    private final WebClient client = client();

    private DisposableServer start() {
        HandlerStrategies strategies =
                HandlerStrategies.builder().codecs(this::register).build();
        return HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .childOption(ChannelOption.ALLOCATOR, allocator)
                .handle(new ReactorHttpHandlerAdapter(RouterFunctions.toHttpHandler(
                        route().GET("/model", request -> frames(model.asFlux()))
                                .POST("/echo", request -> frames(request.bodyToFlux(int[].class)))
                                .POST("/count", WebFluxTest::count)
                                .GET("/events", request -> events())
                                .build(),
                        strategies)))
                .bindNow();
    }

    private WebClient client() {
        return WebClient.builder()
                .baseUrl("http://127.0.0.1:" + server.port())
                .clientConnector(new ReactorClientHttpConnector(HttpClient.create(ConnectionProvider.newConnection())
                        .option(ChannelOption.ALLOCATOR, allocator)))
                .codecs(this::register)
                .build();
    }

    private void register(CodecConfigurer codecs) {
        codecs.customCodecs().register(new TokenFrameEncoder(Streams.PLAIN));
        codecs.customCodecs().register(new TokenFrameDecoder(FrameLimits.DEFAULT));
    }

    /** Connections let go of their memory when they are closed, which other threads do. */
    @AfterEach
    void nothingLeaked() {
        server.disposeNow();
        assertThat(Flux.interval(Duration.ofMillis(5))
                        .map(tick -> allocator.metric().usedDirectMemory()
                                + allocator.metric().usedHeapMemory())
                        .takeUntil(used -> used == 0)
                        .take(Duration.ofSeconds(10))
                        .blockLast())
                .isZero();
    }

    private static Mono<ServerResponse> frames(Flux<int[]> tokens) {
        return ServerResponse.ok().contentType(FRAMES).body(tokens, int[].class);
    }

    private static Mono<ServerResponse> count(ServerRequest request) {
        return ServerResponse.ok()
                .body(request.bodyToMono(int[].class).map(tokens -> tokens.length + " tokens"), String.class);
    }

    private static Mono<ServerResponse> events() {
        Flux<String> data = Streams.singles(1, 2, 3)
                .transform(
                        Base64TokenFlux.toFrames(Streams.PLAIN, FrameWriterOptions.DEFAULT, TokenFluxOptions.DEFAULT));
        return ServerResponse.ok().contentType(MediaType.TEXT_EVENT_STREAM).body(data, String.class);
    }

    @Test
    void everyTokenIsSentAtOnce() throws InterruptedException {
        BlockingQueue<int[]> received = new LinkedBlockingQueue<>();
        Mono<Void> whole = client.get()
                .uri("/model")
                .accept(FRAMES)
                .retrieve()
                .bodyToFlux(int[].class)
                .doOnNext(received::add)
                .then()
                .cache();
        whole.subscribe();
        for (int i = 0; i < 100; i++) {
            model.tryEmitNext(new int[] {i}).orThrow();
            assertThat(received.poll(20, TimeUnit.SECONDS)).as("token %d", i).containsExactly(i);
        }
        model.tryEmitComplete().orThrow();
        StepVerifier.create(whole).verifyComplete();
    }

    @Test
    void aClientMayLeaveInTheMiddle() {
        for (int i = 0; i < 1000; i++) {
            model.tryEmitNext(new int[] {i}).orThrow();
        }
        Flux<int[]> answer =
                client.get().uri("/model").accept(FRAMES).retrieve().bodyToFlux(int[].class);
        StepVerifier.create(answer, 3).expectNextCount(3).thenCancel().verify();
    }

    @Test
    void bodiesGoThereAndBack() {
        int[] text = Streams.text(50_000, 1);
        assertThat(Streams.collect(client.post()
                        .uri("/echo")
                        .contentType(FRAMES)
                        .body(Streams.chunks(text, 500, 2), int[].class)
                        .retrieve()
                        .bodyToFlux(int[].class)))
                .isEqualTo(text);
        assertThat(client.post()
                        .uri("/count")
                        .contentType(FRAMES)
                        .bodyValue(text)
                        .retrieve()
                        .bodyToMono(String.class)
                        .block())
                .isEqualTo("50000 tokens");
    }

    @Test
    void damageIsABadRequest() {
        byte[] body =
                Streams.collectBytes(Streams.singles(1, 2, 3).transform(Streams.frames(TokenFluxOptions.DEFAULT)));
        body[body.length - 1] ^= 1;
        assertThat(client.post()
                        .uri("/count")
                        .contentType(FRAMES)
                        .bodyValue(ByteBuffer.wrap(body))
                        .exchangeToMono(response -> Mono.just(response.statusCode()))
                        .block())
                .isEqualTo(HttpStatus.BAD_REQUEST);
    }

    @Test
    void framesAreTheDataOfServerSentEvents() {
        List<ServerSentEvent<String>> events = client.get()
                .uri("/events")
                .retrieve()
                .bodyToFlux(new ParameterizedTypeReference<ServerSentEvent<String>>() {})
                .collectList()
                .blockOptional()
                .orElseThrow();
        assertThat(events).hasSize(3);
        assertThat(Streams.collect(Flux.fromIterable(events)
                        .mapNotNull(ServerSentEvent::data)
                        .transform(Base64TokenFlux.fromFrames(
                                FrameLimits.DEFAULT, header -> true, TokenFluxOptions.DEFAULT))))
                .containsExactly(1, 2, 3);
    }
}
