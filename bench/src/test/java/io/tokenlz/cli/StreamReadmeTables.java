package io.tokenlz.cli;

import io.tokenlz.bench.BenchmarkResults;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tables of the wire format, of the reactive operators and of kinds of memory. */
final class StreamReadmeTables {
    private static final List<String> CODERS = List.of(
            "ours-fast",
            "ours-balanced",
            "ours-high",
            "zstd-1",
            "zstd-3",
            "zstd-19",
            "lz4",
            "snappy",
            "deflate",
            "fastpfor",
            "varints",
            "copy");

    private final ReadmeTables tables;

    StreamReadmeTables(ReadmeTables tables) {
        this.tables = tables;
    }

    String wire() throws IOException {
        List<Map<String, String>> uses = List.of(
                Map.of("scenario", "message512"),
                Map.of("scenario", "block64k"),
                Map.of("scenario", "window"),
                Map.of("scenario", "message512", "corpus", "random"));
        List<String> heads = List.of(
                "M tokens/s",
                "JDK",
                "messages, encode",
                "decode",
                "blocks, encode",
                "decode",
                "window, encode",
                "decode",
                "random messages, encode",
                "decode");
        MarkdownTable table = new MarkdownTable(2, heads);
        for (String coder : CODERS) {
            for (String jdk : ReadmeTables.JDKS) {
                BenchmarkResults of = tables.results("wire", jdk);
                List<String> row = new ArrayList<>(List.of(coder, jdk));
                for (Map<String, String> use : uses) {
                    for (String direction : List.of("encode", "decode")) {
                        row.add(speed(of, "WireBenchmark." + direction, coder, use));
                    }
                }
                table.add(row);
            }
        }
        return ReadmeTables.text(table) + tables.surroundings("wire", ReadmeTables.JDKS, "");
    }

    private static String speed(BenchmarkResults of, String benchmark, String coder, Map<String, String> use) {
        Map<String, String> parameters = new HashMap<>(use);
        parameters.put("coder", coder);
        double rate = ReadmeTables.find(of, benchmark, parameters);
        return MarkdownTable.number(rate, rate < 10 ? 1 : 0);
    }

    String memory() throws IOException {
        MarkdownTable table = new MarkdownTable(
                2, List.of("tokens in", "JDK", "hypertokens, encode", "decode", "meta-tokens, encode", "decode"));
        for (String[] kind : new String[][] {
            {"int[]", "ARRAY"},
            {"Agrona, heap", "AGRONA_HEAP"},
            {"Agrona, direct", "AGRONA_DIRECT"},
            {"Chronicle, heap", "CHRONICLE_HEAP"},
            {"Chronicle, native", "CHRONICLE_NATIVE"}
        }) {
            for (String jdk : ReadmeTables.JDKS) {
                List<String> row = new ArrayList<>(List.of(kind[0], jdk));
                for (String codec : List.of("hypertokens", "meta_tokens")) {
                    for (String direction : List.of("encode", "decode")) {
                        double rate = ReadmeTables.find(
                                tables.results("memory", jdk),
                                "MemoryBenchmark." + direction,
                                Map.of("memory", kind[1], "codec", codec));
                        row.add(MarkdownTable.number(rate, rate < 10 ? 1 : 0));
                    }
                }
                table.add(row);
            }
        }
        return ReadmeTables.text(table) + tables.surroundings("memory", ReadmeTables.JDKS, "");
    }

    String reactive() throws IOException {
        List<String> heads = List.of("ns a token, there and back", "in chunks of", "JDK", "a loop", "operators");
        MarkdownTable table = new MarkdownTable(3, heads);
        for (String[] of : new String[][] {{"hypertokens", "codec"}, {"frames", "frames"}}) {
            for (String chunk : List.of("1", "512")) {
                for (String jdk : ReadmeTables.JDKS) {
                    List<String> row = new ArrayList<>(List.of(of[0], chunk, jdk));
                    for (String how : List.of("Alone", "Operators")) {
                        double nanos = ReadmeTables.find(
                                tables.results("reactive", jdk),
                                "ReactiveBenchmark." + of[1] + how,
                                Map.of("chunkTokens", chunk));
                        row.add(MarkdownTable.number(nanos, 1));
                    }
                    table.add(row);
                }
            }
        }
        return ReadmeTables.text(table) + tables.surroundings("reactive", ReadmeTables.JDKS, "../bench/");
    }
}
