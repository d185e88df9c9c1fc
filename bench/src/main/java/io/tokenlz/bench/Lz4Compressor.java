package io.tokenlz.bench;

import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4JNIFastResetCompressor;
import net.jpountz.lz4.LZ4SafeDecompressor;

/** LZ4's fast compressor (lz4-java, native): bare blocks, without lengths or checksums, its table kept between calls. */
final class Lz4Compressor implements RivalCompressor {
    private final LZ4JNIFastResetCompressor compressor =
            LZ4Factory.nativeInstance().fastResetCompressor();
    private final LZ4SafeDecompressor decompressor = LZ4Factory.nativeInstance().safeDecompressor();

    @Override
    public int compress(byte[] source, int length, byte[] target, int to) {
        return to + compressor.compress(source, 0, length, target, to, target.length - to);
    }

    @Override
    public int decompress(byte[] source, int from, int end, byte[] target) {
        return decompressor.decompress(source, from, end - from, target, 0, target.length);
    }

    @Override
    public void close() {
        compressor.close();
    }
}
