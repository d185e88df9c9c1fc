package io.tokenlz.bench;

import io.tokenlz.hypertokens.embedding.ElementType;
import io.tokenlz.hypertokens.embedding.EmbeddingBackend;
import io.tokenlz.hypertokens.embedding.EmbeddingTable;
import io.tokenlz.hypertokens.embedding.EncoderConfig;
import io.tokenlz.hypertokens.embedding.EncoderKind;
import io.tokenlz.hypertokens.embedding.HyperEncoder;
import io.tokenlz.hypertokens.embedding.Tensor;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What rows of hypertokens cost, from the submission to the row: an entry of four base tokens by itself, 2048 at once, and
 * encoders with layers. With OpenCL on PoCL, start it with POCL_SIGFPE_HANDLER=0 in the environment.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EmbeddingBenchmark {
    private static final int SLOTS = 4;
    private static final int BASE_TOKENS = 8192;
    private static final int MOST_ENTRIES = 2048;

    /** A table, and entries for it; another encoder's in subclasses. */
    @State(Scope.Thread)
    public static class Mean {
        @Param({"reference", "opencl"})
        String backend = "reference";

        /** Of base rows, weights and the table; models have F16 or BF16, the bounds of the README are for F32. */
        @Param("F32")
        ElementType type = ElementType.F32;

        /** Numbers of a row. */
        @Param("3072")
        int size = 1;

        final int[] streams = new int[MOST_ENTRIES];
        final int[] slots = IntStream.range(0, MOST_ENTRIES).toArray();
        final int[] subtokens =
                new Random(1).ints(MOST_ENTRIES * SLOTS, 1, BASE_TOKENS).toArray();
        private @Nullable EmbeddingTable table;

        @Setup
        public void open() {
            table = EmbeddingTable.builder(encoder().as(type))
                    .codebookSize(MOST_ENTRIES)
                    .elementType(type)
                    .backend(EmbeddingBackend.named(backend))
                    .open();
            await(submit(1));
        }

        HyperEncoder encoder() {
            return HyperEncoder.mean(numbers(BASE_TOKENS, size), 0, SLOTS);
        }

        long submit(int entries) {
            return table == null ? 0 : table.submit(streams, slots, subtokens, 0, entries);
        }

        long await(long ticket) {
            if (table != null) {
                table.await(ticket);
            }
            return ticket;
        }

        @TearDown
        public void close() {
            if (table != null) {
                table.close();
            }
        }
    }

    /** A mean's table that has nothing to do whenever something is submitted. */
    public static class IdleMean extends Mean {
        @Setup(Level.Invocation)
        public void idle() {
            await(submit(0));
        }
    }

    /** A table of an encoder with layers. */
    public static class Layers extends Mean {
        @Param({"ATTENTION", "TRANSFORMER"})
        EncoderKind kind = EncoderKind.ATTENTION;

        @Param({"1", "64"})
        int entries = 1;

        @Override
        HyperEncoder encoder() {
            EncoderConfig config = EncoderConfig.builder(kind, size, SLOTS)
                    .heads(size % 24 == 0 ? 24 : 1)
                    .build();
            Map<String, Tensor> weights = new LinkedHashMap<>();
            config.weightShapes().forEach((name, shape) -> weights.put(name, numbers(shape)));
            return new HyperEncoder(config, weights, numbers(BASE_TOKENS, size), 0);
        }

        /** Multiplications and additions of the matrices, in 10⁹. */
        double work() {
            double attention = 8.0 * size * size;
            double mlp = kind == EncoderKind.TRANSFORMER ? 16.0 * size * size : 0;
            return entries * SLOTS * (attention + mlp) * 1e-9;
        }
    }

    private static Tensor numbers(int... shape) {
        int count = IntStream.of(shape).reduce(1, Math::multiplyExact);
        float[] numbers = new float[count];
        Random random = new Random(count);
        for (int i = 0; i < count; i++) {
            numbers[i] = (random.nextFloat() - 0.5f) / 16;
        }
        return Tensor.of(numbers, shape);
    }

    /** What the whole process took of the CPU, drivers' threads included. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Cpu {
        private double work;
        private long start;

        @Setup(Level.Iteration)
        public void start() {
            work = 0;
            start = cpuNanos();
        }

        private static long cpuNanos() {
            return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                    .getProcessCpuTime();
        }

        public double gflopPerCpuSecond() {
            return work * 1e9 / (cpuNanos() - start);
        }
    }

    /** An entry by itself, until submit returns. */
    @Benchmark
    public long submit(IdleMean mean) {
        return mean.submit(1);
    }

    /** An entry by itself, until its row is there. */
    @Benchmark
    public long oneRow(Mean mean) {
        return mean.await(mean.submit(1));
    }

    /** 2048 entries at once, until all rows are there. */
    @Benchmark
    public long rows2048(Mean mean) {
        return mean.await(mean.submit(MOST_ENTRIES));
    }

    /** One iteration: JMH adds up what it counts in several. */
    @Benchmark
    @Warmup(iterations = 1, time = 5)
    @Measurement(iterations = 1, time = 10)
    public long layers(Layers layers, Cpu cpu) {
        cpu.work += layers.work();
        return layers.await(layers.submit(layers.entries));
    }
}
