package io.tokenlz.reactive;

import io.tokenlz.core.ArrayTokenInput;
import io.tokenlz.core.CoderStatus;
import io.tokenlz.core.TokenCoder;
import io.tokenlz.core.TokenEncoder;

/** Tokens to tokens, in either direction of a codec. */
final class TokenChunkCoder<I> implements ChunkCoder<I, int[]> {
    private static final int[] NO_TOKENS = {};

    /** Makes the tokens of a chunk readable. */
    @FunctionalInterface
    interface Opener<I> {
        void open(I chunk, ArrayTokenInput input);
    }

    private final TokenCoder coder;
    private final Opener<? super I> opener;
    private final boolean encodes;
    private final TokenRoom room;
    private final ArrayTokenInput input = new ArrayTokenInput();
    private long flushedAt;

    TokenChunkCoder(TokenCoder coder, Opener<? super I> opener, int chunkTokens) {
        this.coder = coder;
        this.opener = opener;
        this.encodes = coder instanceof TokenEncoder;
        this.room = new TokenRoom(chunkTokens);
    }

    @Override
    public void open(I chunk) {
        opener.open(chunk, input);
        room.provide((int) input.remaining());
    }

    @Override
    public boolean consume() {
        CoderStatus status;
        do {
            status = coder.transform(input, room.output());
        } while (status == CoderStatus.NEEDS_OUTPUT && room.grow());
        if (status == CoderStatus.NEEDS_OUTPUT) {
            return false;
        }
        input.wrap(NO_TOKENS);
        return true;
    }

    @Override
    public long pendingTokens() {
        return encodes ? coder.totalConsumed() - flushedAt : room.filled();
    }

    @Override
    public boolean flush() {
        if (!encodes) {
            return true; // what a decoder consumed it wrote, and one that failed must not be asked
        }
        while (coder.flush(room.output()) == CoderStatus.NEEDS_OUTPUT) {
            if (!room.grow()) {
                return false;
            }
        }
        flushedAt = coder.totalConsumed();
        return true;
    }

    @Override
    public boolean finish() {
        while (coder.finish(room.output()) != CoderStatus.DONE) {
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
    public int[] take() {
        return room.take(room.filled());
    }

    @Override
    public void close() {
        coder.close();
        room.clear();
        input.wrap(NO_TOKENS);
    }
}
