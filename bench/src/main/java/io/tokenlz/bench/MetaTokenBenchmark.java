package io.tokenlz.bench;

import io.tokenlz.core.TokenCoder;
import io.tokenlz.metatokens.MetaTokenCodec;
import io.tokenlz.metatokens.MetaTokenConfig;
import io.tokenlz.metatokens.MetaTokenDictionary;
import io.tokenlz.metatokens.MetaTokenEffort;
import io.tokenlz.metatokens.MetaTokenForm;
import io.tokenlz.metatokens.MetaTokenTraining;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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
 * Meta-tokens on text and on inputs that are made to be slow, beside zstd level 19 on the varints of the same documents, and a plain
 * copy. One operation is one base token. Document after document is taken, so that the branch predictor cannot learn one by
 * heart.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MetaTokenBenchmark {
    /** Tokens of one invocation: as many documents as that makes. */
    private static final int INVOCATION_TOKENS = 1 << 20;

    /** The tokenizer's own. */
    private static final int VOCABULARY_SIZE = 200_019;

    private static final int ZSTD_LEVEL = 19;
    private static final int SLACK_BYTES = 1024;

    @Param({"FLAT", "NESTED", "SHARED"})
    MetaTokenForm form = MetaTokenForm.FLAT;

    /** The shared form has none. */
    @Param({"FAST", "DEFAULT"})
    MetaTokenEffort effort = MetaTokenEffort.DEFAULT;

    /** Sample text of the build, a {@link WorstCase}, or a file of IDs ({@code .u32}) of o200k. */
    @Param({"code", "all_equal", "period_1000", "fibonacci", "random"})
    String corpus = "code";

    /** A power of two up to 2^20; each document is a window. */
    @Param("8192")
    int documentTokens = 8192;

    /** Where the build puts the sample text; benchmarks run in the repository's root. */
    @Param("bench/target/corpus")
    String folder = "bench/target/corpus";

    private int[][] documents = {};
    private int[][] encodings = {};
    private DocumentTurns turns = new DocumentTurns(1, 0);
    private MetaTokenCodec codec = new MetaTokenCodec(MetaTokenConfig.of(VOCABULARY_SIZE));
    private TokenCoder encoder = codec.newEncoder();
    private TokenCoder decoder = codec.newDecoder();
    private final RivalCoder zstd = RivalCoder.zstd(ZSTD_LEVEL, TokenBytes.VARINTS);
    private ByteBuffer bytes = ByteBuffer.allocate(0);

    @Setup
    public void prepare() throws IOException {
        int[] tokens = corpus();
        documents = new int[INVOCATION_TOKENS / documentTokens][documentTokens];
        for (int i = 0, at = 0; i < documents.length; i++) {
            for (int k = 0; k < documentTokens; k++) {
                documents[i][k] = tokens[at];
                at = at + 1 == tokens.length ? 0 : at + 1;
            }
        }
        codec = codec();
        encodings = Arrays.stream(documents).map(codec::encode).toArray(int[][]::new);
        turns = new DocumentTurns(documents.length, documentTokens);
        bytes = ByteBuffer.allocate(documentTokens * TokenBytes.MOST_BYTES + SLACK_BYTES);
        encoder = codec.newEncoder();
        decoder = codec.newDecoder();
    }

    private int[] corpus() throws IOException {
        if (corpus.equals("code")) {
            return Tokenizer.named("o200k_base").orElseThrow().tokens(SampleText.CODE.read(Path.of(folder)));
        }
        for (WorstCase worst : WorstCase.values()) {
            if (worst.name().equals(corpus.toUpperCase(Locale.ROOT))) {
                return worst.tokens(INVOCATION_TOKENS, VOCABULARY_SIZE);
            }
        }
        return TokenBytes.readInt32(Path.of(corpus));
    }

    private MetaTokenCodec codec() {
        MetaTokenConfig.Builder config =
                MetaTokenConfig.builder(VOCABULARY_SIZE).window(documentTokens).effort(effort);
        if (form == MetaTokenForm.SHARED) {
            List<int[]> samples = List.of(documents).subList(0, (documents.length + 1) / 2);
            int[] nothing = {VOCABULARY_SIZE - 2, VOCABULARY_SIZE - 1};
            config.dictionary(MetaTokenTraining.learn(config.build(), samples, 0, new byte[0])
                    .orElse(MetaTokenDictionary.of(VOCABULARY_SIZE, 0, new byte[0], nothing)));
        } else {
            config.form(form);
        }
        return new MetaTokenCodec(config.build());
    }

    @TearDown
    public void close() {
        zstd.close();
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
    public long zstdEncode() {
        long produced = 0;
        for (int tokens = 0; tokens < INVOCATION_TOKENS; tokens += documentTokens) {
            zstd.encode(documents[turns.next()], 0, documentTokens, bytes.clear());
            produced += bytes.position();
        }
        return produced;
    }

    @Benchmark
    @OperationsPerInvocation(INVOCATION_TOKENS)
    public int[] copy() {
        return turns.copy(documents, INVOCATION_TOKENS);
    }
}
