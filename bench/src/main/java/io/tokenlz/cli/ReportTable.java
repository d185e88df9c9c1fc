package io.tokenlz.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenlz.bench.CodecMeasurement.Result;
import io.tokenlz.core.TokenCodec;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The rows of a report, for people and for programs. */
final class ReportTable {
    private record Row(String file, String codec, String configuration, Result result) {}

    private final List<Row> rows = new ArrayList<>();

    void add(String file, String codec, TokenCodec configured, Result result) {
        rows.add(new Row(file, codec, configured.toString(), result));
    }

    /** What the command ends with: whether every round trip was exact. */
    int exitStatus() {
        return rows.stream().allMatch(row -> row.result().exact()) ? TokenLz.DONE : TokenLz.NOT_EXACT;
    }

    void print(PrintWriter out, int documentTokens, double seconds) {
        int width = Math.max(
                4, rows.stream().mapToInt(row -> row.file().length()).max().orElse(0));
        String format = "%-" + width + "s  %-11s %11s %11s %8s  %8s %8s  %s%n";
        out.printf(format, "", "", "tokens", "tokens", "", "encode", "decode", "");
        out.printf(format, "file", "codec", "in", "out", "removed", "Mtok/s", "Mtok/s", "round trip");
        for (Row row : rows) {
            Result result = row.result();
            out.printf(
                    format,
                    row.file(),
                    row.codec(),
                    String.format(Locale.ROOT, "%,d", result.tokensIn()),
                    String.format(Locale.ROOT, "%,d", result.tokensOut()),
                    String.format(Locale.ROOT, "%.1f %%", 100 * result.removed()),
                    speed(result.encodeMillionPerSecond()),
                    speed(result.decodeMillionPerSecond()),
                    result.exact() ? "exact" : "WRONG from token " + result.firstDifference());
        }
        out.printf(
                "%nDocuments of %s, each a stream of its own. Million tokens a second: the fastest pass%n",
                documentTokens == 0 ? "any length" : documentTokens + " tokens at most");
        out.printf(
                Locale.ROOT,
                "over a file in %.1f s, one thread, JDK %s, %s.%n",
                seconds,
                Runtime.version(),
                System.getProperty("os.arch"));
        out.flush();
    }

    private static String speed(double millionPerSecond) {
        return millionPerSecond == 0 ? "-" : String.format(Locale.ROOT, "%.1f", millionPerSecond);
    }

    void printJson(PrintWriter out) {
        ArrayNode report = new ObjectMapper().createArrayNode();
        for (Row row : rows) {
            Result result = row.result();
            ObjectNode node = report.addObject()
                    .put("file", row.file())
                    .put("codec", row.codec())
                    .put("configuration", row.configuration())
                    .put("tokensIn", result.tokensIn())
                    .put("tokensOut", result.tokensOut())
                    .put("removed", result.removed())
                    .put("encodeMillionTokensPerSecond", result.encodeMillionPerSecond())
                    .put("decodeMillionTokensPerSecond", result.decodeMillionPerSecond())
                    .put("exact", result.exact());
            if (!result.exact()) {
                node.put("firstDifference", result.firstDifference());
            }
        }
        out.println(report.toPrettyString());
        out.flush();
    }
}
