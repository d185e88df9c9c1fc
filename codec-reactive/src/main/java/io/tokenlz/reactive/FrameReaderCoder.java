package io.tokenlz.reactive;

import io.tokenlz.core.ArrayTokenInput;
import io.tokenlz.core.ArrayTokenOutput;
import io.tokenlz.core.BufferByteInput;
import io.tokenlz.core.BufferByteOutput;
import io.tokenlz.core.CoderStatus;
import io.tokenlz.frames.FrameReader;
import io.tokenlz.frames.FrameWriter;
import io.tokenlz.frames.FrameWriterOptions;
import io.tokenlz.frames.MalformedFrameException;
import io.tokenlz.frames.StreamHeader;
import java.nio.ByteBuffer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;

/** Wire frames to tokens, from whatever kind of buffer they come in. */
final class FrameReaderCoder<I> implements ChunkCoder<I, int[]> {
    /** The most tokens that a reader delivers before a checksum vouches for them, so that a full room always has some to take. */
    private static final int MOST_UNCHECKED = 256;

    private static final ByteBuffer NO_BYTES = ByteBuffer.allocate(0);

    private final FrameReader reader;
    private final BufferKind<I> kind;
    private final Predicate<? super StreamHeader> accepted;
    private final boolean checkedOnly;
    private final int chunkTokens;
    private final TokenRoom room;
    private final BufferByteInput input = new BufferByteInput();
    private @Nullable I opened;
    private boolean headerRead;
    private boolean trimmed;
    private long bytesBefore;

    FrameReaderCoder(
            FrameReader reader,
            BufferKind<I> kind,
            Predicate<? super StreamHeader> accepted,
            TokenFluxOptions options) {
        this.reader = reader;
        this.kind = kind;
        this.accepted = accepted;
        this.checkedOnly = options.checkedOnly();
        this.chunkTokens = options.chunkTokens();
        this.room = new TokenRoom(checkedOnly ? chunkTokens + MOST_UNCHECKED : chunkTokens);
    }

    /**
     * Reads a stream of no interest, if none was read before. The first frame makes the format look for codecs on the class
     * path, which blocks, and belongs where operators are put together, not on the thread that delivers a first frame.
     */
    static void findCodecs() {
        Lookup.once();
    }

    private static final class Lookup {
        static {
            ByteBuffer bytes = ByteBuffer.allocate(128);
            StreamHeader plain = StreamHeader.builder(2).build();
            try (FrameWriter writer = new FrameWriter(plain, FrameWriterOptions.DEFAULT);
                    FrameReader reader = new FrameReader()) {
                writer.write(new ArrayTokenInput().wrap(new int[2]), new BufferByteOutput().wrap(bytes));
                writer.finish(new BufferByteOutput().wrap(bytes));
                reader.read(new BufferByteInput().wrap(bytes.flip()), new ArrayTokenOutput().wrap(new int[2]));
            }
        }

        static void once() {
            // the class's initialiser does it, once
        }
    }

    @Override
    public void open(I chunk) {
        opened = chunk;
        input.wrap(view(chunk));
    }

    private ByteBuffer view(I chunk) {
        try {
            return kind.view(chunk);
        } catch (IllegalArgumentException noBytes) {
            throw new MalformedFrameException(
                    bytesBefore, reader.totalTokens(), "bytes as text", String.valueOf(noBytes.getMessage()));
        }
    }

    @Override
    public boolean consume() {
        if (!headerRead && !readHeader()) {
            release();
            return true;
        }
        CoderStatus status = read();
        if (status == CoderStatus.DONE && input.remaining() > 0) {
            throw new MalformedFrameException(
                    bytesBefore + input.position(),
                    reader.totalTokens(),
                    "nothing behind the end frame",
                    input.remaining() + " bytes");
        }
        if (status == CoderStatus.NEEDS_OUTPUT) {
            return false;
        }
        release();
        return true;
    }

    /** The chunk was consumed: it is its owner's again. */
    private void release() {
        bytesBefore += input.position();
        input.wrap(NO_BYTES);
        I consumed = opened;
        opened = null;
        if (consumed != null) {
            kind.consumed(consumed);
        }
    }

    @Override
    public void discard(I chunk, Context context) {
        kind.discard(chunk, context);
    }

    @Override
    public void drop(I chunk, Context context) {
        kind.drop(chunk, context);
    }

    /** Reads up to the first token, for none must be seen of a stream that is not wanted; whether the header is whole. */
    private boolean readHeader() {
        reader.read(input, new ArrayTokenOutput());
        StreamHeader header = reader.header();
        if (header == null) {
            return false;
        }
        if (!accepted.test(header)) {
            throw new MalformedFrameException(0, 0, "a header that is accepted here", header.toString());
        }
        headerRead = true;
        return true;
    }

    private CoderStatus read() {
        try {
            CoderStatus status;
            do {
                status = reader.read(input, room.output());
            } while (status == CoderStatus.NEEDS_OUTPUT && room.grow());
            return status;
        } catch (MalformedFrameException malformed) {
            trim(); // tokens of the damaged stretch that were not sent yet never are
            throw malformed;
        }
    }

    private void trim() {
        room.drop(unchecked());
        trimmed = true;
    }

    /** Tokens in the room that no checksum has vouched for. */
    private int unchecked() {
        return (int) Math.min(room.filled(), Math.max(0, reader.totalTokens() - reader.checkedTokens()));
    }

    /** Tokens in the room that may be sent. */
    private int ready() {
        return checkedOnly && !trimmed ? room.filled() - unchecked() : room.filled();
    }

    @Override
    public long pendingTokens() {
        return ready();
    }

    @Override
    public boolean flush() {
        return true; // what was read is in the room
    }

    @Override
    public boolean finish() {
        try {
            reader.finish();
            return true;
        } catch (MalformedFrameException truncated) {
            if (checkedOnly) {
                trim();
            }
            throw truncated;
        }
    }

    @Override
    public boolean isFull() {
        return room.isFull();
    }

    @Override
    public boolean hasOutput() {
        return ready() > 0;
    }

    @Override
    public int[] take() {
        return room.take(Math.min(chunkTokens, ready()));
    }

    @Override
    public void close() {
        reader.close();
        room.clear();
        input.wrap(NO_BYTES);
        opened = null;
    }
}
