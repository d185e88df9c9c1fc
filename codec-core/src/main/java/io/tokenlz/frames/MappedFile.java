package io.tokenlz.frames;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Objects;

/** A file, mapped in pieces: one mapping of the JDK's ends at 2 GiB. */
final class MappedFile implements StoredBytes {
    private static final int PIECE_BITS = 30;
    private static final int PIECE = 1 << PIECE_BITS;

    private final long size;
    private final MappedByteBuffer[] pieces;

    MappedFile(FileChannel channel) throws IOException {
        size = channel.size();
        pieces = new MappedByteBuffer[Math.toIntExact((size + PIECE - 1) >>> PIECE_BITS)];
        for (int i = 0; i < pieces.length; i++) {
            long start = (long) i << PIECE_BITS;
            pieces[i] = channel.map(FileChannel.MapMode.READ_ONLY, start, Math.min(PIECE, size - start));
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void read(long position, byte[] target, int from, int count) {
        Objects.checkFromIndexSize(position, count, size);
        Objects.checkFromIndexSize(from, count, target.length);
        int done = 0;
        while (done < count) {
            long at = position + done;
            MappedByteBuffer piece = pieces[(int) (at >>> PIECE_BITS)];
            int offset = (int) at & (PIECE - 1);
            int part = Math.min(count - done, piece.capacity() - offset);
            piece.get(offset, target, from + done, part);
            done += part;
        }
    }
}
