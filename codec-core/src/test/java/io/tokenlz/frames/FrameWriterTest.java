package io.tokenlz.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenlz.core.ArrayTokenInput;
import io.tokenlz.core.ArrayTokenOutput;
import io.tokenlz.core.BufferByteInput;
import io.tokenlz.core.BufferByteOutput;
import io.tokenlz.core.CoderStatus;
import io.tokenlz.core.MalformedTokenStreamException;
import io.tokenlz.frames.FrameWriterOptions.Level;
import io.tokenlz.metatokens.MetaTokenCodec;
import io.tokenlz.metatokens.MetaTokenConfig;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The writer as a machine: what it takes, gives and says, in windows of any size. */
class FrameWriterTest {
    private static final StreamHeader PLAIN = StreamHeader.builder(3_000_000).build();

    private final BufferByteOutput output = new BufferByteOutput();
    private final ArrayTokenInput input = new ArrayTokenInput();

    /** What decides about the bytes: headers, options, and after how many tokens there is a flush. */
    @SuppressWarnings("ImmutableEnumChecker") // both are immutable, but not marked as such
    enum Setting {
        SINGLE_TOKENS(PLAIN, FrameWriterOptions.DEFAULT, 1),
        SMALL_FRAMES(PLAIN, FrameWriterOptions.DEFAULT.withBlockTokens(7), 5),
        BLOCKS(windowed(500), new FrameWriterOptions(Level.FAST, 100, 0, false), 1000),
        RESTARTS(windowed(100), new FrameWriterOptions(Level.HIGH, 64, 100, false), 50),
        LARGE(windowed(300), FrameWriterOptions.DEFAULT, 700),
        MODELLED(PLAIN, FrameWriterOptions.DEFAULT.withLevel(Level.SMALLEST), 1200),
        STORED(
                StreamHeader.builder(3_000_000).stored().window(50).build(),
                FrameWriterOptions.DEFAULT.withRestartTokens(90),
                40),
        META_TOKENS(
                StreamHeader.builder(new MetaTokenCodec(
                                MetaTokenConfig.builder(3_000_000).window(100).build()))
                        .window(70)
                        .build(),
                FrameWriterOptions.DEFAULT.withBlockTokens(150),
                80),
        META_TOKENS_AND_RESTARTS(
                StreamHeader.builder(new MetaTokenCodec(
                                MetaTokenConfig.builder(3_000_000).window(1000).build()))
                        .build(),
                FrameWriterOptions.DEFAULT.withRestartTokens(100),
                70);

        final StreamHeader header;
        final FrameWriterOptions options;
        final int flush;

        Setting(StreamHeader header, FrameWriterOptions options, int flush) {
            this.header = header;
            this.options = options;
            this.flush = flush;
        }

        private static StreamHeader windowed(int window) {
            return StreamHeader.builder(3_000_000).window(window).build();
        }

        int[] tokens() {
            return TokenShape.TEXT.tokens(1200);
        }

        FrameWriter writer() {
            return new FrameWriter(header, options);
        }
    }

    private static byte[] written(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.position()];
        bytes.get(0, copy);
        return copy;
    }

    /** Writes with room for everything, so many tokens at a time. */
    private byte[] write(Setting setting, FrameWriter writer, int piece) {
        ByteBuffer bytes = ByteBuffer.allocate(1 << 15);
        output.wrap(bytes);
        int[] tokens = setting.tokens();
        int flushed = 0;
        for (int at = 0; at < tokens.length; ) {
            int end = Math.min(tokens.length, Math.min(at + piece, flushed + setting.flush));
            input.wrap(tokens, at, end - at);
            assertThat(writer.write(input, output)).isEqualTo(CoderStatus.NEEDS_INPUT);
            assertThat(input.remaining()).isZero();
            at = end;
            assertThat(writer.totalTokens()).isEqualTo(at);
            if (at == flushed + setting.flush) {
                assertThat(writer.flush(output)).isEqualTo(CoderStatus.NEEDS_INPUT);
                flushed = at;
                if (setting.header.stored()) {
                    writer.endDocument();
                }
            }
        }
        assertThat(writer.finish(output)).isEqualTo(CoderStatus.DONE);
        assertThat(writer.totalTokens()).isEqualTo(tokens.length);
        return written(bytes);
    }

    @ParameterizedTest
    @EnumSource
    void howTokensComeChangesNoByte(Setting setting) {
        byte[] expected;
        try (FrameWriter writer = setting.writer()) {
            expected = write(setting, writer, 1 << 20);
            for (int piece : new int[] {1, 2, 63, 64, 99}) {
                writer.reset();
                assertThat(writer.totalTokens()).isZero();
                assertThat(write(setting, writer, piece)).isEqualTo(expected);
            }
            for (int part : new int[] {1, 50, 130, 1199}) {
                writer.reset();
                writer.write(input.wrap(setting.tokens(), 0, part), output.wrap(ByteBuffer.allocate(1 << 15)));
                writer.reset();
                assertThat(write(setting, writer, 1 << 20))
                        .as("after " + part + " tokens of another stream")
                        .isEqualTo(expected);
            }
        }
        int[] read = new int[setting.tokens().length];
        try (FrameReader reader = new FrameReader()) {
            BufferByteInput stream = new BufferByteInput().wrap(ByteBuffer.wrap(expected));
            assertThat(reader.read(stream, new ArrayTokenOutput().wrap(read))).isEqualTo(CoderStatus.DONE);
        }
        assertThat(read).isEqualTo(setting.tokens());
    }

    /** What a writer's tables hold of the streams before is never found, however many there were, and whatever went through them. */
    @ParameterizedTest
    @EnumSource(names = {"FAST", "BALANCED"})
    void aStreamIsTheSameAfterManyOthers(Level level) {
        int[] tokens = TokenShape.TEXT.tokens(70_000); // 63 times more than a table has positions
        ByteBuffer bytes = ByteBuffer.allocate(4 * tokens.length);
        for (int window : new int[] {0, 3000}) {
            StreamHeader header = StreamHeader.builder(3_000_000).window(window).build();
            FrameWriterOptions options =
                    FrameWriterOptions.DEFAULT.withLevel(level).withBlockTokens(20_000);
            byte[] first = {};
            try (FrameWriter writer = new FrameWriter(header, options)) {
                for (int stream = 0; stream < 63; stream++) {
                    writer.reset();
                    writer.write(input.wrap(tokens), output.wrap(bytes.clear()));
                    assertThat(writer.finish(output)).isEqualTo(CoderStatus.DONE);
                    first = stream == 0 ? written(bytes) : first;
                    assertThat(bytes.flip()).as("stream " + stream).isEqualTo(ByteBuffer.wrap(first));
                }
            }
        }
    }

    /** A call stops where the output is full, and goes on there; it says that it needs room just as long as it does. */
    @ParameterizedTest
    @EnumSource
    void howMuchRoomThereIsChangesNoByte(Setting setting) {
        byte[] expected;
        int[] tokens = setting.tokens();
        try (FrameWriter writer = setting.writer()) {
            expected = write(setting, writer, 1 << 20);
            for (int room : new int[] {1, 2, 3, 7, 100}) {
                writer.reset();
                byte[] found = new byte[expected.length + room];
                int to = 0;
                for (int at = 0; at < tokens.length; at += setting.flush) {
                    input.wrap(tokens, at, Math.min(setting.flush, tokens.length - at));
                    CoderStatus status;
                    do {
                        status = writer.write(input, output.wrap(ByteBuffer.wrap(found, to, room)));
                        to += requireFull(status, room);
                    } while (status == CoderStatus.NEEDS_OUTPUT);
                    assertThat(input.remaining()).isZero();
                    status = at + setting.flush > tokens.length ? CoderStatus.NEEDS_INPUT : CoderStatus.NEEDS_OUTPUT;
                    while (status == CoderStatus.NEEDS_OUTPUT) {
                        status = writer.flush(output.wrap(ByteBuffer.wrap(found, to, room)));
                        to += requireFull(status, room);
                    }
                    if (setting.header.stored()) {
                        writer.endDocument();
                    }
                }
                CoderStatus status = CoderStatus.NEEDS_OUTPUT;
                while (status == CoderStatus.NEEDS_OUTPUT) {
                    status = writer.finish(output.wrap(ByteBuffer.wrap(found, to, room)));
                    to += requireFull(status, room);
                }
                assertThat(status).isEqualTo(CoderStatus.DONE);
                assertThat(Arrays.copyOf(found, to)).isEqualTo(expected);
            }
        }
    }

    private int requireFull(CoderStatus status, int room) {
        if (status == CoderStatus.NEEDS_OUTPUT) {
            assertThat(output.position()).isEqualTo(room);
        }
        return (int) output.position();
    }

    /** A header and a token: as much as there is room for, and no token is taken before the bytes ahead of it are out. */
    @Test
    void roomThatIsJustEnough() {
        try (FrameWriter writer = new FrameWriter(StreamHeader.builder(9).build(), FrameWriterOptions.DEFAULT)) {
            input.wrap(new int[] {8});
            ByteBuffer bytes = ByteBuffer.allocate(64);
            bytes.limit(12);
            assertThat(writer.write(input, output.wrap(bytes))).isEqualTo(CoderStatus.NEEDS_OUTPUT);
            assertThat(bytes.position()).isEqualTo(12);
            assertThat(input.position()).as("taken before the header was out").isZero();
            bytes.limit(13);
            assertThat(writer.write(input, output.wrap(bytes))).isEqualTo(CoderStatus.NEEDS_INPUT);
            assertThat(input.position()).isOne();
            assertThat(writer.flush(output.wrap(bytes))).isEqualTo(CoderStatus.NEEDS_OUTPUT);
            bytes.limit(14);
            assertThat(writer.flush(output.wrap(bytes))).isEqualTo(CoderStatus.NEEDS_OUTPUT);
            bytes.limit(15);
            assertThat(writer.flush(output.wrap(bytes))).isEqualTo(CoderStatus.NEEDS_INPUT);
            bytes.limit(20);
            assertThat(writer.finish(output.wrap(bytes))).isEqualTo(CoderStatus.NEEDS_OUTPUT);
            bytes.limit(21);
            assertThat(writer.finish(output.wrap(bytes))).isEqualTo(CoderStatus.DONE);
            assertThat(written(bytes))
                    .isEqualTo(StreamBuilder.plain(9)
                            .kind(0)
                            .put(8)
                            .holding(1)
                            .end(1)
                            .bytes());
        }
    }

    /** A flush that found no room is still under way when more tokens come: they go into a frame of their own. */
    @Test
    void aFlushUnderWayIsCompletedFirst() {
        StreamHeader header = StreamHeader.builder(9).build();
        try (FrameWriter writer = new FrameWriter(header, FrameWriterOptions.DEFAULT)) {
            ByteBuffer bytes = ByteBuffer.allocate(64);
            writer.write(input.wrap(new int[] {1}), output.wrap(bytes));
            assertThat(writer.flush(output.wrap(ByteBuffer.allocate(0)))).isEqualTo(CoderStatus.NEEDS_OUTPUT);
            assertThat(writer.write(input.wrap(new int[] {2}), output.wrap(bytes)))
                    .isEqualTo(CoderStatus.NEEDS_INPUT);
            // the flush is over: these two are of one frame
            writer.write(input.wrap(new int[] {3}), output.wrap(bytes));
            writer.finish(output.wrap(bytes));
            assertThat(written(bytes))
                    .isEqualTo(StreamBuilder.plain(9)
                            .kind(0)
                            .put(1)
                            .holding(1)
                            .data(96, 2, 1, new byte[] {0b100, 0b1110})
                            .end(3)
                            .bytes());
        }
    }

    @Test
    void aFlushWithoutTokensWritesTheHeaderAlone() {
        try (FrameWriter writer = new FrameWriter(StreamHeader.builder(9).build(), FrameWriterOptions.DEFAULT)) {
            ByteBuffer bytes = ByteBuffer.allocate(64);
            output.wrap(bytes);
            for (int i = 0; i < 3; i++) {
                assertThat(writer.flush(output)).isEqualTo(CoderStatus.NEEDS_INPUT);
            }
            assertThat(written(bytes)).isEqualTo(StreamBuilder.plain(9).bytes());
        }
    }

    @Test
    void aStreamEndsOnce() {
        FrameWriter writer = new FrameWriter(PLAIN, FrameWriterOptions.DEFAULT);
        ByteBuffer bytes = ByteBuffer.allocate(64);
        output.wrap(bytes);
        assertThat(writer.finish(output.wrap(ByteBuffer.allocate(2)))).isEqualTo(CoderStatus.NEEDS_OUTPUT);
        assertMisused(writer, "stream is finished: reset() begins a new one");
        output.wrap(bytes);
        assertThat(writer.finish(output)).isEqualTo(CoderStatus.DONE);
        int length = bytes.position();
        assertThat(writer.finish(output)).isEqualTo(CoderStatus.DONE);
        assertThat(bytes.position()).isEqualTo(length);
        assertMisused(writer, "stream is finished: reset() begins a new one");
        assertThat(writer.header()).isSameAs(PLAIN);
        writer.reset();
        assertThat(writer.flush(output)).isEqualTo(CoderStatus.NEEDS_INPUT);
        assertThatThrownBy(writer::endDocument)
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("only a stored stream has documents: StreamHeader.Builder.stored()");
        writer.close();
        writer.close();
        assertMisused(writer, "writer is closed");
        for (ThrowingCallable call : new ThrowingCallable[] {writer::reset, () -> writer.finish(output)}) {
            assertThatThrownBy(call)
                    .isExactlyInstanceOf(IllegalStateException.class)
                    .hasMessage("writer is closed");
        }
    }

    private void assertMisused(FrameWriter writer, String message) {
        for (ThrowingCallable call : new ThrowingCallable[] {
            () -> writer.write(input.wrap(new int[1]), output), () -> writer.flush(output), writer::endDocument
        }) {
            assertThatThrownBy(call)
                    .isExactlyInstanceOf(IllegalStateException.class)
                    .hasMessage(message);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 10, Integer.MIN_VALUE, -1, Integer.MAX_VALUE})
    void aTokenOutsideOfTheVocabularyIsRefusedAndHarmsNothing(int token) {
        FrameWriterOptions blocks = FrameWriterOptions.DEFAULT.withBlockTokens(3);
        try (FrameWriter writer = new FrameWriter(StreamHeader.builder(9).build(), blocks)) {
            ByteBuffer bytes = ByteBuffer.allocate(64);
            output.wrap(bytes);
            input.wrap(new int[] {1, 2, 3, 4, 8, token, 7});
            assertThatThrownBy(() -> writer.write(input, output))
                    .isInstanceOfSatisfying(MalformedTokenStreamException.class, refused -> {
                        assertThat(refused.position()).isEqualTo(5);
                        assertThat(refused.expected()).isEqualTo("a token below 9");
                        assertThat(refused.found()).isEqualTo("ID " + token);
                    });
            assertThat(input.position()).isEqualTo(5);
            assertThat(writer.totalTokens()).isEqualTo(5);
            assertThatThrownBy(() -> writer.write(input, output))
                    .isInstanceOfSatisfying(
                            MalformedTokenStreamException.class,
                            refused -> assertThat(refused.position()).isEqualTo(5));
            writer.finish(output);
            assertThat(written(bytes))
                    .isEqualTo(StreamBuilder.plain(9)
                            .data(96, 3, 1, new byte[] {0b110, 0b110, 0b11101})
                            .data(96, 2, 0, new byte[] {4, 8})
                            .end(5)
                            .bytes());
        }
    }

    /**
     * What a writer may come to hold, by its Javadoc and the sizes of what it is made of: 4 bytes for each of 2·window + n IDs,
     * n = 2·block + 16, and 8 for each of n beside them; 4·(5/4·n + 16) + 12·(5/8·n + 16) for sequences; tables of matches of
     * 2¹⁶ and 2¹¹ entries, or two of 2¹⁸; 5·2²⁰ + 68·n for entropy lists; a model and 5 bytes for each ID that it codes.
     */
    @ParameterizedTest
    @CsvSource({
        "FAST, 64, 0, 274120",
        "FAST, 64, 1000, 282120",
        "BALANCED, 64, 0, 5526792",
        "HIGH, 65536, 1, 19465936",
        "SMALLEST, 1024, 1000, 34026072"
    })
    void whatAWriterMayComeToHold(Level level, int block, int window, long bytes) {
        StreamHeader header = StreamHeader.builder(9).window(window).build();
        FrameWriterOptions options = FrameWriterOptions.DEFAULT.withLevel(level).withBlockTokens(block);
        try (FrameWriter writer = new FrameWriter(header, options)) {
            assertThat(writer.mostStateBytes()).isEqualTo(bytes);
        }
    }

    /** Beside what a writer without a codec holds. */
    @Test
    void whatACodecHoldsComesOnTop() {
        MetaTokenCodec codec =
                new MetaTokenCodec(MetaTokenConfig.builder(9).window(500).build());
        FrameWriterOptions options = FrameWriterOptions.DEFAULT;
        try (FrameWriter plain = new FrameWriter(StreamHeader.builder(9).build(), options);
                FrameWriter coded = new FrameWriter(StreamHeader.builder(codec).build(), options)) {
            assertThat(coded.mostStateBytes() - plain.mostStateBytes())
                    .isEqualTo(codec.newEncoder().stateBytes())
                    .isPositive();
        }
    }

    /** Section 8: the model goes on from frame to frame, and begins anew behind a frame that is not modelled: here, a token. */
    @Test
    void aModelBeginsAnewBehindAToken() {
        int[] tokens = TokenShape.TEXT.tokens(1100);
        FrameWriterOptions options = FrameWriterOptions.DEFAULT.withLevel(Level.SMALLEST);
        int[] lengths = new int[2];
        for (int between = 0; between < 2; between++) {
            ByteBuffer bytes = ByteBuffer.allocate(1 << 15);
            output.wrap(bytes);
            try (FrameWriter writer = new FrameWriter(PLAIN, options)) {
                for (int frame = 0; frame < 2; frame++) {
                    writer.write(input.wrap(tokens), output);
                    writer.flush(output);
                    if (frame == 0) {
                        writer.write(input.wrap(tokens, 0, between), output);
                        writer.flush(output);
                    }
                }
                writer.finish(output);
            }
            lengths[between] = bytes.position();
            int[] read = new int[2 * tokens.length + between];
            try (FrameReader reader = new FrameReader()) {
                BufferByteInput stream = new BufferByteInput().wrap(bytes.flip());
                assertThat(reader.read(stream, new ArrayTokenOutput().wrap(read)))
                        .isEqualTo(CoderStatus.DONE);
            }
            assertThat(read).startsWith(tokens).endsWith(tokens);
        }
        assertThat(lengths[0])
                .as("the same tokens again, to a model that knows them")
                .isLessThan(lengths[1] * 2 / 3);
    }

    @Test
    void optionsAtTheirEdges() {
        FrameWriterOptions options = FrameWriterOptions.DEFAULT;
        assertThat(options.withBlockTokens(1).blockTokens()).isOne();
        assertThat(options.withBlockTokens(1 << 20).blockTokens()).isEqualTo(1 << 20);
        assertThat(options.withRestartTokens(5).withCheckAllFrames(true))
                .isEqualTo(new FrameWriterOptions(Level.BALANCED, 1 << 16, 5, true));
        assertRefused(() -> options.withBlockTokens(0), "blockTokens must be 1 to 1048576, is 0");
        assertRefused(() -> options.withBlockTokens((1 << 20) + 1), "blockTokens must be 1 to 1048576, is 1048577");
        assertRefused(() -> options.withRestartTokens(-1), "restartTokens must not be negative, is -1");
        StreamHeader widest = StreamHeader.builder(9).window(1 << 20).build();
        new FrameWriter(widest, options).close();
        StreamHeader wider = StreamHeader.builder(9).window((1 << 20) + 1).build();
        assertRefused(() -> new FrameWriter(wider, options), "window must be at most 1048576, is 1048577");
    }

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
