package io.tokenlz.hypertokens;

import io.tokenlz.core.MalformedTokenStreamException;
import java.util.Arrays;
import java.util.Objects;

/**
 * Many streams that take their steps together, as rows of a model's batch, and what the embedding side must be told after each
 * step (HYPERTOKENS.md, section 10).
 *
 * <pre>{@code
 * batch.step(sampled);                                  // an ID for each row, or IDLE
 * int entries = batch.newEntries();                     // over all rows
 * if (entries > 0) {
 *     batch.takeCompact(counts, firstSlots, subtokens); // or takePadded, the reference's layout
 * }
 * }</pre>
 *
 * <p>A step allocates nothing. Not thread-safe.
 */
public final class HypertokenBatch {
    /** Stands in {@link #step} for a row that takes no step: its stream has ended, or waits. */
    public static final int IDLE = -1;

    private final HypertokenConfig config;
    private final HypertokenStream[] rows;
    private boolean nothingTaken = true;

    /** What {@link #touch} read, kept so that it must read. */
    @SuppressWarnings("UnusedVariable")
    private int touched;

    /**
     * Opens streams.
     *
     * @param config a model's sizes, protected IDs and replay rule
     * @param rows how many streams, 1 or more
     * @throws IllegalArgumentException if that is less than 1
     */
    public HypertokenBatch(HypertokenConfig config, int rows) {
        if (rows < 1) {
            throw new IllegalArgumentException("rows must be at least 1, is " + rows);
        }
        this.config = config;
        this.rows = new HypertokenStream[rows];
        for (int row = 0; row < rows; row++) {
            this.rows[row] = new HypertokenStream(config);
        }
    }

    /**
     * How many rows there are.
     *
     * @return 1 or more
     */
    public int rows() {
        return rows.length;
    }

    /**
     * One row's stream, for all that is not a step of the whole batch: its prompt, spans, marks.
     *
     * @param row 0 … {@link #rows}−1
     * @return the stream, not a copy
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public HypertokenStream stream(int row) {
        return rows[Objects.checkIndex(row, rows.length)];
    }

    /**
     * Puts another stream into a row, such as a fork, or one of a pool.
     *
     * @param row 0 … {@link #rows}−1
     * @param stream of the same configuration, and in no other row
     * @return the stream that was there
     * @throws IllegalArgumentException if it is of another configuration, or in another row
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public HypertokenStream replace(int row, HypertokenStream stream) {
        HypertokenStream before = stream(row);
        if (!stream.config().equals(config)) {
            throw new IllegalArgumentException("stream is of " + stream.config() + ", the batch of " + config);
        }
        for (int other = 0; other < rows.length; other++) {
            if (other != row && rows[other] == stream) {
                throw new IllegalArgumentException("stream is in row " + other + " already");
            }
        }
        rows[row] = stream;
        return before;
    }

    /**
     * Accepts an ID in each row. Either all are accepted or, if one can't be known, none.
     *
     * @param ids for each row the ID that was sampled, or {@link #IDLE}; only read
     * @throws MalformedTokenStreamException naming the row in what was found; the position is that in the row's stream
     * @throws IllegalArgumentException if there are not as many IDs as rows
     */
    public void step(int[] ids) {
        if (ids.length != rows.length) {
            throw new IllegalArgumentException("ids must be " + rows.length + ", are " + ids.length);
        }
        for (int row = 0; row < rows.length; row++) {
            if (ids[row] != IDLE && !rows[row].accepts(ids[row])) {
                throw rows[row].refused(ids[row], " in row " + row);
            }
        }
        touch(ids);
        for (int row = 0; row < rows.length; row++) {
            if (ids[row] != IDLE) {
                rows[row].accept(ids[row]);
            }
        }
    }

    /**
     * Has the processor fetch what the rows' codebooks will be read at. They are too large for its caches, and a step of one row
     * waits for one read after the other; here the rows' reads have nothing to do with each other and are waited for together.
     */
    private void touch(int[] ids) {
        int read = 0;
        for (int row = 0; row < rows.length; row++) {
            if (ids[row] != IDLE) {
                read += rows[row].touch(ids[row]);
            }
        }
        touched = read;
    }

    /**
     * Entries that came to the codebooks of all rows and were not taken yet.
     *
     * @return entries
     */
    public int newEntries() {
        int entries = 0;
        for (HypertokenStream stream : rows) {
            entries += stream.newEntries();
        }
        return entries;
    }

    /**
     * Entries for each row in the reference's padded layout: C the first time, then the most new entries of any row.
     *
     * @return U of HYPERTOKENS.md, section 10
     */
    public int paddedEntries() {
        if (nothingTaken) {
            return config.codebookSize();
        }
        int most = 0;
        for (HypertokenStream stream : rows) {
            most = Math.max(most, stream.newEntries());
        }
        return most;
    }

    /**
     * Takes the new entries in the reference's padded layout, {@code updates[rows][U][m]}, where U is
     * {@link #paddedEntries}. What is not an entry is filled with the padding ID.
     *
     * @param counts gets each row's number of new entries
     * @param firstSlots gets each row's slot (ID − V) of the first of them; the others follow upon it
     * @param updates gets rows · U · m numbers from index 0 on
     * @throws IllegalArgumentException if an array is too short for that
     * @throws IllegalStateException if the configuration has no padding ID
     */
    public void takePadded(int[] counts, int[] firstSlots, int[] updates) {
        requireRows(counts.length, firstSlots.length);
        int width = paddedEntries();
        requireRoom((long) rows.length * width * config.maxSubtokens(), updates.length);
        int at = 0;
        int rowSize = width * config.maxSubtokens();
        for (int row = 0; row < rows.length; row++) {
            take(row, counts, firstSlots, updates, at);
            Arrays.fill(updates, at + counts[row] * config.maxSubtokens(), at + rowSize, config.requirePadId());
            at += rowSize;
        }
        nothingTaken = false;
    }

    /**
     * Takes the new entries one after the other, those of row 0 first: {@code subtokens[newEntries][m]}.
     *
     * @param counts gets each row's number of new entries
     * @param firstSlots gets each row's slot (ID − V) of the first of them; the others follow upon it
     * @param subtokens gets {@link #newEntries} · m numbers from index 0 on, each entry filled up with the padding ID
     * @return entries in all
     * @throws IllegalArgumentException if an array is too short for that
     * @throws IllegalStateException if the configuration has no padding ID
     */
    public int takeCompact(int[] counts, int[] firstSlots, int[] subtokens) {
        requireRows(counts.length, firstSlots.length);
        requireRoom((long) newEntries() * config.maxSubtokens(), subtokens.length);
        int entries = 0;
        for (int row = 0; row < rows.length; row++) {
            take(row, counts, firstSlots, subtokens, entries * config.maxSubtokens());
            entries += counts[row];
        }
        nothingTaken = false;
        return entries;
    }

    private void take(int row, int[] counts, int[] firstSlots, int[] subtokens, int offset) {
        counts[row] = rows[row].newEntries();
        firstSlots[row] = rows[row].takeNewEntries(subtokens, offset);
    }

    private void requireRows(int counts, int firstSlots) {
        if (counts < rows.length || firstSlots < rows.length) {
            throw new IllegalArgumentException("counts and firstSlots need room for " + rows.length + " rows, have "
                    + Math.min(counts, firstSlots));
        }
    }

    private static void requireRoom(long needed, int room) {
        if (needed > room) {
            throw new IllegalArgumentException("the entries need room for " + needed + " numbers, have " + room);
        }
    }

    /**
     * Tells how many entries of each row are live: what a model's mask is made of.
     *
     * @param counts gets a number for each row, 0 … C
     * @throws IndexOutOfBoundsException if it is too short; nothing is written then
     */
    public void liveEntries(int[] counts) {
        Objects.checkFromIndexSize(0, rows.length, counts.length);
        for (int row = 0; row < rows.length; row++) {
            counts[row] = rows[row].codebook().size();
        }
    }

    /**
     * Fills a mask to be added to the logits of all rows ({@link HypertokenStream#fillLogitMask}), one after the other.
     *
     * @param mask gets rows · outputIds numbers from index 0 on
     * @param outputIds IDs that the model puts out
     * @throws IllegalArgumentException if the mask is too short for that
     */
    public void fillLogitMasks(float[] mask, int outputIds) {
        requireRoom((long) rows.length * outputIds, mask.length);
        for (int row = 0; row < rows.length; row++) {
            rows[row].fillLogitMask(mask, row * outputIds, outputIds);
        }
    }

    /** Returns all rows to the start of a stream; the next padded layout is that of a first time again. */
    public void reset() {
        for (HypertokenStream stream : rows) {
            stream.reset();
        }
        nothingTaken = true;
    }
}
