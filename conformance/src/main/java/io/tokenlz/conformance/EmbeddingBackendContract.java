package io.tokenlz.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenlz.hypertokens.embedding.ElementType;
import io.tokenlz.hypertokens.embedding.EmbeddingBackend;
import io.tokenlz.hypertokens.embedding.EmbeddingTable;
import io.tokenlz.hypertokens.embedding.EncoderKind;
import io.tokenlz.hypertokens.embedding.HyperEncoder;
import io.tokenlz.hypertokens.embedding.ReferenceBackend;
import io.tokenlz.hypertokens.embedding.TableSide;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * What every backend of embedding tables must do (EMBEDDING.md of lzw-hypertokens): its rows are the reference backend's, within that
 * text's bounds. Its test is a class that extends this one and gives the backend.
 */
public abstract class EmbeddingBackendContract {
    private static final int STEPS = 12;
    private static final float CANARY = 12345.5f;

    /** For subclasses. */
    protected EmbeddingBackendContract() {}

    /**
     * The backend that is tested.
     *
     * @return a backend
     */
    protected abstract EmbeddingBackend backend();

    /** EMBEDDING.md, section 6: relative to a row's largest number. */
    private static double tolerance(ElementType type) {
        return switch (type) {
            case F32 -> 1e-5;
            case F16 -> 2e-3;
            case BF16 -> 2e-2;
        };
    }

    private static void assertClose(float[] found, float[] expected, ElementType type) {
        double largest = 0;
        for (float number : expected) {
            largest = Math.max(largest, Math.abs(number));
        }
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) Math.abs(found[i] - expected[i]))
                    .as("number %s of %s, of the reference %s", i, Arrays.toString(found), Arrays.toString(expected))
                    .isLessThanOrEqualTo(tolerance(type) * largest);
        }
    }

    private RandomTable table(EncoderKind kind, ElementType type, int sides, long seed) {
        return new RandomTable(backend(), kind, type, sides, seed);
    }

    private static int[] someRows(int count, RandomTable table, Random random) {
        int[] all = IntStream.range(0, table.layout.rows()).toArray();
        for (int i = 0; i < count; i++) {
            int other = i + random.nextInt(all.length - i);
            int row = all[i];
            all[i] = all[other];
            all[other] = row;
        }
        return Arrays.copyOf(all, count);
    }

    @Property(tries = 60)
    void rowsAreThoseOfTheReference(
            @ForAll EncoderKind kind,
            @ForAll ElementType type,
            @ForAll @IntRange(min = 1, max = 2) int sides,
            @ForAll long seed)
            throws InterruptedException {
        Random random = new Random(seed);
        try (RandomTable found = table(kind, type, sides, seed);
                RandomTable reference = new RandomTable(new ReferenceBackend(), kind, type, sides, seed)) {
            boolean[] written = new boolean[found.layout.rows()];
            for (int step = 0; step < STEPS; step++) {
                int before = random.nextInt(3);
                int count = 1 + random.nextInt(RandomTable.LAUNCH_ENTRIES);
                int[] rows = someRows(before + count, found, random);
                int[] subtokens = found.entries(before + count, random);
                found.encode(rows, subtokens, before, count);
                reference.encode(rows, subtokens, before, count);
                for (int i = before; i < before + count; i++) {
                    written[rows[i]] = true;
                }
                assertRows(found, reference, written, type);
            }
        }
    }

    private static void assertRows(RandomTable found, RandomTable reference, boolean[] written, ElementType type) {
        for (int side = 0; side < found.sides; side++) {
            for (int row = 0; row < written.length; row++) {
                if (written[row]) {
                    assertClose(found.row(side, row), reference.row(side, row), type);
                }
            }
        }
    }

    @Property(tries = 60)
    void copiesAreExactAndLeaveTheRest(
            @ForAll ElementType type, @ForAll @IntRange(min = 1, max = 2) int sides, @ForAll long seed)
            throws InterruptedException {
        Random random = new Random(seed);
        try (RandomTable table = table(EncoderKind.MEAN, type, sides, random.nextLong())) {
            int rows = table.layout.rows();
            for (int row = 0; row < rows; row++) {
                table.encode(new int[] {row}, table.entries(1, random), 0, 1);
            }
            float[][] before = new float[sides * rows][];
            Arrays.setAll(before, i -> table.row(i / rows, i % rows));
            int from = random.nextInt(RandomTable.STREAMS);
            int to = (from + 1 + random.nextInt(RandomTable.STREAMS - 1)) % RandomTable.STREAMS;
            int count = 1 + random.nextInt(RandomTable.CODEBOOK);
            table.copy(from * RandomTable.CODEBOOK, to * RandomTable.CODEBOOK, count);
            for (int side = 0; side < sides; side++) {
                for (int row = 0; row < rows; row++) {
                    int slot = row - to * RandomTable.CODEBOOK;
                    int source = slot >= 0 && slot < count ? from * RandomTable.CODEBOOK + slot : row;
                    assertThat(table.row(side, row)).isEqualTo(before[side * rows + source]);
                }
            }
        }
    }

    /** Rows are overwritten, never accumulated, and the last writer wins, whatever is underway. */
    @Property(tries = 60)
    void launchesTakeEffectInOrder(@ForAll EncoderKind kind, @ForAll ElementType type, @ForAll long seed)
            throws InterruptedException {
        Random random = new Random(seed);
        try (RandomTable table = table(kind, type, 1, random.nextLong())) {
            int[] first = table.entries(1, random);
            int[] second = table.entries(1, random);
            table.encode(new int[] {1}, second, 0, 1);
            float[] expected = table.row(0, 1);
            table.beginEncode(new int[] {0}, first);
            table.beginEncode(new int[] {0}, second);
            assertClose(table.row(0, 0), expected, type);
            table.awaitAll();
            table.encode(new int[] {0}, second, 0, 1);
            assertClose(table.row(0, 0), expected, type);
            assertThat(table.done())
                    .isEqualTo(
                            LongStream.rangeClosed(1, table.launches()).boxed().toList());
        }
    }

    @Property(tries = 60)
    void anEntrysRowIsTheSameInEveryLaunch(@ForAll EncoderKind kind, @ForAll ElementType type, @ForAll long seed)
            throws InterruptedException {
        Random random = new Random(seed);
        try (RandomTable table = table(kind, type, 1, random.nextLong())) {
            int count = RandomTable.LAUNCH_ENTRIES;
            int[] subtokens = table.entries(count, random);
            int[] rows = IntStream.range(0, count).toArray();
            table.encode(rows, subtokens, 0, count);
            float[][] together = new float[count][];
            Arrays.setAll(together, row -> table.row(0, row));
            for (int i = 0; i < count; i++) {
                table.encode(rows, subtokens, i, 1);
                assertClose(table.row(0, i), together[i], type);
            }
        }
    }

    @Property(tries = 40)
    void callsLeaveWhatIsNotTheirs(@ForAll EncoderKind kind, @ForAll ElementType type, @ForAll long seed)
            throws InterruptedException {
        Random random = new Random(seed);
        try (RandomTable table = table(kind, type, 1, random.nextLong())) {
            int[] subtokens = table.entries(3, random);
            int[] rows = {2, 0, 1};
            int[] subtokensBefore = subtokens.clone();
            table.encode(rows, subtokens, 0, 3);
            assertThat(subtokens).isEqualTo(subtokensBefore);
            assertThat(rows).containsExactly(2, 0, 1);
            int size = table.layout.modelSize();
            int offset = random.nextInt(5);
            float[] target = new float[offset + 2 * size + 4];
            Arrays.fill(target, CANARY);
            table.read(0, 0, 2, target, offset);
            for (int i = 0; i < target.length; i++) {
                boolean isRead = i >= offset && i < offset + 2 * size;
                assertThat(isRead || target[i] == CANARY).as("number %s", i).isTrue();
            }
            assertThat(Arrays.copyOfRange(target, offset, offset + size)).isEqualTo(table.row(0, 0));
            assertThat(Arrays.copyOfRange(target, offset + size, offset + 2 * size))
                    .isEqualTo(table.row(0, 1));
        }
    }

    @Property(tries = 20)
    void tablesDoNotDisturbOneAnother(@ForAll EncoderKind kind, @ForAll long seed) throws InterruptedException {
        Random random = new Random(seed);
        try (RandomTable first = table(kind, ElementType.F32, 1, seed)) {
            first.encode(new int[] {0}, first.entries(1, random), 0, 1);
            float[] before = first.row(0, 0);
            try (RandomTable second = table(kind, ElementType.F32, 1, seed)) {
                second.encode(new int[] {0}, second.entries(1, random), 0, 1);
            }
            assertThat(first.row(0, 0)).isEqualTo(before);
        }
    }

    /** Through a table, as a server uses it: submissions that merge, forks, rollbacks. */
    @Property(tries = 30)
    void aTableIsWhatAReferenceTableIs(@ForAll EncoderKind kind, @ForAll ElementType type, @ForAll long seed) {
        Random random = new Random(seed);
        HyperEncoder encoder =
                RandomTable.encoder(kind, 1 + random.nextInt(4), random).as(type);
        try (EmbeddingTable found = open(backend(), encoder, type);
                EmbeddingTable reference = open(new ReferenceBackend(), encoder, type)) {
            for (int step = 0; step < 4 * STEPS; step++) {
                int stream = random.nextInt(RandomTable.STREAMS);
                long steps = random.nextLong();
                change(found, stream, encoder.config().maxSubtokens(), new Random(steps));
                change(reference, stream, encoder.config().maxSubtokens(), new Random(steps));
            }
            for (int stream = 0; stream < RandomTable.STREAMS; stream++) {
                int live = reference.liveEntries(stream);
                assertThat(found.liveEntries(stream)).isEqualTo(live);
                for (int slot = 0; slot < live; slot++) {
                    assertClose(row(found, stream, slot), row(reference, stream, slot), type);
                }
            }
        }
    }

    private static EmbeddingTable open(EmbeddingBackend backend, HyperEncoder encoder, ElementType type) {
        return EmbeddingTable.builder(encoder)
                .streams(RandomTable.STREAMS)
                .codebookSize(RandomTable.CODEBOOK)
                .elementType(type)
                .backend(backend)
                .open();
    }

    private static void change(EmbeddingTable table, int stream, int maxSubtokens, Random random) {
        int live = table.liveEntries(stream);
        switch (random.nextInt(6)) {
            case 0 -> table.fork(stream, (stream + 1) % RandomTable.STREAMS);
            case 1 -> table.rollback(stream, random.nextInt(live + 1));
            default -> {
                int[] subtokens = new int[maxSubtokens];
                subtokens[0] = 1 + random.nextInt(30);
                int slot = Math.min(random.nextInt(live + 1), RandomTable.CODEBOOK - 1);
                table.submit(new int[] {stream}, new int[] {slot}, subtokens, 0, 1);
            }
        }
    }

    private static float[] row(EmbeddingTable table, int stream, int slot) {
        float[] row = new float[table.layout().modelSize()];
        table.read(TableSide.INPUT, stream, slot, 1, row, 0);
        return row;
    }
}
