package io.tokenlz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenlz.bench.BenchmarkFigure;
import io.tokenlz.bench.BenchmarkResults;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** compare, and the flags of bench, in process. */
class CompareCommandTest extends InProcessCommandLine {
    private static BenchmarkFigure figure(String benchmark, String unit, double bytes, Double... runs) {
        return new BenchmarkFigure(benchmark, new TreeMap<>(Map.of("corpus", "code")), unit, List.of(runs), bytes);
    }

    private String results(String name, String commit, BenchmarkFigure... figures) throws IOException {
        BenchmarkResults results =
                new BenchmarkResults("hypertokens", "quick", Map.of("commit", commit), List.of(figures));
        return Files.writeString(folder.resolve(name), results.toJson()).toString();
    }

    @Test
    void onlyWhatIsBeyondTheNoiseIsTold() throws IOException {
        String before = results(
                "before.json",
                "1234567",
                figure("B.rate", "ops/us", 0, 100.0, 110.0),
                figure("B.time", "ns/op", 0, 100.0, 110.0),
                figure("B.overlapping", "ops/us", 0, 100.0, 120.0),
                figure("B.close", "ops/us", 0, 100.0, 100.5),
                figure("B.garbage", "ops/us", 0, 100.0),
                figure("B.gone", "ops/us", 0, 100.0));
        String after = results(
                "after.json",
                "89abcde",
                figure("B.rate", "ops/us", 0, 150.0, 160.0),
                figure("B.time", "ns/op", 0, 200.0, 220.0),
                figure("B.overlapping", "ops/us", 0, 119.0, 150.0),
                figure("B.close", "ops/us", 0, 101.0, 102.0),
                figure("B.garbage", "ops/us", 64, 100.0),
                figure("B.new", "ops/us", 0, 100.0));
        assertThat(run("compare", before, after)).as(complained).isZero();
        assertThat(printed)
                .contains("1234567 | 89abcde")
                .containsPattern("B.rate +\\| corpus=code \\| ops/us \\| 105.00 \\| 155.00 \\| 1.48x")
                .containsPattern("B.time +\\| corpus=code \\| +ns/op \\| 105.00 \\| 210.00 \\| 0.50x")
                .containsPattern("B.garbage .* 0.0 to 64.0")
                .doesNotContain("overlapping", "B.close")
                .endsWith("1 faster, 1 slower, 3 within the noise; 1 only before, 1 only after\n");
        assertThat(run("compare", "--noise", "60", before, after)).isZero();
        assertThat(printed).contains("0 faster, 0 slower, 5 within the noise");
    }

    @Test
    void otherFilesAndFlagsAreRefused() throws IOException {
        String results = results("a.json", "1", figure("B.rate", "ops/us", 0, 1.0));
        String text = Files.writeString(folder.resolve("b.json"), "[1]").toString();
        assertRefused("b.json: no results of benchmarks", "compare", results, text);
        assertRefused("no such file", "compare", results, results + "x");
        assertRefused("--noise must be 0 to 100", "compare", "--noise", "-1", results, results);
        assertRefused("no such folder", "bench", "serving", "--sample-text", results + "x");
        assertRefused("SUITE", "bench", "everything");
        String corpus = folder.toString();
        assertRefused("no such file", "bench", "wire", "--sample-text", corpus, "--corpus", corpus + "/none.u32");
    }
}
