package io.tokenlz.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.xerial.snappy.Snappy;

/** Snappy (snappy-java, native): bare blocks, which begin with their length and have no checksum. Nothing is kept. */
final class SnappyCompressor implements RivalCompressor {
    @Override
    public int compress(byte[] source, int length, byte[] target, int to) {
        try {
            return to + Snappy.compress(source, 0, length, target, to);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public int decompress(byte[] source, int from, int end, byte[] target) {
        try {
            return Snappy.uncompress(source, from, end - from, target, 0);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
