package io.tokenlz.bench;

import io.tokenlz.conformance.HypertokenOracle;
import io.tokenlz.core.ArrayTokenInput;
import io.tokenlz.core.ArrayTokenOutput;
import io.tokenlz.core.CoderStatus;
import io.tokenlz.core.TokenCoder;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * Hypertokens beside the plain oracle, which is built like the reference implementation (maps of token lists, one copy a
 * token), and a plain copy of the same IDs. One operation is one base token. Each invocation takes another document, so that
 * the branch predictor cannot learn one by heart.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HypertokenBenchmark {
    private static final int DOCUMENT_TOKENS = 8192;
    private static final int VOCABULARY_SIZE = 200_019;
    private static final int CODEBOOK_SIZE = 2048;
    private static final int MAX_SUBTOKENS = 4;

    @Param({"BASE", "EMITTED"})
    ReplayRule replay = ReplayRule.BASE;

    @Param({"code", "random"})
    String corpus = "code";

    /** Where the build puts the sample text; benchmarks run in the repository's root. */
    @Param("bench/target/corpus")
    String folder = "bench/target/corpus";

    private int[][] documents = {};
    private int[][] encodings = {};
    private List<List<Integer>> boxedDocuments = List.of();
    private List<List<Integer>> boxedEncodings = List.of();
    private int[] room = {};
    private int turn;

    private final ArrayTokenInput input = new ArrayTokenInput();
    private final ArrayTokenOutput output = new ArrayTokenOutput();
    private HypertokenEncoder encoder = codec().newEncoder();
    private HypertokenDecoder decoder = codec().newDecoder();

    private HypertokenCodec codec() {
        return new HypertokenCodec(HypertokenConfig.builder(VOCABULARY_SIZE, replay)
                .codebookSize(CODEBOOK_SIZE)
                .maxSubtokens(MAX_SUBTOKENS)
                .build());
    }

    @Setup
    public void prepare() throws IOException {
        int[] tokens = corpus.equals("code")
                ? Tokenizer.named("o200k_base").orElseThrow().tokens(SampleText.CODE.read(Path.of(folder)))
                : new Random(1).ints(40L * DOCUMENT_TOKENS, 0, VOCABULARY_SIZE).toArray();
        HypertokenCodec codec = codec();
        int count = tokens.length / DOCUMENT_TOKENS;
        documents = new int[count][];
        encodings = new int[count][];
        for (int i = 0; i < count; i++) {
            documents[i] = Arrays.copyOfRange(tokens, i * DOCUMENT_TOKENS, (i + 1) * DOCUMENT_TOKENS);
            encodings[i] = codec.encode(documents[i]);
        }
        boxedDocuments =
                Arrays.stream(documents).map(HypertokenBenchmark::boxed).toList();
        boxedEncodings =
                Arrays.stream(encodings).map(HypertokenBenchmark::boxed).toList();
        room = new int[DOCUMENT_TOKENS];
        encoder = codec.newEncoder();
        decoder = codec.newDecoder();
    }

    private static List<Integer> boxed(int[] tokens) {
        return Arrays.stream(tokens).boxed().toList();
    }

    private int nextDocument() {
        turn = turn + 1 == documents.length ? 0 : turn + 1;
        return turn;
    }

    @Benchmark
    @OperationsPerInvocation(DOCUMENT_TOKENS)
    public long encode() {
        return code(encoder, documents[nextDocument()]);
    }

    @Benchmark
    @OperationsPerInvocation(DOCUMENT_TOKENS)
    public long decode() {
        return code(decoder, encodings[nextDocument()]);
    }

    private long code(TokenCoder coder, int[] tokens) {
        coder.reset();
        coder.transform(input.wrap(tokens), output.wrap(room));
        if (coder.finish(output) != CoderStatus.DONE) {
            throw new IllegalStateException("the document found no room");
        }
        return output.position();
    }

    @Benchmark
    @OperationsPerInvocation(DOCUMENT_TOKENS)
    public int oracleEncode() {
        return oracle().encode(boxedDocuments.get(nextDocument())).size();
    }

    @Benchmark
    @OperationsPerInvocation(DOCUMENT_TOKENS)
    public int oracleDecode() {
        List<Integer> decoded = new ArrayList<>(DOCUMENT_TOKENS);
        List<Integer> ids = boxedEncodings.get(nextDocument());
        int refused = replay == ReplayRule.BASE
                ? oracle().decodeBaseReplay(ids, decoded)
                : oracle().decodeEmittedReplay(ids, decoded);
        return refused + decoded.size();
    }

    private static HypertokenOracle oracle() {
        return new HypertokenOracle(VOCABULARY_SIZE, CODEBOOK_SIZE, MAX_SUBTOKENS, Set.of());
    }

    @Benchmark
    @OperationsPerInvocation(DOCUMENT_TOKENS)
    public int[] copy() {
        System.arraycopy(documents[nextDocument()], 0, room, 0, DOCUMENT_TOKENS);
        return room;
    }
}
