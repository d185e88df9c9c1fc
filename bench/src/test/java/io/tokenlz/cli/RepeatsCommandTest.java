package io.tokenlz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenlz.bench.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RepeatsCommandTest extends InProcessCommandLine {
    private static final Tokenizer TOKENIZER = Tokenizer.named("o200k_base").orElseThrow();

    @Test
    void runsAreListedWithWhatTheySave() throws IOException {
        String in = file("ids.u32", 1, 2, 3, 4, 9, 1, 2, 3, 4, 8, 1, 2, 3, 4, 5, 6, 7, 5, 6, 11, 5, 6, 5, 6);
        assertThat(run("repeats", in)).as(complained).isZero();
        assertThat(printed).isEqualTo("""
               saves    times   tokens   first at  base tokens
                   4        3        4          0  1 2 3 4
                   1        4        2         14  5 6

            24 tokens; the 2 runs that would save most, each alone; they share places
            """);
        assertThat(run("repeats", "--top=1", in)).isZero();
        assertThat(printed).contains("  1 2 3 4\n").doesNotContain("  5 6\n");
        assertThat(run("repeats", "--protect=4-5", in)).isZero();
        assertThat(printed).contains("  1 2 3\n").doesNotContain("  5 6\n");
    }

    @Test
    void textIsShownSoThatAllOfItIsSeen() throws IOException {
        String line = "a\tlist [of] words \\ and\n";
        String in = Files.writeString(folder.resolve("prompt.txt"), line + "1" + line + "2" + line)
                .toString();
        assertThat(run("repeats", in)).isZero();
        assertThat(printed).contains("base tokens", "[a\\tlist \\[of\\] words \\\\ and\\n]");
        String ids = file("prompt.u32", TOKENIZER.tokens(line.repeat(3)));
        assertThat(run("repeats", "--vocab=o200k_base", ids)).isZero();
        assertThat(printed).contains("[a\\tlist \\[of\\] words \\\\ and\\n");
    }

    @Test
    void longRunsAreCutInTheTableOnly() throws IOException {
        String in = file("ids.u32", IntStream.range(0, 90).map(i -> i % 30).toArray());
        assertThat(run("repeats", in)).isZero();
        assertThat(printed).contains(" 0 1 2 3 4 5 6 7 ...\n");
        assertThat(run("repeats", "--json", in)).isZero();
        JsonNode longest = new ObjectMapper().readTree(printed).at("/runs/0");
        assertThat(longest.get("baseTokens")).hasSize(30);
        assertThat(longest.get("times").intValue()).isEqualTo(3);
        assertThat(longest.get("saves").intValue()).isEqualTo(90 - 34);
    }

    @Test
    void programsGetAllOfIt() throws IOException {
        int[] tokens = TOKENIZER.tokens("the cat and the cat and the cat and so on, the cat and the end");
        String in = file("ids.u32", tokens);
        assertThat(run("repeats", "--json", "--vocab=o200k_base", in)).isZero();
        JsonNode report = new ObjectMapper().readTree(printed);
        assertThat(report.get("file").textValue()).isEqualTo(in);
        assertThat(report.get("tokens").intValue()).isEqualTo(tokens.length);
        for (JsonNode run : report.get("runs")) {
            int from = run.get("firstAt").intValue();
            int length = run.get("baseTokens").size();
            for (int i = 0; i < length; i++) {
                assertThat(run.get("baseTokens").get(i).intValue()).isEqualTo(tokens[from + i]);
            }
            int times = run.get("times").intValue();
            assertThat(run.get("saves").intValue()).isEqualTo(length * times - (1 + length + times));
            assertThat(run.get("places").intValue()).isGreaterThanOrEqualTo(times);
        }
        assertThat(report.at("/runs/0/text").textValue()).contains("cat and");
    }

    @Test
    void nothingMayRepeat() throws IOException {
        assertThat(run("repeats", file("ids.u32", 1, 2, 3))).isZero();
        assertThat(printed).isEqualTo("3 tokens; no run repeats so often that it would save anything\n");
        assertThat(run("repeats", "--json", file("none.u32"))).isZero();
        assertThat(new ObjectMapper().readTree(printed).get("runs")).isEmpty();
    }

    @Test
    void badFlagsAndFilesAreOneClearLine() throws IOException {
        String in = file("ids.u32", 1, 2);
        assertRefused("--top must be 1", "repeats", "--top=0", in);
        assertRefused("--vocab: 'gpt' is not one of", "repeats", "--vocab=gpt", in);
        assertRefused("--protect", "repeats", "--protect=9-2", in);
        assertRefused("at position 1 is not below", "repeats", file("bad.u32", 1, -1));
        assertRefused("no such file", "repeats", folder + "/none.u32");
    }
}
