package io.tokenlz.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenlz.bench.Tokenizer;
import io.tokenlz.metatokens.RepeatedRun;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The runs that repeat in a file, for people and for programs. */
final class RepeatsTable {
    /** Of longer runs a table shows only the start. */
    private static final int MOST_NUMBERS = 8;

    private static final int MOST_TEXTS = 24;
    private static final String CUT = "...";

    private final String file;
    private final int[] tokens;
    private final List<RepeatedRun> runs;
    private final @Nullable Tokenizer tokenizer;

    /**
     * Takes what was found.
     *
     * @param tokens of the file; only read
     * @param runs the most saving first
     * @param tokenizer turns tokens into text; without it they are numbers
     */
    RepeatsTable(String file, int[] tokens, List<RepeatedRun> runs, @Nullable Tokenizer tokenizer) {
        this.file = file;
        this.tokens = tokens;
        this.runs = runs;
        this.tokenizer = tokenizer;
    }

    void print(PrintWriter out) {
        if (!runs.isEmpty()) {
            printRuns(out);
        }
        out.printf(
                Locale.ROOT,
                "%,d tokens; %s%n",
                tokens.length,
                switch (runs.size()) {
                    case 0 -> "no run repeats so often that it would save anything";
                    case 1 -> "the run that would save most";
                    default -> "the " + runs.size() + " runs that would save most, each alone; they share places";
                });
        out.flush();
    }

    private void printRuns(PrintWriter out) {
        String head = "base tokens";
        int widest = runs.stream().mapToInt(run -> numbers(run).length()).max().orElse(0);
        String format = "%8s %8s %8s %10s  %-" + (tokenizer == null ? 1 : Math.max(head.length(), widest)) + "s";
        out.printf(format, "saves", "times", "tokens", "first at", head);
        out.println(tokenizer == null ? "" : "  text");
        for (RepeatedRun run : runs) {
            out.printf(
                    Locale.ROOT, format, run.saved(), run.placesApart(), run.length(), run.firstPlace(), numbers(run));
            if (tokenizer != null) {
                out.print("  [" + text(tokenizer, run, MOST_TEXTS) + "]" + (run.length() > MOST_TEXTS ? CUT : ""));
            }
            out.println();
        }
        out.println();
    }

    private String numbers(RepeatedRun run) {
        return subtokens(run, MOST_NUMBERS).mapToObj(Integer::toString).collect(Collectors.joining(" "))
                + (run.length() > MOST_NUMBERS ? " " + CUT : "");
    }

    private String text(Tokenizer of, RepeatedRun run, int most) {
        return VisibleText.of(of, subtokens(run, most), TokenLz.console());
    }

    private IntStream subtokens(RepeatedRun run, int most) {
        return IntStream.range(0, Math.min(most, run.length())).map(i -> tokens[run.firstPlace() + i]);
    }

    void printJson(PrintWriter out) {
        ObjectNode root =
                new ObjectMapper().createObjectNode().put("file", file).put("tokens", tokens.length);
        ArrayNode nodes = root.putArray("runs");
        for (RepeatedRun run : runs) {
            ObjectNode node = nodes.addObject()
                    .put("saves", run.saved())
                    .put("times", run.placesApart())
                    .put("places", run.places())
                    .put("firstAt", run.firstPlace());
            subtokens(run, run.length()).forEach(node.withArray("baseTokens")::add);
            if (tokenizer != null) {
                node.put("text", text(tokenizer, run, run.length()));
            }
        }
        out.println(root.toPrettyString());
        out.flush();
    }
}
