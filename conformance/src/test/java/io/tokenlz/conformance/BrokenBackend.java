package io.tokenlz.conformance;

import io.tokenlz.hypertokens.embedding.DeviceTable;
import io.tokenlz.hypertokens.embedding.EmbeddingBackend;
import io.tokenlz.hypertokens.embedding.HyperEncoder;
import io.tokenlz.hypertokens.embedding.LaunchListener;
import io.tokenlz.hypertokens.embedding.ReferenceBackend;
import io.tokenlz.hypertokens.embedding.TableLayout;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The reference backend with one bug. What the contract of backends is tested with. */
final class BrokenBackend implements EmbeddingBackend {
    private final BackendBug bug;
    private final ReferenceBackend right = new ReferenceBackend();
    private @Nullable DeviceTable shared;

    BrokenBackend(BackendBug bug) {
        this.bug = bug;
    }

    @Override
    public String name() {
        return "broken";
    }

    @Override
    public DeviceTable open(TableLayout layout, List<HyperEncoder> encoders, LaunchListener listener) {
        LaunchListener told = new LaunchListener() {
            @Override
            public void done(long launch) {
                listener.done(launch);
                if (bug == BackendBug.TELLS_OF_LAUNCHES_TWICE) {
                    listener.done(launch);
                }
            }

            @Override
            public void failed(long launch, Throwable cause) {
                listener.failed(launch, cause);
            }
        };
        DeviceTable table = right.open(layout, encoders, told);
        if (bug == BackendBug.TABLES_SHARE_THEIR_MEMORY) {
            DeviceTable known = shared == null ? table : shared;
            shared = known;
            return new BrokenTable(layout, known, listener);
        }
        return new BrokenTable(layout, table, listener);
    }

    private final class BrokenTable implements DeviceTable {
        private final TableLayout layout;
        private final DeviceTable table;
        private final LaunchListener listener;
        private final BitSet written = new BitSet();
        private @Nullable Runnable waiting;

        BrokenTable(TableLayout layout, DeviceTable table, LaunchListener listener) {
            this.layout = layout;
            this.table = table;
            this.listener = listener;
        }

        @Override
        public void encode(int[] rows, int[] subtokens, int offset, int count, long launch) {
            int m = layout.maxSubtokens();
            int[] chosen = Arrays.copyOfRange(rows, offset, offset + count);
            int[] tokens = Arrays.copyOfRange(subtokens, offset * m, (offset + count) * m);
            int entries = count;
            switch (bug) {
                case WRITES_THE_ROW_BESIDE -> chosen[0] = (chosen[0] + 1) % layout.rows();
                case IGNORES_THE_OFFSET -> tokens = Arrays.copyOf(subtokens, count * m);
                case LOSES_THE_LAST_ENTRY -> entries = Math.max(1, count - 1);
                case FIRST_WRITER_WINS -> {
                    if (written.get(chosen[0])) {
                        listener.done(launch);
                        return;
                    }
                }
                case ENTRIES_DEPEND_ON_THEIR_LAUNCH -> {
                    if (count > 1) {
                        System.arraycopy(tokens, 0, tokens, m, m);
                    }
                }
                case CHANGES_ITS_INPUT -> Arrays.fill(rows, 0);
                case READS_BEFORE_LAUNCHES_ARE_DONE -> {
                    runWaiting();
                    int[] kept = tokens;
                    waiting = () -> table.encode(chosen, kept, 0, count, launch);
                    if (launch < 2) {
                        runWaiting();
                    }
                    return;
                }
                default -> {}
            }
            written.set(chosen[0]);
            table.encode(chosen, tokens, 0, entries, launch);
        }

        private void runWaiting() {
            if (waiting != null) {
                waiting.run();
                waiting = null;
            }
        }

        @Override
        public void copy(int fromRow, int toRow, int count, long launch) {
            switch (bug) {
                case COPIES_ONE_ROW_TOO_FEW -> {
                    if (count > 1) {
                        table.copy(fromRow, toRow, count - 1, launch);
                    } else {
                        listener.done(launch);
                    }
                }
                case COPIES_ONE_ROW_TOO_MANY ->
                    table.copy(fromRow, toRow, Math.min(count + 1, layout.rows() - Math.max(fromRow, toRow)), launch);
                case COPIES_THE_OTHER_WAY -> table.copy(toRow, fromRow, count, launch);
                case FORKS_LOSE_THE_FIRST_ROW -> {
                    if (count > 1) {
                        table.copy(fromRow + 1, toRow + 1, count - 1, launch);
                    } else {
                        listener.done(launch);
                    }
                }
                default -> table.copy(fromRow, toRow, count, launch);
            }
        }

        @Override
        public void read(int side, int row, int count, float[] target, int offset) {
            switch (bug) {
                case MIXES_THE_SIDES_UP -> {
                    float[] other = new float[count * layout.modelSize()];
                    try {
                        table.read(1 - side, row, count, other, 0);
                    } catch (IndexOutOfBoundsException onlyOne) {
                        table.read(side, row, count, other, 0);
                    }
                    System.arraycopy(other, 0, target, offset, other.length);
                }
                case READS_TO_THE_START -> table.read(side, row, count, target, 0);
                case READS_TOO_MUCH -> {
                    table.read(side, row, count, target, offset);
                    int end = offset + count * layout.modelSize();
                    if (end < target.length) {
                        target[end] = 0;
                    }
                }
                case COMPUTES_TOO_COARSELY -> {
                    table.read(side, row, count, target, offset);
                    for (int i = offset; i < offset + count * layout.modelSize(); i++) {
                        target[i] = Math.round(target[i] * 16) / 16f;
                    }
                }
                default -> table.read(side, row, count, target, offset);
            }
        }

        @Override
        public void close() {
            table.close();
        }
    }
}
