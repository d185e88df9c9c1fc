package io.tokenlz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenlz.bench.CodecMeasurement;
import io.tokenlz.bench.SampleText;
import io.tokenlz.bench.WindowMeasurement;
import io.tokenlz.metatokens.MetaTokenCodec;
import io.tokenlz.metatokens.MetaTokenConfig;
import io.tokenlz.metatokens.MetaTokenEffort;
import io.tokenlz.metatokens.MetaTokenForm;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MetaReportTest extends InProcessCommandLine {
    private static final int[] PERIODS =
            IntStream.range(0, 9000).map(i -> i * i % 61 % 50).toArray();

    private JsonNode json(String... more) throws IOException {
        String[] arguments = Arrays.copyOf(new String[] {"report", "--meta", "--json"}, 3 + more.length);
        System.arraycopy(more, 0, arguments, 3, more.length);
        assertThat(run(arguments)).as(complained).isZero();
        return new ObjectMapper().readTree(printed);
    }

    /** Code of the build, without timing. */
    @Test
    void moreEffortRemovesMoreAndNestingNeverHarms() throws IOException {
        String code = SampleText.CODE.read(Path.of("target/corpus")).substring(0, 120_000);
        Path in = Files.writeString(folder.resolve("code.txt"), code);
        JsonNode report = json("--seconds=0", in.toString());
        assertThat(report.get("exact").booleanValue()).isTrue();
        assertThat(report.get("windows").intValue()).isEqualTo(3);
        assertThat(report.get("searches")).hasSize(8);
        double last = 0;
        for (String form : List.of("FLAT", "NESTED")) {
            for (JsonNode search : report.get("searches")) {
                if (search.get("form").textValue().equals(form)) {
                    assertThat(search.get("removed").doubleValue()).isGreaterThanOrEqualTo(last);
                    last = search.get("removed").doubleValue();
                }
                assertThat(search.get("windowsWorseThanFlat").intValue()).isZero();
                assertThat(search.get("removedByKind")).hasSize(1);
            }
            last = 0.3;
        }
        assertThat(report.get("zstdMedianMillis").doubleValue()).isZero();
        assertThat(report.get("lengths")).isEmpty();
    }

    /** The mean of a folder is the mean of its files, not of its windows; extremes are in none. */
    @Test
    void aFolderIsReportedByKind() throws IOException {
        Path corpora = Files.createDirectories(folder.resolve("corpora/llama2"));
        Files.copy(Path.of(file("a.u32", PERIODS)), corpora.resolve("code-a.u32"));
        Files.copy(Path.of(file("b.u32", IntStream.range(0, 20_000).toArray())), corpora.resolve("prose-b.u32"));
        Files.copy(Path.of(file("c.u32", new int[500])), corpora.resolve("extreme-c.u32"));
        String[] options = {"--corpora", folder + "/corpora", "--corpus-vocabulary=llama2", "--seconds=0"};
        JsonNode report = json(options);
        assertThat(report.get("files").intValue()).isEqualTo(2);
        assertThat(report.get("windows").intValue()).isEqualTo(3);
        JsonNode search = report.at("/searches/0");
        assertThat(search.at("/removedByKind/prose").doubleValue()).isZero();
        assertThat(search.get("removed").doubleValue())
                .isPositive()
                .isEqualTo(search.at("/removedByKind/code").doubleValue() / 2);
    }

    @Test
    void peopleGetTables() throws IOException {
        String in = file("small.u32", PERIODS);
        assertThat(run("report", "--meta", "--vocab-size=50", "--seconds=0.001", in))
                .as(complained)
                .isZero();
        assertThat(printed)
                .contains("| the paper, on its own two tasks ", "27 % and 18 %", "| LTSC ", "zstd-19 of varints")
                .contains(
                        "### removed, by kind", "### inputs made to be slow", "| Fibonacci ", "All came back exactly.")
                .doesNotContain("### long inputs", "Infinity", "NaN");
    }

    @Test
    void oneThatDoesNotComeBackIsSeen() {
        WindowMeasurement.Result bad = new WindowMeasurement.Result(List.of(0.5), 0, 0, false);
        MetaSearch search = new MetaSearch(MetaTokenEffort.FAST, MetaTokenForm.FLAT, 0.5, Map.of("k", 0.5), 0, bad);
        MetaReport report = new MetaReport(1, 1, List.of(search), 0, List.of(), List.of(), 0);
        assertThat(report.exitStatus()).isEqualTo(TokenLz.NOT_EXACT);
        StringWriter text = new StringWriter();
        report.print(new PrintWriter(text));
        assertThat(text.toString()).contains("NOT ALL CAME BACK.");
        CodecMeasurement.Result lost = new CodecMeasurement.Result(10, 5, 1, 1, 7);
        MetaTiming timing = new MetaTiming("text", 10, lost, lost);
        assertThat(new MetaReport(1, 1, List.of(), 0, List.of(timing), List.of(), 1).exitStatus())
                .isEqualTo(TokenLz.NOT_EXACT);
    }

    @Test
    void windowsAreTimedAndComeBack() {
        WindowMeasurement measurement = new WindowMeasurement(List.of(PERIODS, new int[] {1, 2, 3}), 0.001);
        WindowMeasurement.Result result = measurement.measure(new MetaTokenCodec(MetaTokenConfig.of(50)));
        assertThat(result.exact()).isTrue();
        assertThat(result.removed()).hasSize(2).first().isNotEqualTo(0.0);
        assertThat(result.removed().get(1)).isZero();
        assertThat(result.medianMillis()).isPositive();
        assertThat(result.decodeMillionPerSecond()).isPositive();
        assertThat(measurement.zstdMedianMillis(3)).isPositive();
    }

    @Test
    void badFlagsAreOneClearLine() throws IOException {
        assertRefused("exclude each other", "report", "--meta", "--wire");
        assertRefused("exclude each other", "report", "--meta", "--scaling");
        assertRefused("exclude each other", "report", "--meta", "--document=5");
        assertRefused("holds no tokens", "report", "--meta", "--vocab-size=9", file("none.u32"));
    }
}
