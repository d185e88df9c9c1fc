package io.tokenlz.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.tukaani.xz.ArrayCache;
import org.tukaani.xz.BasicArrayCache;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZ;
import org.tukaani.xz.XZInputStream;
import org.tukaani.xz.XZOutputStream;

/** The xz format (XZ for Java), as {@code xz} writes it: a stream for each call. Streams can't be reused, their arrays are. */
final class XzCompressor implements RivalCompressor {
    private static final int NO_LIMIT = -1;

    private final ArrayCache arrays = new BasicArrayCache();
    private final LZMA2Options options;

    XzCompressor(int preset) {
        try {
            options = new LZMA2Options(preset);
        } catch (IOException noSuchPreset) {
            throw new IllegalArgumentException("preset " + preset, noSuchPreset);
        }
    }

    @Override
    public int compress(byte[] source, int length, byte[] target, int to) {
        ArrayStream stream = new ArrayStream(target, to);
        try (XZOutputStream xz = new XZOutputStream(stream, options, XZ.CHECK_CRC64, arrays)) {
            xz.write(source, 0, length);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return stream.end;
    }

    @Override
    public int decompress(byte[] source, int from, int end, byte[] target) {
        ByteArrayInputStream stream = new ByteArrayInputStream(source, from, end - from);
        try (XZInputStream xz = new XZInputStream(stream, NO_LIMIT, true, arrays)) {
            return xz.readNBytes(target, 0, target.length);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Writes into an array that others write into, too. */
    private static final class ArrayStream extends OutputStream {
        private final byte[] target;
        private int end;

        ArrayStream(byte[] target, int to) {
            this.target = target;
            this.end = to;
        }

        @Override
        public void write(int value) {
            target[end++] = (byte) value;
        }

        @Override
        public void write(byte[] source, int from, int count) {
            System.arraycopy(source, from, target, end, count);
            end += count;
        }
    }
}
