package io.tokenlz.hypertokens.embedding;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A device that looks at what it is told, and counts what must not be: a launch out of order or after the end, an entry that is
 * half another one's, a copy of rows that nobody wrote. Completes launches at once, or leaves that to a test.
 */
final class RecordingDevice implements EmbeddingBackend, DeviceTable {
    /** An entry of a row is this often the row's number and one more. */
    static final int SUBTOKENS = 3;

    static final int STREAMS = 2;
    static final int ROWS_OF_STREAM = 16;

    private static final HyperEncoder ENCODER = HyperEncoder.mean(Tensor.of(new float[100], 100, 1), 0, SUBTOKENS);

    final AtomicInteger flaws = new AtomicInteger();
    final AtomicInteger entries = new AtomicInteger();
    final AtomicInteger closes = new AtomicInteger();

    /** The last launch that was made. */
    volatile long launched;

    volatile @Nullable LaunchListener listener;

    private final boolean completes;
    private long launches;
    private final boolean[] written = new boolean[STREAMS * ROWS_OF_STREAM];
    private final int[] lastSlot = {-1, -1};

    RecordingDevice(boolean completes) {
        this.completes = completes;
    }

    EmbeddingTable open(int ringEntries) {
        return EmbeddingTable.builder(ENCODER)
                .streams(STREAMS)
                .codebookSize(ROWS_OF_STREAM)
                .ringEntries(ringEntries)
                .backend(this)
                .open();
    }

    private void require(boolean condition) {
        if (!condition) {
            flaws.incrementAndGet();
        }
    }

    @Override
    public String name() {
        return "recording";
    }

    @Override
    public DeviceTable open(TableLayout layout, List<HyperEncoder> encoders, LaunchListener told) {
        listener = told;
        return this;
    }

    @Override
    public void encode(int[] rows, int[] subtokens, int offset, int count, long launch) {
        begin(launch);
        for (int entry = offset; entry < offset + count; entry++) {
            int row = rows[entry];
            for (int i = 0; i < SUBTOKENS; i++) {
                require(subtokens[entry * SUBTOKENS + i] == row + 1);
            }
            int stream = row / ROWS_OF_STREAM;
            require(row % ROWS_OF_STREAM == lastSlot[stream] + 1); // none lost, none twice, in order
            lastSlot[stream]++;
            written[row] = true;
        }
        entries.addAndGet(count);
        end(launch);
    }

    @Override
    public void copy(int fromRow, int toRow, int count, long launch) {
        begin(launch);
        for (int i = 0; i < count; i++) {
            require(written[fromRow + i]);
            written[toRow + i] = true;
        }
        end(launch);
    }

    @Override
    public void read(int side, int row, int count, float[] target, int offset) {
        require(closes.get() == 0);
        launched = ++launches;
        for (int i = 0; i < count; i++) {
            require(written[row + i]);
            target[offset + i] = row + i;
        }
    }

    private void begin(long launch) {
        require(closes.get() == 0);
        require(launch == ++launches);
    }

    private void end(long launch) {
        launched = launch;
        LaunchListener told = listener;
        if (completes && told != null) {
            told.done(launch);
        }
    }

    @Override
    public void close() {
        closes.incrementAndGet();
    }
}
