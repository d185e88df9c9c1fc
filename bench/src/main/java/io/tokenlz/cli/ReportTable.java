package io.tokenlz.cli;

import static io.tokenlz.cli.MarkdownTable.number;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenlz.bench.CodecMeasurement.Result;
import io.tokenlz.bench.Surroundings;
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
        out.printf(
                "### codecs: documents of %s, each a stream of its own%n%n",
                documentTokens == 0 ? "any length" : "at most " + number(documentTokens, 0) + " tokens");
        MarkdownTable table = new MarkdownTable(
                2,
                List.of(
                        "file",
                        "codec",
                        "tokens in",
                        "tokens out",
                        "removed",
                        "encode, M tokens/s",
                        "decode",
                        "round trip"));
        for (Row row : rows) {
            Result result = row.result();
            table.add(List.of(
                    row.file(),
                    row.codec(),
                    number((double) result.tokensIn(), 0),
                    number((double) result.tokensOut(), 0),
                    number(100 * result.removed(), 1) + " %",
                    speed(result.encodeMillionPerSecond()),
                    speed(result.decodeMillionPerSecond()),
                    result.exact() ? "exact" : "WRONG from token " + result.firstDifference()));
        }
        table.print(out);
        out.printf(
                Locale.ROOT, "The fastest pass over a file in %.1f s, one thread; %s.%n", seconds, Surroundings.line());
        out.flush();
    }

    private static String speed(double millionPerSecond) {
        return millionPerSecond == 0 ? "-" : number(millionPerSecond, 1);
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
