package io.tokenlz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RandomAccessReportTest extends InProcessCommandLine {
    private static final String[] SMALL = {"report", "--random-access", "--tokens", "200000", "--reads", "500"};

    @Test
    void reportsOnBlocksOfThreeSizes() {
        assertThat(run(SMALL)).isZero();
        assertThat(printed)
                .contains("### random access: 200,000 generated tokens, 500 reads of 64 tokens")
                .containsPattern("\\| blocks of +\\| +1,024 \\| +8,192 \\| +65,536 \\|")
                .containsPattern("\\| restarts +\\| +196 \\| +25 \\| +4 \\|")
                .contains("All came back exactly.")
                .doesNotContain("WRONG");
        assertThat(complained).isEmpty();
    }

    /** The figures that hang on no clock: reads touch the blocks that they need, and opening the index. */
    @Test
    void aReadTouchesLittleOfTheFile() throws IOException {
        assertThat(run("report", "--random-access", "--tokens=200000", "--reads=500", "--json"))
                .isZero();
        JsonNode report = new ObjectMapper().readTree(printed);
        assertThat(report.get("exact").booleanValue()).isTrue();
        assertThat(report.get("blocks")).hasSize(3);
        for (JsonNode block : report.get("blocks")) {
            long fileBytes = block.get("fileBytes").longValue();
            double mean = (double) fileBytes / block.get("restarts").intValue();
            assertThat(block.get("exact").booleanValue()).isTrue();
            assertThat(block.get("bytesPerToken").doubleValue()).isBetween(0.3, 2.0);
            // at most two blocks of 64 tokens' reads, and blocks differ a little
            assertThat(block.get("mostBytesPerRead").doubleValue()).isLessThan(3 * mean);
            assertThat(block.get("bytesPerRead").doubleValue()).isPositive().isLessThan(1.5 * mean);
            assertThat(block.get("openBytes").longValue())
                    .isBetween(1L, block.get("indexBytes").longValue() + 1024);
            assertThat(block.get("readsPerSecond").doubleValue()).isPositive();
        }
    }

    @Test
    void aReadThatGivesOtherTokensIsSeenEverywhere() throws IOException {
        RandomAccessReport good = new RandomAccessReport(1000, 10, List.of(result(null)));
        assertThat(good.exitStatus()).isZero();
        RandomAccessReport bad =
                new RandomAccessReport(1000, 10, List.of(result(null), result("token 7 is 1 and was read as 2")));
        assertThat(bad.exitStatus()).isEqualTo(1);
        StringWriter table = new StringWriter();
        bad.print(new PrintWriter(table));
        assertThat(table.toString()).contains("WRONG: token 7 is 1 and was read as 2", "NOT ALL CAME BACK.");
        StringWriter json = new StringWriter();
        bad.printJson(new PrintWriter(json));
        JsonNode root = new ObjectMapper().readTree(json.toString());
        assertThat(root.get("exact").booleanValue()).isFalse();
        assertThat(root.get("blocks").get(0).has("difference")).isFalse();
        assertThat(root.get("blocks").get(1).get("difference").textValue()).contains("token 7");
    }

    private static RandomAccessResult result(@Nullable String difference) {
        return new RandomAccessResult(
                1024, 1000, 900, 1, 20, 0.1, 0.01, 30, 10, 0.001, 0.0001, 0.0002, 9000, 900, 5, 6, difference);
    }

    @Test
    void badFlagsAreOneClearLine() {
        assertRefused("need --random-access", "report", "--tokens", "1000");
        assertRefused("need --random-access", "report", "--wire", "--reads", "1000");
        assertRefused("--tokens must be 64 to", "report", "--random-access", "--tokens", "63");
        assertRefused("--reads must be 1 to", "report", "--random-access", "--reads", "0");
        assertRefused("takes no FILE", "report", "--random-access", "notes.txt");
        assertRefused("--wire exclude each other", "report", "--random-access", "--wire");
        assertRefused("--vocab-size exclude", "report", "--random-access", "--vocab-size", "9");
    }
}
