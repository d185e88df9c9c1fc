package io.tokenlz.frames;

import org.jspecify.annotations.Nullable;

/** Reads payloads into a history of IDs (FORMAT.md, sections 5 to 8). */
final class PayloadReader {
    /** Room behind a frame's IDs, for copies in groups. */
    static final int HISTORY_SLACK = Sequences.COPY;

    private final Sequences sequences = new Sequences();
    private final BitCoder bits = new BitCoder();
    private @Nullable EntropyListReader entropy;
    private @Nullable TokenModel model;
    private long modelIds;
    private boolean modelIsStale;

    /** Whether this version knows an encoding. */
    static boolean knows(int encoding) {
        return encoding <= StreamFormat.ENCODING_MODEL
                || (encoding >= StreamFormat.SEQUENCES
                        && encoding <= (StreamFormat.SEQUENCES | StreamFormat.ENCODING_ENTROPY));
    }

    /** The most memory that a payload of so many IDs makes this reader hold. */
    static long stateBytes(int encoding, long ids) {
        return (encoding == StreamFormat.ENCODING_MODEL ? TokenModel.STATE_BYTES : 0)
                + Sequences.mostStateBytes(ids)
                + EntropyListReader.STATE_BYTES;
    }

    /** A restart, the start of a stream, or a frame that is read without this class: the model begins anew. */
    void forgetModel() {
        modelIsStale = true;
    }

    /**
     * Reads a payload whole.
     *
     * @param history has room for the frame's IDs and the slack behind it
     * @param reach IDs before {@code from} that the frame may copy
     * @param idLimit IDs are below
     */
    void read(int encoding, PayloadSource source, int[] history, int from, int ids, int reach, long idLimit) {
        if (encoding == StreamFormat.ENCODING_MODEL) {
            runModel(source, history, from, ids, idLimit);
            requireBelow(idLimit, history, from, ids);
            return;
        }
        forgetModel();
        if ((encoding & StreamFormat.SEQUENCES) == 0) {
            readList(encoding, source, history, from, ids);
            requireBelow(idLimit, history, from, ids);
        } else {
            int lists = encoding & ~StreamFormat.SEQUENCES;
            int literals = (int) source.takeVarint(ids, "at most ", " literals");
            int count = (int) source.takeVarint(ids / Sequences.LEAST_MATCH, "at most ", " matches");
            sequences.ensure(literals, count);
            sequences.literalCount = literals;
            sequences.count = count;
            readList(lists, source, sequences.literals, 0, literals);
            // what matches copy was a literal once
            requireBelow(idLimit, sequences.literals, 0, literals);
            readList(lists, source, sequences.runs, 0, count);
            readList(lists, source, sequences.lengths, 0, count);
            readList(lists, source, sequences.distances, 0, count);
            sequences.execute(history, from, reach, ids);
        }
        if (source.at != source.end) {
            throw new MalformedPayload("the payload's end", (source.end - source.at) + " bytes more");
        }
    }

    private static void requireBelow(long limit, int[] ids, int from, int count) {
        long beyond = 0;
        for (int i = from; i < from + count; i++) {
            beyond |= limit - 1 - ids[i];
        }
        if (beyond < 0) {
            throw new MalformedPayload("IDs below " + limit, "ID " + largest(ids, from, count));
        }
    }

    private static int largest(int[] ids, int from, int count) {
        int largest = 0;
        for (int i = from; i < from + count; i++) {
            largest = Math.max(largest, ids[i]);
        }
        return largest;
    }

    private void runModel(PayloadSource source, int[] history, int from, int ids, long idLimit) {
        TokenModel known = model;
        if (known == null || modelIds != idLimit) {
            known = new TokenModel(bits, idLimit);
            model = known;
            modelIds = idLimit;
        } else if (modelIsStale) {
            known.reset();
        }
        modelIsStale = false;
        bits.beginDecoding(source.bytes, source.at, source.end);
        for (int i = from; i < from + ids; i++) {
            history[i] = known.code(0);
        }
        if (!bits.consumedAll()) {
            throw new MalformedPayload("the payload's end", "bytes more");
        }
    }

    private void readList(int encoding, PayloadSource source, int[] target, int from, int count) {
        switch (encoding) {
            case StreamFormat.ENCODING_VARINT -> Varints.readList(source, target, from, count);
            case StreamFormat.ENCODING_PACKED -> PackedList.read(source, target, from, count);
            case StreamFormat.ENCODING_ENTROPY -> {
                if (entropy == null) {
                    entropy = new EntropyListReader();
                }
                entropy.read(source, target, from, count);
            }
            default -> throw new MalformedPayload("an encoding that this version knows", "encoding " + encoding);
        }
    }
}
