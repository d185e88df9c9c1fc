package io.tokenlz.hypertokens.embedding;

/**
 * What was submitted and is not done, in order: commands, and the entries of those that encode. Of fixed size. Counters only
 * rise; a place is a counter modulo the size. Not thread-safe: the table's monitor guards it, but for entries that are launched,
 * which the device reads.
 */
final class CommandRing {
    enum Kind {
        ENCODE,
        COPY,
        READ
    }

    private final int maxSubtokens;
    private final int entryRoom;
    private final int commandRoom;

    final int[] rows;
    final int[] subtokens;

    private final Kind[] kinds;
    private final long[] entryEnds;
    private final int[] fromRows;
    private final int[] toRows;
    private final int[] counts;

    /** Entries, counted from the first ever. */
    private long entriesTail;

    private long entriesLaunched;
    private long entriesDone;

    /** Commands, likewise: a command's ticket is its number, 1 for the first. */
    private long commandsTail;

    private long commandsLaunched;
    private long commandsDone;

    /** By row, the launch that it was last in: a row must not be twice in one. */
    private final long[] launchOfRow;

    CommandRing(TableLayout layout, int entryRoom, int commandRoom) {
        this.maxSubtokens = layout.maxSubtokens();
        this.entryRoom = entryRoom;
        this.commandRoom = commandRoom;
        rows = new int[entryRoom];
        subtokens = new int[Math.multiplyExact(entryRoom, maxSubtokens)];
        kinds = new Kind[commandRoom];
        entryEnds = new long[commandRoom];
        fromRows = new int[commandRoom];
        toRows = new int[commandRoom];
        counts = new int[commandRoom];
        launchOfRow = new long[layout.rows()];
    }

    int entryRoom() {
        return entryRoom;
    }

    boolean hasRoomFor(int entries) {
        return commandsTail - commandsDone < commandRoom && entriesTail + entries - entriesDone <= entryRoom;
    }

    /** Ticket of the last command. */
    long lastTicket() {
        return commandsTail;
    }

    long doneTicket() {
        return commandsDone;
    }

    boolean hasMore() {
        return commandsLaunched < commandsTail;
    }

    void addEntry(int row, int[] source, int offset) {
        int place = (int) (entriesTail++ % entryRoom);
        rows[place] = row;
        System.arraycopy(source, offset, subtokens, place * maxSubtokens, maxSubtokens);
    }

    /** The entries added since the last command are this one's. */
    long add(Kind kind, int fromRow, int toRow, int count) {
        int place = (int) (commandsTail++ % commandRoom);
        kinds[place] = kind;
        entryEnds[place] = entriesTail;
        fromRows[place] = fromRow;
        toRows[place] = toRow;
        counts[place] = count;
        return commandsTail;
    }

    /** Takes the next launch into its place. There must be one. */
    void take(Launch launch, int mostEntries) {
        int place = (int) (commandsLaunched % commandRoom);
        launch.kind = kinds[place];
        launch.fromRow = fromRows[place];
        launch.toRow = toRows[place];
        launch.count = counts[place];
        launch.entry = (int) (entriesLaunched % entryRoom);
        if (launch.kind == Kind.ENCODE) {
            launch.count = takeEntries(launch, Math.min(mostEntries, entryRoom - launch.entry));
        } else {
            commandsLaunched++;
        }
        launch.lastTicket = commandsLaunched;
        launch.entriesEnd = entriesLaunched;
    }

    /** As many entries of as many commands as there are at most, without a row twice: small batches become one launch. */
    private int takeEntries(Launch launch, int most) {
        long first = entriesLaunched;
        while (hasMore() && kinds[(int) (commandsLaunched % commandRoom)] == Kind.ENCODE) {
            long end = entryEnds[(int) (commandsLaunched % commandRoom)];
            while (entriesLaunched < end) {
                int row = rows[(int) (entriesLaunched % entryRoom)];
                if (entriesLaunched - first == most || launchOfRow[row] == launch.number) {
                    return (int) (entriesLaunched - first);
                }
                launchOfRow[row] = launch.number;
                entriesLaunched++;
            }
            commandsLaunched++;
        }
        return (int) (entriesLaunched - first);
    }

    void done(Launch launch) {
        commandsDone = launch.lastTicket;
        entriesDone = launch.entriesEnd;
    }

    /** What goes to the device at a time. */
    static final class Launch {
        long number;
        Kind kind = Kind.ENCODE;

        /** Place in the ring of the first entry. */
        int entry;

        /** Entries, or rows that are copied or read. */
        int count;

        int fromRow;
        int toRow;

        /** Ticket of the last command that is done with it. */
        long lastTicket;

        private long entriesEnd;
    }
}
