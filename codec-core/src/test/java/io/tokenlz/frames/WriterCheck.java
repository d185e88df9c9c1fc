package io.tokenlz.frames;

import static io.tokenlz.frames.ReaderCheck.require;

import io.tokenlz.core.ArrayTokenInput;
import io.tokenlz.core.ArrayTokenOutput;
import io.tokenlz.core.BufferByteInput;
import io.tokenlz.core.BufferByteOutput;
import io.tokenlz.core.CoderStatus;
import io.tokenlz.core.MalformedTokenStreamException;
import io.tokenlz.core.TokenCodec;
import io.tokenlz.frames.FrameWriterOptions.Level;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * Writes whatever it is given as tokens in frames, whole and in pieces, which must give the same bytes; a reader must give all
 * tokens back. An input is a byte for options, one for the tokens between two flushes (0: no flush), and little-endian numbers.
 */
final class WriterCheck implements FuzzRun.Check {
    private static final int HEAD_BYTES = 2;
    private static final int MOST_TOKENS = 1 << 11;
    private static final int MOST_BYTES = 1 << 16;

    private final StreamHeader[] headers;
    private final FrameReader reader = new FrameReader(FrameLimits.DEFAULT);

    WriterCheck(List<? extends TokenCodec> codecs) {
        StreamHeader.Builder window = StreamHeader.builder(200_019).window(500);
        headers = new StreamHeader[] {
            StreamHeader.builder(Integer.MAX_VALUE).build(),
            window.build(),
            window.stored().build(),
            StreamHeader.builder(codecs.get(0)).build()
        };
    }

    static Function<Random, byte[]> inputs() {
        return random -> {
            int[] tokens = SeedStreams.tokens(random, 1 << 17 >>> random.nextInt(17), random.nextInt(400));
            // a model takes longer than all else
            byte options = (byte) (random.nextInt() & (random.nextInt(8) == 0 ? 0xFF : 0xFB));
            return EncoderCheck.input(options, (byte) (random.nextBoolean() ? 0 : random.nextInt()), tokens);
        };
    }

    @Override
    public String check(byte[] bytes, Random random) {
        int options = bytes.length == 0 ? 0 : bytes[0] & 0xFF;
        int between = bytes.length < HEAD_BYTES || bytes[1] == 0 ? Integer.MAX_VALUE : bytes[1] & 0xFF;
        StreamHeader header = headers[options & 3];
        Level[] levels = {Level.BALANCED, Level.SMALLEST, Level.FAST, Level.HIGH};
        int blockTokens = (options & 0x20) == 0 ? 1 << 16 : 70;
        int restartTokens = (options & 0x40) == 0 ? 0 : 200;
        FrameWriterOptions chosen =
                new FrameWriterOptions(levels[options >>> 2 & 3], blockTokens, restartTokens, (options & 0x10) != 0);
        int[] tokens = new int[Math.min(MOST_TOKENS, Math.max(0, bytes.length - HEAD_BYTES) / Integer.BYTES)];
        for (int i = 0; i < tokens.length; i++) {
            int value = (int) ByteSink.INTS.get(bytes, HEAD_BYTES + i * Integer.BYTES);
            tokens[i] = (options & 0x80) == 0 ? (value & Integer.MAX_VALUE) % header.vocabularySize() : value;
        }
        int taken = goodTokens(tokens, header.vocabularySize());
        byte[] whole = write(header, chosen, tokens, between, tokens.length, MOST_BYTES);
        byte[] inPieces = write(header, chosen, tokens, between, 1 + random.nextInt(9), 1 + random.nextInt(40));
        require(Arrays.equals(whole, inPieces), "other bytes in pieces");
        int[] back = new int[taken + 1];
        ArrayTokenOutput output = new ArrayTokenOutput().wrap(back);
        reader.reset();
        CoderStatus status = reader.read(new BufferByteInput().wrap(ByteBuffer.wrap(whole)), output);
        require(status == CoderStatus.DONE && output.position() == taken, output.position() + " tokens come back");
        require(Arrays.equals(back, 0, taken, tokens, 0, taken), "other tokens come back");
        return taken == tokens.length ? "written" : "refused";
    }

    /** Tokens before the first that is not of the vocabulary. */
    private static int goodTokens(int[] tokens, int vocabularySize) {
        int good = 0;
        while (good < tokens.length && tokens[good] >= 0 && tokens[good] < vocabularySize) {
            good++;
        }
        return good;
    }

    /** Writes up to what is refused, in windows of these sizes. */
    private static byte[] write(
            StreamHeader header, FrameWriterOptions options, int[] tokens, int between, int mostIn, int mostOut) {
        ByteBuffer all = ByteBuffer.allocate(MOST_BYTES);
        Room room = new Room(all, mostOut);
        ArrayTokenInput input = new ArrayTokenInput();
        try (FrameWriter writer = new FrameWriter(header, options)) {
            int at = 0;
            while (at < tokens.length) {
                int flushAt = (int) Math.min(tokens.length, (at / between + 1L) * between);
                input.wrap(tokens, at, Math.min(mostIn, flushAt - at));
                try {
                    writer.write(input, room.next());
                } catch (MalformedTokenStreamException refused) {
                    room.take();
                    break;
                }
                require(room.take() > 0 || input.position() > 0, "no step");
                at += (int) input.position();
                if (at == flushAt && at < tokens.length) {
                    while (writer.flush(room.next()) == CoderStatus.NEEDS_OUTPUT) {
                        require(room.take() > 0, "a flush without a step");
                    }
                    room.take();
                }
            }
            while (writer.finish(room.next()) == CoderStatus.NEEDS_OUTPUT) {
                require(room.take() > 0, "an end without a step");
            }
            room.take();
        }
        return Arrays.copyOf(all.array(), all.position());
    }

    /** Where bytes go, a window at a time. */
    private static final class Room {
        private final ByteBuffer all;
        private final int most;
        private final BufferByteOutput output = new BufferByteOutput();

        Room(ByteBuffer all, int most) {
            this.all = all;
            this.most = most;
        }

        BufferByteOutput next() {
            int end = Math.min(all.capacity(), all.position() + most);
            return output.wrap(all.duplicate().limit(end));
        }

        /** Bytes that were written to the last window. */
        int take() {
            int count = (int) output.position();
            all.position(all.position() + count);
            return count;
        }
    }
}
