package io.tokenlz.cli;

import io.tokenlz.bench.CodecMeasurement;
import io.tokenlz.bench.GeneratedTokens;
import io.tokenlz.bench.StreamsMeasurement;
import io.tokenlz.bench.ThreadsMeasurement;
import io.tokenlz.core.TokenCodec;
import io.tokenlz.hypertokens.HypertokenCodec;
import io.tokenlz.hypertokens.HypertokenConfig;
import io.tokenlz.hypertokens.ReplayRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** A report on how cost grows with length, streams and threads. */
final class ScalingOptions {
    private static final int LEAST = 1000;
    private static final int MOST_TOKENS = 100_000_000;
    private static final int MOST_STREAMS = 100_000;
    private static final int STEP = 10;
    private static final List<Integer> THREADS = List.of(1, 2);

    /** Enough documents of any length for a fair pass; a longer document is one. */
    private static final int PASS_TOKENS = 1 << 17;

    @Option(
            names = "--scaling",
            description =
                    "report on growth instead: what a token costs in longer documents, in more streams and threads;"
                            + " on generated tokens")
    private boolean wanted;

    @Option(
            names = "--longest",
            paramLabel = "TOKENS",
            defaultValue = "10000000",
            description = "with --scaling: the longest document, from 1000 on; default: ${DEFAULT-VALUE}")
    private int longest = 10_000_000;

    @Option(
            names = "--streams",
            paramLabel = "N",
            defaultValue = "10000",
            description = "with --scaling: the most streams, some 125 KB each; default: ${DEFAULT-VALUE}")
    private int streams = 10_000;

    boolean isWanted() {
        return wanted;
    }

    void check(ParseResult given, List<String> files) {
        if (!wanted) {
            if (given.hasMatchedOption("--longest") || given.hasMatchedOption("--streams")) {
                throw new BadInput("--longest and --streams need --scaling");
            }
            return;
        }
        for (String other :
                List.of("--wire", "--random-access", "--html", "--corpora", "--vocab", "--vocab-size", "--document")) {
            if (given.hasMatchedOption(other)) {
                throw new BadInput("--scaling and " + other + " exclude each other");
            }
        }
        if (!files.isEmpty()) {
            throw new BadInput("--scaling takes no FILE: it generates its tokens");
        }
        if (longest < LEAST || longest > MOST_TOKENS) {
            throw new BadInput("--longest must be " + LEAST + " to " + MOST_TOKENS + ", is " + longest);
        }
        if (streams < 1 || streams > MOST_STREAMS) {
            throw new BadInput("--streams must be 1 to " + MOST_STREAMS + ", is " + streams);
        }
    }

    ScalingReport run(double seconds) {
        if (seconds == 0) {
            throw new BadInput("--seconds must be above 0 with --scaling, which is about nothing but time");
        }
        int steps = (int) (Math.log10(longest) + Math.log10(streams)) + THREADS.size();
        try (DelayedProgress progress = new DelayedProgress("scaling", steps, " steps", 1)) {
            int done = 0;
            Map<Integer, List<LengthFigures>> byLength = new LinkedHashMap<>();
            Map<Integer, StreamsMeasurement.Result> byStreams = new LinkedHashMap<>();
            Map<Integer, Map<String, Double>> byThreads = new LinkedHashMap<>();
            for (int length = LEAST; length <= longest; length *= STEP) {
                byLength.put(length, lengths(length, seconds));
                progress.at(++done);
            }
            for (int count = 1; count <= streams; count *= STEP) {
                byStreams.put(count, new StreamsMeasurement(hypertokens(), count).run(seconds));
                progress.at(++done);
            }
            for (int threads : THREADS) {
                byThreads.put(threads, threads(threads, seconds));
                progress.at(++done);
            }
            return new ScalingReport(byLength, byStreams, byThreads, seconds);
        }
    }

    private static TokenCodec hypertokens() {
        return new HypertokenCodec(HypertokenConfig.builder(GeneratedTokens.VOCABULARY_SIZE, ReplayRule.BASE)
                .build());
    }

    private static List<LengthFigures> lengths(int length, double seconds) {
        int[] tokens = new int[Math.max(length, PASS_TOKENS / length * length)];
        new GeneratedTokens(1).read(0, tokens, 0, tokens.length);
        List<LengthFigures> figures = new ArrayList<>();
        ReportCommand.codecs(GeneratedTokens.VOCABULARY_SIZE)
                .forEach((name, codec) -> figures.add(
                        new LengthFigures(name, length, new CodecMeasurement(codec, tokens, length).run(seconds))));
        return figures;
    }

    private static Map<String, Double> threads(int threads, double seconds) {
        Map<String, Double> speeds = new LinkedHashMap<>();
        ReportCommand.codecs(GeneratedTokens.VOCABULARY_SIZE)
                .forEach((name, codec) -> speeds.put(name, new ThreadsMeasurement(codec, threads).run(seconds)));
        return speeds;
    }
}
