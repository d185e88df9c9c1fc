package io.tokenlz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenlz.cli.explore.ExploreServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page of {@code explore} in a browser. Pictures of it are in {@code target/pictures} afterwards. */
class ExplorePageTest {
    private static final String DONE = "document.getElementById('state').textContent.startsWith('Done')";
    private static final Map<String, Integer> KEYS =
            Map.of("ArrowRight", 39, "ArrowDown", 40, "ArrowLeft", 37, "Home", 36, "End", 35, "Tab", 9, "Enter", 13);

    @TempDir
    static Path folder;

    private static Chromium browser;
    private static ExploreServer server;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        browser = Chromium.start(Files.createDirectory(folder.resolve("chromium")));
        server = ExploreCommand.serve(0);
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
        if (server != null) {
            server.close();
        }
    }

    private static BrowserPage open(int width, boolean dark) {
        return browser.open(width, dark).load(server.address());
    }

    private static void set(BrowserPage tab, String field, String value) {
        tab.evaluate("document.getElementById('" + field + "').value = '" + value + "'");
        tab.evaluate("document.getElementById('" + field + "').dispatchEvent(new Event('"
                + (field.equals("text") ? "input" : "change") + "'))");
    }

    private static void press(BrowserPage tab, String key, int modifiers) {
        for (String type : List.of("rawKeyDown", "keyUp")) {
            tab.call(
                    "Input.dispatchKeyEvent",
                    Map.of(
                            "type", type,
                            "key", key,
                            "code", key,
                            "windowsVirtualKeyCode", KEYS.getOrDefault(key, 0),
                            "modifiers", modifiers));
        }
    }

    private static void click(BrowserPage tab, String id) {
        tab.evaluate("document.getElementById('" + id + "').click()");
    }

    @ParameterizedTest
    @CsvSource({"360,false", "360,true", "1280,false", "1280,true"})
    void aStreamIsShown(int width, boolean dark) throws IOException {
        BrowserPage tab = open(width, dark);
        set(tab, "sample", dark ? "tools" : "instructions");
        set(tab, "codec", dark ? "meta-tokens, nested" : "hypertokens");
        set(tab, "pace", "1000");
        tab.assertSound(server.address().toString());
        click(tab, "start");
        tab.await(DONE);
        int in = Integer.parseInt(tab.text("#count-in"));
        int out = Integer.parseInt(tab.text("#count-out"));
        assertThat(out).isPositive().isLessThan(in);
        assertThat(tab.text("#count-waiting")).isEqualTo("0");
        assertThat(tab.text("#entries-count")).isNotEqualTo("0");
        assertThat(tab.text("#bytes-rows")).contains("tokens in frames");
        assertThat(tab.evaluate("document.querySelectorAll('#given .phrase').length")
                        .asInt())
                .isGreaterThan(20);
        // all of the text is there, line breaks shown
        assertThat(tab.evaluate("document.getElementById('given').textContent.replace(/^dictionary: \\d+ IDs\\n/, '')"
                                + " === document.getElementById('text').value.replaceAll('\\n', '↵\\n')")
                        .asBoolean())
                .isTrue();
        tab.evaluate("[...document.querySelectorAll('#given .phrase')].at(-3).click()");
        assertThat(tab.text("#inspected"))
                .contains("stands for")
                .containsPattern("\\d+ tokens: ")
                .contains("used");
        assertThat(tab.evaluate("document.querySelectorAll('#entries .same').length")
                        .asInt())
                .isEqualTo(1);
        tab.assertSound(server.address().toString());
        tab.photograph(Path.of("target/pictures/explore-" + width + (dark ? "-dark" : "-light") + ".png"));
    }

    @Test
    void everythingGoesByKeyboard() {
        BrowserPage tab = open(1280, false);
        set(tab, "text", "one two three one two three one two three");
        set(tab, "pace", "0");
        tab.evaluate("document.getElementById('text').focus()");
        int control = 2;
        press(tab, "Enter", control);
        tab.await(DONE);
        for (int i = 0;
                i < 10 && !tab.evaluate("document.activeElement.id").asText().equals("stream");
                i++) {
            press(tab, "Tab", 0);
        }
        assertThat(tab.evaluate("document.activeElement.id").asText()).isEqualTo("stream");
        press(tab, "ArrowRight", 0);
        assertThat(tab.text("#inspected")).contains("a token of the vocabulary: one");
        press(tab, "End", 0);
        String last = tab.text("#inspected");
        press(tab, "ArrowLeft", 0);
        assertThat(tab.text("#inspected")).isNotEqualTo(last);
        press(tab, "Tab", 0);
        assertThat(tab.evaluate("document.activeElement.id").asText()).isEqualTo("entries");
        press(tab, "Home", 0);
        assertThat(tab.text("#inspected")).contains("200019 stands for");
        assertThat(tab.evaluate("document.getElementById('entries').getAttribute('aria-activedescendant')"
                                + " === document.querySelector('#entries .current').id")
                        .asBoolean())
                .isTrue();
        tab.assertSound(server.address().toString());
    }

    @Test
    void whatWaitsIsShownUntilItsBlockIsComplete() {
        BrowserPage tab = open(1280, false);
        set(tab, "codec", "meta-tokens, flat");
        set(tab, "pace", "100");
        click(tab, "start");
        tab.await("Number(document.getElementById('count-waiting').textContent) > 10");
        assertThat(tab.text("#count-out")).isEqualTo("0");
        assertThat(tab.text("#waiting")).startsWith("You help");
        click(tab, "stop");
        tab.await("document.getElementById('state').textContent === 'Stopped.'");
        assertThat(tab.evaluate("document.getElementById('stop').disabled").asBoolean())
                .isTrue();
        tab.assertSound(server.address().toString());
    }

    @Test
    void badInputGetsAClearMessage() {
        BrowserPage tab = open(360, false);
        set(tab, "text", "");
        click(tab, "start");
        tab.await("!document.getElementById('problem').hidden");
        assertThat(tab.text("#problem")).contains("There is no text");
        set(tab, "text", "\\ud83d!");
        click(tab, "start");
        tab.await("document.getElementById('problem').textContent.includes('half a character')");
        tab.evaluate("document.getElementById('text').value = 'x'.repeat(50000)");
        click(tab, "start");
        tab.await("document.getElementById('problem').textContent.includes('50,000 characters')");
        // and then all is well again
        set(tab, "text", "<img src=x onerror=alert(1)> <b>bold</b>");
        click(tab, "start");
        tab.await(DONE);
        assertThat(tab.evaluate("document.getElementById('problem').hidden").asBoolean())
                .isTrue();
        assertThat(tab.text("#given")).isEqualTo("<img src=x onerror=alert(1)> <b>bold</b>");
        assertThat(tab.evaluate("document.querySelectorAll('main img').length").asInt())
                .isZero();
    }

    @Test
    void aServerThatIsGoneIsTold() throws IOException {
        ExploreServer other = ExploreCommand.serve(0);
        BrowserPage tab = browser.open(360, false).load(other.address());
        set(tab, "pace", "10");
        click(tab, "start");
        tab.await("Number(document.getElementById('count-in').textContent) > 0");
        other.close();
        tab.await("!document.getElementById('problem').hidden");
        assertThat(tab.text("#problem")).contains("The server is gone.");
    }
}
