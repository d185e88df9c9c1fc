package io.tokenlz.frames;

import java.util.zip.CRC32C;

/**
 * The checksum of a span of frames (FORMAT.md, section 4.4): over the number of tokens before the span, so that a frame that
 * is lost, sent twice or out of place shows, and all bytes since the checksum before it.
 */
final class FrameCheck {
    private final CRC32C sum = new CRC32C();
    private final byte[] position = new byte[Long.BYTES];
    private long unchecked;
    private boolean empty;

    /** Begins a span that follows on {@code tokens} tokens. */
    void begin(long tokens) {
        sum.reset();
        ByteSink.LONGS.set(position, 0, tokens);
        sum.update(position, 0, Long.BYTES);
        unchecked = 0;
        empty = true;
    }

    void update(byte[] bytes, int from, int count) {
        sum.update(bytes, from, count);
        empty = false;
    }

    /** Whether no byte has come since the span began. */
    boolean isEmpty() {
        return empty;
    }

    /** Tokens in unchecked frames since the span began. */
    long unchecked() {
        return unchecked;
    }

    void addUnchecked(long tokens) {
        unchecked += tokens;
    }

    int value() {
        return (int) sum.getValue();
    }
}
