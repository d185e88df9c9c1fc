package io.tokenlz.bench;

import io.tokenlz.conformance.HypertokenOracle;
import io.tokenlz.hypertokens.HypertokenCodec;
import io.tokenlz.hypertokens.HypertokenConfig;
import io.tokenlz.hypertokens.HypertokenDecoder;
import io.tokenlz.hypertokens.HypertokenEncoder;
import io.tokenlz.hypertokens.ReplayRule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
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
 * Hypertokens beside the plain oracle, which is built like the reference implementation (maps of token lists, one copy a
 * token), and a plain copy of the same IDs. One operation is one base token. Document after document is taken, so that the
 * branch predictor cannot learn one by heart.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HypertokenBenchmark {
    /** Tokens of one invocation: as many documents as that makes. */
    private static final int INVOCATION_TOKENS = 1 << 20;

    /** At least so many tokens are at hand; the corpus begins anew where it is smaller. */
    private static final int CORPUS_TOKENS = 1 << 21;

    /** Documents that are at hand at most; short ones are many enough sooner. */
    private static final int MOST_DOCUMENTS = 1 << 14;

    /** For documents so short that LZ4 makes them longer. */
    private static final int LEAST_ROOM = 64;

    @Param({"BASE", "EMITTED"})
    ReplayRule replay = ReplayRule.BASE;

    /** Sample text of the build, random IDs, or a file of IDs ({@code .u32}), of which the vocabulary's size must be given. */
    @Param({"code", "random"})
    String corpus = "code";

    /** A power of two up to 2^20. */
    @Param("8192")
    int documentTokens = 8192;

    /** The tokenizer's own; tokens are reduced to a smaller one. */
    @Param("200019")
    int vocabularySize = 200_019;

    @Param("2048")
    int codebookSize = 2048;

    @Param("4")
    int maxSubtokens = 4;

    /** Where the build puts the sample text; benchmarks run in the repository's root. */
    @Param("bench/target/corpus")
    String folder = "bench/target/corpus";

    private int[][] documents = {};
    private int[][] encodings = {};
    private List<List<Integer>> boxedDocuments = List.of();
    private List<List<Integer>> boxedEncodings = List.of();
    private DocumentTurns turns = new DocumentTurns(1, 0);

    private final Lz4Compressor lz4 = new Lz4Compressor();
    private byte[][] compressed = {};
    private byte[] bytes = {};
    private byte[] compressedRoom = {};

    private HypertokenEncoder encoder = codec().newEncoder();
    private HypertokenDecoder decoder = codec().newDecoder();

    private HypertokenCodec codec() {
        return new HypertokenCodec(HypertokenConfig.builder(vocabularySize, replay)
                .codebookSize(codebookSize)
                .maxSubtokens(maxSubtokens)
                .build());
    }

    @Setup
    public void prepare() throws IOException {
        int[] tokens = corpus();
        HypertokenCodec codec = codec();
        int count = Math.min(CORPUS_TOKENS / documentTokens, MOST_DOCUMENTS);
        documents = new int[count][];
        encodings = new int[count][];
        for (int i = 0; i < count; i++) {
            documents[i] = document(tokens, (long) i * documentTokens);
            encodings[i] = codec.encode(documents[i]);
        }
        boxedDocuments =
                Arrays.stream(documents).map(HypertokenBenchmark::boxed).toList();
        boxedEncodings =
                Arrays.stream(encodings).map(HypertokenBenchmark::boxed).toList();
        turns = new DocumentTurns(documents.length, documentTokens);
        encoder = codec.newEncoder();
        decoder = codec.newDecoder();
        prepareLz4();
    }

    private void prepareLz4() {
        compressed = new byte[documents.length][];
        bytes = new byte[documentTokens * Integer.BYTES];
        compressedRoom = new byte[2 * bytes.length + LEAST_ROOM];
        for (int i = 0; i < documents.length; i++) {
            int end = TokenBytes.INT32.write(documents[i], 0, documentTokens, bytes, 0);
            compressed[i] = Arrays.copyOf(compressedRoom, lz4.compress(bytes, end, compressedRoom, 0));
        }
    }

    @TearDown
    public void close() {
        lz4.close();
    }

    private int[] corpus() throws IOException {
        return switch (corpus) {
            case "code" -> Tokenizer.named("o200k_base").orElseThrow().tokens(SampleText.CODE.read(Path.of(folder)));
            case "random" ->
                new Random(1).ints(CORPUS_TOKENS, 0, vocabularySize).toArray();
            default -> TokenBytes.readInt32(Path.of(corpus));
        };
    }

    private int[] document(int[] tokens, long start) {
        int[] document = new int[documentTokens];
        for (int i = 0; i < documentTokens; i++) {
            document[i] = tokens[(int) ((start + i) % tokens.length)] % vocabularySize;
        }
        return document;
    }

    private static List<Integer> boxed(int[] tokens) {
        return Arrays.stream(tokens).boxed().toList();
    }

    @Benchmark
    @OperationsPerInvocation(INVOCATION_TOKENS)
    public long encode() {
        return turns.code(encoder, documents, INVOCATION_TOKENS);
    }

    @Benchmark
    @OperationsPerInvocation(INVOCATION_TOKENS)
    public long decode() {
        return turns.code(decoder, encodings, INVOCATION_TOKENS);
    }

    @Benchmark
    @OperationsPerInvocation(INVOCATION_TOKENS)
    public long oracleEncode() {
        long produced = 0;
        for (int tokens = 0; tokens < INVOCATION_TOKENS; tokens += documentTokens) {
            produced += oracle().encode(boxedDocuments.get(turns.next())).size();
        }
        return produced;
    }

    @Benchmark
    @OperationsPerInvocation(INVOCATION_TOKENS)
    public long oracleDecode() {
        long produced = 0;
        for (int tokens = 0; tokens < INVOCATION_TOKENS; tokens += documentTokens) {
            List<Integer> decoded = new ArrayList<>(documentTokens);
            List<Integer> ids = boxedEncodings.get(turns.next());
            int refused = replay == ReplayRule.BASE
                    ? oracle().decodeBaseReplay(ids, decoded)
                    : oracle().decodeEmittedReplay(ids, decoded);
            produced += refused + decoded.size();
        }
        return produced;
    }

    private HypertokenOracle oracle() {
        return new HypertokenOracle(vocabularySize, codebookSize, maxSubtokens, Set.of());
    }

    @Benchmark
    @OperationsPerInvocation(INVOCATION_TOKENS)
    public int[] copy() {
        return turns.copy(documents, INVOCATION_TOKENS);
    }

    /** LZ4 (fast) on the same IDs as 32-bit numbers, from tokens to bytes. */
    @Benchmark
    @OperationsPerInvocation(INVOCATION_TOKENS)
    public long lz4Encode() {
        long produced = 0;
        for (int tokens = 0; tokens < INVOCATION_TOKENS; tokens += documentTokens) {
            int end = TokenBytes.INT32.write(documents[turns.next()], 0, documentTokens, bytes, 0);
            produced += lz4.compress(bytes, end, compressedRoom, 0);
        }
        return produced;
    }

    @Benchmark
    @OperationsPerInvocation(INVOCATION_TOKENS)
    public long lz4Decode() {
        long produced = 0;
        for (int tokens = 0; tokens < INVOCATION_TOKENS; tokens += documentTokens) {
            byte[] source = compressed[turns.next()];
            int end = lz4.decompress(source, 0, source.length, bytes);
            produced += TokenBytes.INT32.read(bytes, 0, end, turns.room(), 0);
        }
        return produced;
    }
}
