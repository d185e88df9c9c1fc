package io.tokenlz.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openjdk.jmh.runner.RunnerException;

/** Every benchmark works, and its figures come back from the file that keeps them. */
class BenchmarkRunTest {
    @ParameterizedTest
    @EnumSource(BenchmarkSuite.class)
    void everyBenchmarkRunsOnce(BenchmarkSuite suite) throws RunnerException {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        BenchmarkResults results =
                new BenchmarkRun(suite, BenchmarkProfile.ONCE, List.of()).run(nowhere, "target/corpus");
        assertThat(results.suite()).isEqualTo(suite.label());
        assertThat(results.figures()).isNotEmpty().allSatisfy(figure -> {
            assertThat(figure.runs()).hasSize(1);
            assertThat(figure.mean()).isPositive();
            assertThat(figure.parameters()).doesNotContainKey("folder");
        });
        assertThat(results.surroundings()).containsKeys("machine", "jdk", "commit", "taken", "loadBefore");
        BenchmarkResults again = BenchmarkResults.parse(results.toJson());
        assertThat(again.toJson()).isEqualTo(results.toJson());
        assertThat(again.figures()).hasSameSizeAs(results.figures());
    }

    @Test
    void aFigureHasItsLine() {
        SortedMap<String, String> parameters = new TreeMap<>(Map.of("corpus", "code"));
        BenchmarkFigure figure = new BenchmarkFigure(
                "B.encode", parameters, "ops/us", List.of(123.456789, 0.000123456, 9_876_543.0), Double.NaN);
        String json = new BenchmarkResults("s", "quick", Map.of("jdk", "17"), List.of(figure)).toJson();
        assertThat(json.lines())
                .containsExactly(
                        "{",
                        " \"suite\": \"s\",",
                        " \"profile\": \"quick\",",
                        " \"jdk\": \"17\",",
                        " \"figures\": [",
                        "  {\"benchmark\":\"B.encode\",\"parameters\":{\"corpus\":\"code\"},\"unit\":\"ops/us\","
                                + "\"runs\":[123.46,1.2346E-4,9876500.0]}",
                        " ]",
                        "}");
        BenchmarkResults again = BenchmarkResults.parse(json);
        assertThat(again.surroundings()).containsExactlyEntriesOf(Map.of("jdk", "17"));
        assertThat(again.figures().get(0).measuresSameAs(figure)).isTrue();
        assertThat(again.figures().get(0).allocatedBytes()).isNaN();
    }

    @Test
    void otherFilesAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BenchmarkResults.parse("{"))
                .withMessageContaining("not JSON");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BenchmarkResults.parse("[]"))
                .withMessageContaining("no results");
    }
}
