package io.tokenlz.reactive;

import io.tokenlz.core.ArrayTokenInput;
import io.tokenlz.core.CoderStatus;
import io.tokenlz.frames.FrameWriter;
import java.util.function.Function;

/** Tokens to wire frames, in whatever kind of buffer the room's bytes are taken out in. */
final class FrameWriterCoder<O> implements ChunkCoder<int[], O> {
    private static final int[] NO_TOKENS = {};

    private final FrameWriter writer;
    private final ByteRoom room;
    private final Function<ByteRoom, O> taker;
    private final ArrayTokenInput input = new ArrayTokenInput();
    private long flushedAt;

    FrameWriterCoder(FrameWriter writer, int chunkBytes, Function<ByteRoom, O> taker) {
        this.writer = writer;
        this.room = new ByteRoom(chunkBytes);
        this.taker = taker;
    }

    @Override
    public void open(int[] chunk) {
        input.wrap(chunk);
    }

    @Override
    public boolean consume() {
        if (input.remaining() > 0) { // an empty chunk doesn't even send the header
            while (writer.write(input, room.output()) == CoderStatus.NEEDS_OUTPUT) {
                if (!room.grow()) {
                    return false;
                }
            }
        }
        input.wrap(NO_TOKENS);
        return true;
    }

    @Override
    public long pendingTokens() {
        return writer.totalTokens() - flushedAt;
    }

    @Override
    public boolean flush() {
        if (pendingTokens() == 0) {
            return true; // a header alone is nothing that an error should wait for
        }
        while (writer.flush(room.output()) == CoderStatus.NEEDS_OUTPUT) {
            if (!room.grow()) {
                return false;
            }
        }
        flushedAt = writer.totalTokens();
        return true;
    }

    @Override
    public boolean finish() {
        while (writer.finish(room.output()) != CoderStatus.DONE) {
            if (!room.grow()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean isFull() {
        return room.isFull();
    }

    @Override
    public boolean hasOutput() {
        return room.filled() > 0;
    }

    @Override
    public O take() {
        return taker.apply(room);
    }

    @Override
    public void close() {
        writer.close();
        room.clear();
        input.wrap(NO_TOKENS);
    }
}
