package io.tokenlz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenlz.bench.TokenFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page of {@code report --html} in a browser. Pictures of it are in {@code target/pictures} afterwards. */
class HtmlReportPageTest {
    private static final String HERE = "file:";

    /** The lowest contrast of a colour on both backgrounds; what is text needs more than what is drawn. */
    private static final String CONTRASTS = """
            (names => {
              const light = name => {
                const hex = getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim().slice(1);
                const parts = [0, 2, 4].map(i => parseInt(hex.slice(i, i + 2), 16) / 255)
                    .map(part => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
                return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
              };
              const contrast = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
              return Math.min(...names.flatMap(name => ["paper", "panel"].map(paper => contrast(light(name), light(paper)))));
            })
            """;

    @TempDir
    static Path folder;

    private static Chromium browser;
    private static URI page;

    @BeforeAll
    static void writeAndStart() throws IOException, InterruptedException {
        browser = Chromium.start(Files.createDirectory(folder.resolve("chromium")));
        // a path that says </script>, and a long name
        Path hostile =
                Files.createDirectories(folder.resolve("<")).resolve("script><script>document.title=1<!--&lt;.txt");
        Path usual = folder.resolve("notes-with-a-name-that-is-longer-than-any-phone-is-wide.txt");
        Files.writeString(hostile, "the cat sat on the mat, and ".repeat(400));
        Files.writeString(
                usual,
                IntStream.range(0, 900).mapToObj(i -> "line " + i * i + ";\n").reduce("", String::concat));
        Path out = folder.resolve("report.html");
        int status = TokenLz.commandLine()
                .execute("report", "--html", out.toString(), "--seconds=0.001", hostile.toString(), usual.toString());
        assertThat(status).isZero();
        page = out.toUri();
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"360,false", "360,true", "1280,false", "1280,true"})
    void nothingIsCutOffOrBlankOrComplainedOf(int width, boolean dark) throws IOException {
        BrowserPage tab = browser.open(width, dark).load(page);
        tab.assertSound(HERE);
        assertThat(tab.evaluate("document.querySelectorAll('canvas').length").asInt())
                .isEqualTo(11);
        assertThat(tab.evaluate("[...document.querySelectorAll('td, th')].filter(cell => /NaN|undefined|Infinity/"
                                + ".test(cell.textContent)).length")
                        .asInt())
                .isZero();
        tab.photograph(Path.of("target/pictures/report-" + width + (dark ? "-dark" : "-light") + ".png"));
        tab.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)");
        tab.assertSound(HERE);
    }

    @Test
    void fileNamesStayNames() {
        BrowserPage tab = browser.open(1280, false).load(page);
        assertThat(tab.evaluate("document.title").asText()).isEqualTo("TokenLZ report");
        assertThat(tab.text("#page-command")).contains("</script><script>document.title=1<!--&lt;.txt");
        assertThat(tab.text("#texts")).contains("script><script>document.title=1<!--&lt;.txt");
        assertThat(tab.text("#headline")).contains("fewer tokens", "every one comes back");
        assertThat(tab.text("[data-command=wire]")).contains("report --wire");
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void coloursCanBeSeen(boolean dark) {
        BrowserPage tab = browser.open(360, dark).load(page);
        assertThat(tab.evaluate(CONTRASTS + "(['ink', 'muted', 'hyper', 'alarm'])")
                        .asDouble())
                .isGreaterThan(4.5);
        assertThat(tab.evaluate(CONTRASTS + "(['flat', 'nested', 'rival'])").asDouble())
                .isGreaterThan(3);
    }

    @Test
    void chartsFollowTheScheme() {
        BrowserPage tab = browser.open(360, false).load(page);
        String first = "document.querySelector('canvas').toDataURL()";
        String light = tab.evaluate(first).asText();
        tab.call(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
        tab.await(first + " !== '" + light + "'");
        tab.assertSound(HERE);
    }

    @Test
    void whatDoesNotComeBackIsSaidFirst() throws IOException {
        TokenFile file = new TokenFile(
                "x", "x.u32", IntStream.range(0, 300).map(i -> i % 7).toArray(), 20, null);
        HtmlReport report = new HtmlReportRun(List.of(file), 100, 0).run();
        List<CodecFigures> codecs = new ArrayList<>(report.codecs());
        CodecFigures good = codecs.get(0);
        codecs.set(0, new CodecFigures("x", good.codec(), 300, 200, 0, 0, "hypertokens: x.u32 from token 7"));
        HtmlReport bad =
                new HtmlReport(report.files(), 100, 0, codecs, report.rivals(), file, report.lengths(), report.wire());
        assertThat(report.exitStatus()).isZero();
        assertThat(bad.exitStatus()).isEqualTo(TokenLz.NOT_EXACT);
        Path out = folder.resolve("bad.html");
        Files.writeString(
                out,
                HtmlPage.report(new HtmlReportOutput(List.of("report"), "-").describe(bad, "now", "0.0"))
                        .text());
        BrowserPage tab = browser.open(360, false).load(out.toUri());
        tab.assertSound(HERE);
        assertThat(tab.text("#headline")).isEqualTo("Not all tokens came back");
        assertThat(tab.text("#differences")).contains("hypertokens: x.u32 from token 7");
        assertThat(tab.text("#speed-chart")).contains("Nothing was timed");
    }
}
