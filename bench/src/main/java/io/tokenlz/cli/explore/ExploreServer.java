package io.tokenlz.cli.explore;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.tokenlz.bench.Tokenizer;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Serves one page, and streams to it. Only this machine can reach it, and only a page of its own: it listens on the loopback
 * address, and answers no request that was made for another host or by another site.
 */
public final class ExploreServer implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final String STREAMS = "/streams";
    private static final int HTTP_PORT = 80;
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final String page;
    private final String policy;
    private final Map<String, Mono<Tokenizer>> tokenizers = new ConcurrentHashMap<>();
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final DisposableServer server;

    /**
     * Begins to serve.
     *
     * @param port 0 for any that is free
     * @param page the whole page
     * @param policy its content security policy
     * @throws reactor.netty.ChannelBindException if the port is in use
     */
    public ExploreServer(int port, String page, String policy) {
        this.page = page;
        this.policy = policy;
        server = HttpServer.create()
                .host(LOOPBACK)
                .port(port)
                .doOnConnection(connection -> connections.add(connection.channel()))
                .handle(this::answer)
                .bindNow();
    }

    /** Where the page is. */
    public URI address() {
        return URI.create("http://" + LOOPBACK + ":" + server.port() + "/");
    }

    /** The names of the codecs that can be asked for. */
    public static List<String> codecs() {
        return Arrays.stream(ExploreCodec.values()).map(ExploreCodec::label).toList();
    }

    /** The longest text that can be asked for, in UTF-16 units. */
    public static int mostCharacters() {
        return ExploreRequest.MOST_CHARACTERS;
    }

    /** Waits until it was closed. */
    public void await() {
        server.onDispose().block();
    }

    /** Ends the streams that are under way, too. */
    @Override
    public void close() {
        server.disposeNow(CLOSING);
        connections.close().awaitUninterruptibly(CLOSING.toMillis());
    }

    private Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        response.header("X-Content-Type-Options", "nosniff")
                .header("Cache-Control", "no-store")
                .header("Referrer-Policy", "no-referrer")
                .header("Cross-Origin-Resource-Policy", "same-origin")
                .header("Content-Security-Policy", policy + "; frame-ancestors 'none'");
        return Mono.defer(() -> route(request, response))
                .onErrorResume(RefusedRequest.class, refused -> refuse(response, refused));
    }

    private Mono<Void> route(HttpServerRequest request, HttpServerResponse response) {
        requireOwn(request);
        String path = "/" + request.path();
        String method = request.method().name();
        if (path.equals("/")) {
            require(response, method, "GET", "HEAD");
            response.header(HttpHeaderNames.CONTENT_TYPE, "text/html; charset=utf-8");
            return method.equals("HEAD")
                    ? response.send().then()
                    : response.sendString(Mono.just(page)).then();
        }
        if (path.equals(STREAMS)) {
            require(response, method, "POST");
            return stream(request, response);
        }
        throw new RefusedRequest(HttpResponseStatus.NOT_FOUND, "There is nothing at " + path + ".");
    }

    private static void require(HttpServerResponse response, String method, String... allowed) {
        if (!List.of(allowed).contains(method)) {
            response.header(HttpHeaderNames.ALLOW, String.join(", ", allowed));
            throw new RefusedRequest(HttpResponseStatus.METHOD_NOT_ALLOWED, "Not by " + method + ".");
        }
    }

    /** A name that leads here may be another site's (DNS rebinding), and so may the page that asks. */
    private static void requireOwn(HttpServerRequest request) {
        int port = request.connectionHostAddress() instanceof InetSocketAddress here ? here.getPort() : HTTP_PORT;
        String host = request.requestHeaders().get(HttpHeaderNames.HOST, "");
        Set<String> own = port == HTTP_PORT
                ? Set.of(LOOPBACK, "localhost", LOOPBACK + ":80", "localhost:80")
                : Set.of(LOOPBACK + ":" + port, "localhost:" + port);
        if (!own.contains(host)) {
            throw new RefusedRequest(HttpResponseStatus.FORBIDDEN, "This is not the host '" + host + "'.");
        }
        @Nullable String origin = request.requestHeaders().get(HttpHeaderNames.ORIGIN);
        if (origin != null && !origin.equals("http://" + host)) {
            throw new RefusedRequest(HttpResponseStatus.FORBIDDEN, "Pages of '" + origin + "' may not ask.");
        }
    }

    private Mono<Void> stream(HttpServerRequest request, HttpServerResponse response) {
        String type = request.requestHeaders().get(HttpHeaderNames.CONTENT_TYPE, "");
        if (!type.startsWith("application/json")) {
            throw new RefusedRequest(HttpResponseStatus.UNSUPPORTED_MEDIA_TYPE, "Only JSON is understood.");
        }
        return body(request)
                .map(ExploreRequest::parse)
                .flatMap(parsed -> tokenizer(parsed.vocabulary())
                        .publishOn(Schedulers.boundedElastic())
                        .map(tokenizer -> new ExploredStream(parsed, tokenizer)))
                .flatMap(stream -> response.sse()
                        .send(stream.events().map(ServerEvent::toBytes), event -> true)
                        .then());
    }

    private Mono<Tokenizer> tokenizer(String vocabulary) {
        return tokenizers.computeIfAbsent(
                vocabulary,
                name -> Mono.fromCallable(() -> Tokenizer.named(name).orElseThrow())
                        .subscribeOn(Schedulers.boundedElastic())
                        .cache());
    }

    /** All of a body, as long as it is not longer than any text makes it. */
    private static Mono<byte[]> body(HttpServerRequest request) {
        return request.receive()
                .asByteArray()
                .reduceWith(ByteArrayOutputStream::new, (whole, part) -> {
                    if (whole.size() + part.length > ExploreRequest.MOST_BYTES) {
                        throw new RefusedRequest(
                                HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
                                "The request has more than " + ExploreRequest.MOST_BYTES + " bytes.");
                    }
                    whole.writeBytes(part);
                    return whole;
                })
                .map(ByteArrayOutputStream::toByteArray);
    }

    private static Mono<Void> refuse(HttpServerResponse response, RefusedRequest refused) {
        String message = new ObjectMapper()
                .createObjectNode()
                .put("message", refused.getMessage())
                .toString();
        return response.status(refused.status())
                .header(HttpHeaderNames.CONTENT_TYPE, "application/json")
                .sendString(Mono.just(message))
                .then();
    }
}
