package io.tokenlz.cli;

import static io.tokenlz.cli.MarkdownTable.number;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenlz.bench.Surroundings;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;

/**
 * What random access took, for people and for programs.
 *
 * @param tokens of each stream
 * @param reads of each stream
 * @param results one for each size of blocks
 */
record RandomAccessReport(long tokens, int reads, List<RandomAccessResult> results) {
    private static final double MEBIBYTE = 1 << 20;

    /** What the command ends with: whether every read was exact. */
    int exitStatus() {
        return differences().isEmpty() ? TokenLz.DONE : TokenLz.NOT_EXACT;
    }

    private List<String> differences() {
        return results.stream()
                .map(RandomAccessResult::difference)
                .filter(Objects::nonNull)
                .toList();
    }

    void print(PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "### random access: %,d generated tokens, %,d reads of %d tokens%n%n",
                tokens,
                reads,
                RandomAccessRun.READ_TOKENS);
        List<String> heads = new ArrayList<>(List.of("blocks of"));
        results.forEach(result -> heads.add(number(result.blockTokens(), 0)));
        MarkdownTable table = new MarkdownTable(1, heads);
        add(table, "file, bytes", result -> number((double) result.fileBytes(), 0));
        add(table, "bytes a token", result -> number(result.bytesPerToken(), 3));
        add(table, "index, bytes", result -> number((double) result.indexBytes(), 0));
        add(table, "restarts", result -> number(result.restarts(), 0));
        add(table, "generated and written, M tokens/s", result -> number(tokens / 1e6 / result.writeSeconds(), 1));
        add(table, "opened in, ms", result -> number(1e3 * result.openSeconds(), 2));
        add(table, "bytes touched to open", result -> number((double) result.openBytes(), 0));
        add(table, "reads a second", result -> number(result.readsPerSecond(), 0));
        add(table, "a read, median, µs", result -> number(1e6 * result.medianSeconds(), 1));
        add(table, "a read, 99th percentile, µs", result -> number(1e6 * result.slowSeconds(), 1));
        add(table, "bytes touched by a read, mean", result -> number(result.bytesPerRead(), 0));
        add(table, "bytes touched by a read, most", result -> number((double) result.mostReadBytes(), 0));
        add(table, "heap in use before opening, MiB", result -> number(result.heapBefore() / MEBIBYTE, 1));
        add(table, "heap in use after all reads, MiB", result -> number(result.heapAfter() / MEBIBYTE, 1));
        table.print(out);
        differences().forEach(difference -> out.println("WRONG: " + difference));
        out.printf(
                Locale.ROOT,
                "%s A heap of at most %,.0f MiB, one thread; %s.%n",
                differences().isEmpty() ? "All came back exactly." : "NOT ALL CAME BACK.",
                Runtime.getRuntime().maxMemory() / MEBIBYTE,
                Surroundings.line());
        out.flush();
    }

    private void add(MarkdownTable table, String head, Function<RandomAccessResult, String> cell) {
        List<String> cells = new ArrayList<>(List.of(head));
        results.forEach(result -> cells.add(cell.apply(result)));
        table.add(cells);
    }

    void printJson(PrintWriter out) {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("jdk", Runtime.version().toString())
                .put("mostHeapBytes", Runtime.getRuntime().maxMemory())
                .put("tokens", tokens)
                .put("reads", reads)
                .put("readTokens", RandomAccessRun.READ_TOKENS)
                .put("exact", differences().isEmpty());
        ArrayNode blocks = root.putArray("blocks");
        results.forEach(result -> describe(result, blocks.addObject()));
        out.println(root.toPrettyString());
        out.flush();
    }

    private static void describe(RandomAccessResult result, ObjectNode node) {
        node.put("blockTokens", result.blockTokens())
                .put("fileBytes", result.fileBytes())
                .put("bytesPerToken", result.bytesPerToken())
                .put("indexBytes", result.indexBytes())
                .put("restarts", result.restarts())
                .put("writeSeconds", result.writeSeconds())
                .put("openSeconds", result.openSeconds())
                .put("openBytes", result.openBytes())
                .put("readsPerSecond", result.readsPerSecond())
                .put("medianReadSeconds", result.medianSeconds())
                .put("percentile99ReadSeconds", result.slowSeconds())
                .put("bytesPerRead", result.bytesPerRead())
                .put("mostBytesPerRead", result.mostReadBytes())
                .put("heapBytesBefore", result.heapBefore())
                .put("heapBytesAfter", result.heapAfter())
                .put("exact", result.difference() == null);
        if (result.difference() != null) {
            node.put("difference", result.difference());
        }
    }
}
