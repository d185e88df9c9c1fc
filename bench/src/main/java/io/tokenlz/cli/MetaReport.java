package io.tokenlz.cli;

import static io.tokenlz.cli.MarkdownTable.number;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenlz.bench.CodecMeasurement;
import io.tokenlz.bench.Surroundings;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What meta-tokens remove and take, for people and for programs.
 *
 * @param files how many
 * @param windows how many of all files
 * @param searches each effort, flat and nested
 * @param zstdMillis the median of the windows' times for zstd on their varints, 0 if not timed
 * @param lengths long inputs, each a window
 * @param worstCases text, then inputs that are made to be slow
 * @param seconds how long each was timed
 */
record MetaReport(
        int files,
        int windows,
        List<MetaSearch> searches,
        double zstdMillis,
        List<MetaTiming> lengths,
        List<MetaTiming> worstCases,
        double seconds) {
    private static final String NONE = "-";

    /** What the command ends with: whether everything came back exactly. */
    int exitStatus() {
        return isExact() ? TokenLz.DONE : TokenLz.NOT_EXACT;
    }

    private boolean isExact() {
        return searches.stream().allMatch(search -> search.windows().exact())
                && Stream.concat(lengths.stream(), worstCases.stream()).allMatch(MetaTiming::exact);
    }

    void print(PrintWriter out) {
        printSearches(out);
        printKinds(out);
        if (!lengths.isEmpty()) {
            printLengths(out);
        }
        if (!worstCases.isEmpty()) {
            printWorstCases(out);
        }
        out.printf(
                Locale.ROOT,
                "%s The fastest pass of each window in %.1f s; %s.%n",
                isExact() ? "All came back exactly." : "NOT ALL CAME BACK.",
                seconds,
                Surroundings.line());
        out.flush();
    }

    private void printSearches(PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "### first windows of %,d tokens: mean of %d files, %d windows%n%n",
                MetaRun.WINDOW,
                files,
                windows);
        MarkdownTable table = new MarkdownTable(
                2,
                List.of(
                        "effort",
                        "form",
                        "removed",
                        "a window, ms (median)",
                        "times zstd-" + MetaRun.ZSTD_LEVEL,
                        "decode, M tokens/s",
                        "windows worse than flat"));
        // of other prompts: there for the order of magnitude
        table.add(List.of("the paper, on its own two tasks", "flat", "27 % and 18 %", NONE, NONE, NONE, NONE));
        for (MetaSearch search : searches) {
            double millis = search.windows().medianMillis();
            table.add(List.of(
                    search.effort().toString(),
                    search.form().name().toLowerCase(Locale.ROOT),
                    number(100 * search.removed(), 1) + " %",
                    timed(millis, 2),
                    zstdMillis == 0 ? NONE : timed(millis / zstdMillis, 2),
                    timed(search.windows().decodeMillionPerSecond(), 0),
                    number((double) search.longerThanFlat(), 0)));
        }
        table.add(List.of(
                "zstd-" + MetaRun.ZSTD_LEVEL + " of varints",
                NONE,
                NONE,
                timed(zstdMillis, 2),
                zstdMillis == 0 ? NONE : number(1, 2),
                NONE,
                NONE));
        table.print(out);
    }

    private static String timed(double value, int digits) {
        return value == 0 ? NONE : number(value, digits);
    }

    private void printKinds(PrintWriter out) {
        out.printf("### removed, by kind%n%n");
        List<String> heads = new ArrayList<>(List.of("kind"));
        searches.forEach(search -> heads.add(search.label()));
        MarkdownTable table = new MarkdownTable(1, heads);
        for (String kind : searches.get(0).byKind().keySet()) {
            List<String> row = new ArrayList<>(List.of(kind));
            searches.forEach(search -> row.add(number(100 * search.byKind().getOrDefault(kind, Double.NaN), 1)));
            table.add(row);
        }
        List<String> all = new ArrayList<>(List.of("all files"));
        searches.forEach(search -> all.add(number(100 * search.removed(), 1)));
        table.add(all);
        table.print(out);
    }

    private void printLengths(PrintWriter out) {
        out.printf("### long inputs, each one window, at DEFAULT%n%n");
        MarkdownTable table = new MarkdownTable(
                0, List.of("tokens", "flat, ms", "removed", "decode, M tokens/s", "nested, ms", "removed", "decode"));
        for (MetaTiming timing : lengths) {
            List<String> row = new ArrayList<>(List.of(number((double) timing.tokens(), 0)));
            for (CodecMeasurement.Result result : List.of(timing.flat(), timing.nested())) {
                row.add(number(timing.millis(result), 0));
                row.add(number(100 * result.removed(), 1) + " %");
                row.add(number(result.decodeMillionPerSecond(), 0));
            }
            table.add(row);
        }
        table.print(out);
    }

    private void printWorstCases(PrintWriter out) {
        out.printf(Locale.ROOT, "### inputs made to be slow, in windows of %,d tokens, at DEFAULT%n%n", MetaRun.WINDOW);
        MarkdownTable table =
                new MarkdownTable(1, List.of("input", "flat, ns a token", "times text", "nested", "times text"));
        MetaTiming text = worstCases.get(0);
        for (MetaTiming timing : worstCases) {
            double flat = MetaTiming.nanosPerToken(timing.flat());
            double nested = MetaTiming.nanosPerToken(timing.nested());
            table.add(List.of(
                    timing.input(),
                    number(flat, 0),
                    number(flat / MetaTiming.nanosPerToken(text.flat()), 2),
                    number(nested, 0),
                    number(nested / MetaTiming.nanosPerToken(text.nested()), 2)));
        }
        table.print(out);
    }

    void printJson(PrintWriter out) {
        ObjectNode root = new ObjectMapper()
                .createObjectNode()
                .put("jdk", Runtime.version().toString())
                .put("machine", Surroundings.machine())
                .put("load", Surroundings.load())
                .put("seconds", seconds)
                .put("exact", isExact())
                .put("files", files)
                .put("windows", windows)
                .put("windowTokens", MetaRun.WINDOW)
                .put("zstdMedianMillis", zstdMillis);
        ArrayNode nodes = root.putArray("searches");
        for (MetaSearch search : searches) {
            ObjectNode node = nodes.addObject()
                    .put("effort", search.effort().name())
                    .put("form", search.form().name())
                    .put("removed", search.removed())
                    .put("medianMillis", search.windows().medianMillis())
                    .put("decodeMillionPerSecond", search.windows().decodeMillionPerSecond())
                    .put("windowsWorseThanFlat", search.longerThanFlat());
            ObjectNode kinds = node.putObject("removedByKind");
            search.byKind().forEach(kinds::put);
        }
        describe(lengths, root.putArray("lengths"));
        describe(worstCases, root.putArray("worstCases"));
        out.println(root.toPrettyString());
        out.flush();
    }

    private static void describe(List<MetaTiming> timings, ArrayNode nodes) {
        for (MetaTiming timing : timings) {
            ObjectNode node = nodes.addObject().put("input", timing.input()).put("windowTokens", timing.tokens());
            WireJson.put(node, "flatNanosPerToken", MetaTiming.nanosPerToken(timing.flat()));
            WireJson.put(node, "nestedNanosPerToken", MetaTiming.nanosPerToken(timing.nested()));
            node.put("flatRemoved", timing.flat().removed())
                    .put("nestedRemoved", timing.nested().removed());
        }
    }
}
