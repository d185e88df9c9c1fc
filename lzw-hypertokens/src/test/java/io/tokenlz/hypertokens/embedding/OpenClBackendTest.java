package io.tokenlz.hypertokens.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the OpenCL backend promises beside the vectors (EMBEDDING.md, section 6). */
@Timeout(120)
class OpenClBackendTest {
    private static volatile int zero;

    /** Sizes that fill no vector, tile or group, and more entries than are computed at a time; as on a CPU and as on a GPU. */
    @ParameterizedTest
    @EnumSource
    void rowsOfAnySizeAreTheReferences(EncoderKind kind) {
        for (EmbeddingBackend backend : new EmbeddingBackend[] {OpenClDevices.backend(), OpenClDevices.asGpu()}) {
            for (int size : new int[] {1, 7, 66, 141}) {
                EncoderConfig config = EncoderConfig.builder(kind, size, 3)
                        .modelSize(kind == EncoderKind.RES_LATENT_ATTN ? size + 5 : size)
                        .heads(size % 3 == 0 ? 3 : 1)
                        .intermediateSize(size + 2)
                        .layers(2)
                        .positions(true)
                        .causal(size == 7)
                        .build();
                assertSameRows(RandomEncoders.of(config, 50, 0, size), 37, backend);
            }
        }
    }

    private static void assertSameRows(HyperEncoder encoder, int entries, EmbeddingBackend backend) {
        int[] subtokens = subtokens(entries);
        float[] wanted = rows(encoder, subtokens, entries, ElementType.F32, new ReferenceBackend());
        float[] rows = rows(encoder, subtokens, entries, ElementType.F32, backend);
        assertSameRows(wanted, rows, encoder.config().modelSize());
    }

    private static void assertSameRows(float[] wanted, float[] rows, int size) {
        for (int row = 0; row < rows.length; row += size) {
            double error = 0;
            double largest = 0;
            for (int i = row; i < row + size; i++) {
                error = Math.max(error, Math.abs(rows[i] - wanted[i]));
                largest = Math.max(largest, Math.abs(wanted[i]));
            }
            assertThat(error).as("row %s of %s", row / size, size).isLessThanOrEqualTo(1e-5 * largest);
        }
    }

    private static int[] subtokens(int entries) {
        Random random = new Random(3);
        int[] subtokens = new int[3 * entries];
        for (int entry = 0; entry < entries; entry++) {
            for (int i = 0; i <= random.nextInt(3); i++) {
                subtokens[3 * entry + i] = 1 + random.nextInt(49);
            }
        }
        return subtokens;
    }

    private static float[] rows(
            HyperEncoder encoder, int[] subtokens, int entries, ElementType type, EmbeddingBackend backend) {
        float[] rows = new float[entries * encoder.config().modelSize()];
        try (EmbeddingTable table = EmbeddingTable.builder(encoder)
                .codebookSize(entries)
                .elementType(type)
                .backend(backend)
                .open()) {
            table.submit(new int[entries], IntStream.range(0, entries).toArray(), subtokens, 0, entries);
            table.read(TableSide.INPUT, 0, 0, entries, rows, 0);
        }
        return rows;
    }

    /** All numbers of a type as base rows, and floats about half-way between two: the bits are the reference's. */
    @ParameterizedTest
    @EnumSource
    void numbersAreReadAndRoundedAsTheReferenceDoes(ElementType type) {
        int rows = 256;
        float[] numbers = new float[rows * 256];
        Random random = new Random(7);
        for (int i = 0; i < numbers.length; i++) {
            float middle = Float.intBitsToFloat(i << 16 | 0x8000);
            float half = ElementType.F16.fromBits((short) i) * (1 + 0x1p-11f);
            float number = random.nextBoolean() ? middle : half;
            numbers[i] = Float.isFinite(number) && Math.abs(number) >= Float.MIN_NORMAL ? number : i;
        }
        for (Tensor base :
                new Tensor[] {Tensor.of(numbers, rows, 256), halves(ElementType.F16), halves(ElementType.BF16)}) {
            HyperEncoder encoder = HyperEncoder.mean(base, 0, 1);
            int[] all = IntStream.range(1, rows).toArray();
            float[] wanted = rows(encoder, all, rows - 1, type, new ReferenceBackend());
            assertThat(rows(encoder, all, rows - 1, type, OpenClDevices.backend()))
                    .containsExactly(wanted);
        }
    }

    private static Tensor halves(ElementType type) {
        short[] bits = new short[1 << 16];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = (short) i;
            float number = type.fromBits(bits[i]);
            if (Float.isNaN(number) || Math.abs(number) < Float.MIN_NORMAL) {
                bits[i] = 0; // a device may take numbers so small for zero
            }
        }
        return Tensor.ofBits(type, bits, 256, 256);
    }

    @Test
    void forksLongReadsAndManyLaunchesAreInOrder() {
        HyperEncoder encoder = HyperEncoder.mean(RandomEncoders.tensor(new Random(1), 50, 700), 0, 3);
        int entries = 1500; // over two launches, and 4 MB of rows
        int[] subtokens = subtokens(entries);
        float[] wanted = rows(encoder, subtokens, entries, ElementType.F32, new ReferenceBackend());
        float[] rows = new float[entries * 700];
        try (EmbeddingTable table = EmbeddingTable.builder(encoder)
                .streams(3)
                .codebookSize(entries)
                .backend(OpenClDevices.backend())
                .open()) {
            int[] streams = new int[entries];
            table.submit(streams, IntStream.range(0, entries).toArray(), subtokens, 0, entries);
            table.fork(0, 2);
            table.submit(streams, new int[1], new int[] {9, 9, 9}, 0, 1);
            table.read(TableSide.OUTPUT, 2, 0, entries, rows, 0);
        }
        assertSameRows(wanted, rows, 700);
    }

    @Test
    void submittingAllocatesNothing() {
        try (EmbeddingTable table = EmbeddingTable.builder(RandomEncoders.resLatent(1))
                .backend(OpenClDevices.backend())
                .open()) {
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long[] measured = measuredThreads();
            int[] zeros = new int[1];
            int[] tokens = {3, 4, 0};
            long least = Long.MAX_VALUE;
            for (int round = 0; round < 20; round++) {
                long before = allocated(threads, measured);
                for (int i = 0; i < 500; i++) {
                    table.await(table.submit(zeros, zeros, tokens, 0, 1));
                }
                least = Math.min(least, allocated(threads, measured) - before);
            }
            assertThat(least / 500)
                    .as("bytes a submission, on this thread and the table's")
                    .isZero();
        }
    }

    /** This thread and the table's. */
    private static long[] measuredThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread ->
                        thread == Thread.currentThread() || thread.getName().startsWith("tokenlz-embedding"))
                .mapToLong(Thread::getId)
                .toArray();
    }

    private static long allocated(ThreadMXBean threads, long[] measured) {
        long bytes = 0;
        for (long thread : measured) {
            bytes += threads.getThreadAllocatedBytes(thread);
        }
        return bytes;
    }

    @Test
    void divisionsByZeroAreStillNoticed() {
        OpenClDevices.require();
        assertThatThrownBy(() -> zero = 1 / zero).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void aDeviceThatIsNotThereIsTold() {
        OpenClDevices.require();
        System.setProperty(LwjglDevice.PROPERTY, "abacus");
        try {
            EmbeddingTableBuilder builder =
                    EmbeddingTable.builder(RandomEncoders.resLatent(1)).backend(new OpenClBackend());
            assertThatThrownBy(builder::open)
                    .isInstanceOf(EmbeddingTableFailedException.class)
                    .hasMessageContaining("no OpenCL device abacus among [");
        } finally {
            System.clearProperty(LwjglDevice.PROPERTY);
        }
    }

    @Test
    void kernelsThatAreNotBuiltAreTold() {
        OpenClDevices.require();
        try (OpenClDriver driver = OpenClBackend.openLwjgl("-D MOST_SLOTS=3")) {
            assertThatThrownBy(() -> driver.createKernel(ElementType.F32, "gelu"))
                    .isInstanceOf(OpenClException.class)
                    .hasMessageContaining("what rows hold must be defined");
        }
    }
}
