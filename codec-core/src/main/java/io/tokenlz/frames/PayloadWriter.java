package io.tokenlz.frames;

import io.tokenlz.frames.FrameWriterOptions.Level;
import org.jspecify.annotations.Nullable;

/** Chooses a payload's encoding and writes it (FORMAT.md, sections 5 to 8). Not thread-safe. */
final class PayloadWriter {
    /** Shorter frames hold too little that repeats for a search. */
    private static final int SEQUENCES_FROM = 24;

    /** Frames of fewer IDs are searched and written with the least work, unless the level says otherwise. */
    private static final int LARGE_FROM = 2048;

    /** Smaller frames are not worth the model: it takes a while to learn, and to be made to forget. */
    private static final int MODEL_FROM = 1024;

    private static final int SMALL_TABLE_BITS = 11;
    private static final int QUICK_TABLE_BITS = 16;
    private static final int THOROUGH_TABLE_BITS = 18;
    private static final int SMALL_RUN = 3;
    private static final int LARGE_RUN = 4;
    private static final int SMALL_STEP_SHIFT = 6;
    private static final int LARGE_STEP_SHIFT = 5;

    /** A decoder's table of so many bits stays in the L1 cache. */
    private static final int QUICK_CODE_BITS = 12;

    private static final int THOROUGH_CODE_BITS = 13;

    private final Level level;
    private final boolean windowed;
    private final long idLimit;
    private final Sequences sequences = new Sequences();
    private final PackedList packed = new PackedList();
    private final BitCoder bits = new BitCoder();
    private @Nullable EntropyList entropy;
    private @Nullable TokenModel model;

    /** What the present frame's varints take at least; spares counting them where that is known to be enough. */
    private int leastVarintBytes;

    /** Whether the model has to begin anew before it is used. */
    private boolean modelIsStale;

    private @Nullable WindowMatcher smallMatcher;
    private @Nullable WindowMatcher largeMatcher;

    PayloadWriter(Level level, boolean windowed, long idLimit) {
        this.level = level;
        this.idLimit = idLimit;
        this.windowed = windowed;
    }

    /** The most memory that a writer of this level holds for frames of so many IDs. */
    static long mostStateBytes(Level level, long ids) {
        boolean thorough = level == Level.HIGH || level == Level.SMALLEST;
        long tables = thorough ? 8L << THOROUGH_TABLE_BITS : (4L << QUICK_TABLE_BITS) + (4L << SMALL_TABLE_BITS);
        long models = level == Level.SMALLEST ? TokenModel.STATE_BYTES + 5 * ids : 0;
        return tables
                + models
                + Sequences.mostStateBytes(ids)
                + (level == Level.FAST ? 0 : EntropyList.mostStateBytes(ids));
    }

    /** The history's first {@code count} IDs are gone, or all of it if a new stream begins. */
    void moved(int count) {
        if (smallMatcher != null) {
            smallMatcher.moved(count);
        }
        if (largeMatcher != null) {
            largeMatcher.moved(count);
        }
    }

    /** A restart, the start of a stream, or a frame that is written without this class: the model begins anew. */
    void forgetModel() {
        modelIsStale = true;
    }

    /**
     * Writes a payload.
     *
     * @param first the first ID before the frame that it may copy
     * @return the payload's encoding
     */
    int write(int[] history, int from, int end, int first, ByteSink payload) {
        payload.clear();
        int ids = end - from;
        leastVarintBytes = 0;
        int encoding;
        if (level == Level.SMALLEST && ids >= MODEL_FROM) {
            encoding = runModel(history, from, end, payload);
        } else if (ids >= SEQUENCES_FROM) {
            encoding = search(history, from, end, first, payload);
        } else {
            encoding = writeTiny(history, from, ids, payload);
        }
        // a varint takes a byte at least
        if (payload.length > ids
                && payload.length > leastVarintBytes
                && payload.length > varintBytes(history, from, end)) {
            payload.clear();
            Varints.writeList(history, from, ids, payload);
            encoding = StreamFormat.ENCODING_VARINT;
        }
        if (encoding != StreamFormat.ENCODING_MODEL) {
            forgetModel();
        }
        return encoding;
    }

    private int runModel(int[] history, int from, int end, ByteSink payload) {
        TokenModel known = model;
        if (known == null) {
            known = new TokenModel(bits, idLimit);
            model = known;
        } else if (modelIsStale) {
            known.reset();
        }
        modelIsStale = false;
        bits.beginEncoding();
        for (int i = from; i < end; i++) {
            known.code(history[i]);
        }
        ByteSink coded = bits.finishEncoding();
        payload.putBytes(coded.bytes, 0, coded.length);
        return StreamFormat.ENCODING_MODEL;
    }

    private int writeTiny(int[] history, int from, int ids, ByteSink payload) {
        packed.write(history, from, ids, payload);
        return StreamFormat.ENCODING_PACKED;
    }

    private int search(int[] history, int from, int end, int first, ByteSink payload) {
        boolean thorough = level == Level.HIGH || level == Level.SMALLEST;
        boolean small = !thorough && end - from < LARGE_FROM;
        matcher(small, thorough).parse(history, from, end, first, sequences);
        payload.putVarint(sequences.literalCount);
        payload.putVarint(sequences.count);
        if (small || level == Level.FAST) {
            packed.write(sequences.literals, 0, sequences.literalCount, payload);
            leastVarintBytes = packed.varintBytes() + (end - from - sequences.literalCount);
            packed.write(sequences.runs, 0, sequences.count, payload);
            packed.write(sequences.lengths, 0, sequences.count, payload);
            packed.write(sequences.distances, 0, sequences.count, payload);
            return StreamFormat.SEQUENCES | StreamFormat.ENCODING_PACKED;
        }
        EntropyList lists = entropy;
        if (lists == null) {
            lists = new EntropyList(thorough ? THOROUGH_CODE_BITS : QUICK_CODE_BITS);
            entropy = lists;
        }
        lists.write(sequences.literals, 0, sequences.literalCount, payload);
        lists.write(sequences.runs, 0, sequences.count, payload);
        lists.write(sequences.lengths, 0, sequences.count, payload);
        lists.write(sequences.distances, 0, sequences.count, payload);
        return StreamFormat.SEQUENCES | StreamFormat.ENCODING_ENTROPY;
    }

    private WindowMatcher matcher(boolean small, boolean thorough) {
        // with a window all frames share one table, or they would not find one another
        if (small && !windowed) {
            if (smallMatcher == null) {
                smallMatcher = new WindowMatcher.Quick(SMALL_TABLE_BITS, SMALL_RUN, SMALL_STEP_SHIFT);
            }
            return smallMatcher;
        }
        if (largeMatcher == null) {
            largeMatcher = thorough
                    ? new WindowMatcher.Thorough(THOROUGH_TABLE_BITS)
                    : new WindowMatcher.Quick(QUICK_TABLE_BITS, LARGE_RUN, LARGE_STEP_SHIFT);
        }
        return largeMatcher;
    }

    private static int varintBytes(int[] history, int from, int end) {
        int bytes = 0;
        for (int i = from; i < end; i++) {
            bytes += Varints.size(history[i]);
        }
        return bytes;
    }
}
