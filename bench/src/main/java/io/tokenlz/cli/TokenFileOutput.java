package io.tokenlz.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.util.Objects;

/** Writes little-endian token IDs of two or four bytes. */
final class TokenFileOutput implements TokenSink {
    private static final int BUFFER_BYTES = 1 << 16;

    private final WritableByteChannel channel;
    private final int tokenBytes;
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);

    TokenFileOutput(WritableByteChannel channel, int tokenBytes) {
        this.channel = channel;
        this.tokenBytes = tokenBytes;
    }

    @Override
    public void write(int[] tokens, int count) throws IOException {
        Objects.checkFromIndexSize(0, count, tokens.length);
        for (int done = 0; done < count; ) {
            int part = Math.min(count - done, BUFFER_BYTES / tokenBytes);
            bytes.clear();
            put(tokens, done, part);
            bytes.position(0).limit(part * tokenBytes);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            done += part;
        }
    }

    private void put(int[] tokens, int from, int count) {
        if (tokenBytes == Integer.BYTES) {
            bytes.asIntBuffer().put(tokens, from, count);
        } else {
            for (int i = from; i < from + count; i++) {
                bytes.putShort((short) tokens[i]);
            }
        }
    }
}
