package io.tokenlz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenlz.bench.TokenFile;
import io.tokenlz.bench.WireExtreme;
import io.tokenlz.bench.WireResult;
import io.tokenlz.bench.WireScenario;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WireReportTest {
    private static final TokenFile TOKENS =
            new TokenFile("code", "code-x", IntStream.range(0, 3000).toArray(), 3000, null);

    /** Files of two kinds in which our format takes so many bytes a token, and each rival one. */
    private static WireReport report(double codeBytes, double logsBytes, @Nullable String difference) {
        List<WireOutcome> outcomes = new ArrayList<>();
        for (WireScenario scenario : WireScenario.values()) {
            outcomes.add(new WireOutcome(
                    scenario,
                    List.of(kind(scenario, "code", codeBytes, difference), kind(scenario, "logs", logsBytes, null))));
        }
        return new WireReport(outcomes, List.of(WireExtreme.measure(TOKENS)), 1);
    }

    private static WireKind kind(WireScenario scenario, String kind, double bytes, @Nullable String difference) {
        return new WireKind(
                kind,
                scenario.contenders().stream()
                        .map(contender -> contender.name().equals(WireScenario.OURS)
                                ? result(contender.name(), bytes, 1, difference)
                                : result(contender.name(), 1, 2, null))
                        .toList());
    }

    private static WireResult result(String name, double bytes, double seconds, @Nullable String difference) {
        return new WireResult(
                name, List.of(new WireResult.Size(1000, Math.round(1000 * bytes))), seconds, seconds, difference);
    }

    private static String verdicts(WireReport report) {
        return WireTargets.of(report).stream()
                .map(row -> row.target().charAt(0) + " " + row.verdict() + " " + row.figure())
                .collect(Collectors.joining("\n"));
    }

    private static String printed(WireReport report) {
        StringWriter printed = new StringWriter();
        WireTables.print(report, new PrintWriter(printed));
        return printed.toString();
    }

    @Test
    void targetsAreDecidedByTheWorstKind() {
        assertThat(verdicts(report(0.5, 0.86, null)))
                .contains("a met at worst 0.860 times, on logs")
                .contains("b met 0.680 times", "b missed 2.00 times")
                .contains("c missed at worst 0.860 times, on logs")
                .contains("d met at worst 0.860 times", "d met 2.00 times")
                .contains("e met 0.680 times", "e met at worst 0.500 times, on code")
                .contains("f met");
        assertThat(verdicts(report(0.5, 0.85, null))).contains("c met at worst 0.850 times, on logs");
        assertThat(verdicts(report(1, 0.5, null)))
                .contains("a missed at worst 1.000 times, on code")
                .contains("d missed at worst 1.000")
                .contains("e met 0.750 times", "e missed at worst 1.000 times, on code");
    }

    @Test
    void oneThatDoesNotComeBackIsSeenEverywhere() throws Exception {
        WireReport good = report(0.5, 0.5, null);
        assertThat(good.exitStatus()).isZero();
        assertThat(printed(good)).contains("All came back exactly.").doesNotContain("WRONG");

        WireReport bad = report(0.5, 0.5, "code-x from token 7");
        assertThat(bad.exitStatus()).isEqualTo(1);
        assertThat(printed(bad))
                .contains("WRONG in messages, ours: code-x from token 7")
                .contains("NOT ALL CAME BACK.");
        StringWriter json = new StringWriter();
        WireJson.print(bad, new PrintWriter(json));
        JsonNode root = new ObjectMapper().readTree(json.toString());
        assertThat(root.get("exact").booleanValue()).isFalse();
        assertThat(json.toString()).contains("\"difference\" : \"code-x from token 7\"");
    }

    @Test
    void anExtremeThatDoesNotComeBackCountsToo() {
        WireExtreme.Bytes bytes = new WireExtreme.Bytes(11, 10);
        WireReport report = new WireReport(
                report(0.5, 0.5, null).outcomes(), List.of(new WireExtreme("zeros", 10, 10, bytes, bytes, "zeros")), 1);
        assertThat(report.exitStatus()).isEqualTo(1);
        assertThat(verdicts(report)).contains("f missed 1 bytes more, on zeros");
    }
}
