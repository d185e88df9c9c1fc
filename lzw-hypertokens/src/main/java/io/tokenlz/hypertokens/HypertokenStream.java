package io.tokenlz.hypertokens;

import io.tokenlz.core.MalformedTokenStreamException;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What a server keeps of one stream that a model reads and writes: the codebook, and where in the base tokens the stream is.
 *
 * <p>It accepts one ID at a time, in whatever mixture of base tokens and live hypertokens the model chose, and has its base
 * tokens ready at once ({@link #spanLength}, {@link #spanToken}). An ID that can't be known is refused with its position and
 * leaves the stream as it was, so that another one may be sampled. New entries of the codebook are counted until they are
 * taken for the embedding side ({@link #takeNewEntries}).
 *
 * <p>A stream can be rolled back to a {@link #mark}, at a cost in proportion to the entries that go, for speculative decoding;
 * forked for beams and agents ({@link #fork}); reset at a cost that does not depend on what it holds; and pooled ({@link
 * HypertokenStreamPool}). All its memory is allocated when it is opened, but for that of forks, which begin small and grow. Not
 * thread-safe, and streams that were forked from one another are still used by one thread each.
 */
public final class HypertokenStream {
    private final HypertokenConfig config;
    private final HypertokenDecoderKernel kernel;
    private final Codebook codebook;
    private final int[] span;
    private final AtomicBoolean pooled = new AtomicBoolean();
    private int spanLength;
    private long acceptedIds;
    private long baseTokens;

    /** Entries that were taken for the embedding side: the first so many of the codebook. */
    private int takenEntries;

    /**
     * Opens a stream.
     *
     * @param config a model's sizes, protected IDs and replay rule
     */
    public HypertokenStream(HypertokenConfig config) {
        this(new Codebook(config));
    }

    /**
     * Opens a stream that starts with hypertokens. None of them was taken for the embedding side.
     *
     * @param start what the codebook has at the start, and after each reset
     */
    public HypertokenStream(CodebookSnapshot start) {
        this(start.open());
    }

    private HypertokenStream(Codebook codebook) {
        this.config = codebook.config();
        this.kernel = HypertokenDecoderKernel.of(codebook);
        this.codebook = codebook;
        this.span = new int[config.longestPhrase()];
    }

    /** Goes on from another stream's place. */
    HypertokenStream(Codebook codebook, HypertokenMark place, int takenEntries) {
        this(codebook);
        kernel.restore(place);
        acceptedIds = place.acceptedIds;
        baseTokens = place.baseTokens;
        this.takenEntries = takenEntries;
    }

    /**
     * What this stream was made of.
     *
     * @return the configuration
     */
    public HypertokenConfig config() {
        return config;
    }

    /**
     * The hypertokens so far.
     *
     * @return a view that changes as this stream goes on
     */
    public Codebook codebook() {
        return codebook;
    }

    /**
     * Whether {@link #accept} would take an ID next.
     *
     * @param id any number
     * @return whether it is a base token, a live hypertoken, or the self-reference where that is possible
     */
    public boolean accepts(int id) {
        return kernel.accepts(id);
    }

    /**
     * Accepts the next ID. Its base tokens can be read until the next call.
     *
     * @param id what the model put out, or the next ID of a prompt
     * @return base tokens that it stands for, 1 … m
     * @throws MalformedTokenStreamException if it can't be known what it stands for; the stream is as it was before
     */
    public int accept(int id) {
        int length = kernel.accept(id, span);
        if (length == 0) {
            throw refused(id, "");
        }
        spanLength = length;
        acceptedIds++;
        baseTokens += length;
        return length;
    }

    /** Reads the memory that {@link #accept} is going to need; as {@link Codebook#touch}. */
    int touch(int id) {
        return kernel.touch(id);
    }

    /** What to throw for an ID that can't be known; {@code where} is added to what was found. */
    MalformedTokenStreamException refused(int id, String where) {
        String found = id >= config.encodedVocabularySize()
                ? "tail row " + config.tailRow(id) + " of the base vocabulary, ID " + id
                : "ID " + id;
        return new MalformedTokenStreamException(acceptedIds, kernel.expected(), found + where);
    }

    /**
     * Accepts several IDs, such as a prompt's. The span is that of the last one afterwards.
     *
     * @param ids holds the IDs; only read
     * @param offset index of the first one
     * @param length how many
     * @throws MalformedTokenStreamException if it can't be known what one of them stands for; those before it were accepted
     * @throws IndexOutOfBoundsException if the range is not inside the array
     */
    public void accept(int[] ids, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, ids.length);
        for (int i = 0; i < length; i++) {
            accept(ids[offset + i]);
        }
    }

    /**
     * The same, and tells where each ID ends in the base tokens: the position IDs of zip2zip++ ({@code base_token_end}).
     *
     * @param ids holds the IDs; only read
     * @param offset index of the first one
     * @param length how many
     * @param lastPositions gets, for each ID, the position of its last base token, 0 for the stream's first
     * @param lastPositionsOffset where the first of these goes
     * @throws MalformedTokenStreamException if it can't be known what one of them stands for; those before it were accepted
     * @throws IndexOutOfBoundsException if a range is not inside its array
     */
    public void accept(int[] ids, int offset, int length, long[] lastPositions, int lastPositionsOffset) {
        Objects.checkFromIndexSize(offset, length, ids.length);
        Objects.checkFromIndexSize(lastPositionsOffset, length, lastPositions.length);
        for (int i = 0; i < length; i++) {
            accept(ids[offset + i]);
            lastPositions[lastPositionsOffset + i] = baseTokens - 1;
        }
    }

    /**
     * Encodes base tokens with the codebook as it is by now and accepts the IDs that come out: a prompt, the next turn of a
     * conversation, a tool's result. All the tokens are encoded, as if flushed at their end.
     *
     * @param tokens holds the base tokens; only read
     * @param offset index of the first one
     * @param length how many
     * @param ids gets the IDs, of which there are at most as many as base tokens
     * @param idsOffset where the first of them goes
     * @return how many IDs were written
     * @throws MalformedTokenStreamException if one is no base token; its position is that in this stream's base tokens. Those
     *     before it were encoded
     * @throws IndexOutOfBoundsException if the tokens are not inside their array, or as many IDs not inside theirs
     */
    public int encode(int[] tokens, int offset, int length, int[] ids, int idsOffset) {
        return encode(tokens, offset, length, ids, idsOffset, length);
    }

    /**
     * The same, but writes no more IDs than it is told, and then stops between two base tokens: how a text is truncated, or cut
     * into chunks of a given length, without loss. {@link #baseTokens} tells how many base tokens the IDs cover, since the last
     * reset, and the codebook is that of just those.
     *
     * <pre>{@code
     * for (int at = 0; at < tokens.length; at += (int) stream.baseTokens()) {
     *     stream.reset();                               // each chunk can be decoded by itself
     *     int count = stream.encode(tokens, at, tokens.length - at, ids, 0, 2048);
     *     // ids[0 … count) cover the next stream.baseTokens() tokens
     * }
     * }</pre>
     *
     * @param tokens holds the base tokens; only read
     * @param offset index of the first one
     * @param length how many
     * @param ids gets the IDs
     * @param idsOffset where the first of them goes
     * @param mostIds the most IDs to write, 0 or more
     * @return how many IDs were written
     * @throws MalformedTokenStreamException if one is no base token; its position is that in this stream's base tokens. Those
     *     before it were encoded
     * @throws IndexOutOfBoundsException if the tokens are not inside their array, or as many IDs, but at most
     *     {@code mostIds}, not inside theirs
     */
    public int encode(int[] tokens, int offset, int length, int[] ids, int idsOffset, int mostIds) {
        Objects.checkFromIndexSize(offset, length, tokens.length);
        Objects.checkFromIndexSize(idsOffset, Math.min(length, mostIds), ids.length);
        int end = offset + length;
        int at = offset;
        int written = 0;
        while (at < end && written < mostIds) {
            if (!isBaseToken(tokens[at])) {
                throw new MalformedTokenStreamException(
                        baseTokens, "a base token of 0 to " + (config.vocabularySize() - 1), "ID " + tokens[at]);
            }
            int id = longestHypertoken(tokens, at, end);
            at += accept(id);
            ids[idsOffset + written++] = id;
        }
        return written;
    }

    /** The hypertoken that covers most of what comes next, the self-reference included; else the token itself. */
    private int longestHypertoken(int[] tokens, int from, int end) {
        int id = tokens[from];
        if (config.isProtected(id)) {
            return id;
        }
        for (int at = from + 1; at < end && isBaseToken(tokens[at]) && !config.isProtected(tokens[at]); at++) {
            int longer = codebook.find(id, tokens[at]);
            if (longer == Codebook.ABSENT) {
                return kernel.isSelfReference(id, tokens[at]) ? codebook.nextId() : id;
            }
            id = longer;
        }
        return id;
    }

    private boolean isBaseToken(int token) {
        return token >= 0 && token < config.vocabularySize();
    }

    /**
     * Base tokens that the last accepted ID stands for.
     *
     * @return 1 … m; 0 if there was none since the stream was opened, reset or rolled back
     */
    public int spanLength() {
        return spanLength;
    }

    /**
     * One of the base tokens that the last accepted ID stands for.
     *
     * @param index 0 … {@link #spanLength}−1
     * @return a base token
     * @throws IndexOutOfBoundsException if the index is outside of the span
     */
    public int spanToken(int index) {
        return span[Objects.checkIndex(index, spanLength)];
    }

    /**
     * IDs accepted so far.
     *
     * @return IDs
     */
    public long acceptedIds() {
        return acceptedIds;
    }

    /**
     * Base tokens that the accepted IDs stand for. The last one's position, counted from 0, is one less: what zip2zip++ gives
     * the last ID as its position.
     *
     * @return base tokens
     */
    public long baseTokens() {
        return baseTokens;
    }

    /**
     * Entries that came to the codebook and were not taken for the embedding side yet.
     *
     * @return entries; the codebook's last ones
     */
    public int newEntries() {
        return codebook.size() - takenEntries;
    }

    /**
     * Takes the new entries for the embedding side, in order (HYPERTOKENS.md, section 10): their slots follow upon each other,
     * and {@link #newEntries} is 0 afterwards.
     *
     * @param subtokens gets m numbers for each entry, its base tokens and then padding IDs
     * @param offset where the first of them goes
     * @return slot (ID − V) of the first one; where there is none, the slot that the next entry will have
     * @throws IllegalStateException if the configuration has no padding ID
     * @throws IndexOutOfBoundsException if they are not inside the array
     */
    public int takeNewEntries(int[] subtokens, int offset) {
        int first = takenEntries;
        codebook.writePadded(first, codebook.size(), config.requirePadId(), config.maxSubtokens(), subtokens, offset);
        takenEntries = codebook.size();
        return first;
    }

    /**
     * Fills a mask to be added to a model's logits: 0 where an ID may be sampled, −∞ where it may not, that is for hypertokens
     * that are not live and for tail rows.
     *
     * @param mask gets a number for each ID
     * @param offset where ID 0 goes
     * @param length IDs that the model puts out
     * @throws IndexOutOfBoundsException if the range is not inside the array
     */
    public void fillLogitMask(float[] mask, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, mask.length);
        int allowed = (int) Math.min(length, (long) config.vocabularySize() + codebook.size());
        Arrays.fill(mask, offset, offset + allowed, 0);
        Arrays.fill(mask, offset + allowed, offset + length, Float.NEGATIVE_INFINITY);
    }

    /**
     * Marks the present place.
     *
     * @return a mark of this stream
     */
    public HypertokenMark mark() {
        return mark(new HypertokenMark());
    }

    /**
     * Marks the present place with a mark that is of no use any more.
     *
     * @param mark becomes a mark of this stream
     * @return the mark
     */
    public HypertokenMark mark(HypertokenMark mark) {
        mark.stream = this;
        mark.codebookSize = codebook.size();
        mark.generation = codebook.generation(codebook.size());
        mark.acceptedIds = acceptedIds;
        mark.baseTokens = baseTokens;
        kernel.save(mark);
        return mark;
    }

    /**
     * Returns to a place, as if nothing had been accepted since. May be done again and again with one mark. There is no span
     * afterwards, and entries that had been taken and went are new once they come again.
     *
     * @param mark a place in this stream
     * @throws IllegalArgumentException if it is of another stream, or the stream has left the way that led there: it was rolled
     *     back and has other entries since, or reset
     */
    public void rollback(HypertokenMark mark) {
        if (mark.stream != this) {
            throw new IllegalArgumentException("mark is of another stream");
        }
        if (mark.codebookSize > codebook.size() || codebook.generation(mark.codebookSize) != mark.generation) {
            throw new IllegalArgumentException(
                    "mark is of a place whose entries are gone: the stream was rolled back to before it, or reset");
        }
        codebook.truncate(mark.codebookSize);
        kernel.restore(mark);
        acceptedIds = mark.acceptedIds;
        baseTokens = mark.baseTokens;
        takenEntries = Math.min(takenEntries, mark.codebookSize);
        spanLength = 0;
    }

    /**
     * A stream that goes on from here by itself: another beam, another agent. What both know by now they share; the cost is in
     * proportion to what came to the codebook since the last fork, and each entry is moved a few times at most however often
     * streams are forked. The fork has no marks and no span. It has taken the entries that this one has, as the embedding side
     * can copy them with the rest of its row.
     *
     * @return a stream, not pooled
     */
    public HypertokenStream fork() {
        return new HypertokenStream(codebook.fork(), mark(), takenEntries);
    }

    /**
     * Keeps what this stream is by now, for any number of streams to go on from. Costs as much as a {@link #fork}.
     *
     * @return a snapshot, of which this stream is independent
     */
    public HypertokenSnapshot snapshot() {
        HypertokenMark here = mark();
        here.stream = null; // for the snapshot must not keep this stream's memory
        return new HypertokenSnapshot(codebook.fork(), here, takenEntries);
    }

    /** Returns to the start, at a cost that does not depend on what this stream holds. Marks become invalid. */
    public void reset() {
        kernel.reset();
        spanLength = 0;
        acceptedIds = 0;
        baseTokens = 0;
        takenEntries = 0;
    }

    /**
     * Memory that this stream holds, fixed when it is opened.
     *
     * @return bytes
     */
    public long stateBytes() {
        return kernel.stateBytes() + 4L * span.length;
    }

    /** Only a pool calls this: a stream that is given back twice would be two callers' at once. */
    void enterPool() {
        if (!pooled.compareAndSet(false, true)) {
            throw new IllegalStateException("stream was given back before");
        }
        reset();
    }

    void leavePool() {
        pooled.set(false);
    }
}
