package io.tokenlz.hypertokens.embedding;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A table that the first of two actors opens and the last one closes: it has a thread, and jcstress makes many states before it
 * uses one.
 */
final class SharedTable {
    final RecordingDevice device;
    private final int ringEntries;
    private @Nullable EmbeddingTable table;
    private int actors = 2;

    SharedTable(boolean completes, int ringEntries) {
        this.device = new RecordingDevice(completes);
        this.ringEntries = ringEntries;
    }

    synchronized EmbeddingTable table() {
        EmbeddingTable opened = table;
        if (opened == null) {
            opened = device.open(ringEntries);
            table = opened;
        }
        return opened;
    }

    /** An actor is done with it. */
    void leave() {
        boolean last;
        synchronized (this) {
            last = --actors == 0;
        }
        if (last) {
            table().close();
        }
    }

    /** Submits a stream's next row; what was given is changed afterwards. */
    long submit(int stream, int slot) {
        int[] subtokens = new int[RecordingDevice.SUBTOKENS];
        Arrays.fill(subtokens, stream * RecordingDevice.ROWS_OF_STREAM + slot + 1);
        int[] streams = {stream};
        int[] slots = {slot};
        try {
            return table().submit(streams, slots, subtokens, 0, 1);
        } finally {
            streams[0] = -1;
            slots[0] = -1;
            Arrays.fill(subtokens, -1);
        }
    }

    /** 0 if it went well, 1 if the table was closed, 2 if it failed. */
    static int outcomeOf(Runnable call) {
        try {
            call.run();
            return 0;
        } catch (EmbeddingTableFailedException failed) {
            return 2;
        } catch (IllegalStateException closed) {
            return 1;
        }
    }
}
