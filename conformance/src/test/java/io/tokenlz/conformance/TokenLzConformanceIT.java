package io.tokenlz.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenlz.conformance.StandIn.Bug;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/** The jar as a user runs it, in a process of its own, on a program in another. */
class TokenLzConformanceIT {
    @TempDir
    Path folder;

    private String run(int status, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(List.of("-jar", System.getProperty("tokenlz.conformance.jar")));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(folder.resolve("stderr").toFile())
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed + standardError()).isEqualTo(status);
        return printed;
    }

    private String standardError() throws IOException {
        return Files.readString(folder.resolve("stderr"));
    }

    private static String command(Bug bug) {
        return StandIn.command(bug).stream().map(word -> '"' + word + '"').collect(Collectors.joining(" "));
    }

    @Test
    void aProgramThatIsRightPasses() throws IOException, InterruptedException {
        String printed = run(0, "check", "--command", command(Bug.NONE), "--tries", "20", "--seed", "3");
        assertThat(printed).contains("seed 3", "started 1 times", "hypertokens", "meta", "wire");
        assertThat(printed.lines().filter(line -> line.endsWith(" 0        0        0       0        0     0")))
                .isEmpty();
    }

    @Test
    void findingsAreReportedAsTextJsonAndJunit() throws Exception {
        Path json = folder.resolve("report.json");
        Path junit = folder.resolve("report.xml");
        String printed = run(
                1,
                "check",
                "--command",
                command(Bug.PHRASES_ONE_TOO_LONG),
                "--suite",
                "hypertokens",
                "--property",
                "encode",
                "--tries",
                "40",
                "--seed",
                "3",
                "--json",
                json.toString(),
                "--junit",
                junit.toString());
        assertThat(printed)
                .contains("hypertokens/encode failed: \"codebook\" is [")
                .contains("  job    {\"kind\":");
        JsonNode property =
                new ObjectMapper().readTree(json.toFile()).get("properties").get(0);
        assertThat(property.get("name").textValue()).isEqualTo("encode");
        assertThat(property.get("failed").intValue()).isPositive();
        assertThat(property.get("findings").get(0).get("job").textValue()).contains("\"kind\":\"encode\"");
        Element suite = (Element) DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(junit.toFile())
                .getElementsByTagName("testsuite")
                .item(0);
        assertThat(suite.getAttribute("failures")).isEqualTo("1");
        assertThat(suite.getElementsByTagName("failure").item(0).getTextContent())
                .contains("\"codebook\" is");
    }

    @Test
    void misuseIsToldApart() throws IOException, InterruptedException {
        run(2, "check", "--command", "/no/such/program", "--tries", "1");
        assertThat(standardError()).startsWith("tokenlz-conformance: ").hasLineCount(1);
        run(2, "check");
        assertThat(standardError()).contains("--command");
        run(2, "check", "--command", "x", "--suite", "tea");
        run(2, "check", "--command", "x", "--property", "tea");
        run(2, "check", "--command", "x", "--tries", "0");
        run(2, "check", "--command", "'x");
        assertThat(standardError()).contains("quote");
        run(2);
        run(0, "--help");
        run(0, "check", "--help");
    }
}
