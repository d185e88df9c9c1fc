package io.tokenlz.frames;

import io.tokenlz.core.ChronicleByteInput;
import net.openhft.chronicle.bytes.Bytes;

/**
 * A stored stream in Chronicle {@code Bytes}, a mapped file for example, larger than 2 GiB too. Chronicle maps a file with a
 * read limit of 0, to be set to the file's length, and makes a file longer that it maps for writing, too: map it read-only.
 * Not thread-safe.
 */
public final class ChronicleStoredBytes implements StoredBytes {
    private final Bytes<?> bytes;
    private final ChronicleByteInput window = new ChronicleByteInput();

    /**
     * Makes a view.
     *
     * @param bytes what is between their start and their read limit is the stream; owned by the caller, not released or
     *     changed while in use
     */
    public ChronicleStoredBytes(Bytes<?> bytes) {
        this.bytes = bytes;
    }

    @Override
    public long size() {
        return bytes.readLimit() - bytes.start();
    }

    @Override
    public void read(long position, byte[] target, int from, int count) {
        window.wrap(bytes, bytes.start() + position, count).read(target, from, count);
    }
}
