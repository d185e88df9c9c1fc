package io.tokenlz.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A page in one file: markup, style, script, the library that draws charts, and its data. It asks no other host for anything,
 * and its policy forbids that to whatever might have found its way into it.
 *
 * @param text the whole of it
 * @param policy its content security policy
 */
record HtmlPage(String text, String policy) {
    private static final Pattern PLACE = Pattern.compile("\\{\\{(?<name>[a-z]+)}}");
    private static final String LIBRARY = "/META-INF/resources/webjars/chart.js/";
    private static final String LIBRARY_VERSION = "/META-INF/maven/org.webjars.npm/chart.js/pom.properties";

    /** The page of a report. */
    static HtmlPage report(JsonNode data) throws IOException {
        String folder = LIBRARY + libraryVersion();
        String library = withoutSourceMap(resource(folder + "/dist/chart.umd.min.js"));
        return of(
                "report",
                "script-src " + hash(library),
                resource("html/charts.js") + resource("html/report.js"),
                data,
                Map.of("library", library, "licence", escaped(resource(folder + "/LICENSE.md"))));
    }

    /** The page that explores streams of the host that it comes from. */
    static HtmlPage explore(JsonNode data) throws IOException {
        return of("explore", "connect-src 'self'; script-src", resource("html/explore.js"), data, Map.of());
    }

    private static HtmlPage of(String name, String allowed, String script, JsonNode data, Map<String, String> more)
            throws IOException {
        String style = resource("html/page.css") + resource("html/" + name + ".css");
        String policy = "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; style-src "
                + hash(style) + "; " + allowed + " " + hash(script);
        Map<String, String> values = new HashMap<>(more);
        values.putAll(Map.of("policy", policy, "style", style, "data", json(data), "script", script));
        return new HtmlPage(filled(resource("html/" + name + ".html"), values), policy);
    }

    /** What is put in is not searched for places again. */
    static String filled(String template, Map<String, String> values) {
        return PLACE.matcher(template)
                .replaceAll(place -> Matcher.quoteReplacement(values.getOrDefault(place.group(1), place.group())));
    }

    /** JSON that ends no element and begins none, whatever its strings are. */
    static String json(JsonNode data) {
        return data.toString()
                .replace("<", "\\u003C")
                .replace(">", "\\u003E")
                .replace("&", "\\u0026")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }

    private static String escaped(String plain) {
        return plain.replace("&", "&amp;").replace("<", "&lt;");
    }

    /** A file that is not there is asked for wherever developer tools are open. */
    private static String withoutSourceMap(String script) {
        return script.replaceAll("(?m)^//# sourceMappingURL=.*$", "");
    }

    private static String libraryVersion() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = open(LIBRARY_VERSION)) {
            properties.load(in);
        }
        return properties.getProperty("version", "");
    }

    private static String hash(String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    static String resource(String name) throws IOException {
        try (InputStream in = open(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static InputStream open(String name) {
        @Nullable InputStream in = HtmlPage.class.getResourceAsStream(name);
        if (in == null) {
            throw new IllegalStateException("the jar has no " + name);
        }
        return in;
    }
}
