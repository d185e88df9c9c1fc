package io.tokenlz.cli.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenlz.bench.Tokenizer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExploreServerTest {
    private static final String TEXT = "The cat sat on the mat, and the cat sat on the hat.\n".repeat(12) + "🙂 end";
    private static final ObjectMapper JSON = new ObjectMapper();

    private static ExploreServer server;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        server = new ExploreServer(0, "<!DOCTYPE html><title>page</title>", "default-src 'none'");
    }

    @AfterAll
    static void close() {
        server.close();
    }

    private static ObjectNode request(String text, String codec, int tokensPerSecond) {
        return JSON.createObjectNode()
                .put("text", text)
                .put("vocabulary", "o200k_base")
                .put("codec", codec)
                .put("tokensPerSecond", tokensPerSecond);
    }

    private static HttpResponse<String> post(String body, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.address().resolve("streams"))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", "application/json");
        return CLIENT.send((headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofString());
    }

    private record Event(String name, JsonNode data) {}

    private static List<Event> events(String stream) throws IOException {
        List<Event> events = new ArrayList<>();
        assertThat(stream).endsWith("\n\n");
        for (String event : stream.strip().split("\n\n", -1)) {
            String[] lines = event.split("\n", -1);
            assertThat(lines).hasSize(2);
            assertThat(lines[0]).startsWith("event: ");
            assertThat(lines[1]).startsWith("data: ");
            events.add(new Event(lines[0].substring(7), JSON.readTree(lines[1].substring(6))));
        }
        return events;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "hypertokens;0",
                "hypertokens, emitted replay;0",
                "meta-tokens, flat;0",
                "meta-tokens, nested;0",
                "hypertokens;1000",
                "meta-tokens, nested;1000"
            })
    void whatIsToldAddsUp(String codec, int pace) throws IOException, InterruptedException {
        HttpResponse<String> response = post(request(TEXT, codec, pace).toString());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).hasValue("text/event-stream");
        List<Event> events = events(response.body());
        List<Integer> taken = new ArrayList<>();
        List<Integer> stoodFor = new ArrayList<>();
        Map<Integer, JsonNode> entries = new HashMap<>();
        StringBuilder texts = new StringBuilder();
        int ids = 0;
        for (Event event : events) {
            event.data().path("ids").forEach(id -> taken.add(id.intValue()));
            for (JsonNode item : event.data().path("items")) {
                ids++;
                item.path("entries")
                        .forEach(entry -> entries.put(entry.get("id").intValue(), entry.get("tokens")));
                if (item.get("role").asText().equals("dictionary")) {
                    continue;
                }
                item.get("tokens").forEach(token -> stoodFor.add(token.intValue()));
                texts.append(item.get("text").asText());
                if (item.get("role").asText().equals("phrase")) {
                    assertThat(item.get("tokens"))
                            .isEqualTo(entries.get(item.get("id").intValue()));
                } else {
                    assertThat(item.get("tokens")).hasSize(1);
                }
            }
        }
        List<Integer> tokens = new ArrayList<>();
        for (int token : Tokenizer.named("o200k_base").orElseThrow().tokens(TEXT)) {
            tokens.add(token);
        }
        assertThat(taken).isEqualTo(tokens);
        assertThat(stoodFor).isEqualTo(tokens);
        assertThat(texts).hasToString(TEXT);
        Event end = events.get(events.size() - 1);
        assertThat(end.name()).isEqualTo("end");
        assertThat(end.data().get("exact").booleanValue()).isTrue();
        assertThat(end.data().get("ids").intValue()).isEqualTo(ids).isLessThan(tokens.size() * 2 / 3);
        assertThat(end.data().get("bytes").findValues("tokens in frames").get(0).intValue())
                .isPositive();
        assertThat(end.data().get("bytes")).hasSize(5);
    }

    /** An encoder that waits for nothing gives its IDs while tokens still go in. */
    @Test
    void idsComeWhileTokensGoIn() throws IOException, InterruptedException {
        List<Event> events =
                events(post(request(TEXT, "hypertokens", 1000).toString()).body());
        int firstGive = events.stream().map(Event::name).toList().indexOf("give");
        int lastTake = events.stream().map(Event::name).toList().lastIndexOf("take");
        assertThat(firstGive).isLessThan(lastTake / 2);
    }

    @Test
    void thePageIsServed() throws IOException, InterruptedException {
        HttpResponse<String> page =
                CLIENT.send(HttpRequest.newBuilder(server.address()).build(), BodyHandlers.ofString());
        assertThat(page.body()).contains("<title>page</title>");
        assertThat(page.headers().firstValue("content-security-policy"))
                .hasValue("default-src 'none'; frame-ancestors 'none'");
        assertThat(page.headers().firstValue("x-content-type-options")).hasValue("nosniff");
    }

    private static void assertRefused(int status, String reason, HttpResponse<String> response) throws IOException {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(JSON.readTree(response.body()).get("message").asText()).contains(reason);
    }

    @Test
    void badRequestsGetAClearMessage() throws IOException, InterruptedException {
        assertRefused(400, "not JSON", post("{"));
        assertRefused(400, "no vocabulary ''", post("[]"));
        assertRefused(400, "no vocabulary ''", post(""));
        ObjectNode good = request("text", "hypertokens", 0);
        assertRefused(
                400,
                "no vocabulary 'klingon'",
                post(good.deepCopy().put("vocabulary", "klingon").toString()));
        assertRefused(
                400, "no codec 'zip'", post(good.deepCopy().put("codec", "zip").toString()));
        assertRefused(
                400, "There is no text", post(good.deepCopy().put("text", "").toString()));
        assertRefused(
                400, "There is no text", post(good.deepCopy().put("text", 7).toString()));
        assertRefused(
                400,
                "tokensPerSecond",
                post(good.deepCopy().put("tokensPerSecond", 1001).toString()));
        assertRefused(
                400,
                "tokensPerSecond",
                post(good.deepCopy().put("tokensPerSecond", -1).toString()));
        assertRefused(
                400, "half a character, behind 2", post(good.toString().replace("text\",\"v", "ab\\uD83D!\",\"v")));
        assertRefused(
                400,
                "40,001 characters",
                post(good.deepCopy().put("text", "x".repeat(40_001)).toString()));
        assertRefused(
                413,
                "more than",
                post(good.deepCopy().put("text", "x".repeat(1_000_000)).toString()));
        assertThat(post(good.deepCopy().put("text", "é".repeat(40_000)).toString())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void otherPathsMethodsAndTypesAreRefused() throws IOException, InterruptedException {
        URI streams = server.address().resolve("streams");
        assertRefused(
                404,
                "nothing at /etc/passwd",
                CLIENT.send(
                        HttpRequest.newBuilder(server.address().resolve("etc/passwd"))
                                .build(),
                        BodyHandlers.ofString()));
        HttpResponse<String> get = CLIENT.send(HttpRequest.newBuilder(streams).build(), BodyHandlers.ofString());
        assertRefused(405, "Not by GET", get);
        assertThat(get.headers().firstValue("allow")).hasValue("POST");
        // what a form of another site could send without asking first
        HttpRequest form = HttpRequest.newBuilder(streams)
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        assertRefused(415, "Only JSON", CLIENT.send(form, BodyHandlers.ofString()));
    }

    private static String statusFor(String... headers) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
            String request = "GET / HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.split(" ", 3)[1];
        }
    }

    /** A name of another site that leads here (DNS rebinding), and a page of another site. */
    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:PORT", "127.0.0.1", "127.0.0.1:1", "evil.127.0.0.1:PORT", ""})
    void anotherHostIsRefused(String host) throws IOException {
        String port = Integer.toString(server.address().getPort());
        assertThat(statusFor("Host: " + host.replace("PORT", port))).isEqualTo("403");
        assertThat(statusFor("Host: 127.0.0.1:" + port)).isEqualTo("200");
        assertThat(statusFor("Host: localhost:" + port)).isEqualTo("200");
        assertThat(statusFor("Host: localhost:" + port, "Origin: http://localhost:" + port))
                .isEqualTo("200");
        for (String origin : List.of("http://evil.example", "null", "https://localhost:" + port, "http://localhost")) {
            assertThat(statusFor("Host: localhost:" + port, "Origin: " + origin))
                    .isEqualTo("403");
        }
    }

    @Test
    void onlyThisMachineIsListenedTo() throws IOException {
        assertThat(InetAddress.getByName(server.address().getHost()).isLoopbackAddress())
                .isTrue();
        for (InetAddress address :
                InetAddress.getAllByName(InetAddress.getLocalHost().getHostName())) {
            if (!address.isLoopbackAddress()) {
                assertThatExceptionOfType(IOException.class)
                        .isThrownBy(() -> new Socket(address, server.address().getPort()).close());
            }
        }
    }
}
