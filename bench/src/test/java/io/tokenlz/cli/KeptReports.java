package io.tokenlz.cli;

import static io.tokenlz.cli.MarkdownTable.number;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What {@code tokenlz report} printed, kept in {@code bench/results/report….md}, as READMEs show it: whole, by the name of its
 * file; or the tables under one of its headings, by how the heading begins.
 */
final class KeptReports {
    private static final List<String> FIRST_SCREEN =
            List.of("java-agrona", "java-jackson", "yaml-languages", "json-metadata");

    private final Path results;

    KeptReports(Path results) {
        this.results = results;
    }

    String table(String name) throws IOException {
        return switch (name) {
            case "report/first-screen" -> codecsOnTheFirstScreen();
            case "report-wire/first-screen" -> wireOnTheFirstScreen();
            default -> {
                int slash = name.indexOf('/');
                yield slash < 0
                        ? Files.readString(results.resolve(name + ".md"))
                        : String.join("\n", section(name.substring(0, slash), name.substring(slash + 1))) + "\n";
            }
        };
    }

    private String codecsOnTheFirstScreen() throws IOException {
        return section("report", "codecs").stream()
                        .filter(row -> row.startsWith("| file ")
                                || row.startsWith("|-")
                                || FIRST_SCREEN.contains(cells(row).get(0)))
                        .collect(Collectors.joining("\n"))
                + "\n";
    }

    private String wireOnTheFirstScreen() throws IOException {
        MarkdownTable table =
                new MarkdownTable(1, List.of("", "ours", "varints", "zstd-3 of varints", "xz -6 of int32"));
        table.add(List.of(
                "token by token, each one flushed",
                bytes("token-by-token", "ours"),
                bytes("token-by-token", "varints + 1") + " with a length each",
                "",
                ""));
        table.add(List.of(
                "a message of 512 tokens",
                bytes("messages", "ours"),
                bytes("messages", "varints"),
                bytes("messages", "zstd-3 varints"),
                ""));
        table.add(List.of(
                "whole files, with a window",
                bytes("whole-files", "ours"),
                "",
                bytes("whole-files", "zstd-3 varints"),
                ""));
        table.add(List.of("whole files, smallest", bytes("storage", "ours"), "", "", bytes("storage", "xz-6 int32")));
        return ReadmeTables.text(table).stripTrailing() + "\n";
    }

    /** Bytes a token, the mean of all kinds. */
    private String bytes(String section, String contender) throws IOException {
        List<String> table = section("report-wire", section);
        int column = cells(table.get(0)).indexOf(contender);
        return table.stream()
                .map(KeptReports::cells)
                .filter(row -> row.get(0).equals("mean of kinds"))
                .map(row -> number(Double.parseDouble(row.get(column)), 2))
                .findFirst()
                .orElseThrow();
    }

    /** The lines of all tables under a heading, an empty one between two tables. */
    private List<String> section(String report, String beginning) throws IOException {
        List<String> lines = Files.readAllLines(results.resolve(report + ".md"));
        int heading = 0;
        while (!isHeading(lines.get(heading)) || !slug(lines.get(heading)).startsWith(beginning)) {
            if (++heading == lines.size()) {
                throw new IllegalArgumentException(report + " has no heading that begins with " + beginning);
            }
        }
        int end = heading + 2;
        while (end < lines.size() && (lines.get(end).isEmpty() || lines.get(end).startsWith("|"))) {
            end++;
        }
        while (lines.get(end - 1).isEmpty()) {
            end--;
        }
        return lines.subList(heading + 2, end);
    }

    private static boolean isHeading(String line) {
        return line.startsWith("### ");
    }

    private static String slug(String heading) {
        return heading.substring(4).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }

    private static List<String> cells(String row) {
        return Arrays.stream(row.split("\\|", -1)).skip(1).map(String::strip).toList();
    }
}
