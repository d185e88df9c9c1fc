package io.tokenlz.cli;

import io.tokenlz.frames.StoredBytes;

/** A stored stream that counts the bytes that are read of it, each time they are. */
final class CountedBytes implements StoredBytes {
    private final StoredBytes bytes;
    private long count;

    CountedBytes(StoredBytes bytes) {
        this.bytes = bytes;
    }

    long count() {
        return count;
    }

    @Override
    public long size() {
        return bytes.size();
    }

    @Override
    public void read(long position, byte[] target, int from, int length) {
        bytes.read(position, target, from, length);
        count += length;
    }
}
