package io.tokenlz.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HtmlReportTest extends InProcessCommandLine {
    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/json\" id=\"data\">(?<data>.*?)</script>", Pattern.DOTALL);
    private static final int[] TOKENS =
            IntStream.range(0, 3000).map(i -> i * 7 % 101 % 17).toArray();

    private String report(String... arguments) throws IOException {
        Path page = folder.resolve("report.html");
        List<String> all = new ArrayList<>(List.of("report", "--html", page.toString()));
        all.addAll(List.of(arguments));
        assertThat(run(all.toArray(String[]::new))).as(complained).isZero();
        assertThat(printed + complained).isEmpty();
        return Files.readString(page);
    }

    private static JsonNode data(String page) throws IOException {
        Matcher found = DATA.matcher(page);
        assertThat(found.find()).isTrue();
        return new ObjectMapper().readTree(found.group("data"));
    }

    @Test
    void thePageSaysWhatTheReportsSay() throws IOException {
        String text = Files.writeString(folder.resolve("text.txt"), "the cat sat on the mat, and ".repeat(300))
                .toString();
        String ids = file("ids.u32", TOKENS);
        JsonNode page = data(report("--seconds", "0.001", "--vocab-size", "20", "--document", "1000", text, ids));
        assertThat(page.get("differences")).isEmpty();
        assertThat(page.get("texts")).hasSize(2);
        assertThat(page.at("/surroundings/machine").asText()).contains(" cores");

        assertThat(run("report", "--seconds=0", "--vocab-size", "20", "--document", "1000", "--json", text, ids))
                .isZero();
        JsonNode codecs = new ObjectMapper().readTree(printed);
        for (int i = 0; i < codecs.size(); i++) {
            assertThat(page.get("codecs").get(i).get("tokensOut"))
                    .isEqualTo(codecs.get(i).get("tokensOut"));
            double removed = codecs.get(i).get("removed").doubleValue();
            assertThat(page.get("codecs").get(i).get("attentionSaved").doubleValue())
                    .isCloseTo(1 - (1 - removed) * (1 - removed), within(1e-12));
        }
        assertThat(run("report", "--wire", "--seconds=0", "--vocab-size", "20", "--json", text, ids))
                .isZero();
        JsonNode wire = new ObjectMapper().readTree(printed);
        assertThat(page.at("/wire/scenarios").findValuesAsText("bytes"))
                .isEqualTo(wire.get("scenarios").findValuesAsText("bytes"));
    }

    @Test
    void theCommandsAreThoseOfTheFigures() throws IOException {
        String ids = file("it's.u32", TOKENS);
        JsonNode commands = data(report("--seconds=0", "--vocab-size=20", "--document", "512", ids))
                .get("commands");
        String quoted = "'" + ids.replace("'", "'\\''") + "'";
        assertThat(commands.get("codecs").asText())
                .endsWith(" report --seconds=0 --vocab-size=20 --document 512 " + quoted);
        assertThat(commands.get("wire").asText()).endsWith(" report --wire --seconds=0 --vocab-size=20 " + quoted);
        assertThat(commands.get("page").asText()).contains(" report --html ").endsWith(quoted);
    }

    @Test
    void corporaAreReportedByKind() throws IOException {
        Files.createDirectories(folder.resolve("o200k"));
        file("o200k/code-a.u32", TOKENS);
        file("o200k/code-b.u32", IntStream.range(0, 5000).toArray());
        file("o200k/logs-c.u32", TOKENS);
        file("o200k/extreme-zeros.u32", new int[100]);
        JsonNode page = data(report("--seconds", "0", "--corpora", folder.toString()));
        assertThat(page.get("codecs").findValuesAsText("kind"))
                .containsExactly("code", "code", "code", "logs", "logs", "logs");
        assertThat(page.get("codecs").get(0).get("tokensIn").intValue()).isEqualTo(8000);
        assertThat(page.get("allCodecs").get(0).get("tokensIn").intValue()).isEqualTo(11_000);
        assertThat(page.at("/lengths/text").asText()).isEqualTo("code-b");
        assertThat(page.get("commands").has("codecs")).isFalse();
    }

    /** Whatever a string is, it ends no element, and nothing in it is taken for a place of the template. */
    @Test
    void dataCannotBecomeMarkup() throws IOException {
        String hostile = "</script><!--<script>&amp;\u2028{{script}}";
        String json = HtmlPage.json(new ObjectMapper().createObjectNode().put("name", hostile));
        assertThat(json).doesNotContain("<", ">", "&", "\u2028");
        assertThat(new ObjectMapper().readTree(json).get("name").asText()).isEqualTo(hostile);
        assertThat(HtmlPage.filled("a{{data}}b{{other}}", Map.of("data", "$1{{data}}")))
                .isEqualTo("a$1{{data}}b{{other}}");
    }

    @Test
    void thePageAsksNobodyForAnything() throws IOException {
        String page = report("--seconds=0", "--vocab-size=20", file("ids.u32", TOKENS));
        assertThat(page)
                .contains("Content-Security-Policy", "default-src 'none'", "Released under the MIT License")
                .contains("Permission is hereby granted, free of charge")
                .doesNotContain("sourceMappingURL", "src=", "{{")
                .doesNotContainPattern("href=\"(?!data:)");
    }

    @Test
    void badInputsAreOneClearLine() throws IOException {
        String ids = file("ids.u32", TOKENS);
        String out = folder.resolve("out.html").toString();
        assertRefused("exclude each other", "report", "--html", out, "--wire");
        assertRefused("exclude each other", "report", "--html", out, "--json");
        assertRefused("exclude each other", "report", "--html", out, "--random-access");
        String empty = Files.writeString(folder.resolve("empty.txt"), "").toString();
        assertRefused("empty.txt: holds no tokens", "report", "--html", out, empty);
        assertRefused("no such folder", "report", "--vocab-size=20", "--html", folder + "/none/out.html", ids);
        assertThat(folder.resolve("out.html")).doesNotExist();
    }
}
