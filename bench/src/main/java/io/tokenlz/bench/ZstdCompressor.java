package io.tokenlz.bench;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;

/** Zstandard (zstd-jni): a frame for each call, its size in its header, no checksum: the library's defaults. */
final class ZstdCompressor implements RivalCompressor {
    private final ZstdCompressCtx compressor = new ZstdCompressCtx();
    private final ZstdDecompressCtx decompressor = new ZstdDecompressCtx();

    ZstdCompressor(int level) {
        compressor.setLevel(level);
    }

    @Override
    public int compress(byte[] source, int length, byte[] target, int to) {
        return to + compressor.compressByteArray(target, to, target.length - to, source, 0, length);
    }

    @Override
    public int decompress(byte[] source, int from, int end, byte[] target) {
        return decompressor.decompressByteArray(target, 0, target.length, source, from, end - from);
    }

    @Override
    public void close() {
        compressor.close();
        decompressor.close();
    }
}
