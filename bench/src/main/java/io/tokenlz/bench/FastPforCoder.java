package io.tokenlz.bench;

import java.nio.ByteBuffer;
import me.lemire.integercompression.Composition;
import me.lemire.integercompression.FastPFOR;
import me.lemire.integercompression.IntWrapper;
import me.lemire.integercompression.IntegerCODEC;
import me.lemire.integercompression.VariableByte;

/**
 * FastPFOR (JavaFastPFOR), which packs numbers into as few bits as most of a block of 256 need, and what is left behind the
 * last block by bytes. It finds no repeats: what it saves is that small IDs are frequent. It writes 32-bit numbers, which are
 * copied into bytes.
 */
@SuppressWarnings("ByteBufferBackingArray") // whole arrays, as WireCoder says
final class FastPforCoder implements WireCoder {
    /** Numbers that packed blocks may need beside the packed ones: lengths, and what of a page did not fit its bits. */
    private static final int MOST_MORE_NUMBERS = 1024;

    private final IntegerCODEC codec = new Composition(new FastPFOR(), new VariableByte());
    private final IntWrapper read = new IntWrapper();
    private final IntWrapper written = new IntWrapper();
    private int[] packed = {};

    @Override
    public void encode(int[] tokens, int from, int count, ByteBuffer target) {
        reserve(count + count / 4 + MOST_MORE_NUMBERS);
        read.set(from);
        written.set(0);
        codec.compress(tokens, read, count, packed, written);
        target.position(TokenBytes.INT32.write(packed, 0, written.get(), target.array(), target.position()));
    }

    @Override
    public int decode(ByteBuffer source, int[] target, int to, int most) {
        int from = source.position();
        int end = source.limit();
        source.position(end);
        reserve((end - from) / Integer.BYTES);
        int numbers = TokenBytes.INT32.read(source.array(), from, end, packed, 0);
        read.set(0);
        written.set(to);
        codec.uncompress(packed, read, numbers, target, written);
        return written.get() - to;
    }

    private void reserve(int numbers) {
        if (packed.length < numbers) {
            packed = new int[numbers];
        }
    }

    @Override
    public void close() {
        // nothing but arrays
    }
}
