package io.tokenlz.bench;

import io.tokenlz.core.ArrayTokenInput;
import io.tokenlz.core.ArrayTokenOutput;
import io.tokenlz.core.TokenCoder;
import io.tokenlz.hypertokens.HypertokenBatch;
import io.tokenlz.hypertokens.HypertokenCodec;
import io.tokenlz.hypertokens.HypertokenConfig;
import io.tokenlz.hypertokens.HypertokenMark;
import io.tokenlz.hypertokens.HypertokenStream;
import io.tokenlz.hypertokens.ReplayRule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a server does with hypertokens: a step of 256 streams with all that the embedding side is told, a stream of 16 tokens from
 * its reset on, and marks, rollbacks and forks of a stream with a long prompt.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HypertokenServingBenchmark {
    private static final int ROWS = 256;
    private static final int PROMPT_TOKENS = 2000;
    private static final int ANSWER_TOKENS = 500;
    private static final int SHORT_TOKENS = 16;
    private static final int DRAFT_TOKENS = 5;
    private static final int SHORT_TEXTS = 4096;

    @Param({"BASE", "EMITTED"})
    ReplayRule replay = ReplayRule.BASE;

    @Param({"2048", "4096"})
    int codebookSize = 2048;

    /** Where the build puts the sample text; benchmarks run in the repository's root. */
    @Param("bench/target/corpus")
    String folder = "bench/target/corpus";

    private HypertokenConfig config =
            HypertokenConfig.builder(1, ReplayRule.BASE).build();

    /** For each row, what its model emits after the prompt. */
    private int[][] answers = {};

    private HypertokenMark[] prompts = {};
    private HypertokenBatch batch = new HypertokenBatch(config, 1);

    /** For each step an ID for each row, as a model's sampler hands them over. */
    private int[][] steps = {};

    private final int[] counts = new int[ROWS];
    private final int[] slots = new int[ROWS];
    private int[] updates = {};
    private int step;

    private int[][] shortTexts = {};
    private int[][] shortEncodings = {};
    private int turn;
    private final int[] room = new int[SHORT_TOKENS];
    private final ArrayTokenInput input = new ArrayTokenInput();
    private final ArrayTokenOutput output = new ArrayTokenOutput();
    private TokenCoder encoder = new HypertokenCodec(config).newEncoder();
    private TokenCoder decoder = new HypertokenCodec(config).newDecoder();
    private final HypertokenMark draft = new HypertokenMark();

    @Setup
    public void prepare() throws IOException {
        Tokenizer tokenizer = Tokenizer.named("o200k_base").orElseThrow();
        config = HypertokenConfig.builder(tokenizer.vocabularySize(), replay)
                .codebookSize(codebookSize)
                .padId(0)
                .build();
        int[] tokens = tokenizer.tokens(SampleText.CODE.read(Path.of(folder)));
        updates = new int[ROWS * config.maxSubtokens()];
        prepareRows(tokens);
        prepareShortTexts(tokens);
    }

    /** Each row gets a prompt of another place in the text, and the encoding of what follows there. */
    private void prepareRows(int[] tokens) {
        batch = new HypertokenBatch(config, ROWS);
        answers = new int[ROWS][];
        prompts = new HypertokenMark[ROWS];
        int[] emitted = new int[PROMPT_TOKENS];
        for (int row = 0; row < ROWS; row++) {
            int from = (int) ((long) row * (tokens.length - PROMPT_TOKENS - ANSWER_TOKENS) / ROWS);
            HypertokenStream stream = batch.stream(row);
            stream.encode(tokens, from, PROMPT_TOKENS, emitted, 0);
            prompts[row] = stream.mark();
            int count = stream.encode(tokens, from + PROMPT_TOKENS, ANSWER_TOKENS, emitted, 0);
            answers[row] = Arrays.copyOf(emitted, count);
        }
        batch.takePadded(counts, slots, new int[ROWS * config.codebookSize() * config.maxSubtokens()]);
        steps = new int[ANSWER_TOKENS / config.maxSubtokens()][ROWS];
        for (int i = 0; i < steps.length; i++) {
            for (int row = 0; row < ROWS; row++) {
                steps[i][row] = answers[row][i];
            }
        }
        step = steps.length;
    }

    private void prepareShortTexts(int[] tokens) {
        HypertokenCodec codec = new HypertokenCodec(config);
        encoder = codec.newEncoder();
        decoder = codec.newDecoder();
        shortTexts = new int[SHORT_TEXTS][];
        shortEncodings = new int[SHORT_TEXTS][];
        for (int i = 0; i < SHORT_TEXTS; i++) {
            int from = i * SHORT_TOKENS;
            shortTexts[i] = Arrays.copyOfRange(tokens, from, from + SHORT_TOKENS);
            shortEncodings[i] = codec.encode(shortTexts[i]);
        }
    }

    /** An ID for each row, and the new entries; at the answers' end all rows go back to their prompts. */
    @Benchmark
    public int batchStep() {
        if (step == steps.length) {
            step = 0;
            for (int row = 0; row < ROWS; row++) {
                batch.stream(row).rollback(prompts[row]);
            }
        }
        batch.step(steps[step++]);
        return batch.takeCompact(counts, slots, updates);
    }

    @Benchmark
    public long encodeShortText() {
        return code(encoder, shortTexts[nextTurn()]);
    }

    @Benchmark
    public long decodeShortText() {
        return code(decoder, shortEncodings[nextTurn()]);
    }

    private long code(TokenCoder coder, int[] tokens) {
        coder.reset();
        coder.transform(input.wrap(tokens), output.wrap(room));
        coder.finish(output);
        return output.position();
    }

    private int nextTurn() {
        turn = (turn + 1) % SHORT_TEXTS;
        return turn;
    }

    /** A draft of five IDs that the large model refuses: mark, accept, roll back. */
    @Benchmark
    public long draftAndRollBack() {
        int row = nextTurn() % ROWS;
        HypertokenStream stream = batch.stream(row);
        stream.rollback(prompts[row]);
        stream.mark(draft);
        stream.accept(answers[row], 0, DRAFT_TOKENS);
        stream.rollback(draft);
        return stream.baseTokens();
    }

    /** A fork of a stream with a long prompt, and an ID for each of both. */
    @Benchmark
    public long forkAndStep() {
        int row = nextTurn() % ROWS;
        HypertokenStream stream = batch.stream(row);
        stream.rollback(prompts[row]);
        HypertokenStream fork = stream.fork();
        stream.accept(answers[row][0]);
        return fork.accept(answers[row][0]) + stream.baseTokens();
    }
}
