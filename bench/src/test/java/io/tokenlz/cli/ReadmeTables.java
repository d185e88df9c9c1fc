package io.tokenlz.cli;

import io.tokenlz.bench.BenchmarkFigure;
import io.tokenlz.bench.BenchmarkResults;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The tables of READMEs, made from the files that {@code tokenlz bench} and {@code tokenlz report} wrote. */
final class ReadmeTables {
    static final List<String> NAMES = List.of(
            "hypertokens-8k",
            "hypertokens-lengths",
            "hypertokens-sizes",
            "serving",
            "meta-tokens",
            "meta-tokens-slow",
            "wire",
            "reactive",
            "memory",
            "embedding",
            "report/first-screen",
            "report-meta/first-windows",
            "report-meta/removed",
            "report-meta/long-inputs",
            "report-meta/inputs-made-to-be-slow",
            "report-wire",
            "report-wire/first-screen",
            "report-scaling/length",
            "report-scaling/streams",
            "report-scaling/threads",
            "report-random-access/random-access");

    static final List<String> JDKS = List.of("17", "25");
    private static final List<String> META_TOKEN_JDKS = List.of("17", "25");
    private static final List<String> CORPORA = List.of("code", "chat-turns-taubench.u32", "random");
    private static final Map<String, String> USUAL = Map.of(
            "replay", "BASE",
            "corpus", "code",
            "documentTokens", "8192",
            "vocabularySize", "200019",
            "codebookSize", "2048",
            "maxSubtokens", "4");

    private final Path results;

    ReadmeTables(Path results) {
        this.results = results;
    }

    String table(String name) throws IOException {
        return switch (name) {
            case "hypertokens-8k" -> hypertokensOfOneLength();
            case "hypertokens-lengths" -> hypertokensByLength();
            case "hypertokens-sizes" -> hypertokensBySize();
            case "serving" -> serving();
            case "meta-tokens" -> metaTokens();
            case "meta-tokens-slow" -> metaTokensMadeSlow();
            case "wire" -> new StreamReadmeTables(this).wire();
            case "memory" -> new StreamReadmeTables(this).memory();
            case "embedding" -> embedding();
            case "reactive" -> new StreamReadmeTables(this).reactive();
            default -> {
                if (!name.startsWith("report")) {
                    throw new IllegalArgumentException("no table is called " + name);
                }
                yield new KeptReports(results).table(name);
            }
        };
    }

    BenchmarkResults results(String suite, String jdk) throws IOException {
        return BenchmarkResults.parse(Files.readString(results.resolve(suite + "-jdk" + jdk + ".json")));
    }

    private String hypertokensOfOneLength() throws IOException {
        MarkdownTable table = new MarkdownTable(3, heads("8k documents", "rule", "JDK"));
        for (String replay : List.of("BASE", "EMITTED")) {
            for (String corpus : CORPORA) {
                for (String jdk : JDKS) {
                    List<String> row =
                            new ArrayList<>(List.of(shortName(corpus), replay.toLowerCase(Locale.ROOT), jdk));
                    row.addAll(
                            besideTheOracle(results("hypertokens", jdk), Map.of("replay", replay, "corpus", corpus)));
                    table.add(row);
                }
            }
        }
        return text(table) + rivals() + surroundings("hypertokens", JDKS);
    }

    /** The rivals of one length and rule, in a table of their own. */
    private String rivals() throws IOException {
        MarkdownTable table = new MarkdownTable(2, List.of("8k documents", "JDK", "lz4 encodes", "decodes", "copy"));
        for (String corpus : CORPORA) {
            for (String jdk : JDKS) {
                BenchmarkResults of = results("hypertokens", jdk);
                Map<String, String> parameters = Map.of("corpus", corpus);
                table.add(List.of(
                        shortName(corpus),
                        jdk,
                        number(find(of, "HypertokenBenchmark.lz4Encode", parameters)),
                        number(find(of, "HypertokenBenchmark.lz4Decode", parameters)),
                        number(find(of, "HypertokenBenchmark.copy", parameters))));
            }
        }
        return text(table);
    }

    private String hypertokensByLength() throws IOException {
        MarkdownTable table = new MarkdownTable(3, heads("corpus", "tokens in a document", "JDK"));
        for (String corpus : CORPORA) {
            for (int length : new int[] {16, 1024, 8192, 65_536, 1_048_576}) {
                for (String jdk : JDKS) {
                    List<String> row =
                            new ArrayList<>(List.of(shortName(corpus), String.format(Locale.ROOT, "%,d", length), jdk));
                    row.addAll(besideTheOracle(
                            results("hypertokens", jdk),
                            Map.of("corpus", corpus, "documentTokens", Integer.toString(length))));
                    table.add(row);
                }
            }
        }
        return text(table) + surroundings("hypertokens", JDKS);
    }

    private String hypertokensBySize() throws IOException {
        MarkdownTable table = new MarkdownTable(4, heads("V", "C", "m", "JDK"));
        for (String[] size : new String[][] {
            {"32064", "2048", "4"},
            {"32064", "4096", "4"},
            {"128256", "2048", "4"},
            {"128256", "4096", "4"},
            {"200019", "2048", "3"},
            {"200019", "2048", "4"},
            {"200019", "2048", "5"}
        }) {
            for (String jdk : JDKS) {
                List<String> row = new ArrayList<>(List.of(size));
                row.add(jdk);
                row.addAll(besideTheOracle(
                        results("hypertokens", jdk),
                        Map.of("vocabularySize", size[0], "codebookSize", size[1], "maxSubtokens", size[2])));
                table.add(row);
            }
        }
        return text(table) + surroundings("hypertokens", JDKS);
    }

    private static List<String> heads(String... first) {
        List<String> heads = new ArrayList<>(List.of(first));
        heads.addAll(List.of("encode", "oracle", "", "decode", "oracle", ""));
        return heads;
    }

    private static List<String> besideTheOracle(BenchmarkResults results, Map<String, String> parameters) {
        List<String> cells = new ArrayList<>();
        for (String[] pair : new String[][] {{"encode", "oracleEncode"}, {"decode", "oracleDecode"}}) {
            double speed = find(results, "HypertokenBenchmark." + pair[0], parameters);
            double plain = find(results, "HypertokenBenchmark." + pair[1], parameters);
            cells.add(number(speed));
            cells.add(MarkdownTable.number(plain, 1));
            cells.add(number(speed / plain) + "x");
        }
        return cells;
    }

    private String serving() throws IOException {
        MarkdownTable table =
                new MarkdownTable(2, List.of("ns", "C", "JDK 17, base", "emitted", "JDK 25, base", "emitted"));
        Map<String, String> names = Map.of(
                "batchStep", "a step of 256 streams after prompts of 2,000 tokens, and their new entries taken",
                "encodeShortText", "a stream of 16 tokens from its reset on, encoded",
                "decodeShortText", "the same, decoded",
                "draftAndRollBack", "a mark, five IDs, and a rollback",
                "forkAndStep", "a fork after a prompt of 2,000 tokens, and an ID for both");
        for (String benchmark :
                List.of("batchStep", "encodeShortText", "decodeShortText", "draftAndRollBack", "forkAndStep")) {
            for (String size : List.of("2048", "4096")) {
                List<String> row = new ArrayList<>(List.of(String.valueOf(names.get(benchmark)), size));
                for (String jdk : JDKS) {
                    for (String replay : List.of("BASE", "EMITTED")) {
                        row.add(number(find(
                                results("serving", jdk),
                                "HypertokenServingBenchmark." + benchmark,
                                Map.of("replay", replay, "codebookSize", size))));
                    }
                }
                table.add(row);
            }
        }
        return text(table) + surroundings("serving", JDKS);
    }

    /** Windows of code, and what else does something with them. */
    private String metaTokens() throws IOException {
        MarkdownTable table = new MarkdownTable(
                2,
                List.of(
                        "form",
                        "effort",
                        "JDK",
                        "tokens in a window",
                        "encode, ms",
                        "M tokens/s",
                        "decode, M tokens/s"));
        for (String jdk : META_TOKEN_JDKS) {
            for (String form : List.of("FLAT", "NESTED")) {
                for (String effort : List.of("FAST", "DEFAULT", "BEST")) {
                    addMetaTokens(table, jdk, form, effort, "encode", 8192);
                }
                addMetaTokens(table, jdk, form, "DEFAULT", "encode", 131_072);
                addMetaTokens(table, jdk, form, "DEFAULT", "encode", 1_048_576);
            }
            addMetaTokens(table, jdk, "SHARED", "DEFAULT", "encode", 8192);
            addMetaTokens(table, jdk, "zstd-19", "", "zstdEncode", 8192);
            addMetaTokens(table, jdk, "copy", "", "copy", 8192);
        }
        return text(table) + surroundings("meta_tokens", META_TOKEN_JDKS);
    }

    private void addMetaTokens(
            MarkdownTable table, String jdk, String form, String effort, String benchmark, int windowTokens)
            throws IOException {
        BenchmarkResults of = results("meta_tokens", jdk);
        boolean rival = effort.isEmpty();
        Map<String, String> parameters = Map.of(
                "form", rival ? "FLAT" : form,
                "effort", rival ? "DEFAULT" : effort,
                "documentTokens", Integer.toString(windowTokens));
        double speed = find(of, "MetaTokenBenchmark." + benchmark, parameters);
        // the effort changes what there is to decode, not how
        boolean decoded = effort.equals("DEFAULT") && windowTokens == 8192;
        double decode = decoded ? find(of, "MetaTokenBenchmark.decode", parameters) : Double.NaN;
        table.add(List.of(
                rival ? form : form.toLowerCase(Locale.ROOT),
                form.equals("SHARED") || rival ? "-" : effort,
                jdk,
                String.format(Locale.ROOT, "%,d", windowTokens),
                MarkdownTable.number(windowTokens / speed / 1e3, rival && speed > 1e3 ? 4 : 2),
                MarkdownTable.number(speed, speed < 100 ? 2 : 0),
                number(decode)));
    }

    private String metaTokensMadeSlow() throws IOException {
        MarkdownTable table = new MarkdownTable(
                1, List.of("input", "JDK", "flat, ns a token", "times code", "nested, ns a token", "times code"));
        for (String jdk : META_TOKEN_JDKS) {
            for (String corpus : List.of("code", "all_equal", "period_1000", "fibonacci", "random")) {
                List<String> row = new ArrayList<>(List.of(corpus.replace('_', ' '), jdk));
                for (String form : List.of("FLAT", "NESTED")) {
                    double speed = metaTokenSpeed(jdk, form, corpus);
                    row.add(number(1e3 / speed));
                    row.add(MarkdownTable.number(metaTokenSpeed(jdk, form, "code") / speed, 2));
                }
                table.add(row);
            }
        }
        return text(table) + surroundings("meta_tokens", META_TOKEN_JDKS);
    }

    private double metaTokenSpeed(String jdk, String form, String corpus) throws IOException {
        return find(
                results("meta_tokens", jdk),
                "MetaTokenBenchmark.encode",
                Map.of("form", form, "effort", "DEFAULT", "corpus", corpus));
    }

    /** Rows of an embedding table: of the mean, and of encoders with layers. */
    private String embedding() throws IOException {
        MarkdownTable table = new MarkdownTable(1, List.of("µs, JDK 17", "reference", "opencl"));
        addRows(table, "mean, one entry: submit returns", "submit", Map.of());
        addRows(table, "mean, one entry: its row is there", "oneRow", Map.of());
        addRows(table, "mean, 2048 entries at once", "rows2048", Map.of());
        for (String kind : List.of("ATTENTION", "TRANSFORMER")) {
            String name = kind.toLowerCase(Locale.ROOT);
            addRows(table, name + ", one entry", "layers", Map.of("kind", kind, "entries", "1"));
            addRows(table, name + ", 64 entries at once", "layers", Map.of("kind", kind, "entries", "64"));
        }
        return text(table) + surroundings("embedding", List.of("17"), "../bench/");
    }

    private void addRows(MarkdownTable table, String name, String benchmark, Map<String, String> parameters)
            throws IOException {
        List<String> row = new ArrayList<>(List.of(name));
        for (String backend : List.of("reference", "opencl")) {
            Map<String, String> all = new HashMap<>(parameters);
            all.put("backend", backend);
            double micros = find(results("embedding", "17"), "EmbeddingBenchmark." + benchmark, all);
            row.add(MarkdownTable.number(micros, micros < 10 ? 2 : 0));
        }
        table.add(row);
    }

    /** The best of a benchmark's runs, with the usual parameters but for those that are given. */
    static double find(BenchmarkResults results, String benchmark, Map<String, String> parameters) {
        for (BenchmarkFigure figure : results.figures()) {
            boolean found = figure.benchmark().equals(benchmark);
            for (Map.Entry<String, String> parameter : figure.parameters().entrySet()) {
                String usual = USUAL.getOrDefault(parameter.getKey(), parameter.getValue());
                found &= parameters.getOrDefault(parameter.getKey(), usual).equals(parameter.getValue());
            }
            if (found) {
                return figure.isRate() ? figure.most() : figure.least();
            }
        }
        throw new IllegalArgumentException(results.suite() + " has no " + benchmark + " with " + parameters);
    }

    private static String shortName(String corpus) {
        return corpus.startsWith("chat") ? "chat" : corpus;
    }

    static String number(double value) {
        return MarkdownTable.number(value, 0);
    }

    static String text(MarkdownTable table) {
        StringWriter text = new StringWriter();
        table.print(new PrintWriter(text, true));
        return text.toString();
    }

    private String surroundings(String suite, List<String> jdks) throws IOException {
        return surroundings(suite, jdks, "");
    }

    /**
     * Where figures are from, and what the machine was busy with before.
     *
     * @param bench the way from the README to bench
     */
    String surroundings(String suite, List<String> jdks, String bench) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String jdk : jdks) {
            BenchmarkResults of = results(suite, jdk);
            Map<String, String> surroundings = of.surroundings();
            String file = suite + "-jdk" + jdk + ".json";
            text.append(String.format(
                    "- [`%s`](%sresults/%s), commit %s, %s:%n  %s, load %s before, %s%n",
                    file,
                    bench,
                    file,
                    surroundings.get("commit"),
                    of.profile(),
                    surroundings.get("machine"),
                    surroundings.get("loadBefore"),
                    surroundings.get("jdk")));
        }
        return text.toString();
    }
}
