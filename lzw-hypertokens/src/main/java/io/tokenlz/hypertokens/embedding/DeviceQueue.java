package io.tokenlz.hypertokens.embedding;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Brings what is queued to a device, in order, by a thread of its own, and tells when it is done. Its monitor guards all that
 * changes; whoever adds to it holds that from {@link #requireUsable} on.
 */
final class DeviceQueue {
    /** One that the device computes, and one that it finds next. */
    private static final int MOST_UNDERWAY = 2;

    private static final AtomicInteger THREADS = new AtomicInteger();

    private final CommandRing ring;
    private final DeviceTable device;
    private final Thread dispatcher;
    private final int launchEntries;

    /** Launches underway: a launch is at its number modulo their count. */
    private final CommandRing.Launch[] underway = new CommandRing.Launch[MOST_UNDERWAY];

    private long launches;
    private long launchesDone;
    private @Nullable EmbeddingTableFailedException failure;
    private boolean closed;

    /** Of the one read underway. */
    private float[] readTarget = {};

    private int readOffset;
    private int readSide;

    DeviceQueue(EmbeddingTableBuilder builder, TableLayout layout) {
        ring = new CommandRing(layout, builder.ringEntries(), builder.ringCommands());
        launchEntries = layout.launchEntries();
        for (int i = 0; i < MOST_UNDERWAY; i++) {
            underway[i] = new CommandRing.Launch();
        }
        device = open(builder, layout);
        dispatcher = new Thread(this::dispatch, "tokenlz-embedding-" + THREADS.incrementAndGet());
        dispatcher.setDaemon(true);
    }

    private DeviceTable open(EmbeddingTableBuilder builder, TableLayout layout) {
        try {
            return builder.backend().open(layout, builder.encoders(), new Completions());
        } catch (IllegalArgumentException refused) {
            throw refused;
        } catch (RuntimeException | OutOfMemoryError e) { // whatever a driver throws, and too large a table
            throw new EmbeddingTableFailedException(
                    "table can't be opened on " + builder.backend().name() + ": " + e, e);
        }
    }

    /** Begins; apart from the constructor, since the thread must see all that it made. */
    void start() {
        dispatcher.start();
    }

    void requireUsable() {
        if (failure != null) {
            // the first one's cause, this thread's stack
            throw new EmbeddingTableFailedException(String.valueOf(failure.getMessage()), failure);
        }
        if (closed) {
            throw new IllegalStateException("table is closed");
        }
    }

    int entryRoom() {
        return ring.entryRoom();
    }

    boolean hasRoomFor(int entries) {
        return ring.hasRoomFor(entries);
    }

    long lastTicket() {
        return ring.lastTicket();
    }

    long launches() {
        return launches;
    }

    /** Adds an entry to the next {@link #encode}; there must be room. */
    void addEntry(int row, int[] source, int offset) {
        ring.addEntry(row, source, offset);
    }

    long encode() {
        return added(ring.add(CommandRing.Kind.ENCODE, 0, 0, 0));
    }

    long copy(int fromRow, int toRow, int count) {
        return added(ring.add(CommandRing.Kind.COPY, fromRow, toRow, count));
    }

    /** There must be no other read underway. */
    long read(int side, int row, int count, float[] target, int offset) {
        readSide = side;
        readTarget = target;
        readOffset = offset;
        return added(ring.add(CommandRing.Kind.READ, row, 0, count));
    }

    private synchronized long added(long ticket) {
        notifyAll();
        return ticket;
    }

    /** Waits until there is room for a command with so many entries. */
    synchronized void awaitRoom(int entries) {
        boolean interrupted = false;
        try {
            while (!ring.hasRoomFor(entries)) {
                interrupted |= pause(Long.MAX_VALUE);
                requireUsable();
            }
        } finally {
            restore(interrupted);
        }
    }

    synchronized boolean isDone(long ticket) {
        requireUsable();
        requireTicket(ticket);
        return ring.doneTicket() >= ticket;
    }

    /** What tells that there was no room is no ticket either: who overlooked it must not find its rows done. */
    private void requireTicket(long ticket) {
        if (ticket < 0 || ticket > ring.lastTicket()) {
            throw new IllegalArgumentException("ticket must be 0 to " + ring.lastTicket() + ", is " + ticket);
        }
    }

    synchronized void await(long ticket) {
        boolean interrupted = false;
        try {
            while (!isDone(ticket)) {
                interrupted |= pause(Long.MAX_VALUE);
            }
        } finally {
            restore(interrupted);
        }
    }

    synchronized boolean await(long ticket, Duration longest) {
        long start = System.nanoTime();
        boolean interrupted = false;
        try {
            for (long left = longest.toNanos(); !isDone(ticket); left = start + longest.toNanos() - System.nanoTime()) {
                if (left <= 0) {
                    return false;
                }
                interrupted |= pause(left);
            }
            return true;
        } finally {
            restore(interrupted);
        }
    }

    /** Waits until something changes, or for some nanoseconds, or less: called in a loop. Whether it was interrupted. */
    @SuppressWarnings("WaitNotInLoop")
    private synchronized boolean pause(long nanos) {
        try {
            wait(nanos == Long.MAX_VALUE ? 0 : 1 + nanos / 1_000_000);
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    private static void restore(boolean interrupted) {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void dispatch() {
        try {
            for (CommandRing.Launch next = takeNext(); next != null; next = takeNext()) {
                launch(next);
            }
        } catch (Throwable e) { // errors too: whatever it was, rows are missing
            fail(e);
        }
    }

    private synchronized CommandRing.@Nullable Launch takeNext() {
        while (isOpen() && !(ring.hasMore() && launches - launchesDone < MOST_UNDERWAY)) {
            pause(Long.MAX_VALUE); // nobody interrupts this thread
        }
        if (!isOpen()) {
            return null;
        }
        CommandRing.Launch next = underway[(int) (launches % MOST_UNDERWAY)];
        next.number = ++launches;
        ring.take(next, launchEntries);
        return next;
    }

    private boolean isOpen() {
        return !closed && failure == null;
    }

    private void launch(CommandRing.Launch next) {
        switch (next.kind) {
            case ENCODE -> device.encode(ring.rows, ring.subtokens, next.entry, next.count, next.number);
            case COPY -> device.copy(next.fromRow, next.toRow, next.count, next.number);
            case READ -> {
                device.read(readSide, next.fromRow, next.count, readTarget, readOffset);
                complete(next.number);
            }
        }
    }

    private synchronized void complete(long launch) {
        while (isOpen() && launchesDone < Math.min(launch, launches)) {
            ring.done(underway[(int) (launchesDone++ % MOST_UNDERWAY)]);
        }
        notifyAll();
    }

    private synchronized void fail(Throwable cause) {
        if (failure == null) {
            failure = new EmbeddingTableFailedException(
                    "table failed after ticket " + ring.doneTicket() + " of " + ring.lastTicket() + ": " + cause,
                    cause);
        }
        notifyAll();
    }

    /** A class of its own, so that nobody else sees the queue as a listener. */
    private final class Completions implements LaunchListener {
        @Override
        public void done(long launch) {
            complete(launch);
        }

        @Override
        public void failed(long launch, Throwable cause) {
            fail(cause);
        }
    }

    void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            notifyAll();
        }
        boolean interrupted = false;
        while (dispatcher.isAlive()) {
            try {
                dispatcher.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        restore(interrupted);
        device.close();
    }
}
