package io.tokenlz.frames;

import static org.assertj.core.api.Assertions.assertThat;

/** A stored stream that keeps what is read of it. */
final class TouchedBytes implements StoredBytes {
    private final StoredBytes bytes;
    private long count;
    private long first = Long.MAX_VALUE;
    private long end;

    TouchedBytes(StoredBytes bytes) {
        this.bytes = bytes;
    }

    /** Forgets what was read until now. */
    void forget() {
        count = 0;
        first = Long.MAX_VALUE;
        end = 0;
    }

    /** Bytes that were read, each time they were. */
    long count() {
        return count;
    }

    /** All that was read lies within a range, and is not more than that. */
    void requireWithin(long from, long to) {
        assertThat(first).isGreaterThanOrEqualTo(from);
        assertThat(end).isLessThanOrEqualTo(to);
        assertThat(count).isLessThanOrEqualTo(to - from);
    }

    @Override
    public long size() {
        return bytes.size();
    }

    @Override
    public void read(long position, byte[] target, int from, int length) {
        bytes.read(position, target, from, length);
        count += length;
        first = Math.min(first, position);
        end = Math.max(end, position + length);
    }
}
