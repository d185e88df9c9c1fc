package io.tokenlz.bench;

import io.tokenlz.core.CoderStatus;
import io.tokenlz.core.TokenCodec;
import io.tokenlz.core.TokenCoder;
import io.tokenlz.hypertokens.HypertokenCodec;
import io.tokenlz.hypertokens.HypertokenConfig;
import io.tokenlz.hypertokens.ReplayRule;
import io.tokenlz.metatokens.MetaTokenCodec;
import io.tokenlz.metatokens.MetaTokenConfig;
import java.io.IOException;
import java.nio.file.Path;
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
 * Documents of 8,192 tokens of code that lie one behind the other in each kind of memory, and are written to another region of the
 * same kind. One operation is one base token.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 1,
        // what Agrona and Chronicle reach memory by
        jvmArgsAppend = {
            "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
        })
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MemoryBenchmark {
    private static final int DOCUMENT_TOKENS = 8192;

    /** Documents of an invocation, so many that no branch predictor learns one by heart. */
    private static final int DOCUMENTS = 32;

    /** The tokenizer's own. */
    private static final int VOCABULARY_SIZE = 200_019;

    @Param
    TokenMemory memory = TokenMemory.ARRAY;

    @Param({"hypertokens", "meta_tokens"})
    String codec = "hypertokens";

    /** Where the build puts the sample text; benchmarks run in the repository's root. */
    @Param("bench/target/corpus")
    String folder = "bench/target/corpus";

    private TokenMemory.Region documents = TokenMemory.ARRAY.allocate(0);
    private TokenMemory.Region encodings = TokenMemory.ARRAY.allocate(0);
    private TokenMemory.Region room = TokenMemory.ARRAY.allocate(0);
    private final int[] encodedTokens = new int[DOCUMENTS];
    private TokenCoder encoder = codec().newEncoder();
    private TokenCoder decoder = codec().newDecoder();

    @Setup
    public void prepare() throws IOException {
        int[] tokens = Tokenizer.named("o200k_base").orElseThrow().tokens(SampleText.CODE.read(Path.of(folder)));
        documents = memory.allocate(DOCUMENTS * DOCUMENT_TOKENS);
        encodings = memory.allocate(DOCUMENTS * DOCUMENT_TOKENS);
        room = memory.allocate(DOCUMENT_TOKENS);
        encoder = codec().newEncoder();
        decoder = codec().newDecoder();
        for (int i = 0; i < DOCUMENTS; i++) {
            for (int k = 0; k < DOCUMENT_TOKENS; k++) {
                documents.set(i * DOCUMENT_TOKENS + k, tokens[(i * DOCUMENT_TOKENS + k) % tokens.length]);
            }
            encodedTokens[i] = code(encoder, documents, i, DOCUMENT_TOKENS, encodings, i * DOCUMENT_TOKENS);
        }
    }

    private TokenCodec codec() {
        return codec.equals("hypertokens")
                ? new HypertokenCodec(HypertokenConfig.builder(VOCABULARY_SIZE, ReplayRule.BASE)
                        .build())
                : new MetaTokenCodec(MetaTokenConfig.of(VOCABULARY_SIZE));
    }

    private static int code(
            TokenCoder coder,
            TokenMemory.Region source,
            int document,
            int count,
            TokenMemory.Region target,
            int targetFrom) {
        coder.reset();
        var output = target.output(targetFrom, DOCUMENT_TOKENS);
        coder.transform(source.input(document * DOCUMENT_TOKENS, count), output);
        if (coder.finish(output) != CoderStatus.DONE) {
            throw new IllegalStateException("the document found no room");
        }
        return (int) output.position();
    }

    @TearDown
    public void close() {
        documents.close();
        encodings.close();
        room.close();
    }

    @Benchmark
    @OperationsPerInvocation(DOCUMENTS * DOCUMENT_TOKENS)
    public long encode() {
        long produced = 0;
        for (int i = 0; i < DOCUMENTS; i++) {
            produced += code(encoder, documents, i, DOCUMENT_TOKENS, room, 0);
        }
        return produced;
    }

    @Benchmark
    @OperationsPerInvocation(DOCUMENTS * DOCUMENT_TOKENS)
    public long decode() {
        long produced = 0;
        for (int i = 0; i < DOCUMENTS; i++) {
            produced += code(decoder, encodings, i, encodedTokens[i], room, 0);
        }
        return produced;
    }
}
