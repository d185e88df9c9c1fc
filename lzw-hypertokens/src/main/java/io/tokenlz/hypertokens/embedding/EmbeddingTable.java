package io.tokenlz.hypertokens.embedding;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * A table of hypertokens' rows on a device, for some streams that a model serves (EMBEDDING.md, section 1).
 *
 * <pre>{@code
 * try (EmbeddingTable table = EmbeddingTable.builder(encoders)
 *         .streams(64).codebookSize(2048).elementType(ElementType.BF16).open()) {
 *     long ticket = table.submit(streams, slots, subtokens, 0, entries);   // copied, queued
 *     table.await(ticket);                                                 // the rows can be looked up
 * }
 * }</pre>
 *
 * <p>All memory is allocated when it is opened. What is submitted is done in order, by a thread of the table; a ticket done
 * means that everything before it is done and visible. Of a row that is written again the last writer wins. While the device is
 * busy, what comes in is merged into fewer launches. If anything fails, on whatever thread, the table is of no use any more: each
 * call but {@link #close} throws {@link EmbeddingTableFailedException} from then on, those that wait included.
 *
 * <p>Thread-safe; the order of submissions is that in which they got in. Waiting can't be interrupted, but ends when the table is
 * closed. Submitting allocates nothing.
 */
public final class EmbeddingTable implements AutoCloseable {
    /** What {@link #trySubmit} returns if there is no room. */
    public static final long NOT_ACCEPTED = -1;

    private final TableLayout layout;
    private final boolean tied;
    private final EntryCheck entryCheck;
    private final LiveRows live;

    /** Held while rows are read: one read is underway at a time. */
    private final Object reading = new Object();

    /** Its monitor guards the live rows too: they change together with what is queued. */
    private final DeviceQueue queue;

    EmbeddingTable(EmbeddingTableBuilder builder) {
        layout = builder.layout();
        tied = builder.encoders().size() == 1;
        entryCheck = new EntryCheck(builder.encoders());
        live = new LiveRows(layout);
        queue = new DeviceQueue(builder, layout);
        queue.start();
    }

    /**
     * Begins a table whose two sides are one: the model ties them.
     *
     * @param encoder of both sides
     * @return a builder
     */
    public static EmbeddingTableBuilder builder(HyperEncoder encoder) {
        return new EmbeddingTableBuilder(List.of(encoder));
    }

    /**
     * Begins a table for a checkpoint's encoders.
     *
     * @param encoders of both sides
     * @return a builder
     * @throws IllegalArgumentException if their sizes or padding IDs differ
     */
    public static EmbeddingTableBuilder builder(Zip2ZipEncoders encoders) {
        return new EmbeddingTableBuilder(
                encoders.tied() ? List.of(encoders.input()) : List.of(encoders.input(), encoders.output()));
    }

    /**
     * Its sizes.
     *
     * @return the layout
     */
    public TableLayout layout() {
        return layout;
    }

    /**
     * The most entries of one submission.
     *
     * @return room of the ring
     */
    public int ringEntries() {
        return queue.entryRoom();
    }

    int padId() {
        return entryCheck.padId();
    }

    /**
     * Submits entries, and waits as long as the ring has no room for them. Everything is copied before this returns.
     *
     * @param streams stream of each entry, 0 … streams−1
     * @param slots slot (ID − V) of each: one that is live, or the next one of its stream; none twice in one stream
     * @param subtokens m base tokens of each, filled up with the padding ID
     * @param offset the first entry's index; its base tokens begin at offset · m
     * @param count entries, 0 … {@link #ringEntries}
     * @return a ticket; that of the last submission if there are no entries
     * @throws IllegalArgumentException naming the number that is out of range, or if there are more entries than the ring has
     *     room; nothing was submitted
     * @throws IndexOutOfBoundsException if the range is not inside the arrays
     * @throws EmbeddingTableFailedException if the table failed, by now or while this waited
     * @throws IllegalStateException if it is closed
     */
    public long submit(int[] streams, int[] slots, int[] subtokens, int offset, int count) {
        return submit(streams, slots, subtokens, offset, count, true);
    }

    /**
     * The same, but does not wait.
     *
     * @param streams as {@link #submit}
     * @param slots as {@link #submit}
     * @param subtokens as {@link #submit}
     * @param offset as {@link #submit}
     * @param count as {@link #submit}
     * @return a ticket, or {@link #NOT_ACCEPTED} if the ring has no room: nothing was submitted
     * @throws IllegalArgumentException as {@link #submit}
     * @throws IndexOutOfBoundsException as {@link #submit}
     * @throws EmbeddingTableFailedException if the table failed
     * @throws IllegalStateException if it is closed
     */
    public long trySubmit(int[] streams, int[] slots, int[] subtokens, int offset, int count) {
        return submit(streams, slots, subtokens, offset, count, false);
    }

    private long submit(int[] streams, int[] slots, int[] subtokens, int offset, int count, boolean waits) {
        Objects.checkFromIndexSize(offset, count, Math.min(streams.length, slots.length));
        Objects.checkFromIndexSize(offset, count, subtokens.length / layout.maxSubtokens());
        if (count > queue.entryRoom()) {
            throw new IllegalArgumentException(
                    "count must be at most " + queue.entryRoom() + ", the ring's room, is " + count);
        }
        entryCheck.require(subtokens, offset, count);
        synchronized (queue) {
            queue.requireUsable();
            if (count == 0) {
                return queue.lastTicket();
            }
            if (!waits && !queue.hasRoomFor(count)) {
                return NOT_ACCEPTED;
            }
            queue.awaitRoom(count);
            live.add(streams, slots, offset, count);
            for (int i = offset; i < offset + count; i++) {
                queue.addEntry(row(streams[i], slots[i]), subtokens, i * layout.maxSubtokens());
            }
            return queue.encode();
        }
    }

    private int row(int stream, int slot) {
        return stream * layout.codebookSize() + slot;
    }

    /**
     * Makes one stream's rows another's, as a fork has them: copied in order with everything else, not computed again.
     *
     * @param from a stream
     * @param to another stream; what it had is gone
     * @return a ticket
     * @throws IndexOutOfBoundsException if there is no such stream
     * @throws EmbeddingTableFailedException if the table failed
     * @throws IllegalStateException if it is closed
     */
    public long fork(int from, int to) {
        checkStream(from);
        checkStream(to);
        synchronized (queue) {
            queue.requireUsable();
            if (from == to || live.of(from) == 0) {
                live.set(to, live.of(from));
                return queue.lastTicket();
            }
            queue.awaitRoom(0);
            // what others submitted meanwhile is copied with the rest
            int count = live.of(from);
            live.set(to, count);
            return queue.copy(row(from, 0), row(to, 0), count);
        }
    }

    /**
     * Gives a stream's last rows up, as a rollback does: they can't be read any more until they are written again.
     *
     * @param stream a stream
     * @param entries rows that stay live, 0 … {@link #liveEntries}
     * @throws IllegalArgumentException if fewer are live
     * @throws IndexOutOfBoundsException if there is no such stream
     * @throws EmbeddingTableFailedException if the table failed
     * @throws IllegalStateException if it is closed
     */
    public void rollback(int stream, int entries) {
        checkStream(stream);
        synchronized (queue) {
            queue.requireUsable();
            if (entries < 0 || entries > live.of(stream)) {
                throw new IllegalArgumentException("entries must be 0 to " + live.of(stream) + ", is " + entries);
            }
            live.set(stream, entries);
        }
    }

    /**
     * Gives all rows of a stream up.
     *
     * @param stream a stream
     * @throws IndexOutOfBoundsException if there is no such stream
     * @throws EmbeddingTableFailedException if the table failed
     * @throws IllegalStateException if it is closed
     */
    public void clear(int stream) {
        rollback(stream, 0);
    }

    /**
     * How many slots of a stream are live, as submitted so far: what a model's mask is made of.
     *
     * @param stream a stream
     * @return 0 … C
     * @throws IndexOutOfBoundsException if there is no such stream
     * @throws EmbeddingTableFailedException if the table failed
     * @throws IllegalStateException if it is closed
     */
    public int liveEntries(int stream) {
        checkStream(stream);
        synchronized (queue) {
            queue.requireUsable();
            return live.of(stream);
        }
    }

    private void checkStream(int stream) {
        Objects.checkIndex(stream, layout.streams());
    }

    /**
     * Whether a submission is done.
     *
     * @param ticket of this table
     * @return whether it and everything before it is done and visible
     * @throws IllegalArgumentException if it gave no such ticket
     * @throws EmbeddingTableFailedException if the table failed
     * @throws IllegalStateException if it is closed
     */
    public boolean isDone(long ticket) {
        synchronized (queue) {
            return queue.isDone(ticket);
        }
    }

    /**
     * Waits for a submission and everything before it.
     *
     * @param ticket of this table
     * @throws IllegalArgumentException if it gave no such ticket
     * @throws EmbeddingTableFailedException if the table failed, by now or while this waited
     * @throws IllegalStateException if it is closed, by now or while this waited
     */
    public void await(long ticket) {
        queue.await(ticket);
    }

    /**
     * The same, for some time.
     *
     * @param ticket of this table
     * @param longest how long to wait
     * @return whether it is done
     * @throws IllegalArgumentException if it gave no such ticket
     * @throws EmbeddingTableFailedException if the table failed, by now or while this waited
     * @throws IllegalStateException if it is closed, by now or while this waited
     */
    public boolean await(long ticket, Duration longest) {
        return queue.await(ticket, longest);
    }

    /**
     * Waits for everything submitted so far.
     *
     * @throws EmbeddingTableFailedException if the table failed, by now or while this waited
     * @throws IllegalStateException if it is closed, by now or while this waited
     */
    public void fence() {
        synchronized (queue) {
            queue.await(queue.lastTicket());
        }
    }

    /**
     * Reads rows, as they are after everything submitted before.
     *
     * @param side whose rows
     * @param stream a stream
     * @param slot the first one's slot
     * @param count rows; all must be live
     * @param target gets D numbers for each; whatever it holds if this throws
     * @param offset where the first of them goes
     * @throws IndexOutOfBoundsException if rows are not live, or the numbers not inside the array
     * @throws EmbeddingTableFailedException if the table failed, by now or while this waited
     * @throws IllegalStateException if it is closed, by now or while this waited
     */
    public void read(TableSide side, int stream, int slot, int count, float[] target, int offset) {
        checkStream(stream);
        Objects.checkFromIndexSize(slot, count, layout.codebookSize());
        Objects.checkFromIndexSize(offset, count * layout.modelSize(), target.length);
        int row = row(stream, slot);
        synchronized (reading) {
            long ticket;
            synchronized (queue) {
                queue.requireUsable();
                queue.awaitRoom(0);
                Objects.checkFromIndexSize(slot, count, live.of(stream));
                if (count == 0) {
                    return;
                }
                ticket = queue.read(tied || side == TableSide.INPUT ? 0 : 1, row, count, target, offset);
            }
            queue.await(ticket);
        }
    }

    /** Launches made so far. */
    long launches() {
        synchronized (queue) {
            return queue.launches();
        }
    }

    /**
     * Frees the table. What was submitted and not begun is given up; {@link #fence} before, if it matters. May be called again.
     */
    @Override
    public void close() {
        queue.close();
    }
}
