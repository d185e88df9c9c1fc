package io.tokenlz.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is measured together, kept in one file of results, and shown in tables of READMEs. */
public enum BenchmarkSuite {
    HYPERTOKENS(HypertokenBenchmark.class, "hypertokens beside the plain oracle, lz4 and a copy") {
        @Override
        List<BenchmarkSelection> selections(List<String> corpora) {
            BenchmarkSelection all = BenchmarkSelection.of(methods(HypertokenBenchmark.class, ".*"));
            BenchmarkSelection beside = BenchmarkSelection.of(
                    methods(HypertokenBenchmark.class, "(encode|decode|oracleEncode|oracleDecode)"));
            return List.of(
                    all.with("replay", "BASE").with("corpus", corpora),
                    beside.with("replay", "EMITTED").with("corpus", corpora),
                    beside.with("replay", "BASE")
                            .with("corpus", corpora)
                            .with("documentTokens", "16", "1024", "65536", "1048576"),
                    beside.with("replay", "BASE")
                            .with("corpus", "code")
                            .with("vocabularySize", "32064", "128256")
                            .with("codebookSize", "2048", "4096"),
                    beside.with("replay", "BASE").with("corpus", "code").with("maxSubtokens", "3", "5"));
        }

        @Override
        List<BenchmarkSelection> smallest() {
            return List.of(BenchmarkSelection.of(methods(HypertokenBenchmark.class, ".*"))
                    .with("replay", "EMITTED")
                    .with("corpus", "random"));
        }
    },
    SERVING(HypertokenServingBenchmark.class, "hypertokens of many streams, as a server has them") {
        @Override
        List<BenchmarkSelection> smallest() {
            return List.of(BenchmarkSelection.of(methods(HypertokenServingBenchmark.class, ".*"))
                    .with("replay", "EMITTED")
                    .with("codebookSize", "2048"));
        }
    },
    META_TOKENS(MetaTokenBenchmark.class, "meta-tokens on text and on inputs made to be slow, beside zstd and a copy") {
        @Override
        List<BenchmarkSelection> selections(List<String> corpora) {
            BenchmarkSelection all = BenchmarkSelection.of(methods(MetaTokenBenchmark.class, ".*"));
            BenchmarkSelection encode = BenchmarkSelection.of(methods(MetaTokenBenchmark.class, "encode"));
            return List.of(
                    all.with("corpus", "code").with("effort", "DEFAULT"),
                    encode.with("form", "FLAT", "NESTED").with("corpus", "code").with("effort", "FAST", "BEST"),
                    encode.with("form", "FLAT", "NESTED")
                            .with("corpus", "all_equal", "period_1000", "fibonacci", "random")
                            .with("effort", "DEFAULT"),
                    encode.with("form", "FLAT", "NESTED")
                            .with("corpus", "code")
                            .with("effort", "DEFAULT")
                            .with("documentTokens", "131072", "1048576"));
        }

        @Override
        List<BenchmarkSelection> smallest() {
            return List.of(BenchmarkSelection.of(methods(MetaTokenBenchmark.class, ".*"))
                    .with("form", "NESTED")
                    .with("effort", "FAST")
                    .with("corpus", "random"));
        }
    },
    MEMORY(MemoryBenchmark.class, "codecs on each kind of memory") {
        @Override
        List<BenchmarkSelection> smallest() {
            return List.of(
                    BenchmarkSelection.of(methods(MemoryBenchmark.class, ".*")).with("codec", "hypertokens"));
        }
    },
    EMBEDDING(EmbeddingBenchmark.class, "rows of hypertokens, on the reference and on an OpenCL device") {
        @Override
        List<BenchmarkSelection> smallest() {
            return List.of(BenchmarkSelection.of(methods(EmbeddingBenchmark.class, ".*"))
                    .with("backend", "reference")
                    .with("size", "48")
                    .with("kind", "TRANSFORMER")
                    .with("entries", "1"));
        }
    },
    WIRE(WireBenchmark.class, "the wire format beside zstd, lz4, Snappy, Deflate, FastPFOR and a copy") {
        @Override
        List<BenchmarkSelection> selections(List<String> corpora) {
            BenchmarkSelection all = BenchmarkSelection.of(methods(WireBenchmark.class, ".*"));
            List<String> texts =
                    corpora.stream().filter(corpus -> !corpus.equals("random")).toList();
            return List.of(
                    all.with("corpus", texts),
                    all.with("scenario", "message512").with("corpus", "random"));
        }

        @Override
        List<BenchmarkSelection> smallest() {
            return List.of(BenchmarkSelection.of(methods(WireBenchmark.class, ".*"))
                    .with("scenario", "window")
                    .with("coder", "ours-fast", "zstd-3", "lz4", "snappy", "deflate", "fastpfor", "varints", "copy")
                    .with("corpus", "random"));
        }
    },
    REACTIVE(ReactiveBenchmark.class, "operators beside loops over the bare codecs") {
        /** A step of an operator goes through more methods than a loop does: they are all compiled after six to eight seconds. */
        @Override
        int warmup() {
            return 6;
        }
    };

    private final Class<?> benchmarks;
    private final String title;

    BenchmarkSuite(Class<?> benchmarks, String title) {
        this.benchmarks = benchmarks;
        this.title = title;
    }

    /** As the command line and result files have it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What it measures, in a few words. */
    public String title() {
        return title;
    }

    /**
     * What of it to run.
     *
     * @param files files of IDs ({@code .u32}) to measure beside the sample text and random IDs, where a suite has corpora
     */
    public List<BenchmarkSelection> selections(BenchmarkProfile profile, List<String> files) {
        if (profile == BenchmarkProfile.ONCE) {
            return smallest();
        }
        List<String> corpora = new ArrayList<>(List.of("code", "random"));
        corpora.addAll(files);
        return selections(corpora);
    }

    /** How many times as long its benchmarks warm up as they are measured. */
    int warmup() {
        return 1;
    }

    List<BenchmarkSelection> selections(List<String> corpora) {
        return List.of(BenchmarkSelection.of(methods(benchmarks, ".*")));
    }

    /** Each benchmark, with as few parameters as it can do with. */
    List<BenchmarkSelection> smallest() {
        return selections(List.of("code"));
    }

    static String methods(Class<?> benchmarks, String pattern) {
        return "\\." + benchmarks.getSimpleName() + "\\." + pattern + "$";
    }
}
