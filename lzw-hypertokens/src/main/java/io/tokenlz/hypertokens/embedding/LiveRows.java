package io.tokenlz.hypertokens.embedding;

import java.util.Arrays;

/**
 * How many rows of each stream are live, as submitted so far: slots 0 … live−1. A batch may add the next slot or write a live one
 * again; so there is never a live row that nobody wrote.
 */
final class LiveRows {
    private final int codebookSize;
    private final int[] live;

    /** Live rows as they will be, while a batch is checked; the same as {@link #live} otherwise. */
    private final int[] next;

    /** By row, the check that met it last: tells a slot that comes twice in a batch. */
    private final int[] seen;

    private int check;

    LiveRows(TableLayout layout) {
        codebookSize = layout.codebookSize();
        live = new int[layout.streams()];
        next = new int[layout.streams()];
        seen = new int[layout.rows()];
    }

    int of(int stream) {
        return live[stream];
    }

    void set(int stream, int count) {
        live[stream] = count;
        next[stream] = count;
    }

    /** Counts a batch in, or refuses it and stays as it was. */
    void add(int[] streams, int[] slots, int offset, int count) {
        if (++check == 0) {
            Arrays.fill(seen, 0); // after 2³² checks numbers come again
            check = 1;
        }
        boolean accepted = false;
        try {
            for (int i = offset; i < offset + count; i++) {
                addOne(streams[i], slots[i], i);
            }
            accepted = true;
        } finally {
            for (int i = offset; i < offset + count; i++) {
                if (streams[i] >= 0 && streams[i] < live.length) {
                    settle(streams[i], accepted);
                }
            }
        }
    }

    private void addOne(int stream, int slot, int index) {
        if (stream < 0 || stream >= live.length) {
            throw refused("streams", index, "must be 0 to " + (live.length - 1) + ", is " + stream);
        }
        if (slot < 0 || slot > next[stream] || slot >= codebookSize) {
            int most = Math.min(next[stream], codebookSize - 1);
            throw refused("slots", index, "must be 0 to " + most + " in stream " + stream + ", is " + slot);
        }
        int row = stream * codebookSize + slot;
        if (seen[row] == check) {
            throw refused("slots", index, "is a second " + slot + " in stream " + stream);
        }
        seen[row] = check;
        if (slot == next[stream]) {
            next[stream]++;
        }
    }

    private void settle(int stream, boolean accepted) {
        if (accepted) {
            live[stream] = next[stream];
        } else {
            next[stream] = live[stream];
        }
    }

    private static IllegalArgumentException refused(String array, int index, String why) {
        return new IllegalArgumentException(array + "[" + index + "] " + why);
    }
}
