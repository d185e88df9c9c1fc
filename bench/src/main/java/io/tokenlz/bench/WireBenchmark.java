package io.tokenlz.bench;

import io.tokenlz.frames.FrameWriterOptions.Level;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The wire format beside its rivals, on the same IDs. One operation is one token; an invocation goes over all tokens, as
 * messages, blocks or one stream, and everything is reused.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class WireBenchmark {
    private static final int PARTS = 5;
    private static final int TOKENS = PARTS * Cut.MOST_MESSAGES * Cut.MESSAGE_TOKENS;
    private static final int VOCABULARY_SIZE = 200_019;
    private static final String OURS = "ours-";

    @Param({"message512", "block64k", "window"})
    String scenario = "message512";

    /** Ours by level, and rivals; all but FastPFOR and the copy are given varints. */
    @Param({
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
        "copy"
    })
    String coder = "ours-balanced";

    /** Sample text of the build, random IDs, or a file of IDs, which begins anew where it is smaller. */
    @Param({"code", "random"})
    String corpus = "code";

    /** Where the build puts the sample text; benchmarks run in the repository's root. */
    @Param("bench/target/corpus")
    String folder = "bench/target/corpus";

    private WireMeasurement measurement =
            new WireMeasurement("", RivalCoder.plain(TokenBytes.VARINTS), Cut.WHOLE, List.of());

    private @Nullable WireCoder opened;

    @Setup
    public void prepare() throws IOException {
        int[] ids = corpus();
        int[] tokens = IntStream.range(0, TOKENS).map(i -> ids[i % ids.length]).toArray();
        boolean messages = scenario.equals("message512");
        WireCoder made = coder();
        opened = made;
        measurement = new WireMeasurement(scenario, made, cut(), files(tokens, messages ? TOKENS / PARTS : TOKENS));
        WireResult result = measurement.run(WireTiming.NONE);
        if (!result.exact() || result.tokens() != TOKENS) {
            throw new IllegalStateException("not all came back: " + result);
        }
    }

    private int[] corpus() throws IOException {
        return switch (corpus) {
            case "code" -> Tokenizer.named("o200k_base").orElseThrow().tokens(SampleText.CODE.read(Path.of(folder)));
            case "random" -> new Random(1).ints(TOKENS, 0, VOCABULARY_SIZE).toArray();
            default -> TokenBytes.readInt32(Path.of(corpus));
        };
    }

    private Cut cut() {
        return switch (scenario) {
            case "message512" -> Cut.MESSAGES;
            // one stream of ours, but of blocks that each begin anew
            case "block64k" -> coder.startsWith(OURS) ? Cut.WHOLE : Cut.BLOCKS;
            default -> Cut.WHOLE;
        };
    }

    /** A file has so many messages at most, so that passes over all tokens need several files. */
    private List<TokenFile> files(int[] tokens, int fileTokens) {
        List<TokenFile> files = new ArrayList<>();
        for (int from = 0; from < TOKENS; from += fileTokens) {
            int[] ids = Arrays.copyOfRange(tokens, from, from + fileTokens);
            files.add(new TokenFile(corpus, corpus + " from " + from, ids, VOCABULARY_SIZE, null));
        }
        return files;
    }

    private WireCoder coder() {
        return switch (coder) {
            case "zstd-1" -> RivalCoder.zstd(1, TokenBytes.VARINTS);
            case "zstd-3" -> RivalCoder.zstd(3, TokenBytes.VARINTS);
            case "zstd-19" -> RivalCoder.zstd(19, TokenBytes.VARINTS);
            case "lz4" -> RivalCoder.lz4(TokenBytes.VARINTS);
            case "snappy" -> RivalCoder.snappy(TokenBytes.VARINTS);
            case "deflate" -> RivalCoder.deflate(6, TokenBytes.VARINTS);
            case "fastpfor" -> new FastPforCoder();
            case "varints" -> RivalCoder.plain(TokenBytes.VARINTS);
            case "copy" -> RivalCoder.plain(TokenBytes.INT32);
            default -> ourCoder(Level.valueOf(coder.substring(OURS.length()).toUpperCase(Locale.ROOT)));
        };
    }

    private WireCoder ourCoder(Level level) {
        return switch (scenario) {
            case "message512" -> FrameCoder.messages(VOCABULARY_SIZE, level);
            case "block64k" -> FrameCoder.blocks(VOCABULARY_SIZE, level);
            default -> FrameCoder.window(VOCABULARY_SIZE, level);
        };
    }

    @TearDown
    public void close() {
        if (opened != null) {
            opened.close();
        }
    }

    @Benchmark
    @OperationsPerInvocation(TOKENS)
    public int encode() {
        return measurement.encodeAll();
    }

    @Benchmark
    @OperationsPerInvocation(TOKENS)
    public int decode() {
        return measurement.decodeAll();
    }
}
