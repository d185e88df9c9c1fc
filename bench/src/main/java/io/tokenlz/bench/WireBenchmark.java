package io.tokenlz.bench;

import io.tokenlz.frames.FrameWriterOptions.Level;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
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
 * The wire format beside zstd and lz4 on varints, and a plain copy of the same IDs. One operation is one token; an invocation
 * goes over all tokens, as messages, blocks or one stream, and everything is reused. The level is ours alone.
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

    @Param({"message512", "block64k", "window"})
    String scenario = "message512";

    @Param({"FAST", "BALANCED", "HIGH"})
    Level level = Level.BALANCED;

    @Param({"code", "random"})
    String corpus = "code";

    /** Where the build puts the sample text; benchmarks run in the repository's root. */
    @Param("bench/target/corpus")
    String folder = "bench/target/corpus";

    private int[] tokens = {};
    private int[] room = {};
    private WireMeasurement ours = nothing();
    private WireMeasurement zstd3 = ours;
    private WireMeasurement lz4 = ours;
    private final List<WireCoder> coders = new ArrayList<>();

    private static WireMeasurement nothing() {
        return new WireMeasurement("", RivalCoder.plain(TokenBytes.VARINTS), Cut.WHOLE, List.of());
    }

    @Setup
    public void prepare() throws IOException {
        tokens = Arrays.copyOf(
                corpus.equals("code")
                        ? Tokenizer.named("o200k_base").orElseThrow().tokens(SampleText.CODE.read(Path.of(folder)))
                        : new Random(1).ints(TOKENS, 0, VOCABULARY_SIZE).toArray(),
                TOKENS);
        room = new int[TOKENS];
        Cut rivalsCut = switch (scenario) {
            case "message512" -> Cut.MESSAGES;
            case "block64k" -> Cut.BLOCKS;
            default -> Cut.WHOLE;
        };
        ours = measurement(ourCoder(), rivalsCut == Cut.MESSAGES ? Cut.MESSAGES : Cut.WHOLE);
        zstd3 = measurement(RivalCoder.zstd(3, TokenBytes.VARINTS), rivalsCut);
        lz4 = measurement(RivalCoder.lz4(TokenBytes.VARINTS), rivalsCut);
    }

    private WireCoder ourCoder() {
        return switch (scenario) {
            case "message512" -> FrameCoder.messages(VOCABULARY_SIZE, level);
            case "block64k" -> FrameCoder.blocks(VOCABULARY_SIZE, level);
            default -> FrameCoder.window(VOCABULARY_SIZE, level);
        };
    }

    /** Something that was verified, and whose passes cover all tokens. */
    private WireMeasurement measurement(WireCoder coder, Cut cut) {
        coders.add(coder);
        // a file has so many messages at most
        int fileTokens = cut == Cut.MESSAGES ? TOKENS / PARTS : TOKENS;
        List<TokenFile> files = new ArrayList<>();
        for (int from = 0; from < TOKENS; from += fileTokens) {
            int[] ids = Arrays.copyOfRange(tokens, from, from + fileTokens);
            files.add(new TokenFile(corpus, corpus + " from " + from, ids, VOCABULARY_SIZE, null));
        }
        WireMeasurement measurement = new WireMeasurement(scenario, coder, cut, files);
        WireResult result = measurement.run(WireTiming.NONE);
        if (!result.exact() || result.tokens() != TOKENS) {
            throw new IllegalStateException("not all came back: " + result);
        }
        return measurement;
    }

    @TearDown
    public void close() {
        coders.forEach(WireCoder::close);
        coders.clear();
    }

    @Benchmark
    @OperationsPerInvocation(TOKENS)
    public int encode() {
        return ours.encodeAll();
    }

    @Benchmark
    @OperationsPerInvocation(TOKENS)
    public int decode() {
        return ours.decodeAll();
    }

    @Benchmark
    @OperationsPerInvocation(TOKENS)
    public int zstd3Encode() {
        return zstd3.encodeAll();
    }

    @Benchmark
    @OperationsPerInvocation(TOKENS)
    public int zstd3Decode() {
        return zstd3.decodeAll();
    }

    @Benchmark
    @OperationsPerInvocation(TOKENS)
    public int lz4Encode() {
        return lz4.encodeAll();
    }

    @Benchmark
    @OperationsPerInvocation(TOKENS)
    public int lz4Decode() {
        return lz4.decodeAll();
    }

    @Benchmark
    @OperationsPerInvocation(TOKENS)
    public int[] copy() {
        System.arraycopy(tokens, 0, room, 0, TOKENS);
        return room;
    }
}
