package io.tokenlz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenlz.bench.StreamsMeasurement;
import io.tokenlz.hypertokens.HypertokenCodec;
import io.tokenlz.hypertokens.HypertokenConfig;
import io.tokenlz.hypertokens.ReplayRule;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScalingReportTest extends InProcessCommandLine {
    @Test
    void lengthsStreamsAndThreadsAreMeasured() throws IOException {
        String[] json = {"report", "--scaling", "--longest=10000", "--streams=10", "--seconds=0.001", "--json"};
        assertThat(run(json)).as(complained).isZero();
        JsonNode report = new ObjectMapper().readTree(printed);
        assertThat(report.get("exact").booleanValue()).isTrue();
        assertThat(report.get("lengths")).hasSize(6);
        assertThat(report.get("streams").findValuesAsText("streams")).containsExactly("1", "10");
        assertThat(report.get("threads").findValuesAsText("threads")).containsExactly("1", "2");
        for (JsonNode figure : report.get("lengths")) {
            assertThat(figure.get("encodeNanosPerToken").doubleValue()).isPositive();
        }
        assertThat(report.at("/streams/1/encoderBytes").longValue()).isBetween(50_000L, 500_000L);
        assertThat(report.at("/threads/1/hypertokens").doubleValue()).isPositive();
        assertThat(report.at("/growth/length").findValuesAsText("codec"))
                .containsExactly("hypertokens", "meta flat", "meta nested");
        assertThat(report.at("/growth/length/0/encode").isNumber()).isTrue();
        assertThat(report.at("/growth/streams/decode").isNumber()).isTrue();
    }

    @Test
    void peopleGetTables() {
        assertThat(run("report", "--scaling", "--longest=1000", "--streams=1", "--seconds=0.001"))
                .isZero();
        assertThat(printed)
                .contains("### length", "### streams", "### threads", "| 1,000 ", "All came back exactly.")
                .contains("time grows with this power of the length", "time grows with this power of the streams");
    }

    @Test
    void oneThatDoesNotComeBackIsSeen() {
        StreamsMeasurement.Result bad = new StreamsMeasurement.Result(1, 1, 1, 1, false);
        ScalingReport report = new ScalingReport(Map.of(1000, List.of()), Map.of(1, bad), Map.of(1, Map.of()), 1);
        assertThat(report.exitStatus()).isEqualTo(TokenLz.NOT_EXACT);
        StringWriter printedReport = new StringWriter();
        report.print(new PrintWriter(printedReport));
        assertThat(printedReport.toString()).contains("NOT ALL CAME BACK.");
    }

    @Test
    void streamsInTurnsComeBack() {
        HypertokenConfig config =
                HypertokenConfig.builder(200_019, ReplayRule.EMITTED).build();
        for (int streams : new int[] {1, 7}) {
            assertThat(new StreamsMeasurement(new HypertokenCodec(config), streams)
                            .run(0)
                            .exact())
                    .isTrue();
        }
    }

    @Test
    void badFlagsAreOneClearLine() {
        assertRefused("need --scaling", "report", "--longest", "1000");
        assertRefused("need --scaling", "report", "--streams", "1");
        assertRefused("takes no FILE", "report", "--scaling", "notes.txt");
        assertRefused("exclude each other", "report", "--scaling", "--wire");
        assertRefused("exclude each other", "report", "--scaling", "--html", "x.html");
        assertRefused("--longest must be", "report", "--scaling", "--longest", "999");
        assertRefused("--streams must be", "report", "--scaling", "--streams", "0");
        assertRefused("--seconds must be above 0", "report", "--scaling", "--seconds", "0");
    }
}
