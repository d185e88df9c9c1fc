package io.tokenlz.frames;

import io.tokenlz.core.ByteInput;
import io.tokenlz.core.CoderStatus;
import io.tokenlz.core.TokenOutput;
import org.jspecify.annotations.Nullable;

/**
 * Reads a framed stream (FORMAT.md) back into tokens: a resumable machine that can be fed byte by byte.
 *
 * <p>Each call takes what it can, writes what it can, and says why it stopped; it takes no byte behind the stream's end. A
 * frame's {@link #pendingTokens} are known before it is decoded, and it is decoded only once there is room for a token of it.
 * Tokens of checked frames are written only after the whole frame proved right. Those of small unchecked frames are written
 * at once, and {@link #checkedTokens} tells how far the checks have come: never more than 256 tokens behind, and all the way
 * once this returns {@link CoderStatus#DONE}.
 *
 * <p>Memory is bounded by the {@link FrameLimits}, and nothing is allocated in steady state. After an exception only
 * {@link #reset} and {@link #close} are of use. Not thread-safe.
 */
public final class FrameReader implements AutoCloseable {
    private enum Phase {
        HEADER,
        FRAME,
        SKIPPING,
        DONE,
        FAILED,
        CLOSED
    }

    private static final byte[] NO_FINGERPRINT = {};

    private final LimitCheck limits;
    private final HeaderReader headers;
    private final StreamElement element = new StreamElement();
    private final FrameCheck check = new FrameCheck();
    private final DataHead head = new DataHead();
    private final FrameTokens frameTokens = new FrameTokens(element);
    private Phase phase = Phase.HEADER;
    private @Nullable StreamHeader header;
    private long skipLeft;
    private boolean skippedIsIndex;
    private long indexBytes;

    /** Whether the next frame must be one: the first of a stored stream, or the one that the index led to. */
    private boolean restartDue;

    private long checkedTokens;

    /** Makes a reader with {@link FrameLimits#DEFAULT}. */
    public FrameReader() {
        this(FrameLimits.DEFAULT);
    }

    /**
     * Makes a reader.
     *
     * @param limits what is accepted at most
     */
    public FrameReader(FrameLimits limits) {
        this(limits, NO_FINGERPRINT);
    }

    /**
     * Makes a reader that holds a dictionary.
     *
     * @param limits what is accepted at most
     * @param dictionaryFingerprint the dictionary's; streams that name another one are refused, those that name none are not
     */
    public FrameReader(FrameLimits limits, byte[] dictionaryFingerprint) {
        this.limits = new LimitCheck(limits, element);
        this.headers = new HeaderReader(element, this.limits, dictionaryFingerprint);
        check.begin(0);
    }

    /** A reader of frames in the middle of a stored stream: at a restart, with a header that was held against these limits. */
    FrameReader(FrameLimits limits, StreamHeader header) {
        this(limits, header.dictionaryFingerprint());
        begin(header);
    }

    /** Goes on at a restart. */
    void seek(long tokensBefore, long bytesBefore) {
        element.seek(bytesBefore, tokensBefore);
        frameTokens.forget();
        indexBytes = 0;
        beginSpan(tokensBefore);
        restartDue = true;
        phase = Phase.FRAME;
    }

    /**
     * Consumes bytes and writes the tokens of the frames in them, until the input is empty, the output full, or the stream
     * has ended.
     *
     * @param input bytes to consume
     * @param output room for tokens
     * @return {@link CoderStatus#NEEDS_INPUT}, {@link CoderStatus#NEEDS_OUTPUT} with {@link #pendingTokens} above 0, or
     *     {@link CoderStatus#DONE} once the end frame was read
     * @throws MalformedFrameException if the bytes are no such stream; a {@link FrameLimitException} if they may be one but go
     *     past a limit
     * @throws IllegalStateException if the stream failed, or the reader is closed
     */
    public CoderStatus read(ByteInput input, TokenOutput output) {
        requireOpenStream();
        try {
            while (frameTokens.pending() == 0 || deliver(output)) {
                if (phase == Phase.DONE) {
                    return CoderStatus.DONE;
                }
                if (!advance(input)) {
                    return CoderStatus.NEEDS_INPUT;
                }
            }
            return CoderStatus.NEEDS_OUTPUT;
        } catch (MalformedPayload malformed) {
            phase = Phase.FAILED;
            throw element.malformed(malformed);
        } catch (MalformedFrameException malformed) {
            phase = Phase.FAILED;
            throw malformed;
        }
    }

    /**
     * Says that no more bytes will come.
     *
     * @throws MalformedFrameException if the stream has not ended with its end frame: it was cut short
     * @throws IllegalStateException if tokens are still pending, the stream failed, or the reader is closed
     */
    public void finish() {
        requireOpenStream();
        if (frameTokens.pending() > 0) {
            throw new IllegalStateException(frameTokens.pending() + " tokens were not read yet");
        }
        if (phase != Phase.DONE) {
            long bytes = element.taken();
            phase = Phase.FAILED;
            throw element.malformed(
                    header == null ? "a header" : "an end frame",
                    bytes == 0 ? "the end" : "the end after " + bytes + " bytes");
        }
    }

    /**
     * Makes this reader ready for a new stream, in whatever state the present one is.
     *
     * @throws IllegalStateException if the reader is closed
     */
    public void reset() {
        if (phase == Phase.CLOSED) {
            throw new IllegalStateException("reader is closed");
        }
        seek(0, 0);
        phase = Phase.HEADER;
        header = null;
    }

    /** Ends the use of this reader. Closing again does nothing. */
    @Override
    public void close() {
        phase = Phase.CLOSED;
    }

    /**
     * What the stream says of itself.
     *
     * @return the header, or null as long as it has not been read whole
     */
    public @Nullable StreamHeader header() {
        return header;
    }

    /**
     * Tokens of the present frame that were not written yet; known before any of it is decoded.
     *
     * @return 0 … 2²⁰
     */
    public int pendingTokens() {
        return frameTokens.pending();
    }

    /**
     * Tokens written since the start of the stream.
     *
     * @return tokens
     */
    public long totalTokens() {
        return element.tokensBefore() + frameTokens.written();
    }

    /**
     * Tokens, from the start of the stream, that a checksum has vouched for.
     *
     * @return tokens
     */
    public long checkedTokens() {
        return checkedTokens;
    }

    private void requireOpenStream() {
        switch (phase) {
            case HEADER, FRAME, SKIPPING, DONE -> {}
            case FAILED -> throw new IllegalStateException("stream failed: reset() begins a new one");
            case CLOSED -> throw new IllegalStateException("reader is closed");
        }
    }

    /** Consumes what makes the next step possible; false if the input ends before. */
    private boolean advance(ByteInput input) {
        return switch (phase) {
            case HEADER -> readHeader(input);
            case FRAME -> readFrame(input);
            case SKIPPING -> skip(input);
            default -> throw new IllegalStateException("nothing to read in phase " + phase);
        };
    }

    private boolean readHeader(ByteInput input) {
        StreamHeader found = headers.read(input);
        if (found == null) {
            return false;
        }
        begin(found);
        element.next(0);
        restartDue = found.stored();
        return true;
    }

    private void begin(StreamHeader found) {
        frameTokens.beginStream(found);
        header = found;
        phase = Phase.FRAME;
    }

    private StreamHeader requireHeader() {
        if (header == null) {
            throw new IllegalStateException("the header has not been read");
        }
        return header;
    }

    /** Reads a frame's head and body, as far as it takes to know that it is whole and right. */
    private boolean readFrame(ByteInput input) {
        element.moveTo(0);
        int first = element.takeByte(input);
        if (first < 0) {
            return false;
        }
        if (!StreamFormat.isFirstByte(first)) {
            throw element.malformed("the first byte of a frame", String.format("%02X", first));
        }
        int kind = first >>> 1;
        requireDue(kind);
        if (kind < StreamFormat.KIND_DATA_UNCHECKED) {
            return readToken(input, kind);
        }
        return switch (kind) {
            case StreamFormat.KIND_LONG_TOKEN -> readLongToken(input);
            case StreamFormat.KIND_DATA_UNCHECKED,
                    StreamFormat.KIND_DATA,
                    StreamFormat.KIND_DATA_RESTART,
                    StreamFormat.KIND_DATA_LAST -> readData(input, kind);
            case StreamFormat.KIND_CHECKPOINT -> readCheckpoint(input);
            case StreamFormat.KIND_END -> readEnd(input);
            case StreamFormat.KIND_STORED_END -> readStoredEnd(input);
            case StreamFormat.KIND_INDEX -> beginSkipping(input, true);
            default -> {
                if (kind < StreamFormat.KIND_FIRST_SKIPPABLE) {
                    throw element.malformed("a frame that this version knows", "kind " + kind);
                }
                yield beginSkipping(input, false);
            }
        };
    }

    private void requireDue(int kind) {
        if (indexBytes > 0 && kind != StreamFormat.KIND_STORED_END) {
            throw element.malformed("the end behind the index", "kind " + kind);
        }
        boolean unchecked = kind <= StreamFormat.KIND_DATA_UNCHECKED || kind == StreamFormat.KIND_LONG_TOKEN;
        if (unchecked && requireHeader().stored()) {
            throw element.malformed("checked frames in a stored stream", "an unchecked one");
        }
        if (kind == StreamFormat.KIND_DATA_LAST && requireHeader().stored()) {
            throw element.malformed("an index and the end of a stored stream", "the last data of one that isn't");
        }
        if (restartDue && kind == StreamFormat.KIND_DATA) {
            throw element.malformed("a restart", "data without one");
        }
    }

    private boolean readToken(ByteInput input, int kind) {
        if (kind < StreamFormat.KIND_MIDDLE_TOKEN) {
            return element.need(input, 2) && acceptToken(kind << 8 | element.byteAt(1));
        }
        if (!element.need(input, 3)) {
            return false;
        }
        int beyond = (kind - StreamFormat.KIND_MIDDLE_TOKEN) << 16 | element.byteAt(1) << 8 | element.byteAt(2);
        return acceptToken(StreamFormat.SHORT_TOKENS + beyond);
    }

    private boolean readLongToken(ByteInput input) {
        long id = element.takeVarint(input, Integer.MAX_VALUE, "an ID below 2^31");
        if (id >= 0 && id < StreamFormat.SHORT_TOKENS + StreamFormat.MIDDLE_TOKENS) {
            throw element.malformed("an ID too large for a shorter frame", "ID " + id);
        }
        return id >= 0 && acceptToken((int) id);
    }

    private boolean acceptToken(int id) {
        limits.requireTokens(1);
        requireUnchecked(1);
        if (id >= requireHeader().idLimit()) {
            throw element.malformed("an ID below " + requireHeader().idLimit(), "ID " + id);
        }
        element.addTo(check);
        check.addUnchecked(1);
        frameTokens.beginToken(id);
        return true;
    }

    private boolean readData(ByteInput input, int kind) {
        if (!head.read(input, element, frameTokens.areCoded(), limits)) {
            return false;
        }
        boolean checked = kind != StreamFormat.KIND_DATA_UNCHECKED;
        if (!checked) {
            if (head.tokens >= StreamFormat.CHECKED_FROM) {
                throw element.malformed("fewer than 64 tokens in an unchecked frame", "" + head.tokens);
            }
            requireUnchecked(head.tokens);
        } else if (kind == StreamFormat.KIND_DATA_RESTART) {
            requireOwnSpan("a restart");
        }
        limits.requireData(requireHeader(), head);
        int end = element.at() + head.payloadBytes;
        if (!element.need(input, checked ? end + StreamFormat.CHECK_BYTES : end)) {
            return false;
        }
        if (checked) {
            element.requireCheck(check);
        } else {
            element.addTo(check);
        }
        if (kind == StreamFormat.KIND_DATA_RESTART) {
            frameTokens.restart();
            restartDue = false;
        }
        frameTokens.beginData(head);
        if (checked) {
            beginSpan(element.tokensBefore() + head.tokens);
        } else {
            check.addUnchecked(head.tokens);
        }
        if (kind == StreamFormat.KIND_DATA_LAST) {
            phase = Phase.DONE;
        }
        return true;
    }

    private void requireOwnSpan(String what) {
        if (!check.isEmpty()) {
            throw element.malformed("a check before " + what, "frames without one");
        }
    }

    private void requireUnchecked(long tokens) {
        if (check.unchecked() + tokens > StreamFormat.MOST_UNCHECKED_TOKENS) {
            throw element.malformed("a checkpoint within 256 tokens", (check.unchecked() + tokens) + " tokens without");
        }
    }

    private boolean readCheckpoint(ByteInput input) {
        if (!element.need(input, 1 + StreamFormat.CHECK_BYTES)) {
            return false;
        }
        if (check.isEmpty()) {
            throw element.malformed("frames before a checkpoint", "none");
        }
        element.requireCheck(check);
        passed();
        return true;
    }

    /** A frame without tokens that ends a span was right. */
    private void passed() {
        beginSpan(element.tokensBefore());
        element.next(0);
    }

    private void beginSpan(long tokensBefore) {
        check.begin(tokensBefore);
        checkedTokens = tokensBefore;
    }

    private boolean readEnd(ByteInput input) {
        if (requireHeader().stored()) {
            throw element.malformed("an index and the end of a stored stream", "the end of one that isn't");
        }
        long tokens = element.takeVarint(input, Long.MAX_VALUE, "a number of tokens");
        if (tokens < 0 || !element.need(input, element.at() + StreamFormat.CHECK_BYTES)) {
            return false;
        }
        element.requireCheck(check);
        requireTotal(tokens);
        passed();
        phase = Phase.DONE;
        return true;
    }

    private boolean readStoredEnd(ByteInput input) {
        if (!element.need(input, StreamFormat.STORED_END_BYTES)) {
            return false;
        }
        requireOwnSpan("a stored end");
        element.requireCheck(check);
        requireTotal((long) ByteSink.LONGS.get(element.bytes(), 1));
        long stated = (int) ByteSink.INTS.get(element.bytes(), 1 + Long.BYTES) & 0xFFFF_FFFFL;
        if (indexBytes == 0 || stated != indexBytes) {
            throw element.malformed("an index of " + stated + " bytes before the end", indexBytes + " bytes");
        }
        passed();
        phase = Phase.DONE;
        return true;
    }

    private void requireTotal(long tokens) {
        if (tokens != element.tokensBefore()) {
            throw element.malformed("a total of " + element.tokensBefore() + " tokens", "" + tokens);
        }
    }

    /** Begins an index, which only random access needs, or a frame of a later version that may be skipped. */
    private boolean beginSkipping(ByteInput input, boolean isIndex) {
        long length = element.takeVarint(input, Integer.MAX_VALUE, "a length below 2^31");
        if (length < 0) {
            return false;
        }
        if (isIndex) {
            if (!requireHeader().stored() || indexBytes > 0) {
                throw element.malformed(
                        "one index, of a stored stream", indexBytes > 0 ? "a second one" : "one where none is due");
            }
            requireOwnSpan("an index");
            indexBytes = element.at() + length + StreamFormat.CHECK_BYTES;
        }
        skippedIsIndex = isIndex;
        skipLeft = length;
        element.addTo(check);
        element.letGo();
        phase = Phase.SKIPPING;
        return true;
    }

    private boolean skip(ByteInput input) {
        while (skipLeft > 0) {
            int count = element.skip(input, skipLeft, check);
            if (count == 0) {
                return false;
            }
            skipLeft -= count;
        }
        if (skippedIsIndex) {
            if (!element.need(input, StreamFormat.CHECK_BYTES)) {
                return false;
            }
            element.requireCheck(check);
            passed();
        } else {
            element.next(0);
        }
        phase = Phase.FRAME;
        return true;
    }

    /** Writes tokens of the present frame; whether it is finished. */
    private boolean deliver(TokenOutput output) {
        if (!frameTokens.write(output)) {
            return false;
        }
        element.next(frameTokens.endFrame());
        return true;
    }
}
