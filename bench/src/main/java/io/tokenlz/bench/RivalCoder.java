package io.tokenlz.bench;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A rival: tokens in a plain form of bytes, and a general compressor behind it. Both ways count, from tokens to tokens. The
 * buffer between the two is kept, and as long as the longest piece needs.
 */
@SuppressWarnings("ByteBufferBackingArray") // whole arrays, as WireCoder says
public final class RivalCoder implements WireCoder {
    private final TokenBytes form;
    private final @Nullable RivalCompressor compressor;
    private byte[] plain = {};

    private RivalCoder(TokenBytes form, @Nullable RivalCompressor compressor) {
        this.form = form;
        this.compressor = compressor;
    }

    public static RivalCoder plain(TokenBytes form) {
        return new RivalCoder(form, null);
    }

    public static RivalCoder zstd(int level, TokenBytes form) {
        return new RivalCoder(form, new ZstdCompressor(level));
    }

    public static RivalCoder lz4(TokenBytes form) {
        return new RivalCoder(form, new Lz4Compressor());
    }

    public static RivalCoder snappy(TokenBytes form) {
        return new RivalCoder(form, new SnappyCompressor());
    }

    public static RivalCoder deflate(int level, TokenBytes form) {
        return new RivalCoder(form, new DeflateCompressor(level));
    }

    public static RivalCoder xz(int preset, TokenBytes form) {
        return new RivalCoder(form, new XzCompressor(preset));
    }

    @Override
    public void encode(int[] tokens, int from, int count, ByteBuffer target) {
        int end;
        if (compressor == null) {
            end = form.write(tokens, from, count, target.array(), target.position());
        } else {
            reserve(count);
            int length = form.write(tokens, from, count, plain, 0);
            end = compressor.compress(plain, length, target.array(), target.position());
        }
        target.position(end);
    }

    @Override
    public int decode(ByteBuffer source, int[] target, int to, int most) {
        int from = source.position();
        int end = source.limit();
        source.position(end);
        if (compressor == null) {
            return form.read(source.array(), from, end, target, to);
        }
        reserve(most);
        return form.read(plain, 0, compressor.decompress(source.array(), from, end, plain), target, to);
    }

    private void reserve(int tokens) {
        if (plain.length < tokens * TokenBytes.MOST_BYTES) {
            plain = new byte[tokens * TokenBytes.MOST_BYTES];
        }
    }

    @Override
    public void close() {
        if (compressor != null) {
            compressor.close();
        }
    }
}
