package io.tokenlz.cli;

import io.tokenlz.bench.BenchmarkFigure;
import io.tokenlz.bench.BenchmarkResults;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** What two runs of benchmarks differ in, the largest gain first. */
final class ResultComparison {
    /** Bytes an operation that are no allocation, but JMH's own share. */
    private static final double FEW_BYTES = 1;

    private final BenchmarkResults before;
    private final BenchmarkResults after;
    private final double noise;

    /** @param noise share of a mean that is no difference */
    ResultComparison(BenchmarkResults before, BenchmarkResults after, double noise) {
        this.before = before;
        this.after = after;
        this.noise = noise;
    }

    /** @param speed how many times as fast as before */
    private record Change(BenchmarkFigure before, BenchmarkFigure after, double speed) {
        static Change of(BenchmarkFigure before, BenchmarkFigure after) {
            double ratio = after.mean() / before.mean();
            return new Change(before, after, after.isRate() ? ratio : 1 / ratio);
        }

        boolean isBeyond(double noise) {
            boolean apart = after.least() > before.most() || after.most() < before.least();
            return apart && Math.abs(speed - 1) > noise;
        }

        boolean isOfAllocation() {
            double difference = Math.abs(after.allocatedBytes() - before.allocatedBytes());
            return difference > Math.max(FEW_BYTES, before.allocatedBytes() / 10);
        }
    }

    void print(PrintWriter out) {
        printSurroundings(out);
        List<Change> changes = new ArrayList<>();
        for (BenchmarkFigure now : after.figures()) {
            before.figures().stream()
                    .filter(now::measuresSameAs)
                    .findFirst()
                    .ifPresent(earlier -> changes.add(Change.of(earlier, now)));
        }
        changes.sort(Comparator.comparingDouble(Change::speed).reversed());
        List<Change> told = changes.stream()
                .filter(change -> change.isBeyond(noise) || change.isOfAllocation())
                .toList();
        if (!told.isEmpty()) {
            printTable(told, out);
        }
        out.printf(
                Locale.ROOT,
                "%d faster, %d slower, %d within the noise; %d only before, %d only after%n",
                changes.stream()
                        .filter(change -> change.isBeyond(noise) && change.speed() > 1)
                        .count(),
                changes.stream()
                        .filter(change -> change.isBeyond(noise) && change.speed() < 1)
                        .count(),
                changes.stream().filter(change -> !change.isBeyond(noise)).count(),
                before.figures().size() - changes.size(),
                after.figures().size() - changes.size());
        out.flush();
    }

    private void printSurroundings(PrintWriter out) {
        TreeSet<String> names = new TreeSet<>(before.surroundings().keySet());
        names.addAll(after.surroundings().keySet());
        MarkdownTable table = new MarkdownTable(3, List.of("", "before", "after"));
        for (String name : names) {
            table.add(List.of(name, value(before, name), value(after, name)));
        }
        table.add(List.of("profile", before.profile(), after.profile()));
        table.print(out);
    }

    private static String value(BenchmarkResults results, String name) {
        return results.surroundings().getOrDefault(name, "-");
    }

    private static void printTable(List<Change> changes, PrintWriter out) {
        MarkdownTable table = new MarkdownTable(
                2, List.of("benchmark", "parameters", "unit", "before", "after", "speed", "bytes/op"));
        for (Change change : changes) {
            String bytes = MarkdownTable.number(change.after().allocatedBytes(), 1);
            table.add(List.of(
                    change.after().benchmark(),
                    parameters(change.after().parameters()),
                    change.after().unit(),
                    MarkdownTable.number(change.before().mean(), 2),
                    MarkdownTable.number(change.after().mean(), 2),
                    String.format(Locale.ROOT, "%.2fx", change.speed()),
                    change.isOfAllocation()
                            ? MarkdownTable.number(change.before().allocatedBytes(), 1) + " to " + bytes
                            : bytes));
        }
        table.print(out);
    }

    private static String parameters(Map<String, String> parameters) {
        StringBuilder text = new StringBuilder();
        parameters.forEach((name, value) ->
                text.append(text.isEmpty() ? "" : " ").append(name).append('=').append(value));
        return text.toString();
    }
}
