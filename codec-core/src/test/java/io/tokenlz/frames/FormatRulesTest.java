package io.tokenlz.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenlz.core.ArrayTokenOutput;
import io.tokenlz.core.BufferByteInput;
import io.tokenlz.core.CoderStatus;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What FORMAT.md says that a reader must refuse, skip or take, section by section, in streams put together by hand. */
class FormatRulesTest {
    private static int[] read(StreamBuilder stream) {
        try (FrameReader reader = new FrameReader()) {
            int[] target = new int[1 << 12];
            ArrayTokenOutput output = new ArrayTokenOutput().wrap(target);
            CoderStatus status = reader.read(new BufferByteInput().wrap(ByteBuffer.wrap(stream.bytes())), output);
            assertThat(status).isNotEqualTo(CoderStatus.NEEDS_OUTPUT);
            reader.finish();
            return Arrays.copyOf(target, (int) output.position());
        }
    }

    private static void assertRefused(String expected, StreamBuilder stream) {
        assertThatThrownBy(() -> read(stream))
                .isInstanceOf(MalformedFrameException.class)
                .hasMessageContaining(expected);
    }

    private static StreamBuilder plain() {
        return StreamBuilder.plain(1000);
    }

    private static byte[] bytes(int... values) {
        return new StreamBuilder().put(values).bytes();
    }

    /** A data frame of a list that is put by hand. */
    private static StreamBuilder list(int count, int encoding, int... payload) {
        return plain().data(97, count, encoding, bytes(payload)).check(0).end(0);
    }

    @Test
    void section2Varints() {
        assertThat(read(list(2, 0, 0x81, 0x01, 5))).containsExactly(129, 5);
        assertRefused("longer than needed", list(2, 0, 0x81, 0x00, 5));
        assertRefused("below 2^31", list(1, 0, 0x80, 0x80, 0x80, 0x80, 0x08));
        assertRefused("without an end", list(2, 0, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1));
        assertRefused(
                "longer than needed",
                plain().kind(97).put(0x81, 0x00).put(0, 1, 5).holding(1).check(0));
    }

    @Test
    void section31VersionAndFlags() {
        byte[] vocabulary = StreamBuilder.varint(1000);
        assertRefused("magic", new StreamBuilder().put('T', 'L', 'X'));
        assertRefused("magic", new StreamBuilder().put(0x1F, 0x8B));
        assertRefused("version", new StreamBuilder().header(0x82, 0, 1, vocabulary));
        for (int bit = 1; bit < 4; bit++) {
            assertRefused("flags", new StreamBuilder().header(0x81, 1 << bit, 1, vocabulary));
        }
        for (int bit = 4; bit < 8; bit++) {
            assertThat(read(new StreamBuilder()
                            .header(0x81, 1 << bit, 1, vocabulary)
                            .end(0)))
                    .isEmpty();
        }
    }

    @Test
    void section32Fields() {
        byte[] vocabulary = bytes(1, 2, 0xE8, 7);
        assertThat(read(fields(vocabulary, bytes(2, 3, 9, 9, 9), bytes(200, 2, 1, 1))
                        .end(0)))
                .isEmpty();
        assertRefused("unknown field 201", fields(vocabulary, bytes(201, 2, 1, 1)));
        assertRefused("a header field above 2", fields(vocabulary, bytes(2, 1, 1), bytes(2, 1, 1)));
        assertRefused("vocabulary", fields());
        assertRefused("vocabulary", fields(bytes(2, 1, 1)));
        assertRefused("vocabulary", fields(bytes(1, 1, 0)));
        assertRefused("alone in its field", fields(bytes(1, 2, 5, 5)));
        assertRefused("a vocabulary of at most", fields(bytes(1, 5, 0x80, 0x80, 0x80, 0x80, 0x08)));
        assertRefused("ends inside the header", fields(vocabulary, bytes(2, 4, 1)));
        assertRefused("fingerprint", fields(vocabulary, bytes(2, 0)));
        assertRefused("fingerprint", fields(vocabulary, bytes(2, 33), new byte[33]));
        assertRefused("a window", fields(vocabulary, bytes(5, 1, 0)));
        assertRefused("a window", fields(vocabulary, bytes(5, 5, 0x81, 0x80, 0x80, 0x80, 0x01)));
        assertRefused("dictionary", fields(vocabulary, bytes(7, 1, 1)));
        byte[] named = fields(vocabulary, bytes(7, 1, 1)).end(0).bytes();
        try (FrameReader reader = new FrameReader(FrameLimits.DEFAULT, new byte[] {1})) {
            assertThat(reader.read(new BufferByteInput().wrap(ByteBuffer.wrap(named)), new ArrayTokenOutput()))
                    .isEqualTo(CoderStatus.DONE);
        }
        StreamBuilder large = new StreamBuilder().put('T', 'L', 'Z', 0x81, 0).put(StreamBuilder.varint(65_537));
        assertRefused("at most 65536 bytes", large);
    }

    private static StreamBuilder fields(byte[]... fields) {
        return new StreamBuilder().header(0x81, 0, FrameDamageTest.joined(fields));
    }

    @Test
    void section33Codecs() {
        byte[] vocabulary = bytes(1, 2, 0xE8, 7);
        assertRefused("found codec nonesuch", fields(vocabulary, codec("nonesuch", bytes())));
        assertRefused("a configuration of codec meta-tokens", fields(vocabulary, codec("meta-tokens", bytes(1))));
        assertRefused("codec's name", fields(vocabulary, bytes(3, 1, 0)));
        assertRefused("codec's name", fields(vocabulary, bytes(3, 2, 5, 'x')));
        assertRefused("at most 64 bytes", fields(vocabulary, codec("x".repeat(65), bytes())));
    }

    private static byte[] codec(String name, byte[] configuration) {
        byte[] value =
                FrameDamageTest.joined(bytes(name.length()), name.getBytes(StandardCharsets.US_ASCII), configuration);
        return FrameDamageTest.joined(bytes(3, value.length), value);
    }

    @Test
    void section4Kinds() {
        for (int first = 0; first < 256; first++) {
            if (Integer.bitCount(first) % 2 == 1) {
                assertRefused("the first byte of a frame", plain().put(first));
            }
        }
        for (int kind = 105; kind < 120; kind++) {
            assertRefused("a frame that this version knows", plain().kind(kind));
        }
        for (int kind = 120; kind < 128; kind++) {
            assertThat(read(plain().kind(kind)
                            .put(3, 1, 2, 3)
                            .data(97, 1, 0, bytes(5))
                            .check(0)
                            .end(0)))
                    .containsExactly(5);
            assertThat(read(plain().kind(kind).put(0).end(0))).isEmpty();
        }
        assertRefused("checksum", plain().kind(120).put(1, 7).kind(100).put(0).little(0, 4));
    }

    @Test
    void section41Tokens() {
        StreamBuilder all = StreamBuilder.plain(Integer.MAX_VALUE);
        all.kind(0).put(7).kind(63).put(255);
        all.kind(64).put(0, 0).kind(95).put(255, 255);
        all.kind(103).put(StreamBuilder.varint((1 << 14) + (1 << 21)));
        all.kind(103).put(StreamBuilder.varint(Integer.MAX_VALUE - 1));
        assertThat(read(all.holding(6).end(6)))
                .containsExactly(
                        7,
                        (1 << 14) - 1,
                        1 << 14,
                        (1 << 14) + (1 << 21) - 1,
                        (1 << 14) + (1 << 21),
                        Integer.MAX_VALUE - 1);
        assertRefused("too large for a shorter", plain().kind(103).put(7));
        assertRefused("an ID below 1000", plain().kind(3).put(0xE8));
        assertRefused("below 2^31", plain().kind(103).put(0x80, 0x80, 0x80, 0x80, 0x08));
    }

    @Test
    void section42Data() {
        assertRefused("at least one token", plain().data(97, 0, 0, bytes()));
        assertRefused("at most 2^20 tokens", plain().kind(97).put(StreamBuilder.varint((1 << 20) + 1)));
        assertRefused("a payload of at most 21 bytes", plain().data(97, 1, 0, new byte[22]));
        assertRefused("fewer than 64", plain().data(96, 64, 0, new byte[64]));
        assertThat(read(plain().data(96, 63, 0, new byte[63]).end(63))).hasSize(63);
        assertRefused("checksum", plain().data(97, 1, 0, bytes(5)).check(1));
    }

    @Test
    void section42ACodecGivesJustTheTokensStated() {
        byte[] header = metaTokensHeader();
        byte[] ids = bytes(10, 12, 1, 2, 11, 12, 3); // 12 stands for 1 2
        assertThat(read(metaTokens(header, 3, ids))).containsExactly(1, 2, 3);
        assertRefused("more in the frame's IDs", metaTokens(header, 2, ids));
        assertRefused("expected 4 tokens", metaTokens(header, 4, ids));
        assertRefused("more in the frame's IDs", metaTokens(header, 2, Arrays.copyOf(ids, 6 + 1)));
        assertRefused("expected 1 tokens, found 0 in the frame's IDs", metaTokens(header, 1, bytes()));
        assertRefused("at most 18 IDs", metaTokens(header, 1, new byte[19]));
        assertRefused("a defined meta-token", metaTokens(header, 2, bytes(1, 13)));
        assertRefused("IDs below 16", metaTokens(header, 2, bytes(1, 16)));
    }

    /** Section 4.3: at a restart the codec begins anew, and knows nothing of what was defined before. */
    @Test
    void section43ARestartResetsTheCodec() {
        byte[] header = metaTokensHeader();
        for (int kind : new int[] {97, 98}) {
            StreamBuilder stream = new StreamBuilder().header(0x81, 0, header);
            stream.kind(97).put(3, 7, 0, 7, 10, 12, 1, 2, 11, 12, 3).holding(3).check(0);
            stream.kind(kind).put(2, 1, 0, 1, 12).holding(2).check(3).end(0);
            if (kind == 97) {
                assertThat(read(stream)).containsExactly(1, 2, 3, 1, 2);
            } else {
                assertRefused("a defined meta-token", stream);
            }
        }
    }

    /** What a codec holds in the middle of a meta-token is not in the next stream, though its header is the same. */
    @Test
    void aNewStreamResetsTheCodec() {
        byte[] stream = metaTokens(metaTokensHeader(), 3, bytes(10, 12, 1, 2, 11, 12, 3))
                .bytes();
        int[] target = new int[3];
        try (FrameReader reader = new FrameReader()) {
            for (int room = 0; room <= 3; room++) {
                reader.read(
                        new BufferByteInput().wrap(ByteBuffer.wrap(stream)),
                        new ArrayTokenOutput().wrap(new int[room]));
                reader.reset();
                CoderStatus status = reader.read(
                        new BufferByteInput().wrap(ByteBuffer.wrap(stream)), new ArrayTokenOutput().wrap(target));
                assertThat(status).isEqualTo(CoderStatus.DONE);
                assertThat(target).containsExactly(1, 2, 3);
                reader.reset();
            }
        }
    }

    private static byte[] metaTokensHeader() {
        // meta-tokens: vocabulary 10, window 8, delimiters 10 and 11, pool 12 to 15
        byte[] configuration = new StreamBuilder()
                .put(1, 0)
                .little(8, 4)
                .little(10, 4)
                .little(11, 4)
                .little(1, 4)
                .little(12, 4)
                .little(15, 4)
                .bytes();
        return FrameDamageTest.joined(bytes(1, 1, 10), codec("meta-tokens", configuration));
    }

    private static StreamBuilder metaTokens(byte[] header, int tokens, byte[] ids) {
        StreamBuilder stream = new StreamBuilder().header(0x81, 0, header);
        stream.kind(97).put(tokens, ids.length, 0, ids.length).put(ids).holding(tokens);
        return stream.check(0).end(0);
    }

    @Test
    void section43Restarts() {
        assertRefused(
                "a check before a restart", plain().kind(0).put(5).holding(1).data(98, 1, 0, bytes(5)));
        assertThat(read(plain().kind(0)
                        .put(5)
                        .holding(1)
                        .kind(99)
                        .check(0)
                        .data(98, 1, 0, bytes(6))
                        .check(1)
                        .end(0)))
                .containsExactly(5, 6);
        // a distance that would reach over the restart
        byte[] reaching = sequences(0, new int[] {}, new int[] {0}, new int[] {0}, new int[] {4});
        StreamBuilder within = window(100).data(97, 2, 0, bytes(5, 6)).check(0);
        assertThat(read(within.data(97, 2, 0x10, reaching).check(2).end(0))).containsExactly(5, 6, 5, 6);
        StreamBuilder across = window(100).data(97, 2, 0, bytes(5, 6)).check(0);
        assertRefused(
                "a distance of at most 0", across.data(98, 2, 0x10, reaching).check(2));
        StreamBuilder narrow = window(1).data(97, 2, 0, bytes(5, 6)).check(0);
        assertRefused(
                "a distance of at most 1", narrow.data(97, 2, 0x10, reaching).check(2));
    }

    private static StreamBuilder window(int ids) {
        return fields(bytes(1, 2, 0xE8, 7), bytes(5, 1, ids));
    }

    /** A payload of sequences whose lists are varints. */
    private static byte[] sequences(int literalCount, int[] literals, int[] runs, int[] lengths, int[] distances) {
        StreamBuilder payload = new StreamBuilder().put(literalCount, runs.length);
        for (int[] list : new int[][] {literals, runs, lengths, distances}) {
            for (int number : list) {
                payload.put(StreamBuilder.varint(number));
            }
        }
        return payload.bytes();
    }

    @Test
    void section44Checks() {
        assertRefused("frames before a checkpoint", plain().kind(99).check(0));
        StreamBuilder most = plain();
        for (int i = 0; i < 256; i++) {
            most.kind(0).put(5);
        }
        byte[] unchecked = most.bytes();
        assertThat(read(most.holding(256).kind(99).check(0).end(0))).hasSize(256);
        assertRefused(
                "a checkpoint within 256 tokens",
                new StreamBuilder().put(unchecked).kind(0).put(5));
        assertRefused(
                "a checkpoint within 256 tokens",
                new StreamBuilder().put(unchecked).data(96, 1, 0, bytes(5)));
    }

    @Test
    void section45Ends() {
        assertRefused(
                "a total of 1 tokens", plain().kind(0).put(5).kind(100).put(2).check(0));
        assertThat(read(plain().data(104, 2, 0, bytes(1, 2)).check(0))).containsExactly(1, 2);
        assertRefused("an end frame", plain().data(97, 2, 0, bytes(1, 2)).check(0));
        assertRefused("an end frame", plain());
        assertRefused("a header", new StreamBuilder().put('T', 'L'));
    }

    @Test
    void section5Payloads() {
        for (int encoding = 0; encoding < 256; encoding++) {
            boolean known = encoding <= 3 || (encoding >= 0x10 && encoding <= 0x12);
            if (!known) {
                assertRefused("an encoding that this version knows", plain().data(97, 1, encoding, bytes(0)));
            }
        }
        assertRefused("IDs below 1000, found ID 1000", list(1, 0, 0xE8, 7));
        assertRefused("the payload's end", list(1, 0, 5, 5));
        assertRefused("goes on", list(2, 0, 5));
    }

    @Test
    void section6Sequences() {
        assertThat(read(sequencesOf(6, 2, new int[] {7, 8}, new int[] {2}, new int[] {2}, new int[] {4})))
                .containsExactly(7, 8, 7, 8, 7, 8);
        // the last distances are 1, 2, 3 at first; each that is used moves to the front
        assertThat(read(sequencesOf(
                        11, 3, new int[] {1, 2, 3}, new int[] {3, 0, 0, 0}, new int[] {0, 0, 0, 0}, new int[] {
                            2, 1, 0, 2
                        })))
                .containsExactly(1, 2, 3, 1, 2, 2, 2, 2, 2, 2, 2);
        assertRefused(
                "a distance of at most 2",
                sequencesOf(4, 2, new int[] {7, 8}, new int[] {2}, new int[] {0}, new int[] {5}));
        assertRefused(
                "at most 2 literals", sequencesOf(5, 2, new int[] {7, 8}, new int[] {3}, new int[] {0}, new int[] {3}));
        assertRefused(
                "a match of at most 2",
                sequencesOf(4, 2, new int[] {7, 8}, new int[] {2}, new int[] {1}, new int[] {3}));
        assertRefused(
                "2 literals behind the last match",
                sequencesOf(6, 2, new int[] {7, 8}, new int[] {2}, new int[] {0}, new int[] {3}));
        assertRefused(
                "at most 4 literals", plain().data(97, 4, 0x10, bytes(5, 0)).check(0));
        assertRefused(
                "at most 2 matches", plain().data(97, 4, 0x10, bytes(2, 3)).check(0));
    }

    private static StreamBuilder sequencesOf(
            int tokens, int literalCount, int[] literals, int[] runs, int[] lengths, int[] distances) {
        return plain().data(97, tokens, 0x10, sequences(literalCount, literals, runs, lengths, distances))
                .check(0)
                .end(0);
    }

    @Test
    void section72Packed() {
        // widths 1 and 3: classes 0 1 1, then 1, 5, 7 in 1 + 3 + 3 bits
        assertThat(read(list(3, 1, 0b1010, 0b110, 0b1111011))).containsExactly(1, 5, 7);
        assertThat(read(list(2, 1, 0b100, 0b1110)))
                .as("one class takes no bits")
                .containsExactly(2, 3);
        assertRefused("one to eight widths", list(1, 1, 0));
        assertRefused("one to eight widths", list(1, 1, 0xFF, 0x03, 0, 0, 0));
        assertRefused("a class with a width", list(1, 1, 0b111, 0b11, 0, 0, 0, 0, 0, 0, 0, 0));
        assertRefused("the classes of 8 numbers", list(8, 1, 0b11));
        assertRefused("a list of 4 numbers", list(4, 1, 0b1000, 0xFF));
    }

    @Test
    void section73Entropy() {
        assertThat(read(list(3, 2, 1, 42))).containsExactly(42, 42, 42);
        assertThat(read(list(2, 2, 0, 0b100, 0b1110))).containsExactly(2, 3);
        assertThat(read(prefix(3, 0b11001))).containsExactly(5, 6, 5);
        // symbols 32 and 33, the numbers 0 and 1 alone: gaps 32 and 0, of widths 6 and 0
        assertThat(read(list(3, 2, 2, 1, 2, 0b1000001, 0b01, 0b100000, 1, 0b010)))
                .containsExactly(0, 1, 0);
        assertRefused("a form of 0 to 2", list(1, 2, 3));
        assertRefused("a longest code of 1 to 14", list(1, 2, 2, 0));
        assertRefused("a longest code of 1 to 14", list(1, 2, 2, 15));
        assertRefused("codes missing", list(1, 2, 2, 1, 1));
        assertRefused("at most 2^1 codes", list(1, 2, 2, 1, 3));
        assertRefused("too many codes", list(1, 2, 2, 2, 2, 1));
        assertRefused("ends with its last number", prefix(3, 0b11001, 0));
        assertRefused("a bit stream's end", prefix(8, 0x00));
    }

    /** A list in the code of the numbers 4 to 7 (a zero and two bits) and 5 (a one). */
    private static StreamBuilder prefix(int count, int... stream) {
        // symbols 3 and 37 in codes of one bit: gaps 3 and 33, of widths 2 and 6
        int[] head = {2, 1, 2, 0b1000100, 0b10, 0b10000111, stream.length};
        int[] payload = Arrays.copyOf(head, head.length + stream.length);
        System.arraycopy(stream, 0, payload, head.length, stream.length);
        return list(count, 2, payload);
    }

    @Test
    void section9StoredStreams() {
        byte[] vocabulary = StreamBuilder.varint(1000);
        StreamBuilder stored = new StreamBuilder().header(0x81, 1, 1, vocabulary);
        byte[] header = stored.bytes();
        assertRefused(
                "checked frames in a stored stream",
                new StreamBuilder().put(header).kind(0).put(5));
        assertRefused(
                "a restart", new StreamBuilder().header(0x81, 1, 1, vocabulary).data(97, 1, 0, bytes(5)));
        assertRefused(
                "an index and the end",
                new StreamBuilder().header(0x81, 1, 1, vocabulary).kind(100));
        assertRefused(
                "an index and the end",
                new StreamBuilder().header(0x81, 1, 1, vocabulary).kind(104));
        assertRefused("one index, of a stored stream", plain().kind(101).put(1, 0));
        int restartAt = header.length;
        assertThat(read(storedStream(1, restartAt, 1, 1, 0))).containsExactly(5);
        assertOpens(storedStream(1, restartAt, 1, 1, 0));
        assertRefused("an index of", storedStream(1, restartAt, 1, 1, 1));
        assertOpenRefused("positions rise", storedStream(1, restartAt, 2, 1, 0));
        assertOpenRefused("positions rise", storedStream(1, 1 << 20, 1, 1, 0));
        assertOpenRefused("positions rise", storedStream(0, restartAt, 1, 1, 0));
        // more than there is before the end, though less than the limit on memory
        assertThatThrownBy(() -> StoredStream.open(StoredBytes.of(
                        ByteBuffer.wrap(storedStream(1, restartAt, 1, 1, 1000).bytes()))))
                .isExactlyInstanceOf(MalformedFrameException.class)
                .hasMessageContaining("before the end");
    }

    /** A stored stream of the token 5, with an index that says what it is told. */
    private static StreamBuilder storedStream(int restarts, int restartAt, int documentEnd, int documents, int error) {
        StreamBuilder stream = new StreamBuilder().header(0x81, 1, 1, StreamBuilder.varint(1000));
        stream.data(98, 1, 0, bytes(5)).check(0);
        StreamBuilder body = new StreamBuilder().put(restarts, documents);
        if (restarts > 0) {
            column(body, 0);
            column(body, restartAt);
        }
        column(body, documentEnd);
        byte[] index = body.bytes();
        stream.kind(101).put(index.length).put(index).check(1);
        stream.kind(102).little(1, 8).little(2L + index.length + 4 + error, 4).check(1);
        return stream;
    }

    /** A column of one number: its lower half and its upper half, each a packed list of one width. */
    private static void column(StreamBuilder body, int value) {
        int width = Integer.SIZE - Integer.numberOfLeadingZeros(value);
        body.put(0).put(StreamBuilder.varint(1L << width)).little(value, (width + 7) / 8);
        body.put(0, 1);
    }

    private static void assertOpens(StreamBuilder stream) {
        StoredStream opened = StoredStream.open(StoredBytes.of(ByteBuffer.wrap(stream.bytes())));
        assertThat(opened.document(0)).containsExactly(5);
    }

    private static void assertOpenRefused(String expected, StreamBuilder stream) {
        assertThatThrownBy(() -> StoredStream.open(StoredBytes.of(ByteBuffer.wrap(stream.bytes()))))
                .isInstanceOf(MalformedFrameException.class)
                .hasMessageContaining(expected);
    }

    @Test
    void section10Limits() {
        byte[] stream = plain().data(97, 3, 0, bytes(1, 2, 3))
                .check(0)
                .data(97, 2, 0, bytes(4, 5))
                .check(3)
                .end(0)
                .bytes();
        assertLimited("at most 2 tokens in a frame", FrameLimits.DEFAULT.withTokensPerFrame(2), stream, 0);
        assertLimited("at most 4 tokens in the stream", FrameLimits.DEFAULT.withTokensPerStream(4), stream, 3);
        byte[] wide = fields(bytes(1, 2, 0xE8, 7), bytes(5, 4, 0x80, 0x80, 0x80, 0x01))
                .end(0)
                .bytes();
        assertLimited("bytes of state", FrameLimits.DEFAULT.withStateBytes(1 << 20), wide, 0);
        byte[] large = plain().kind(97)
                .put(StreamBuilder.varint(1 << 20))
                .put(0)
                .put(StreamBuilder.varint(1 << 22))
                .bytes();
        assertLimited("bytes of state", FrameLimits.DEFAULT.withStateBytes(1 << 20), large, 0);
        byte[] model = plain().data(97, 1, 3, bytes(0)).bytes();
        assertLimited("bytes of state", FrameLimits.DEFAULT.withStateBytes(1 << 20), model, 0);
        byte[] stored = storedStream(1, 14, 1, 1, 0).bytes();
        assertThatThrownBy(() -> StoredStream.open(
                        StoredBytes.of(ByteBuffer.wrap(stored)), FrameLimits.DEFAULT.withTokensPerStream(0)))
                .isInstanceOf(FrameLimitException.class);
        for (Runnable misuse : new Runnable[] {
            () -> FrameLimits.DEFAULT.withTokensPerFrame(0),
            () -> FrameLimits.DEFAULT.withTokensPerFrame((1 << 20) + 1),
            () -> FrameLimits.DEFAULT.withTokensPerStream(-1),
            () -> FrameLimits.DEFAULT.withStateBytes(1)
        }) {
            assertThatThrownBy(misuse::run).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static void assertLimited(String expected, FrameLimits limits, byte[] stream, int delivered) {
        try (FrameReader reader = new FrameReader(limits)) {
            int[] target = new int[100];
            ArrayTokenOutput output = new ArrayTokenOutput().wrap(target);
            assertThatThrownBy(() -> reader.read(new BufferByteInput().wrap(ByteBuffer.wrap(stream)), output))
                    .isInstanceOf(FrameLimitException.class)
                    .hasMessageContaining(expected);
            assertThat(output.position()).isEqualTo(delivered);
        }
    }
}
