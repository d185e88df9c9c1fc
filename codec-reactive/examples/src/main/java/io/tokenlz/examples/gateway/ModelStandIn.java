package io.tokenlz.examples.gateway;

import io.netty.buffer.ByteBuf;
import io.tokenlz.frames.FrameLimits;
import io.tokenlz.frames.FrameWriterOptions;
import io.tokenlz.frames.MalformedFrameException;
import io.tokenlz.reactive.NettyTokenFlux;
import io.tokenlz.reactive.TokenFluxOptions;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Stands in for a server of a model, and is none: what it answers is given to it as a function. Takes a prompt as wire frames on
 * {@code POST /generate}, and streams the IDs of the answer back as wire frames, each one as soon as it is there.
 */
public final class ModelStandIn implements AutoCloseable {
    /** The most tokens of a prompt. */
    private static final int MOST_PROMPT_TOKENS = 1 << 20;

    /** Made once, for all streams, and not on a thread that serves some. */
    private static final Function<Flux<ByteBuf>, Flux<int[]>> FROM_FRAMES = NettyTokenFlux.fromFrames(
            FrameLimits.DEFAULT.withTokensPerStream(MOST_PROMPT_TOKENS),
            Vocabulary.HEADER::equals,
            TokenFluxOptions.DEFAULT);

    private final Function<int[], ? extends Flux<Integer>> answers;
    private final DisposableServer server;

    /**
     * Starts a stand-in.
     *
     * @param http with the address to listen on
     * @param answers the IDs that follow a prompt, one at a time
     */
    public ModelStandIn(HttpServer http, Function<int[], ? extends Flux<Integer>> answers) {
        this.answers = answers;
        this.server =
                http.route(routes -> routes.post("/generate", this::generate)).bindNow();
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.disposeNow();
    }

    private Publisher<Void> generate(HttpServerRequest request, HttpServerResponse response) {
        return prompt(request)
                .flatMap(prompt -> response.send(answer(prompt, response)).then())
                .onErrorResume(
                        MalformedFrameException.class,
                        malformed -> response.status(400)
                                .sendString(Mono.just(String.valueOf(malformed.getMessage())))
                                .then());
    }

    private Mono<int[]> prompt(HttpServerRequest request) {
        return request.receive()
                .retain() // Reactor Netty releases what it hands out, and so does the operator
                .transform(FROM_FRAMES)
                .collectList()
                .map(ModelStandIn::join);
    }

    private Flux<ByteBuf> answer(int[] prompt, HttpServerResponse response) {
        return answers.apply(prompt)
                .map(id -> new int[] {id})
                .transform(NettyTokenFlux.toFrames(
                        Vocabulary.HEADER, FrameWriterOptions.DEFAULT, TokenFluxOptions.DEFAULT, response.alloc()));
    }

    private static int[] join(List<int[]> chunks) {
        return chunks.stream().flatMapToInt(IntStream::of).toArray();
    }
}
