package io.tokenlz.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A tab of a browser. */
final class BrowserPage {
    private static final int HEIGHT = 800;
    private static final int PATIENCE_SECONDS = 30;

    /** Elements that are cut off at the right: beyond the window, and in no box that scrolls or is meant to cut. */
    private static final String CUT_OFF = """
            [...document.querySelectorAll("body *")].filter(element => {
              const box = element.getBoundingClientRect();
              if (box.width === 0 || (box.right <= innerWidth + 0.5 && box.left >= -0.5)) return false;
              for (let around = element.parentElement; around; around = around.parentElement) {
                if (getComputedStyle(around).overflowX !== "visible") return false;
              }
              return true;
            }).map(element => element.outerHTML.slice(0, 200))
            """;

    /** Canvases without a pixel that is not transparent. */
    private static final String BLANK = """
            [...document.querySelectorAll("canvas")].filter(canvas => {
              if (canvas.width === 0 || canvas.height === 0) return true;
              const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
              return !pixels.some((value, i) => i % 4 === 3 && value !== 0);
            }).map(canvas => canvas.getAttribute("aria-label"))
            """;

    private final Chromium browser;
    private final String session;
    private final int width;

    BrowserPage(Chromium browser, String session, int width, boolean dark) {
        this.browser = browser;
        this.session = session;
        this.width = width;
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            call(domain + ".enable", Map.of());
        }
        resize(HEIGHT);
        String scheme = dark ? "dark" : "light";
        call(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    private void resize(int height) {
        boolean phone = width < 600;
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", phone));
    }

    JsonNode call(String method, Map<String, ?> parameters) {
        return browser.call(session, method, parameters);
    }

    /** Loads a page and waits until it has. */
    BrowserPage load(URI address) {
        call("Page.navigate", Map.of("url", address.toString()));
        await("document.readyState === 'complete' && location.href !== 'about:blank'");
        return this;
    }

    /** What an expression of the page's script is. */
    JsonNode evaluate(String expression) {
        JsonNode answer =
                call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
        return answer.has("exceptionDetails")
                ? fail(expression + ": " + answer.get("exceptionDetails"))
                : answer.get("result").path("value");
    }

    String text(String selector) {
        return evaluate("document.querySelector('" + selector + "').innerText").asText();
    }

    /** Waits until an expression is true. */
    void await(String expression) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!evaluate(expression).asBoolean()) {
            if (System.nanoTime() > deadline) {
                fail("was not to be: " + expression);
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                fail("stopped while waiting for " + expression);
            }
        }
    }

    /** Errors and warnings of the console, exceptions, and what was asked for elsewhere than there. */
    List<String> complaints(String allowedPrefix) {
        return browser.events(session)
                .filter(event ->
                        isComplaint(event.get("method").asText(), event.get("params"), List.of("data:", allowedPrefix)))
                .map(JsonNode::toString)
                .toList();
    }

    private static boolean isComplaint(String method, JsonNode about, List<String> allowed) {
        return switch (method) {
            case "Runtime.exceptionThrown" -> true;
            case "Runtime.consoleAPICalled" ->
                List.of("error", "warning", "assert").contains(about.get("type").asText());
            case "Log.entryAdded" -> !about.at("/entry/level").asText().matches("info|verbose");
            case "Network.requestWillBeSent" ->
                allowed.stream().noneMatch(about.at("/request/url").asText()::startsWith);
            default -> false;
        };
    }

    /** Checks that nothing is cut off, no chart is blank and nothing was complained of. */
    void assertSound(String allowedPrefix) {
        assertThat(complaints(allowedPrefix)).isEmpty();
        assertThat(evaluate("document.documentElement.scrollWidth").asInt()).isLessThanOrEqualTo(width);
        assertThat(evaluate(CUT_OFF)).isEmpty();
        assertThat(evaluate(BLANK)).isEmpty();
    }

    /** Takes a picture of the whole page, for people to look at. */
    void photograph(Path file) throws IOException {
        int height = evaluate("document.documentElement.scrollHeight").asInt();
        resize(height);
        evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(1))))");
        JsonNode picture = call("Page.captureScreenshot", Map.of("format", "png"));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, Base64.getDecoder().decode(picture.get("data").asText()));
        resize(HEIGHT);
    }
}
