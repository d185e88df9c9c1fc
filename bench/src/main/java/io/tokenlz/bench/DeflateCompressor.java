package io.tokenlz.bench;

import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** The JDK's Deflate: a bare stream for each call, without zlib's header and checksum, its tables kept between calls. */
final class DeflateCompressor implements RivalCompressor {
    private static final boolean BARE = true;

    private final Deflater deflater;
    private final Inflater inflater = new Inflater(BARE);

    DeflateCompressor(int level) {
        deflater = new Deflater(level, BARE);
    }

    @Override
    public int compress(byte[] source, int length, byte[] target, int to) {
        deflater.reset();
        deflater.setInput(source, 0, length);
        deflater.finish();
        int end = to + deflater.deflate(target, to, target.length - to);
        if (!deflater.finished()) {
            throw new IllegalStateException(length + " bytes found no room in " + (target.length - to));
        }
        return end;
    }

    @Override
    public int decompress(byte[] source, int from, int end, byte[] target) {
        inflater.reset();
        inflater.setInput(source, from, end - from);
        try {
            return inflater.inflate(target);
        } catch (DataFormatException broken) {
            throw new IllegalArgumentException(broken);
        }
    }

    @Override
    public void close() {
        deflater.end();
        inflater.end();
    }
}
