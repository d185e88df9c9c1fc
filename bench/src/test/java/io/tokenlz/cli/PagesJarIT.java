package io.tokenlz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What shows pages, from the jar as a user runs it: it brings all that they need. */
class PagesJarIT {
    @TempDir
    Path folder;

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(List.of("-jar", System.getProperty("tokenlz.jar")));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(folder.resolve("stderr").toFile())
                .start();
        process.getOutputStream().close();
        return process;
    }

    private String standardError() throws IOException {
        return Files.readString(folder.resolve("stderr"));
    }

    @Test
    void thePageOfAReportIsWritten() throws IOException, InterruptedException {
        Path page = folder.resolve("report.html");
        Path text = Files.writeString(folder.resolve("notes.txt"), "the cat sat on the mat, and ".repeat(300));
        Process process = start("report", "--html", page.toString(), "--seconds", "0", text.toString());
        assertThat(process.waitFor()).as(standardError()).isZero();
        assertThat(standardError()).isEmpty();
        assertThat(Files.readString(page)).contains("notes.txt", "Chart.js v", "tokenlz 0.", "java -jar ");
    }

    @Test
    void theServerServesUntilItIsEnded() throws IOException, InterruptedException {
        Process process = start("explore");
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            URI address = URI.create(Objects.requireNonNull(out.readLine(), standardError()));
            HttpClient client = HttpClient.newHttpClient();
            assertThat(client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                            .body())
                    .contains("java-agrona");
            String request =
                    "{\"text\":\"to be or not to be\",\"vocabulary\":\"cl100k_base\",\"codec\":\"hypertokens\","
                            + "\"tokensPerSecond\":0}";
            HttpRequest stream = HttpRequest.newBuilder(address.resolve("streams"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(request))
                    .build();
            assertThat(client.send(stream, BodyHandlers.ofString()).body())
                    .contains("event: take", "event: give", "event: end", "\"exact\":true");
            assertThat(process.isAlive()).isTrue();
        } finally {
            process.destroy();
            process.waitFor();
        }
        assertThat(standardError()).isEmpty();
    }
}
