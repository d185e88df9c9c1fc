package io.tokenlz.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenlz.core.ArrayTokenOutput;
import io.tokenlz.core.BufferByteInput;
import io.tokenlz.core.BufferByteOutput;
import io.tokenlz.core.CoderStatus;
import io.tokenlz.metatokens.MetaTokenCodec;
import io.tokenlz.metatokens.MetaTokenConfig;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What a stream says of itself, there and back, each field at its edges (FORMAT.md, section 3). */
class StreamHeaderTest {
    private static byte[] bytes(int... values) {
        return new StreamBuilder().put(values).bytes();
    }

    private static byte[] written(StreamHeader header) {
        ByteBuffer bytes = ByteBuffer.allocate(200);
        try (FrameWriter writer = new FrameWriter(header, FrameWriterOptions.DEFAULT)) {
            writer.flush(new BufferByteOutput().wrap(bytes));
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    private static StreamHeader read(byte[] stream, byte[] dictionary) {
        try (FrameReader reader = new FrameReader(FrameLimits.DEFAULT, dictionary)) {
            CoderStatus status =
                    reader.read(new BufferByteInput().wrap(ByteBuffer.wrap(stream)), new ArrayTokenOutput());
            assertThat(status).isEqualTo(CoderStatus.NEEDS_INPUT);
            return Objects.requireNonNull(reader.header());
        }
    }

    /** Writes a header, reads it, and holds its bytes against those made by hand. */
    private static void assertFields(StreamHeader header, int flags, byte[]... fields) {
        byte[] expected = new StreamBuilder()
                .header(0x81, flags, FrameDamageTest.joined(fields))
                .bytes();
        assertThat(written(header)).isEqualTo(expected);
        StreamHeader read = read(expected, header.dictionaryFingerprint());
        assertThat(read).isEqualTo(header).hasSameHashCodeAs(header).hasToString(header.toString());
        assertThat(read.vocabularySize()).isEqualTo(header.vocabularySize());
        assertThat(read.window()).isEqualTo(header.window());
        assertThat(read.stored()).isEqualTo(header.stored());
        assertThat(read.tokenizerFingerprint()).isEqualTo(header.tokenizerFingerprint());
        assertThat(read.dictionaryFingerprint()).isEqualTo(header.dictionaryFingerprint());
    }

    @Test
    void eachFieldAtItsEdges() {
        assertFields(StreamHeader.builder(1).build(), 0, bytes(1, 1, 1));
        assertFields(StreamHeader.builder(127).build(), 0, bytes(1, 1, 127));
        assertFields(StreamHeader.builder(128).build(), 0, bytes(1, 2, 0x80, 1));
        byte[] all = bytes(1, 5, 255, 255, 255, 255, 7);
        assertFields(StreamHeader.builder(Integer.MAX_VALUE).build(), 0, all);
        assertFields(StreamHeader.builder(9).stored().build(), 1, bytes(1, 1, 9));
        assertFields(StreamHeader.builder(9).window(0).build(), 0, bytes(1, 1, 9));
        assertFields(StreamHeader.builder(9).window(1).build(), 0, bytes(1, 1, 9, 5, 1, 1));
        assertFields(StreamHeader.builder(9).window(1 << 20).build(), 0, bytes(1, 1, 9, 5, 3, 0x80, 0x80, 0x40));
        for (int length : new int[] {1, 32}) {
            byte[] name = new byte[length];
            Arrays.fill(name, (byte) 0xC3);
            StreamHeader header = StreamHeader.builder(9)
                    .tokenizerFingerprint(name)
                    .dictionaryFingerprint(name)
                    .build();
            assertFields(header, 0, bytes(1, 1, 9, 2, length), name, bytes(7, length), name);
        }
    }

    /** A window that no writer of ours takes, but a reader does. */
    @Test
    void theWidestWindow() {
        byte[] stream = new StreamBuilder()
                .header(0x81, 0, bytes(1, 1, 9, 5, 5, 0x80, 0x80, 0x80, 0x80, 1))
                .bytes();
        FrameLimits limits = FrameLimits.DEFAULT.withStateBytes(1L << 31);
        try (FrameReader reader = new FrameReader(limits)) {
            reader.read(new BufferByteInput().wrap(ByteBuffer.wrap(stream)), new ArrayTokenOutput());
            assertThat(reader.header())
                    .isEqualTo(StreamHeader.builder(9).window(1 << 28).build());
        }
    }

    /** Section 3: at most 65,536 bytes of fields; here, most of them in a field that is skipped. */
    @Test
    void theLongestHeader() {
        byte[] skipped = new byte[65_536 - 3 - 1 - 3];
        byte[] stream = new StreamBuilder()
                .header(
                        0x81,
                        0,
                        FrameDamageTest.joined(bytes(1, 1, 9, 8), StreamBuilder.varint(skipped.length), skipped))
                .bytes();
        assertThat(read(stream, new byte[0])).isEqualTo(StreamHeader.builder(9).build());
    }

    @Test
    void aCodecOfMetaTokens() {
        MetaTokenConfig config = MetaTokenConfig.builder(1000).window(100).build();
        StreamHeader header = StreamHeader.builder(new MetaTokenCodec(config)).build();
        assertThat(header.idLimit()).isEqualTo(new MetaTokenCodec(config).encodedVocabularySize());
        StreamHeader read = read(written(header), new byte[0]);
        assertThat(read).isEqualTo(header).hasSameHashCodeAs(header);
        assertThat(read.codec()).isInstanceOf(MetaTokenCodec.class);
        assertThat(read.toString()).contains("meta-tokens").doesNotContain("no codec");
        assertThat(header).isNotEqualTo(StreamHeader.builder(1000).build());
        assertThat(StreamHeader.builder(1000).build()).isNotEqualTo(header);
        MetaTokenConfig other = MetaTokenConfig.builder(1000).window(101).build();
        assertThat(header)
                .isNotEqualTo(StreamHeader.builder(new MetaTokenCodec(other)).build());
    }

    @Test
    void whatHeadersDifferIn() {
        List<StreamHeader> headers = List.of(
                StreamHeader.builder(9).build(),
                StreamHeader.builder(10).build(),
                StreamHeader.builder(9).window(1).build(),
                StreamHeader.builder(9).stored().build(),
                StreamHeader.builder(9).tokenizerFingerprint(bytes(1)).build(),
                StreamHeader.builder(9).dictionaryFingerprint(bytes(1)).build());
        for (int i = 0; i < headers.size(); i++) {
            StreamHeader one = headers.get(i);
            for (int k = 0; k < headers.size(); k++) {
                assertThat(one.equals(headers.get(k))).isEqualTo(i == k);
            }
            assertThat(one).isEqualTo(read(written(one), one.dictionaryFingerprint()));
            assertThat(one.equals(null)).isFalse();
        }
        assertThat(headers.stream().map(StreamHeader::hashCode).distinct())
                .as("fingerprints may be left out of it")
                .hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void whatAHeaderSaysToPeople() {
        assertThat(StreamHeader.builder(9).build()).hasToString("stream(vocabulary 9, no codec, window 0)");
        assertThat(StreamHeader.builder(9)
                        .window(5)
                        .tokenizerFingerprint(bytes(10, 255))
                        .dictionaryFingerprint(bytes(1))
                        .stored()
                        .build())
                .hasToString("stream(vocabulary 9, no codec, window 5, tokenizer 0aff, dictionary 01, stored)");
    }

    @Test
    void fingerprintsAreCopied() {
        byte[] name = {1};
        StreamHeader header = StreamHeader.builder(9)
                .tokenizerFingerprint(name)
                .dictionaryFingerprint(name)
                .build();
        name[0] = 2;
        header.tokenizerFingerprint()[0] = 2;
        header.dictionaryFingerprint()[0] = 2;
        assertThat(header.tokenizerFingerprint()).containsExactly(1);
        assertThat(header.dictionaryFingerprint()).containsExactly(1);
    }

    @Test
    void aReaderTakesOnlyItsOwnDictionary() {
        byte[] stream =
                new StreamBuilder().header(0x81, 0, bytes(1, 1, 9, 7, 2, 1, 2)).bytes();
        assertThat(read(stream, bytes(1, 2)).dictionaryFingerprint()).containsExactly(1, 2);
        for (byte[] other : new byte[][] {{}, {1}, {1, 3}, {1, 2, 0}}) {
            assertThatThrownBy(() -> read(stream, other))
                    .isExactlyInstanceOf(MalformedFrameException.class)
                    .hasMessageContaining("one of fingerprint 0102");
        }
        assertThat(read(StreamBuilder.plain(9).bytes(), bytes(1, 2)).dictionaryFingerprint())
                .as("a stream that names none")
                .isEmpty();
    }

    @Test
    void whatABuilderRefuses() {
        assertRefused(
                "vocabularySize must be at least 1, is 0",
                () -> StreamHeader.builder(0).build());
        assertRefused(
                "vocabularySize must be at least 1, is -1",
                () -> StreamHeader.builder(-1).build());
        StreamHeader.Builder builder = StreamHeader.builder(9);
        assertRefused(
                "window must be 0 to 268435456, is -1", () -> builder.window(-1).build());
        int over = (1 << 28) + 1;
        assertRefused(
                "window must be 0 to 268435456, is " + over,
                () -> builder.window(over).build());
        assertThat(builder.window(1 << 28).build().window()).isEqualTo(1 << 28);
        byte[] name = new byte[33];
        assertRefused(
                "tokenizerFingerprint must have at most 32 bytes, has 33",
                () -> builder.tokenizerFingerprint(name).build());
        builder.tokenizerFingerprint(new byte[32]);
        assertRefused(
                "dictionaryFingerprint must have at most 32 bytes, has 33",
                () -> builder.dictionaryFingerprint(name).build());
    }

    private static void assertRefused(String message, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
