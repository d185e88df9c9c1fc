package io.tokenlz.frames;

import io.tokenlz.core.ArrayTokenOutput;
import io.tokenlz.core.ByteOutput;
import io.tokenlz.core.CoderStatus;
import io.tokenlz.core.MalformedTokenStreamException;
import io.tokenlz.core.TokenEncoder;
import io.tokenlz.core.TokenInput;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes tokens as a framed stream (FORMAT.md): a resumable machine, driven like a {@link io.tokenlz.core.TokenCoder}.
 *
 * <p>Each call takes what it can, writes what it can, and says why it stopped. Tokens are gathered until a block is full or
 * {@link #flush} ends the frame: after a flush that returned {@link CoderStatus#NEEDS_INPUT}, a reader that has all bytes
 * written so far has all tokens. A flush for each token costs about a byte.
 *
 * <p>Nothing is allocated in steady state; memory grows to what the largest frame and the window need, never past
 * {@link #mostStateBytes}. Where windows are cut never changes the bytes; the places of flushes do. Not thread-safe.
 */
public final class FrameWriter implements AutoCloseable {
    private enum Phase {
        RUNNING,
        FLUSHING,
        FINISHING,
        DONE,
        CLOSED
    }

    private static final int FIRST_HISTORY = 256;

    private final StreamHeader header;
    private final byte[] headerBytes;
    private final FrameWriterOptions options;
    private final TokenEncoder encoder;
    private final PayloadWriter payloads;
    private final ArrayTokenOutput ids = new ArrayTokenOutput();
    private final ByteSink payload = new ByteSink();
    private final FrameCheck check = new FrameCheck();
    private final @Nullable IndexWriter index;

    /** Bytes that found no room in the output yet. */
    private final ByteSink pending = new ByteSink();

    private int pendingAt;
    private Phase phase = Phase.RUNNING;

    /** IDs: what the window still reaches, then the frame that is being gathered. */
    private int[] history = new int[FIRST_HISTORY];

    private int frameStart;
    private int frameEnd;
    private int frameTokens;

    /** IDs before the frame that it may copy. */
    private int reach;

    private long tokensInFrames;
    private long restartedAt;
    private boolean restart;

    /** Whether the frame that is being ended ends the stream as well, and spares it a frame for that. */
    private boolean lastFrame;

    /** Bytes of the stream before those that are pending. */
    private long bytesCleared;

    /**
     * Makes a writer at the start of a stream.
     *
     * @param header what the stream says of itself
     * @param options how the format is used
     * @throws IllegalArgumentException if the header's window is wider than {@link FrameWriterOptions#MOST_WINDOW}
     */
    public FrameWriter(StreamHeader header, FrameWriterOptions options) {
        if (header.window() > FrameWriterOptions.MOST_WINDOW) {
            throw new IllegalArgumentException(
                    "window must be at most " + FrameWriterOptions.MOST_WINDOW + ", is " + header.window());
        }
        this.header = header;
        this.options = options;
        this.encoder = header.codec() == null
                ? new TokenEncoder(new PlainKernel(header.vocabularySize()))
                : header.codec().newEncoder();
        this.payloads = new PayloadWriter(options.level(), header.window() > 0, header.idLimit());
        this.index = header.stored() ? new IndexWriter() : null;
        ByteSink made = new ByteSink();
        header.write(made);
        this.headerBytes = Arrays.copyOf(made.bytes, made.length);
        reset();
    }

    /**
     * Consumes tokens and writes the frames that they fill, until the input is empty or the output full. A flush that is
     * still under way is completed first.
     *
     * @param input tokens to consume
     * @param output room for bytes
     * @return {@link CoderStatus#NEEDS_INPUT} or {@link CoderStatus#NEEDS_OUTPUT}
     * @throws MalformedTokenStreamException if a token is not of the vocabulary, or reserved by the codec; all tokens before
     *     it are consumed, it is not, and the writer is unharmed
     * @throws IllegalStateException if the stream was finished, or the writer is closed
     */
    public CoderStatus write(TokenInput input, ByteOutput output) {
        requireOpenStream();
        while (drain(output)) {
            phase = Phase.RUNNING;
            if (input.remaining() == 0) {
                return CoderStatus.NEEDS_INPUT;
            }
            gather(input);
            if (frameTokens == options.blockTokens()) {
                endFrame();
            }
        }
        return CoderStatus.NEEDS_OUTPUT;
    }

    /**
     * Ends the frame that is being gathered, so that all tokens consumed can be read as soon as this returns
     * {@link CoderStatus#NEEDS_INPUT}. Until then call it again with more room. Without tokens since the last flush nothing
     * but the header is written.
     *
     * @param output room for bytes
     * @return {@link CoderStatus#NEEDS_INPUT} when complete, else {@link CoderStatus#NEEDS_OUTPUT}
     * @throws IllegalStateException if the stream was finished, or the writer is closed
     */
    public CoderStatus flush(ByteOutput output) {
        requireOpenStream();
        phase = Phase.FLUSHING;
        endFrame();
        if (!drain(output)) {
            return CoderStatus.NEEDS_OUTPUT;
        }
        phase = Phase.RUNNING;
        return CoderStatus.NEEDS_INPUT;
    }

    /**
     * Ends the stream: the last frame, the index if the stream is stored, the end frame. Call it again with more room until
     * it returns {@link CoderStatus#DONE}; after that it does nothing.
     *
     * @param output room for bytes
     * @return {@link CoderStatus#DONE} when complete, else {@link CoderStatus#NEEDS_OUTPUT}
     * @throws IllegalStateException if the writer is closed
     */
    public CoderStatus finish(ByteOutput output) {
        if (phase == Phase.DONE) {
            return CoderStatus.DONE;
        }
        if (phase != Phase.FINISHING) {
            requireOpenStream();
            phase = Phase.FINISHING;
            lastFrame = frameTokens >= StreamFormat.CHECKED_FROM && !restart && !header.stored();
            endFrame();
            if (!lastFrame) {
                endStream();
            }
        }
        if (!drain(output)) {
            return CoderStatus.NEEDS_OUTPUT;
        }
        phase = Phase.DONE;
        return CoderStatus.DONE;
    }

    /**
     * Marks the end of a document for the index of a stored stream; what lies behind the last mark is a document of its own,
     * if it holds tokens or none was marked. Frames don't end with documents.
     *
     * @throws IllegalStateException if the stream is not stored, was finished, or the writer is closed
     */
    public void endDocument() {
        requireOpenStream();
        if (index == null) {
            throw new IllegalStateException("only a stored stream has documents: StreamHeader.Builder.stored()");
        }
        index.endDocument(totalTokens());
    }

    /**
     * Makes this writer ready for a new stream of the same header and options, in whatever state the present one is, at a
     * cost that does not depend on how much was written.
     *
     * @throws IllegalStateException if the writer is closed
     */
    public void reset() {
        if (phase == Phase.CLOSED) {
            throw new IllegalStateException("writer is closed");
        }
        payloads.moved(frameEnd);
        payloads.forgetModel();
        encoder.reset();
        frameStart = 0;
        frameEnd = 0;
        frameTokens = 0;
        reach = 0;
        tokensInFrames = 0;
        restartedAt = 0;
        restart = header.stored();
        lastFrame = false;
        pending.clear();
        pendingAt = 0;
        bytesCleared = 0;
        if (index != null) {
            index.clear();
        }
        pending.putBytes(headerBytes, 0, headerBytes.length);
        check.begin(0);
        phase = Phase.RUNNING;
    }

    /** Ends the use of this writer. What was not written is dropped. Closing again does nothing. */
    @Override
    public void close() {
        phase = Phase.CLOSED;
        encoder.close();
    }

    /**
     * Tokens consumed since the start of the stream.
     *
     * @return tokens
     */
    public long totalTokens() {
        return tokensInFrames + frameTokens;
    }

    /**
     * What the stream says of itself.
     *
     * @return the header
     */
    public StreamHeader header() {
        return header;
    }

    /**
     * Memory that this writer may come to hold, as long as no output window is refused room: it depends on the header and
     * the options alone. The index of a stored stream, 16 bytes for each restart and document, comes on top.
     *
     * @return bytes
     */
    public long mostStateBytes() {
        long block = StreamFormat.mostIds(options.blockTokens());
        long most = 4 * mostHistory() + PayloadWriter.mostStateBytes(options.level(), block) + 8 * block;
        return most + encoder.stateBytes();
    }

    private long mostHistory() {
        return 2L * header.window() + StreamFormat.mostIds(options.blockTokens());
    }

    private void requireOpenStream() {
        switch (phase) {
            case RUNNING, FLUSHING -> {}
            case FINISHING, DONE -> throw new IllegalStateException("stream is finished: reset() begins a new one");
            case CLOSED -> throw new IllegalStateException("writer is closed");
        }
    }

    /** Writes what is pending; whether all of it found room. */
    private boolean drain(ByteOutput output) {
        pendingAt += output.write(pending.bytes, pendingAt, pending.length - pendingAt);
        if (pendingAt < pending.length) {
            return false;
        }
        bytesCleared += pending.length;
        pending.clear();
        pendingAt = 0;
        return true;
    }

    /** Takes tokens into the frame, up to a block of them. */
    private void gather(TokenInput input) {
        if (frameTokens == 0) {
            beginFrame();
        }
        long before = input.position();
        long most = Math.min(input.remaining(), options.blockTokens() - frameTokens);
        CoderStatus status;
        do {
            long left = most - (input.position() - before);
            ensureHistory((int) Math.max(1, left));
            ids.wrap(history, frameEnd, history.length - frameEnd);
            long position = input.position();
            try {
                status = encoder.transform(input, left, ids);
            } catch (MalformedTokenStreamException refused) {
                settle(input.position() - position);
                throw new MalformedTokenStreamException(totalTokens(), refused.expected(), refused.found());
            }
            settle(input.position() - position);
        } while (status == CoderStatus.NEEDS_OUTPUT);
    }

    private void settle(long consumed) {
        frameTokens += (int) consumed;
        frameEnd += (int) ids.position();
    }

    private void beginFrame() {
        if (options.restartTokens() > 0 && tokensInFrames - restartedAt >= options.restartTokens()) {
            restartedAt = tokensInFrames;
            restart = true;
        }
        if (restart) {
            encoder.reset();
            payloads.forgetModel();
            reach = 0;
        }
    }

    private void ensureHistory(int more) {
        if (history.length - frameEnd >= more) {
            return;
        }
        // first let go of what the window no longer reaches, if that makes real room
        int gone = frameStart - reach;
        if (gone > 0 && gone >= reach + (frameEnd - frameStart)) {
            System.arraycopy(history, gone, history, 0, frameEnd - gone);
            payloads.moved(gone);
            frameStart -= gone;
            frameEnd -= gone;
            if (history.length - frameEnd >= more) {
                return;
            }
        }
        long needed = (long) frameEnd + more;
        history = Arrays.copyOf(history, Math.toIntExact(Math.max(needed, Math.min(2 * needed, mostHistory()))));
    }

    /** Ends the frame that is being gathered, if it has tokens. */
    private void endFrame() {
        if (frameTokens == 0) {
            return;
        }
        CoderStatus status;
        do {
            ensureHistory(1);
            ids.wrap(history, frameEnd, history.length - frameEnd);
            status = encoder.flush(ids);
            frameEnd += (int) ids.position();
        } while (status == CoderStatus.NEEDS_OUTPUT);
        writeFrame();
        tokensInFrames += frameTokens;
        reach = (int) Math.min(header.window(), (long) reach + (frameEnd - frameStart));
        frameStart = frameEnd;
        frameTokens = 0;
        restart = false;
    }

    private void writeFrame() {
        int count = frameEnd - frameStart;
        boolean checked =
                header.stored() || restart || options.checkAllFrames() || frameTokens >= StreamFormat.CHECKED_FROM;
        if (restart) {
            if (check.unchecked() > 0) {
                putCheckpoint();
            }
            if (index != null) {
                index.restart(tokensInFrames, bytesCleared + pending.length);
            }
        }
        if (!checked && check.unchecked() + frameTokens > StreamFormat.MOST_UNCHECKED_TOKENS) {
            putCheckpoint();
        }
        int start = pending.length;
        if (!checked && frameTokens == 1 && count == 1) {
            putToken(history[frameStart]);
            payloads.forgetModel();
        } else {
            putData(checked, count);
        }
        check.update(pending.bytes, start, pending.length - start);
        if (checked) {
            pending.putInt(check.value());
            check.begin(tokensInFrames + frameTokens);
        } else {
            check.addUnchecked(frameTokens);
        }
    }

    private void putCheckpoint() {
        int start = pending.length;
        putKind(StreamFormat.KIND_CHECKPOINT);
        check.update(pending.bytes, start, pending.length - start);
        pending.putInt(check.value());
        check.begin(tokensInFrames);
    }

    /** A frame of one token, in a form of its own: IDs below 2¹⁴ in two bytes, most others in three. */
    private void putToken(int id) {
        int beyond = id - StreamFormat.SHORT_TOKENS;
        if (beyond < 0) {
            putKind(id >>> 8);
            pending.putByte(id);
        } else if (beyond < StreamFormat.MIDDLE_TOKENS) {
            putKind(StreamFormat.KIND_MIDDLE_TOKEN | beyond >>> 16);
            pending.putByte(beyond >>> 8);
            pending.putByte(beyond);
        } else {
            putKind(StreamFormat.KIND_LONG_TOKEN);
            pending.putVarint(id);
        }
    }

    private void putKind(int kind) {
        pending.putByte(StreamFormat.firstByte(kind));
    }

    private void putData(boolean checked, int count) {
        int encoding = payloads.write(history, frameStart, frameEnd, frameStart - reach, payload);
        putKind(dataKind(checked));
        pending.putVarint(frameTokens);
        if (header.codec() != null) {
            pending.putVarint(count);
        }
        pending.putByte(encoding);
        pending.putVarint(payload.length);
        pending.putBytes(payload.bytes, 0, payload.length);
    }

    private int dataKind(boolean checked) {
        if (!checked) {
            return StreamFormat.KIND_DATA_UNCHECKED;
        }
        if (lastFrame) {
            return StreamFormat.KIND_DATA_LAST;
        }
        return restart ? StreamFormat.KIND_DATA_RESTART : StreamFormat.KIND_DATA;
    }

    private void endStream() {
        if (index != null) {
            endStoredStream(index); // all its frames are checked
            return;
        }
        int start = pending.length;
        putKind(StreamFormat.KIND_END);
        pending.putVarint(tokensInFrames);
        check.update(pending.bytes, start, pending.length - start);
        pending.putInt(check.value());
    }

    private void endStoredStream(IndexWriter written) {
        int start = pending.length;
        written.write(tokensInFrames, pending);
        check.update(pending.bytes, start, pending.length - start);
        pending.putInt(check.value());
        int indexBytes = pending.length - start;
        check.begin(tokensInFrames);
        int end = pending.length;
        putKind(StreamFormat.KIND_STORED_END);
        pending.putLong(tokensInFrames);
        pending.putInt(indexBytes);
        check.update(pending.bytes, end, pending.length - end);
        pending.putInt(check.value());
    }
}
