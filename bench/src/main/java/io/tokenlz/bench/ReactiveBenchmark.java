package io.tokenlz.bench;

import io.tokenlz.core.ArrayTokenInput;
import io.tokenlz.core.ArrayTokenOutput;
import io.tokenlz.core.BufferByteInput;
import io.tokenlz.core.BufferByteOutput;
import io.tokenlz.core.TokenCodec;
import io.tokenlz.core.TokenCoder;
import io.tokenlz.core.TokenDecoder;
import io.tokenlz.core.TokenEncoder;
import io.tokenlz.frames.FrameLimits;
import io.tokenlz.frames.FrameReader;
import io.tokenlz.frames.FrameWriter;
import io.tokenlz.frames.FrameWriterOptions;
import io.tokenlz.frames.StreamHeader;
import io.tokenlz.hypertokens.HypertokenCodec;
import io.tokenlz.hypertokens.HypertokenConfig;
import io.tokenlz.hypertokens.ReplayRule;
import io.tokenlz.reactive.TokenFlux;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
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
import reactor.core.publisher.Flux;

/**
 * What the operators of codec-reactive cost beside a loop that flushes the same chunks through the same codec and copies out what
 * comes. One operation is one base token, there and back; in chunks of one token that is one signal.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReactiveBenchmark {
    private static final int TOKENS = 1 << 16;
    private static final int VOCABULARY_SIZE = 200_019;
    private static final int ROOM = 1 << 16;

    @Param({"1", "512"})
    int chunkTokens = 512;

    /** Where the build puts the sample text; benchmarks run in the repository's root. */
    @Param("bench/target/corpus")
    String folder = "bench/target/corpus";

    private final TokenCodec codec = new HypertokenCodec(HypertokenConfig.builder(VOCABULARY_SIZE, ReplayRule.BASE)
            .codebookSize(2048)
            .maxSubtokens(4)
            .build());
    private final StreamHeader header = StreamHeader.builder(VOCABULARY_SIZE).build();
    private final int[] room = new int[ROOM];
    private final byte[] bytes = new byte[ROOM];
    private final ByteBuffer byteRoom = ByteBuffer.wrap(bytes);
    private int[][] chunks = {};
    private long received;

    @Setup
    public void readText() throws IOException {
        int[] text = Tokenizer.named("o200k_base").orElseThrow().tokens(SampleText.CODE.read(Path.of(folder)));
        chunks = new int[TOKENS / chunkTokens][];
        for (int i = 0; i < chunks.length; i++) {
            chunks[i] = Arrays.copyOfRange(text, i * chunkTokens, (i + 1) * chunkTokens);
        }
    }

    @Benchmark
    @OperationsPerInvocation(TOKENS)
    public long codecAlone() {
        try (TokenEncoder encoder = codec.newEncoder();
                TokenDecoder decoder = codec.newDecoder()) {
            for (int[] chunk : chunks) {
                received += code(decoder, code(encoder, chunk)).length;
            }
        }
        return received;
    }

    private final ArrayTokenInput input = new ArrayTokenInput();
    private final ArrayTokenOutput output = new ArrayTokenOutput();

    private int[] code(TokenCoder coder, int[] chunk) {
        coder.transform(input.wrap(chunk), output.wrap(room));
        coder.flush(output);
        return Arrays.copyOf(room, (int) output.position());
    }

    @Benchmark
    @OperationsPerInvocation(TOKENS)
    public long codecOperators() {
        Flux.fromArray(chunks)
                .transform(TokenFlux.encode(codec))
                .transform(TokenFlux.decode(codec))
                .subscribe(chunk -> received += chunk.length);
        return received;
    }

    @Benchmark
    @OperationsPerInvocation(TOKENS)
    public long framesAlone() {
        BufferByteInput byteInput = new BufferByteInput();
        BufferByteOutput byteOutput = new BufferByteOutput();
        try (FrameWriter writer = new FrameWriter(header, FrameWriterOptions.DEFAULT);
                FrameReader reader = new FrameReader()) {
            for (int[] chunk : chunks) {
                writer.write(input.wrap(chunk), byteOutput.wrap(byteRoom.clear()));
                writer.flush(byteOutput);
                ByteBuffer frame = ByteBuffer.wrap(Arrays.copyOf(bytes, byteRoom.position()));
                reader.read(byteInput.wrap(frame), output.wrap(room));
                received += Arrays.copyOf(room, (int) output.position()).length;
            }
        }
        return received;
    }

    @Benchmark
    @OperationsPerInvocation(TOKENS)
    public long framesOperators() {
        Flux.fromArray(chunks)
                .transform(TokenFlux.toFrames(header))
                .transform(TokenFlux.fromFrames(FrameLimits.DEFAULT))
                .subscribe(chunk -> received += chunk.length);
        return received;
    }
}
