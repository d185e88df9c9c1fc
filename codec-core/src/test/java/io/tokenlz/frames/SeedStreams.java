package io.tokenlz.frames;

import io.tokenlz.core.ArrayTokenInput;
import io.tokenlz.core.BufferByteOutput;
import io.tokenlz.core.CoderStatus;
import io.tokenlz.core.TokenCodec;
import io.tokenlz.frames.FrameWriterOptions.Level;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Small streams of every shape that a writer gives them: what fuzzing begins with. The same on every machine. */
public final class SeedStreams {
    /** Streams that name this dictionary are there, too. */
    static final byte[] DICTIONARY = {1, 2, 3};

    private static final int MOST_BYTES = 1 << 14;
    private static final int FEW_TOKENS = 400;

    /** Frames of fewer tokens are not modelled. */
    private static final int MODELLED_TOKENS = 1030;

    private SeedStreams() {}

    /**
     * Streams of plain tokens, at all levels, with all options.
     *
     * @return streams
     */
    public static List<byte[]> plain() {
        List<byte[]> all = new ArrayList<>();
        Random random = new Random(1);
        for (int vocabulary : new int[] {1, 300, 200_019, Integer.MAX_VALUE}) {
            for (int window : new int[] {0, 100, 4096}) {
                StreamHeader.Builder header = StreamHeader.builder(vocabulary).window(window);
                addAll(all, header, random);
            }
        }
        byte[] name = {5};
        addAll(all, StreamHeader.builder(1000).tokenizerFingerprint(name).dictionaryFingerprint(DICTIONARY), random);
        return all;
    }

    /**
     * The same of a codec's tokens.
     *
     * @param codec what turns tokens into IDs
     * @return streams
     */
    public static List<byte[]> of(TokenCodec codec) {
        List<byte[]> all = new ArrayList<>();
        Random random = new Random(2);
        addAll(all, StreamHeader.builder(codec), random);
        addAll(all, StreamHeader.builder(codec).window(1000), random);
        return all;
    }

    /** Streams of one header, and stored ones. */
    private static void addAll(List<byte[]> all, StreamHeader.Builder builder, Random random) {
        StreamHeader streamed = builder.build();
        for (Level level : new Level[] {Level.FAST, Level.BALANCED, Level.HIGH}) {
            FrameWriterOptions options = new FrameWriterOptions(level, 1 << 12, random.nextInt(200), false);
            all.add(write(streamed, options, random, FEW_TOKENS, 1 + random.nextInt(200)));
        }
        all.add(write(streamed, FrameWriterOptions.DEFAULT, random, 100, 1));
        all.add(write(streamed, FrameWriterOptions.DEFAULT.withCheckAllFrames(true), random, 100, 9));
        all.add(write(streamed, FrameWriterOptions.DEFAULT, random, 0, 1));
        StreamHeader stored = builder.stored().build();
        for (Level level : new Level[] {Level.FAST, Level.HIGH}) {
            all.add(write(stored, new FrameWriterOptions(level, 50, 60, true), random, FEW_TOKENS, 70));
        }
        all.add(write(stored, FrameWriterOptions.DEFAULT, random, 0, 1));
        // the model takes most of the time that there is: few streams of it
        FrameWriterOptions smallest = new FrameWriterOptions(Level.SMALLEST, MODELLED_TOKENS, MODELLED_TOKENS, true);
        all.add(write(
                random.nextBoolean() ? stored : streamed, smallest, random, 2 * MODELLED_TOKENS, 4 * MODELLED_TOKENS));
    }

    private static byte[] write(
            StreamHeader header, FrameWriterOptions options, Random random, int length, int mostBetweenFlushes) {
        ByteBuffer bytes = ByteBuffer.allocate(MOST_BYTES);
        BufferByteOutput output = new BufferByteOutput().wrap(bytes);
        // a codec may reserve what is above
        int largest = header.codec() == null ? header.vocabularySize() : 1 + header.vocabularySize() / 2;
        int[] tokens = tokens(random, largest, length);
        try (FrameWriter writer = new FrameWriter(header, options)) {
            for (int at = 0; at < length; ) {
                int count = Math.min(length - at, mostBetweenFlushes - random.nextInt(mostBetweenFlushes) / 2);
                writer.write(new ArrayTokenInput().wrap(tokens, at, count), output);
                writer.flush(output);
                at += count;
                if (header.stored() && random.nextInt(3) == 0) {
                    writer.endDocument();
                }
            }
            if (writer.finish(output) != CoderStatus.DONE) {
                throw new IllegalStateException(header + " " + options + " has not enough room");
            }
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    /** Mostly what was there before, so that there is something to find at all levels. */
    static int[] tokens(Random random, int vocabulary, int length) {
        int[] tokens = new int[length];
        for (int i = 0; i < length; ) {
            int run = Math.min(1 + random.nextInt(random.nextInt(8) == 0 ? 60 : 6), length - i);
            int back = i > 0 && random.nextInt(4) > 0 ? 1 + random.nextInt(i) : 0;
            int bits = random.nextInt(16);
            for (int end = i + run; i < end; i++) {
                tokens[i] = back > 0 ? tokens[i - back] : (random.nextInt() >>> 1) % vocabulary >>> bits;
            }
        }
        return tokens;
    }
}
