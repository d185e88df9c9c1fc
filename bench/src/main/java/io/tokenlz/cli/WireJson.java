package io.tokenlz.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenlz.bench.WireExtreme;
import io.tokenlz.bench.WireResult;
import java.io.PrintWriter;
import java.util.Locale;

/** A wire report for programs. What is not known or not timed is left out. */
final class WireJson {
    private WireJson() {}

    static void print(WireReport report, PrintWriter out) {
        out.println(describe(report).toPrettyString());
        out.flush();
    }

    static ObjectNode describe(WireReport report) {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("seconds", report.seconds());
        root.put("jdk", Runtime.version().toString());
        root.put("exact", report.differences().isEmpty());
        ArrayNode scenarios = root.putArray("scenarios");
        report.outcomes().forEach(outcome -> describe(outcome, scenarios.addObject()));
        ArrayNode extremes = root.putArray("extremes");
        report.extremes().forEach(extreme -> describe(extreme, extremes.addObject()));
        ArrayNode targets = root.putArray("targets");
        for (WireTargets.Row row : WireTargets.of(report)) {
            targets.addObject()
                    .put("target", row.target())
                    .put("figure", row.figure())
                    .put("verdict", row.verdict());
        }
        return root;
    }

    private static void describe(WireOutcome outcome, ObjectNode node) {
        node.put("scenario", outcome.scenario().name().toLowerCase(Locale.ROOT));
        node.put("title", outcome.scenario().title());
        node.put("description", outcome.scenario().description());
        node.put("rival", outcome.scenario().rival());
        ArrayNode all = node.putArray("all");
        for (String contender : outcome.contenders()) {
            ObjectNode means = all.addObject().put("contender", contender);
            put(means, "bytesPerToken", outcome.bytesPerToken(contender));
            put(means, "totalBytesPerTotalTokens", outcome.totalBytesPerToken(contender));
            put(means, "encodeMillionTokensPerSecond", outcome.encodeRate(contender));
            put(means, "decodeMillionTokensPerSecond", outcome.decodeRate(contender));
        }
        ArrayNode kinds = node.putArray("kinds");
        for (WireKind kind : outcome.kinds()) {
            ArrayNode results = kinds.addObject().put("kind", kind.kind()).putArray("contenders");
            kind.results().forEach(result -> describe(result, results.addObject()));
        }
    }

    private static void describe(WireResult result, ObjectNode node) {
        node.put("contender", result.contender());
        node.put("files", result.files().size());
        node.put("tokens", result.tokens());
        node.put("bytes", result.bytes());
        put(node, "bytesPerToken", result.bytesPerToken());
        put(node, "encodeMillionTokensPerSecond", result.encodeRate());
        put(node, "decodeMillionTokensPerSecond", result.decodeRate());
        node.put("exact", result.exact());
        if (!result.exact()) {
            node.put("difference", result.difference());
        }
    }

    private static void describe(WireExtreme extreme, ObjectNode node) {
        node.put("file", extreme.name());
        node.put("tokens", extreme.tokens());
        node.put("varintBytes", extreme.varintBytes());
        node.put("blocksBytes", extreme.blocks().bytes());
        node.put("blocksMostBytes", extreme.blocks().most());
        node.put("windowBytes", extreme.window().bytes());
        node.put("windowMostBytes", extreme.window().most());
        node.put("exact", extreme.exact());
        if (!extreme.exact()) {
            node.put("difference", extreme.difference());
        }
    }

    /** Puts a number, if it is one. */
    static void put(ObjectNode node, String field, double value) {
        if (Double.isFinite(value)) {
            node.put(field, value);
        }
    }
}
