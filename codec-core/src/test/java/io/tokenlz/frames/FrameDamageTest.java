package io.tokenlz.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.tokenlz.core.ArrayTokenInput;
import io.tokenlz.core.ArrayTokenOutput;
import io.tokenlz.core.BufferByteInput;
import io.tokenlz.core.BufferByteOutput;
import io.tokenlz.core.CoderStatus;
import io.tokenlz.frames.FrameWriterOptions.Level;
import io.tokenlz.metatokens.MetaTokenCodec;
import io.tokenlz.metatokens.MetaTokenConfig;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever happens to a stream's bytes is found out before its tokens do harm (FORMAT.md, section 4.4). */
class FrameDamageTest {
    /** Streams of every shape; small, for each is read once for every bit of it. */
    @SuppressWarnings("ImmutableEnumChecker") // nobody writes to the arrays
    enum Shape {
        TOKEN_BY_TOKEN(StreamHeader.builder(200_019).build(), FrameWriterOptions.DEFAULT, 300, 1),
        SMALL_FRAMES(StreamHeader.builder(200_019).window(1000).build(), FrameWriterOptions.DEFAULT, 300, 7),
        SMALL_CHECKED_FRAMES(
                StreamHeader.builder(200_019).build(), FrameWriterOptions.DEFAULT.withCheckAllFrames(true), 60, 3),
        MESSAGES(StreamHeader.builder(200_019).window(1000).build(), FrameWriterOptions.DEFAULT, 600, 200),
        PREFIX_CODED(
                StreamHeader.builder(200_019).window(4000).build(),
                FrameWriterOptions.DEFAULT.withLevel(Level.HIGH),
                900,
                300),
        MODELLED(
                StreamHeader.builder(200_019).window(4000).build(),
                FrameWriterOptions.DEFAULT.withLevel(Level.SMALLEST),
                1100,
                1100),
        STORED(
                StreamHeader.builder(200_019)
                        .stored()
                        .tokenizerFingerprint(new byte[] {1, 2, 3})
                        .build(),
                new FrameWriterOptions(Level.BALANCED, 64, 128, true),
                400,
                400),
        META_TOKENS(
                StreamHeader.builder(new MetaTokenCodec(
                                MetaTokenConfig.builder(200_019).window(100).build()))
                        .build(),
                FrameWriterOptions.DEFAULT,
                450,
                90);

        final StreamHeader header;
        final FrameWriterOptions options;
        final int[] tokens;
        final int flush;
        final byte[] bytes;

        Shape(StreamHeader header, FrameWriterOptions options, int length, int flush) {
            this.header = header;
            this.options = options;
            this.flush = flush;
            this.tokens = tokens(length);
            this.bytes = write(header, options, tokens, flush);
        }

        boolean hasUncheckedFrames() {
            return !options.checkAllFrames() && flush < StreamFormat.CHECKED_FROM;
        }
    }

    private static int[] tokens(int length) {
        Random random = new Random(length);
        int[] tokens = new int[length];
        for (int i = 0; i < length; i++) {
            tokens[i] =
                    i > 20 && random.nextInt(3) > 0 ? tokens[i - 17] : random.nextInt(200_019) >>> random.nextInt(17);
        }
        return tokens;
    }

    static byte[] write(StreamHeader header, FrameWriterOptions options, int[] tokens, int flush) {
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
        BufferByteOutput output = new BufferByteOutput().wrap(bytes);
        try (FrameWriter writer = new FrameWriter(header, options)) {
            for (int at = 0; at < tokens.length; at += flush) {
                int count = Math.min(flush, tokens.length - at);
                writer.write(new ArrayTokenInput().wrap(tokens, at, count), output);
                writer.flush(output);
            }
            assertThat(writer.finish(output)).isEqualTo(CoderStatus.DONE);
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    /** What a reader delivered before it failed; that it did fail is asserted. */
    private static int[] tokensBeforeFailure(FrameReader reader, byte[] bytes) {
        int[] target = new int[2000];
        ArrayTokenOutput output = new ArrayTokenOutput().wrap(target);
        reader.reset();
        try {
            CoderStatus status = reader.read(new BufferByteInput().wrap(ByteBuffer.wrap(bytes)), output);
            assertThat(status).isNotEqualTo(CoderStatus.NEEDS_OUTPUT);
            reader.finish();
        } catch (MalformedFrameException expected) {
            assertThat(expected.bytePosition()).isBetween(0L, (long) bytes.length);
            return Arrays.copyOf(target, (int) output.position());
        }
        return fail("was taken as a whole stream");
    }

    private static void assertHarmless(Shape shape, FrameReader reader, int[] delivered) {
        int checked = (int) reader.checkedTokens();
        assertThat(Arrays.copyOf(delivered, checked)).isEqualTo(Arrays.copyOf(shape.tokens, checked));
        assertThat(delivered.length - checked).isBetween(0, StreamFormat.MOST_UNCHECKED_TOKENS);
        if (!shape.hasUncheckedFrames()) {
            assertThat(Arrays.mismatch(delivered, shape.tokens)).isIn(-1, delivered.length);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyFlippedBitIsFoundOut(Shape shape) {
        try (FrameReader reader = new FrameReader()) {
            for (int bit = 0; bit < shape.bytes.length * Byte.SIZE; bit++) {
                byte[] damaged = shape.bytes.clone();
                damaged[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
                assertHarmless(shape, reader, tokensBeforeFailure(reader, damaged));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyCutIsFoundOut(Shape shape) {
        try (FrameReader reader = new FrameReader()) {
            for (int length = 0; length < shape.bytes.length; length++) {
                int[] delivered = tokensBeforeFailure(reader, Arrays.copyOf(shape.bytes, length));
                assertThat(Arrays.mismatch(delivered, shape.tokens)).isIn(-1, delivered.length);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aReaderTakesNoByteBehindTheEnd(Shape shape) {
        ByteBuffer twice = ByteBuffer.allocate(2 * shape.bytes.length);
        twice.put(shape.bytes).put(shape.bytes).flip();
        try (FrameReader reader = new FrameReader()) {
            for (int round = 0; round < 2; round++) {
                int[] target = new int[shape.tokens.length];
                reader.reset();
                assertThat(reader.read(new BufferByteInput().wrap(twice), new ArrayTokenOutput().wrap(target)))
                        .isEqualTo(CoderStatus.DONE);
                reader.finish();
                assertThat(target).isEqualTo(shape.tokens);
                assertThat(twice.position()).isEqualTo((round + 1) * shape.bytes.length);
            }
        }
    }

    /** Each frame is whole and its checksum right for its place; the place is wrong. */
    @Test
    void aFrameThatIsLostDoubledOrMovedIsFoundOut() {
        int[] tokens = tokens(300);
        StreamHeader header = StreamHeader.builder(200_019).build();
        byte[] stream = write(header, FrameWriterOptions.DEFAULT, tokens, 100);
        int[] ends = new int[4];
        for (int frames = 0; frames < 4; frames++) {
            ends[frames] = endOfFrames(header, tokens, frames);
        }
        byte[] first = Arrays.copyOfRange(stream, ends[0], ends[1]);
        byte[] second = Arrays.copyOfRange(stream, ends[1], ends[2]);
        byte[] head = Arrays.copyOf(stream, ends[0]);
        byte[] tail = Arrays.copyOfRange(stream, ends[2], stream.length);
        try (FrameReader reader = new FrameReader()) {
            assertThat(tokensBeforeFailure(reader, joined(head, first, tail))).hasSize(100);
            assertThat(tokensBeforeFailure(reader, joined(head, second, tail))).isEmpty();
            assertThat(tokensBeforeFailure(reader, joined(head, first, first, second, tail)))
                    .hasSize(100);
            assertThat(tokensBeforeFailure(reader, joined(head, second, first, tail)))
                    .isEmpty();
        }
    }

    private static int endOfFrames(StreamHeader header, int[] tokens, int frames) {
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
        BufferByteOutput output = new BufferByteOutput().wrap(bytes);
        try (FrameWriter writer = new FrameWriter(header, FrameWriterOptions.DEFAULT)) {
            for (int frame = 0; frame < frames; frame++) {
                writer.write(new ArrayTokenInput().wrap(tokens, frame * 100, 100), output);
                writer.flush(output);
            }
            writer.flush(output);
        }
        return bytes.position();
    }

    static byte[] joined(byte[]... parts) {
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
        for (byte[] part : parts) {
            bytes.put(part);
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    @Test
    void randomAccessFindsDamageWhereItReads() {
        Shape shape = Shape.STORED;
        for (int bit = 0; bit < shape.bytes.length * Byte.SIZE; bit++) {
            byte[] damaged = shape.bytes.clone();
            damaged[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertThatThrownBy(() -> {
                        StoredStream stream = StoredStream.open(StoredBytes.of(ByteBuffer.wrap(damaged)));
                        int[] target = new int[1];
                        for (int token = 0; token < shape.tokens.length; token++) {
                            stream.read(token, target, 0, 1);
                            assertThat(target[0]).isEqualTo(shape.tokens[token]);
                        }
                    })
                    .isInstanceOf(MalformedFrameException.class);
        }
        for (int length = 0; length < shape.bytes.length; length++) {
            byte[] cut = Arrays.copyOf(shape.bytes, length);
            assertThatThrownBy(() -> StoredStream.open(StoredBytes.of(ByteBuffer.wrap(cut))))
                    .isInstanceOf(MalformedFrameException.class);
        }
    }
}
