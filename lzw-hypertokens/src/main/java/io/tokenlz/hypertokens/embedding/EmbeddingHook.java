package io.tokenlz.hypertokens.embedding;

import io.tokenlz.hypertokens.HypertokenBatch;
import io.tokenlz.hypertokens.HypertokenConfig;
import io.tokenlz.hypertokens.HypertokenMark;
import io.tokenlz.hypertokens.HypertokenStream;

/**
 * Keeps a table in line with the codebooks of a batch: the stream in a row of the batch is the stream of that number in the
 * table.
 *
 * <pre>{@code
 * batch.step(sampled);
 * table.await(hook.update());       // before the model's next look-up
 * }</pre>
 *
 * <p>It listens to the batch and is not known to it: a codec without a hook pays nothing. Streams are forked, rolled back, reset
 * and replaced through the hook, and new entries are taken by it alone. After a call that throws, {@link #rebuild} the rows
 * concerned. Allocates nothing once made. Not thread-safe: it is used by the batch's thread.
 */
public final class EmbeddingHook {
    private final HypertokenBatch batch;
    private final EmbeddingTable table;
    private final int maxSubtokens;
    private final int room;

    /** New entries until they are submitted. */
    private final int[] streams;

    private final int[] slots;
    private final int[] subtokens;
    private int pending;

    /**
     * Ties a batch to a table. Entries that streams have taken before are not in the table: {@link #rebuild} if there are any.
     *
     * @param batch streams of one configuration
     * @param table with as many streams or more, and rows for as many entries
     * @throws IllegalArgumentException naming what doesn't fit
     */
    public EmbeddingHook(HypertokenBatch batch, EmbeddingTable table) {
        this.batch = batch;
        this.table = table;
        HypertokenConfig config = batch.stream(0).config();
        TableLayout layout = table.layout();
        require(batch.rows() <= layout.streams(), "streams", layout.streams(), batch.rows());
        require(
                config.codebookSize() <= layout.codebookSize(),
                "codebookSize",
                layout.codebookSize(),
                config.codebookSize());
        maxSubtokens = config.maxSubtokens();
        require(maxSubtokens == layout.maxSubtokens(), "maxSubtokens", layout.maxSubtokens(), maxSubtokens);
        require(config.padId() == table.padId(), "padId", table.padId(), config.padId());
        // all entries of any one stream fit
        room = Math.max(config.codebookSize(), Math.min(table.ringEntries(), batch.rows() * maxSubtokens));
        streams = new int[room];
        slots = new int[room];
        subtokens = new int[Math.multiplyExact(room, maxSubtokens)];
    }

    private static void require(boolean fits, String what, int inTable, int inBatch) {
        if (!fits) {
            throw new IllegalArgumentException("table has " + what + " " + inTable + ", the batch needs " + inBatch);
        }
    }

    /**
     * Submits the new entries of all rows, and waits where the table's ring has no room.
     *
     * @return a ticket: when it is done, the rows of all entries can be looked up
     * @throws EmbeddingTableFailedException if the table failed
     * @throws IllegalStateException if it is closed
     */
    public long update() {
        pending = 0;
        for (int row = 0; row < batch.rows(); row++) {
            HypertokenStream stream = batch.stream(row);
            int entries = stream.newEntries();
            if (pending + entries > room) {
                submitPending();
            }
            if (entries > 0) {
                add(row, stream.takeNewEntries(subtokens, pending * maxSubtokens), entries);
            }
        }
        return submitPending();
    }

    private void add(int row, int firstSlot, int entries) {
        for (int i = 0; i < entries; i++) {
            streams[pending + i] = row;
            slots[pending + i] = firstSlot + i;
        }
        pending += entries;
    }

    private long submitPending() {
        long ticket = 0;
        int from = 0;
        do {
            int count = Math.min(pending - from, table.ringEntries());
            ticket = table.submit(streams, slots, subtokens, from, count);
            from += count;
        } while (from < pending);
        pending = 0;
        return ticket;
    }

    /**
     * Forks a row's stream into another row, with its rows of the table.
     *
     * @param from a row of the batch
     * @param to another row, whose stream ends
     * @return the stream that was there, for a pool
     * @throws IllegalArgumentException if both are the same
     * @throws IndexOutOfBoundsException if there is no such row
     * @throws EmbeddingTableFailedException if the table failed; the batch is as it was
     * @throws IllegalStateException if it is closed; the batch is as it was
     */
    public HypertokenStream fork(int from, int to) {
        if (from == to) {
            throw new IllegalArgumentException("a stream can't be forked into its own row " + from);
        }
        HypertokenStream fork = batch.stream(from).fork();
        batch.stream(to); // checks the row before anything changes
        table.fork(from, to);
        return batch.replace(to, fork);
    }

    /**
     * Rolls a row's stream back. Rows of the table that stay are not computed again.
     *
     * @param row a row of the batch
     * @param mark a place in its stream
     * @throws IllegalArgumentException as {@link HypertokenStream#rollback}
     * @throws IndexOutOfBoundsException if there is no such row
     * @throws EmbeddingTableFailedException if the table failed
     * @throws IllegalStateException if it is closed
     */
    public void rollback(int row, HypertokenMark mark) {
        HypertokenStream stream = batch.stream(row);
        stream.rollback(mark);
        table.rollback(row, stream.codebook().size() - stream.newEntries());
    }

    /**
     * Returns a row's stream to its start.
     *
     * @param row a row of the batch
     * @throws IndexOutOfBoundsException if there is no such row
     * @throws EmbeddingTableFailedException if the table failed
     * @throws IllegalStateException if it is closed
     */
    public void reset(int row) {
        batch.stream(row).reset();
        table.clear(row);
    }

    /**
     * Puts another stream into a row, such as one of a pool or a snapshot, and computes all its entries' rows.
     *
     * @param row a row of the batch
     * @param stream as {@link HypertokenBatch#replace}
     * @return the stream that was there
     * @throws IllegalArgumentException as {@link HypertokenBatch#replace}
     * @throws IndexOutOfBoundsException if there is no such row
     * @throws EmbeddingTableFailedException if the table failed
     * @throws IllegalStateException if it is closed
     */
    public HypertokenStream replace(int row, HypertokenStream stream) {
        HypertokenStream before = batch.replace(row, stream);
        rebuild(row);
        return before;
    }

    /**
     * Computes the rows of all streams from their codebooks, whatever the table had: for a table opened after another one failed.
     *
     * @return a ticket
     * @throws EmbeddingTableFailedException if the table failed
     * @throws IllegalStateException if it is closed
     */
    public long rebuild() {
        long ticket = 0;
        for (int row = 0; row < batch.rows(); row++) {
            ticket = rebuild(row);
        }
        return ticket;
    }

    /**
     * Computes the rows of one stream from its codebook.
     *
     * @param row a row of the batch
     * @return a ticket
     * @throws IndexOutOfBoundsException if there is no such row
     * @throws EmbeddingTableFailedException if the table failed
     * @throws IllegalStateException if it is closed
     */
    public long rebuild(int row) {
        HypertokenStream stream = batch.stream(row);
        table.clear(row);
        stream.takeNewEntries(subtokens, 0);
        stream.codebook().writePaddedTable(stream.config().padId(), subtokens, 0);
        pending = 0;
        add(row, 0, stream.codebook().size());
        return submitPending();
    }
}
