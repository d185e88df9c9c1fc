package io.tokenlz.examples.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.tokenlz.frames.FrameLimits;
import io.tokenlz.frames.FrameWriterOptions;
import io.tokenlz.reactive.NettyTokenFlux;
import io.tokenlz.reactive.TokenFluxOptions;
import java.io.IOException;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.DisposableServer;
import reactor.netty.NettyOutbound;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Takes a prompt as text on {@code POST /chat}, sends its tokens to a model as wire frames, and serves what the model answers as
 * server-sent events: a message for each token, with the text that it completes, then an {@code end} or an {@code error}.
 */
public final class Gateway implements AutoCloseable {
    /** The most characters of a prompt. */
    private static final int MOST_CHARACTERS = 1 << 20;

    private static final TokenFluxOptions OPTIONS = TokenFluxOptions.DEFAULT;

    /** Made once, for all streams, and not on a thread that serves some. */
    private static final Function<Flux<ByteBuf>, Flux<int[]>> FROM_FRAMES =
            NettyTokenFlux.fromFrames(FrameLimits.DEFAULT, Vocabulary.HEADER::equals, OPTIONS);

    private final Vocabulary vocabulary;
    private final HttpClient model;
    private final DisposableServer server;

    /**
     * Starts a gateway.
     *
     * @param http with the address to listen on
     * @param model with the address of the model
     * @param vocabulary the model's
     */
    public Gateway(HttpServer http, HttpClient model, Vocabulary vocabulary) {
        this.model = model;
        this.vocabulary = vocabulary;
        this.server = http.route(routes -> routes.post("/chat", this::chat)).bindNow();
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.disposeNow();
    }

    private Publisher<Void> chat(HttpServerRequest request, HttpServerResponse response) {
        return text(request.receive())
                .map(vocabulary::tokens)
                .flatMap(prompt -> response.sse()
                        .send(events(answer(prompt), response.alloc()))
                        .then())
                .onErrorResume(
                        PromptTooLongException.class,
                        tooLong -> response.status(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE)
                                .send()
                                .then());
    }

    private static Mono<String> text(ByteBufFlux body) {
        return Mono.defer(() -> {
            TextPieces pieces = new TextPieces();
            return body.map(bytes -> pieces.append(ByteBufUtil.getBytes(bytes)))
                    .reduce(new StringBuilder(), Gateway::append)
                    .map(text -> text.append(pieces.end()).toString());
        });
    }

    private static StringBuilder append(StringBuilder text, String piece) {
        if (text.length() + piece.length() > MOST_CHARACTERS) {
            throw new PromptTooLongException();
        }
        return text.append(piece);
    }

    /** The tokens that a model answers with, each as soon as it has come. */
    private Flux<int[]> answer(int[] prompt) {
        return model.post()
                .uri("/generate")
                .send((request, outbound) -> outbound.send(frames(prompt, outbound)))
                .response((response, body) -> response.status().equals(HttpResponseStatus.OK)
                        ? tokens(body)
                        : Flux.error(new IOException("the model answered with status " + response.status())));
    }

    private static Flux<ByteBuf> frames(int[] prompt, NettyOutbound outbound) {
        return Flux.just(prompt)
                .transform(NettyTokenFlux.toFrames(
                        Vocabulary.HEADER, FrameWriterOptions.DEFAULT, OPTIONS, outbound.alloc()));
    }

    private static Flux<int[]> tokens(ByteBufFlux body) {
        return body.retain() // Reactor Netty releases what it hands out, and so does the operator
                .transform(FROM_FRAMES);
    }

    private Flux<ByteBuf> events(Flux<int[]> answer, ByteBufAllocator allocator) {
        return Flux.defer(() -> {
            TextPieces pieces = new TextPieces();
            return answer.map(tokens -> pieces.append(vocabulary.bytes(tokens)))
                    .concatWith(Mono.fromSupplier(pieces::end))
                    .filter(text -> !text.isEmpty())
                    .map(text -> ServerSentEvents.message(text, allocator))
                    .concatWith(Mono.fromSupplier(() -> ServerSentEvents.named("end", "", allocator)))
                    // too late for a status
                    .onErrorResume(error ->
                            Mono.fromSupplier(() -> ServerSentEvents.named("error", error.toString(), allocator)));
        });
    }

    private static final class PromptTooLongException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        PromptTooLongException() {
            super("a prompt may have at most " + MOST_CHARACTERS + " characters");
        }
    }
}
