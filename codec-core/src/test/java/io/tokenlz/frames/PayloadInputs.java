package io.tokenlz.frames;

import java.util.Arrays;
import java.util.Random;
import java.util.function.Function;

/** Makes payloads of one encoding that are right, damaged or nothing but random, each behind what its frame would say of it. */
final class PayloadInputs implements Function<Random, byte[]> {
    /** IDs of the frame, IDs before it that it may copy, the largest ID: four bytes each. */
    static final int HEAD_BYTES = 3 * Integer.BYTES;

    static final int MOST_IDS = 1 << 16;
    static final int MOST_REACH = 1 << 12;

    private static final int TABLE_BITS = 11;

    private final int encoding;
    private final EntropyList entropy = new EntropyList(EntropyList.MOST_CODE_BITS);

    PayloadInputs(int encoding) {
        this.encoding = encoding;
    }

    @Override
    public byte[] apply(Random random) {
        ByteDamage damage = new ByteDamage(random);
        byte[] right = right(random);
        return switch (random.nextInt(8)) {
            case 0 ->
                HandMadeStream.joined(
                        Arrays.copyOf(right, HEAD_BYTES), damage.bytes(random.nextInt(1 + random.nextInt(500))));
            case 1 -> right;
            case 2 -> damage.damaged(right, right(random));
            default ->
                HandMadeStream.joined(
                        Arrays.copyOf(right, HEAD_BYTES),
                        damage.damaged(
                                Arrays.copyOfRange(right, HEAD_BYTES, right.length),
                                right(random),
                                0,
                                1,
                                2,
                                3,
                                4,
                                5,
                                6,
                                7));
        };
    }

    private byte[] right(Random random) {
        int most = encoding == StreamFormat.ENCODING_MODEL ? 200 : 1 + random.nextInt(3000);
        int reach = random.nextInt(200);
        int ids = random.nextInt(most);
        int limit = 1 + (random.nextInt() >>> 1 >>> random.nextInt(31));
        int[] history = Arrays.copyOf(PayloadCheck.reached(reach, limit), reach + ids + PayloadReader.HISTORY_SLACK);
        System.arraycopy(SeedStreams.tokens(random, limit, ids), 0, history, reach, ids);
        ByteSink sink = new ByteSink();
        sink.putInt(ids);
        sink.putInt(reach);
        sink.putInt(limit - 1);
        write(history, reach, ids, limit, random, sink);
        return Arrays.copyOf(sink.bytes, sink.length);
    }

    private void write(int[] history, int from, int ids, int limit, Random random, ByteSink sink) {
        if (encoding == StreamFormat.ENCODING_MODEL) {
            BitCoder bits = new BitCoder();
            TokenModel model = new TokenModel(bits, limit);
            bits.beginEncoding();
            for (int i = from; i < from + ids; i++) {
                model.code(history[i]);
            }
            ByteSink coded = bits.finishEncoding();
            sink.putBytes(coded.bytes, 0, coded.length);
        } else if ((encoding & StreamFormat.SEQUENCES) == 0) {
            writeList(history, from, ids, sink);
        } else {
            Sequences sequences = new Sequences();
            new WindowMatcher.Thorough(TABLE_BITS).parse(history, from, from + ids, 0, sequences);
            if (random.nextBoolean()) {
                damage(sequences, random);
            }
            sink.putVarint(sequences.literalCount);
            sink.putVarint(sequences.count);
            writeList(sequences.literals, 0, sequences.literalCount, sink);
            writeList(sequences.runs, 0, sequences.count, sink);
            writeList(sequences.lengths, 0, sequences.count, sink);
            writeList(sequences.distances, 0, sequences.count, sink);
        }
    }

    /** Changes what is copied: damage of the bytes alone seldom leaves lists that can be read. */
    private static void damage(Sequences sequences, Random random) {
        ByteDamage extremes = new ByteDamage(random);
        int[][] lists = {sequences.runs, sequences.lengths, sequences.distances};
        for (int left = random.nextInt(4); left > 0 && sequences.count > 0; left--) {
            int[] list = lists[random.nextInt(lists.length)];
            int at = random.nextInt(sequences.count);
            int near = Math.max(0, list[at] + random.nextInt(7) - 3);
            int any = random.nextBoolean() ? random.nextInt(1 << random.nextInt(14)) : (int) extremes.extreme() >>> 1;
            list[at] = random.nextBoolean() ? near : any;
        }
        if (random.nextInt(4) == 0) {
            // there is room behind both
            sequences.literalCount = Math.max(0, sequences.literalCount + random.nextInt(9) - 4);
            sequences.count = Math.max(0, sequences.count + random.nextInt(3) - 1);
        }
    }

    private void writeList(int[] numbers, int from, int count, ByteSink sink) {
        switch (encoding & ~StreamFormat.SEQUENCES) {
            case StreamFormat.ENCODING_VARINT -> Varints.writeList(numbers, from, count, sink);
            case StreamFormat.ENCODING_PACKED -> new PackedList().write(numbers, from, count, sink);
            default -> entropy.write(numbers, from, count, sink);
        }
    }
}
