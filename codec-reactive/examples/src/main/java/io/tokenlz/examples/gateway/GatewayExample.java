package io.tokenlz.examples.gateway;

import java.time.Duration;
import java.util.stream.IntStream;
import reactor.core.publisher.Flux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;

/** The gateway and a stand-in for a model, which repeats the prompt, a token every 50 ms. */
public final class GatewayExample {
    private static final String HOST = "127.0.0.1";
    private static final Duration PACE = Duration.ofMillis(50);

    private GatewayExample() {}

    /**
     * Runs until it is interrupted.
     *
     * @param arguments the gateway's port; 8080 without one
     */
    public static void main(String[] arguments) throws InterruptedException {
        int port = arguments.length == 0 ? 8080 : Integer.parseInt(arguments[0]);
        HttpServer onThisMachine = HttpServer.create().host(HOST);
        try (ModelStandIn model = new ModelStandIn(onThisMachine.port(0), GatewayExample::repeat);
                Gateway gateway = new Gateway(
                        onThisMachine.port(port),
                        HttpClient.create().baseUrl("http://" + HOST + ":" + model.port()),
                        new Vocabulary())) {
            System.out.println("There is no model here: a stand-in repeats what you say. Try");
            System.out.println(
                    "    curl -N --data-binary 'Hello, 世界 👋' http://" + HOST + ":" + gateway.port() + "/chat");
            Thread.currentThread().join();
        }
    }

    private static Flux<Integer> repeat(int[] prompt) {
        return Flux.fromStream(() -> IntStream.of(prompt).boxed()).delayElements(PACE);
    }
}
