package io.tokenlz.frames;

/** Gathers what a stored stream's index says, and writes it (FORMAT.md, section 9). */
final class IndexWriter {
    /** Restarts and documents are written in lists of at most so many. */
    static final int MOST_IN_LIST = 1 << 16;

    private static final int CODE_BITS = 12;

    private final LongList restartTokens = new LongList();
    private final LongList restartBytes = new LongList();
    private final LongList documentEnds = new LongList();
    private final EntropyList lists = new EntropyList(CODE_BITS);
    private final ByteSink body = new ByteSink();

    void clear() {
        restartTokens.clear();
        restartBytes.clear();
        documentEnds.clear();
    }

    void restart(long tokens, long bytes) {
        restartTokens.add(tokens);
        restartBytes.add(bytes);
    }

    void endDocument(long tokens) {
        documentEnds.add(tokens);
    }

    /** Writes the index frame, but for its checksum. */
    void write(long tokens, ByteSink sink) {
        int documents = documentEnds.size();
        if (documents == 0 || documentEnds.get(documents - 1) < tokens) {
            endDocument(tokens);
        }
        body.clear();
        body.putVarint(restartTokens.size());
        body.putVarint(documentEnds.size());
        writeGaps(restartTokens);
        writeGaps(restartBytes);
        writeGaps(documentEnds);
        sink.putByte(StreamFormat.firstByte(StreamFormat.KIND_INDEX));
        sink.putVarint(body.length);
        sink.putBytes(body.bytes, 0, body.length);
    }

    private void writeGaps(LongList ascending) {
        int room = Math.min(ascending.size(), MOST_IN_LIST);
        int[] low = new int[room];
        int[] high = new int[room];
        long previous = 0;
        for (int done = 0; done < ascending.size(); ) {
            int count = Math.min(ascending.size() - done, MOST_IN_LIST);
            for (int i = 0; i < count; i++) {
                long gap = ascending.get(done + i) - previous;
                previous = ascending.get(done + i);
                low[i] = (int) gap & Integer.MAX_VALUE;
                high[i] = (int) (gap >>> 31);
            }
            lists.write(low, 0, count, body);
            lists.write(high, 0, count, body);
            done += count;
        }
    }
}
