package io.tokenlz.cli;

import static io.tokenlz.bench.WireScenario.OURS;
import static io.tokenlz.bench.WireScenario.ZSTD_19;
import static io.tokenlz.cli.MarkdownTable.number;

import io.tokenlz.bench.Surroundings;
import io.tokenlz.bench.WireExtreme;
import io.tokenlz.bench.WireResult;
import io.tokenlz.bench.WireScenario;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A wire report for people. */
final class WireTables {
    private final WireReport report;
    private final PrintWriter out;

    private WireTables(WireReport report, PrintWriter out) {
        this.report = report;
        this.out = out;
    }

    static void print(WireReport report, PrintWriter out) {
        WireTables tables = new WireTables(report, out);
        for (WireOutcome outcome : report.outcomes()) {
            out.printf(
                    "### %s: %s%n%n",
                    outcome.scenario().title(), outcome.scenario().description());
            tables.bytesByKind(outcome);
            tables.speedByKind(outcome);
            tables.contenders(outcome);
        }
        tables.extremes();
        tables.targets();
        tables.footer();
        out.flush();
    }

    private void bytesByKind(WireOutcome outcome) {
        String rival = outcome.scenario().rival();
        boolean storage = outcome.scenario() == WireScenario.STORAGE;
        List<String> heads = new ArrayList<>(List.of("bytes a token"));
        heads.addAll(outcome.contenders());
        heads.add("ours / " + rival);
        List<String> mean = new ArrayList<>(List.of("mean of kinds"));
        outcome.contenders().forEach(contender -> mean.add(number(outcome.bytesPerToken(contender), 3)));
        mean.add(number(outcome.ratio(OURS, rival), 3));
        if (storage) {
            heads.add("best zstd-19");
            mean.add("");
        }
        MarkdownTable table = new MarkdownTable(1, heads);
        for (WireKind kind : outcome.kinds()) {
            List<String> cells = new ArrayList<>(List.of(kind.kind()));
            kind.results().forEach(result -> cells.add(number(result.bytesPerToken(), 3)));
            cells.add(number(kind.ratio(OURS, rival), 3));
            if (storage) {
                cells.add(kind.smallest(ZSTD_19).substring(ZSTD_19.length()));
            }
            table.add(cells);
        }
        table.add(mean);
        table.print(out);
    }

    private void speedByKind(WireOutcome outcome) {
        String rival = outcome.scenario().timedRival();
        MarkdownTable table = new MarkdownTable(
                1,
                List.of(
                        "M tokens/s",
                        "tokens",
                        "encode, ours",
                        "encode, " + rival,
                        "times",
                        "decode, ours",
                        "decode, " + rival,
                        "times"));
        for (WireKind kind : outcome.kinds()) {
            WireResult ours = kind.of(OURS);
            WireResult theirs = kind.of(rival);
            table.add(speeds(
                    kind.kind(),
                    (double) ours.tokens(),
                    ours.encodeRate(),
                    theirs.encodeRate(),
                    ours.decodeRate(),
                    theirs.decodeRate()));
        }
        table.add(speeds(
                "all files",
                outcome.tokens(OURS),
                outcome.encodeRate(OURS),
                outcome.encodeRate(rival),
                outcome.decodeRate(OURS),
                outcome.decodeRate(rival)));
        table.print(out);
    }

    private static List<String> speeds(
            String kind, double tokens, double encode, double rivalEncode, double decode, double rivalDecode) {
        return List.of(
                kind,
                number(tokens, 0),
                number(encode, 1),
                number(rivalEncode, 1),
                number(encode / rivalEncode, 2),
                number(decode, 1),
                number(rivalDecode, 1),
                number(decode / rivalDecode, 2));
    }

    private void contenders(WireOutcome outcome) {
        MarkdownTable table = new MarkdownTable(
                1,
                List.of(
                        "all files",
                        "bytes a token, mean of kinds",
                        "all bytes / all tokens",
                        "encode, M tokens/s",
                        "decode"));
        for (String contender : outcome.contenders()) {
            table.add(List.of(
                    contender,
                    number(outcome.bytesPerToken(contender), 3),
                    number(outcome.totalBytesPerToken(contender), 3),
                    number(outcome.encodeRate(contender), 1),
                    number(outcome.decodeRate(contender), 1)));
        }
        table.print(out);
    }

    private void extremes() {
        out.printf("### extremes: both forms, and what they may take (varints + 16 bytes a frame, header and end)%n%n");
        MarkdownTable table = new MarkdownTable(
                1,
                List.of(
                        "bytes a token",
                        "tokens",
                        "varints",
                        "independent blocks",
                        "at most",
                        "with a window",
                        "at most"));
        for (WireExtreme extreme : report.extremes()) {
            double tokens = (double) extreme.tokens();
            table.add(List.of(
                    extreme.name(),
                    number(tokens, 0),
                    number(extreme.varintBytes() / tokens, 4),
                    number(extreme.blocks().bytes() / tokens, 4),
                    number(extreme.blocks().most() / tokens, 4),
                    number(extreme.window().bytes() / tokens, 4),
                    number(extreme.window().most() / tokens, 4)));
        }
        table.print(out);
    }

    private void targets() {
        MarkdownTable table = new MarkdownTable(3, List.of("target", "figure", "verdict"));
        for (WireTargets.Row row : WireTargets.of(report)) {
            table.add(List.of(row.target(), row.figure(), row.verdict()));
        }
        table.print(out);
    }

    private void footer() {
        List<String> differences = report.differences();
        differences.forEach(difference -> out.println("WRONG in " + difference));
        out.printf(
                Locale.ROOT,
                "%s Million tokens a second: the fastest pass over a kind's files in%n"
                        + "%.1f s, from tokens to bytes and back, one thread; %s.%n",
                differences.isEmpty() ? "All came back exactly." : "NOT ALL CAME BACK.",
                report.seconds(),
                Surroundings.line());
    }
}
