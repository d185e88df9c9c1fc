package io.tokenlz.examples.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.netty.buffer.ByteBufUtil;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;

/** Posts text to a gateway and reads the events that come back. */
final class ChatClient {
    private static final JsonFactory JSON = new JsonFactory();

    private final HttpClient http;

    /**
     * @param http with the gateway's address
     */
    ChatClient(HttpClient http) {
        this.http = http;
    }

    /** The pieces of an answer; an error event, and an answer without an end, is an error. */
    Flux<String> chat(String prompt) {
        return http.post()
                .uri("/chat")
                .send(ByteBufFlux.fromString(Mono.just(prompt)))
                .response((response, body) -> response.status().code() == 200
                        ? pieces(body)
                        : Flux.error(
                                new IOException("status " + response.status().code())));
    }

    private static Flux<String> pieces(ByteBufFlux body) {
        return Flux.defer(() -> {
            Events events = new Events();
            return body.concatMapIterable(bytes -> events.append(ByteBufUtil.getBytes(bytes)))
                    .concatWith(Mono.fromRunnable(events::requireEnded));
        });
    }

    /** Cuts one stream into events. */
    private static final class Events {
        private static final String END = "\n\n";
        private static final String DATA = "data: ";

        private final TextPieces text = new TextPieces();
        private final StringBuilder unread = new StringBuilder();
        private boolean ended;

        List<String> append(byte[] bytes) {
            unread.append(text.append(bytes));
            List<String> messages = new ArrayList<>();
            int at = 0;
            for (int end = unread.indexOf(END); end >= 0; end = unread.indexOf(END, at)) {
                read(unread.substring(at, end), messages);
                at = end + END.length();
            }
            unread.delete(0, at);
            return messages;
        }

        private void read(String event, List<String> messages) {
            if (event.startsWith(DATA)) {
                messages.add(unquote(event.substring(DATA.length())));
            } else if (event.startsWith("event: end\n")) {
                ended = true;
            } else {
                throw new IllegalStateException(event);
            }
        }

        private static String unquote(String json) {
            if (json.indexOf('\\') < 0) {
                return json.substring(1, json.length() - 1);
            }
            try (JsonParser parser = JSON.createParser(json)) {
                return parser.nextTextValue();
            } catch (IOException noJson) {
                throw new UncheckedIOException(noJson);
            }
        }

        void requireEnded() {
            if (!ended) {
                throw new IllegalStateException("no end, but " + unread);
            }
        }
    }
}
