package io.tokenlz.frames;

import static io.tokenlz.frames.StreamBuilder.varint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenlz.core.ArrayTokenInput;
import io.tokenlz.core.BufferByteOutput;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The index and the end of stored streams, put together by hand (FORMAT.md, section 9): what is read, and what is said of others. */
class StoredIndexTest {
    private static final int FIRST_FRAME = 13;

    /** Of a frame of one token that is a restart. */
    private static final int FRAME_BYTES = 9;

    private static final int INDEX_AT = FIRST_FRAME + 3 * FRAME_BYTES;

    private static StreamBuilder frames() {
        StreamBuilder stream = new StreamBuilder().header(0x81, 1, 1, varint(100));
        for (int token = 0; token < 3; token++) {
            stream.data(98, 1, 0, new byte[] {(byte) (5 + token)}).check(token);
        }
        return stream;
    }

    /** A body of these restarts and document ends. */
    private static StreamBuilder body(long[] restartTokens, long[] restartBytes, long... documentEnds) {
        StreamBuilder body = new StreamBuilder().put(restartTokens.length).put(documentEnds.length);
        column(body, restartTokens);
        column(body, restartBytes);
        column(body, documentEnds);
        return body;
    }

    /** A column as gaps, their lower 31 bits and what is above, each as a packed list of numbers of 31 bits. */
    private static void column(StreamBuilder body, long... numbers) {
        if (numbers.length == 0) {
            return;
        }
        for (int shift : new int[] {0, 31}) {
            body.put(0).put(varint(1L << 31));
            ByteSink bits = new ByteSink();
            long previous = 0;
            int filled = 0;
            int rest = 0;
            for (long number : numbers) {
                long part = (number - previous) >>> shift & Integer.MAX_VALUE;
                previous = number;
                for (int bit = 0; bit < 31; bit++) {
                    rest |= (int) (part >>> bit & 1) << filled;
                    filled++;
                    if (filled == 8) {
                        bits.putByte(rest);
                        filled = 0;
                        rest = 0;
                    }
                }
            }
            if (filled > 0) {
                bits.putByte(rest);
            }
            body.put(Arrays.copyOf(bits.bytes, bits.length));
        }
    }

    private static final long[] RESTARTS = {0, 1, 2};
    private static final long[] PLACES = {FIRST_FRAME, FIRST_FRAME + FRAME_BYTES, FIRST_FRAME + 2 * FRAME_BYTES};

    private static byte[] stream(byte[] body, long tokens) {
        StreamBuilder stream =
                frames().kind(101).put(varint(body.length)).put(body).check(tokens);
        int indexBytes = stream.bytes().length - INDEX_AT;
        return stream.kind(102)
                .little(tokens, 8)
                .little(indexBytes, 4)
                .check(tokens)
                .bytes();
    }

    private static StoredStream open(byte[] stream) {
        return StoredStream.open(StoredBytes.of(ByteBuffer.wrap(stream)));
    }

    private static void assertRefused(byte[] stream, long at, long token, String expected, String found) {
        assertThatThrownBy(() -> open(stream)).isInstanceOfSatisfying(MalformedFrameException.class, refused -> {
            assertThat(refused.expected()).isEqualTo(expected);
            assertThat(refused.found()).isEqualTo(found);
            assertThat(refused.bytePosition()).isEqualTo(at);
            assertThat(refused.tokenPosition()).isEqualTo(token);
        });
    }

    @Test
    void whatAnIndexSays() {
        StreamBuilder body = body(RESTARTS, PLACES, 0, 2, 2, 3);
        byte[] stream = stream(body.bytes(), 3);
        StoredStream opened = open(stream);
        assertThat(opened.tokens()).isEqualTo(3);
        assertThat(opened.restarts()).isEqualTo(3);
        assertThat(opened.documents()).isEqualTo(4);
        assertThat(opened.indexBytes()).isEqualTo(stream.length - 17 - INDEX_AT);
        assertThat(opened.header().vocabularySize()).isEqualTo(100);
        long[] starts = {0, 0, 2, 2, 3};
        int[][] documents = {{}, {5, 6}, {}, {7}};
        for (int document = 3; document >= 0; document--) {
            assertThat(opened.documentStart(document)).isEqualTo(starts[document]);
            assertThat(opened.document(document)).isEqualTo(documents[document]);
        }
        assertThat(opened.documentStart(4)).isEqualTo(3);
        int[] target = {-1, -1, -1, -1};
        opened.read(1, target, 2, 2);
        assertThat(target).containsExactly(-1, -1, 6, 7);
    }

    /** Only what lies at a restart's own token is before it or not. */
    @Test
    void whereReadingBeginsAndEnds() {
        byte[] stream = stream(body(RESTARTS, PLACES, 3).bytes(), 3);
        StoredIndex index = StoredIndex.read(StoredBytes.of(ByteBuffer.wrap(stream)), FrameLimits.DEFAULT, new byte[0]);
        for (int token = 0; token < 3; token++) {
            assertThat(index.restartBefore(token)).isEqualTo(token);
            assertThat(index.byteEnd(token)).isEqualTo(PLACES[token]);
        }
        assertThat(index.byteEnd(3)).isEqualTo(INDEX_AT);
        byte[] one = stream(body(new long[] {0}, new long[] {FIRST_FRAME}, 3).bytes(), 3);
        StoredIndex wide = StoredIndex.read(StoredBytes.of(ByteBuffer.wrap(one)), FrameLimits.DEFAULT, new byte[0]);
        for (int token = 0; token < 3; token++) {
            assertThat(wide.restartBefore(token)).isZero();
        }
        assertThat(wide.byteEnd(1)).isEqualTo(INDEX_AT);
        byte[] two = stream(body(new long[] {0, 2}, new long[] {13, 31}, 3).bytes(), 3);
        StoredIndex between = StoredIndex.read(StoredBytes.of(ByteBuffer.wrap(two)), FrameLimits.DEFAULT, new byte[0]);
        assertThat(between.byteEnd(1)).isEqualTo(31);
        assertThat(between.byteEnd(2)).isEqualTo(31);
        assertThat(between.byteEnd(3)).isEqualTo(INDEX_AT);
        assertThat(between.restartBefore(1)).isZero();
    }

    /** More tokens than an array holds: an index says so, whatever the frames do. */
    @Test
    void numbersOfMoreThan31Bits() {
        long tokens = (1L << 33) + 5;
        StoredStream opened =
                open(stream(body(new long[] {0}, new long[] {13}, 7, tokens).bytes(), tokens));
        assertThat(opened.tokens()).isEqualTo(tokens);
        assertThat(opened.documentStart(1)).isEqualTo(7);
        assertThat(opened.documentStart(2)).isEqualTo(tokens);
        assertThatThrownBy(() -> opened.document(1))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("document 1 has 8589934590 tokens: read it in parts");
    }

    /** What lies behind the last mark is a document of its own; so is a stream without any. */
    @Test
    void tokensBehindTheLastDocument() {
        for (int behind = 0; behind < 3; behind++) {
            for (int marked = 0; marked < 2; marked++) {
                StoredStream opened = StoredStream.open(StoredBytes.of(written(5 * marked, 1, behind)));
                assertThat(opened.tokens()).isEqualTo(5L * marked + behind);
                assertThat(opened.documents()).isEqualTo(behind == 0 ? 1 : 2);
                assertThat(opened.documentStart(1)).isEqualTo(5L * marked);
                assertThat(opened.documentStart(opened.documents())).isEqualTo(5L * marked + behind);
            }
            assertThat(StoredStream.open(StoredBytes.of(written(0, 0, behind))).documents())
                    .isOne();
        }
    }

    private static ByteBuffer written(int tokens, int marks, int behind) {
        ByteBuffer bytes = ByteBuffer.allocate(1 << 10);
        BufferByteOutput output = new BufferByteOutput().wrap(bytes);
        try (FrameWriter writer =
                new FrameWriter(StreamHeader.builder(9).stored().build(), FrameWriterOptions.DEFAULT)) {
            writer.write(new ArrayTokenInput().wrap(new int[tokens]), output);
            if (marks > 0) {
                writer.endDocument();
            }
            writer.write(new ArrayTokenInput().wrap(new int[behind]), output);
            writer.finish(output);
        }
        return bytes.flip();
    }

    /** Room for a document is made as it is read. */
    @ParameterizedTest
    @ValueSource(ints = {65_535, 65_536, 65_537, 150_000})
    void longDocuments(int length) {
        int[] tokens = TokenShape.THREE.tokens(length + 3);
        ByteBuffer bytes = ByteBuffer.allocate(1 << 18);
        BufferByteOutput output = new BufferByteOutput().wrap(bytes);
        try (FrameWriter writer =
                new FrameWriter(StreamHeader.builder(9).stored().build(), FrameWriterOptions.DEFAULT)) {
            writer.write(new ArrayTokenInput().wrap(tokens, 0, 3), output);
            writer.endDocument();
            writer.write(new ArrayTokenInput().wrap(tokens, 3, length), output);
            writer.finish(output);
        }
        StoredStream opened = StoredStream.open(StoredBytes.of(bytes.flip()));
        assertThat(opened.document(1)).isEqualTo(Arrays.copyOfRange(tokens, 3, length + 3));
        assertThat(opened.document(0)).isEqualTo(Arrays.copyOf(tokens, 3));
    }

    /** Columns are written in lists of 65,536 numbers at most. */
    @ParameterizedTest
    @ValueSource(ints = {65_536, 65_537})
    void columnsOfSeveralLists(int documents) {
        ByteBuffer bytes = ByteBuffer.allocate(1 << 20);
        BufferByteOutput output = new BufferByteOutput().wrap(bytes);
        try (FrameWriter writer =
                new FrameWriter(StreamHeader.builder(9).stored().build(), FrameWriterOptions.DEFAULT)) {
            ArrayTokenInput input = new ArrayTokenInput();
            for (int document = 0; document < documents; document++) {
                writer.write(input.wrap(new int[] {1, 2, 3}, 0, document % 3), output);
                writer.endDocument();
            }
            writer.finish(output);
        }
        StoredStream opened = StoredStream.open(StoredBytes.of(bytes.flip()));
        assertThat(opened.documents()).isEqualTo(documents);
        for (int document = 0; document <= documents; document++) {
            assertThat(opened.documentStart(document)).isEqualTo(document / 3 * 3 + (document % 3 == 2 ? 1 : 0));
        }
    }

    @ParameterizedTest
    @CsvSource({
        // restarts' tokens, their bytes, documents
        "'0 1 1', '13 22 31', 3",
        "'0 2 1', '13 22 31', 3",
        "'0 1 2', '13 22 22', 3",
        "'0 1 2', '13 31 22', 3",
        "'1', '13', 3",
        "'0 3', '13 22', 3",
        "'0 4', '13 22', 3",
        "'0 1', '13 40', 3",
        "'0 1', '13 41', 3",
        "'0', '40', 3",
        "'', '', 3",
        "'0', '13', 2",
        "'0', '13', 4",
        "'0', '13', '3 2'",
        "'0', '13', ''",
    })
    void positionsThatDoNotRiseToTheEnd(String tokens, String bytes, String documents) {
        // numbers that fall have gaps past 2^62, so their sum passes 2^63 or comes out below
        byte[] stream =
                stream(body(numbers(tokens), numbers(bytes), numbers(documents)).bytes(), 3);
        assertThatThrownBy(() -> open(stream)).isInstanceOfSatisfying(MalformedFrameException.class, refused -> {
            assertThat(refused.expected() + ", found " + refused.found())
                    .isIn(
                            "an index whose positions rise to the stream's end, found other positions",
                            "positions below 2^63, found larger ones");
            assertThat(refused.bytePosition()).isEqualTo(INDEX_AT);
            assertThat(refused.tokenPosition()).isEqualTo(3);
        });
    }

    private static long[] numbers(String text) {
        return text.isEmpty()
                ? new long[0]
                : Arrays.stream(text.split(" ")).mapToLong(Long::parseLong).toArray();
    }

    @Test
    void restartsThatAreJustInside() {
        assertThat(open(stream(body(new long[] {0, 2}, new long[] {13, 39}, 3).bytes(), 3))
                        .restarts())
                .isEqualTo(2);
    }

    @Test
    void aStreamWithoutTokens() {
        StreamBuilder body = new StreamBuilder().put(0, 1);
        column(body, 0);
        byte[] index = body.bytes();
        StreamBuilder stream = new StreamBuilder().header(0x81, 1, 1, varint(100));
        stream.kind(101).put(varint(index.length)).put(index).check(0);
        int indexBytes = stream.bytes().length - FIRST_FRAME;
        StoredStream opened = open(
                stream.kind(102).little(0, 8).little(indexBytes, 4).check(0).bytes());
        assertThat(opened.tokens()).isZero();
        assertThat(opened.restarts()).isZero();
        assertThat(opened.document(0)).isEmpty();
    }

    @Test
    void bodiesThatAreNoIndex() {
        byte[] right = body(RESTARTS, PLACES, 3).bytes();
        byte[] longer = Arrays.copyOf(right, right.length + 2);
        assertRefused(stream(longer, 3), INDEX_AT, 3, "the index's end", "2 bytes more");
        byte[] cut = Arrays.copyOf(right, right.length - 1);
        assertRefused(stream(cut, 3), INDEX_AT, 3, "a list of 1 numbers", "the payload's end");
        assertRefused(stream(new byte[] {0}, 3), INDEX_AT, 3, "a payload that goes on", "its end");
        byte[] restarts = {(byte) 0x81, (byte) 0x80, 0x04, 1};
        assertRefused(stream(restarts, 3), INDEX_AT, 3, "a number of restarts", "65537");
        byte[] documents = {1, (byte) 0x81, (byte) 0x80, 0x04};
        assertRefused(stream(documents, 3), INDEX_AT, 3, "a number of documents", "65537");
        StreamBuilder large = new StreamBuilder().put(1, 1);
        column(large, 0);
        column(large, Long.MAX_VALUE);
        column(large, 3);
        assertRefused(
                stream(large.bytes(), 3),
                INDEX_AT,
                3,
                "an index whose positions rise to the stream's end",
                "other positions");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1, 5})
    void aBodyOfAnotherLengthThanStated(int difference) {
        byte[] body = body(RESTARTS, PLACES, 3).bytes();
        StreamBuilder stream = frames().kind(101)
                .put(varint(body.length + difference))
                .put(body)
                .check(3);
        int indexBytes = stream.bytes().length - INDEX_AT;
        byte[] whole =
                stream.kind(102).little(3, 8).little(indexBytes, 4).check(3).bytes();
        String expected = "an index of " + body.length + " bytes";
        assertRefused(whole, INDEX_AT, 3, expected, body.length + difference + " bytes");
    }

    @Test
    void endsThatAreNone() {
        byte[] right = stream(body(RESTARTS, PLACES, 3).bytes(), 3);
        int endAt = right.length - 17;
        String end = "the end of a stored stream";
        for (int i = 0; i < 17; i++) {
            byte[] damaged = right.clone();
            damaged[endAt + i] ^= (byte) 0x80;
            assertRefused(damaged, endAt, 0, end, "other bytes, or damaged ones");
        }
        for (int i = INDEX_AT; i < endAt; i++) {
            byte[] damaged = right.clone();
            damaged[i] ^= 1;
            assertRefused(damaged, INDEX_AT, 3, "an index", "other bytes, or damaged ones");
        }
        byte[] header = new StreamBuilder().header(0x81, 1, 1, varint(100)).bytes();
        assertRefused(header, 13, 0, end, "the end after 13 bytes");
        assertRefused(Arrays.copyOf(header, 12), 0, 0, "a header", "the end after 12 bytes");
        assertRefused(Arrays.copyOf(header, 17), 0, 0, end, "other bytes, or damaged ones");
        assertRefused(StreamBuilder.plain(100).bytes(), 0, 0, "a stored stream", "one without an index");
        byte[] negative = endOf(-1, 20);
        assertRefused(negative, FIRST_FRAME, 0, end, "other bytes, or damaged ones");
        assertRefused(endOf(0, 14), FIRST_FRAME, 0, "an index of at most 13 bytes before the end", "14 bytes");
        assertRefused(endOf(0, 13), 0, 0, "an index", "other bytes, or damaged ones");
        assertRefused(endOf(0, 5), 8, 0, "an index", "other bytes, or damaged ones");
        assertRefused(endOf(0, 0), FIRST_FRAME, 0, "an index", "other bytes, or damaged ones");
    }

    /** A header and an end that says this of tokens and of the index. */
    private static byte[] endOf(long tokens, int indexBytes) {
        StreamBuilder stream = new StreamBuilder().header(0x81, 1, 1, varint(100));
        return stream.kind(102)
                .little(tokens, 8)
                .little(indexBytes, 4)
                .check(tokens)
                .bytes();
    }

    /** Headers that are longer than what is read of them at once: 512 bytes. */
    @ParameterizedTest
    @ValueSource(ints = {490, 491, 492, 493, 494, 495, 496, 497, 498, 499, 500, 1011, 1012, 1013})
    void headersOfAnyLength(int skipped) {
        byte[] fields = FrameDamageTest.joined(new byte[] {1, 1, 100, 4}, varint(skipped), new byte[skipped]);
        StreamBuilder stream = new StreamBuilder().header(0x81, 1, fields);
        byte[] header = stream.bytes();
        stream.data(98, 1, 0, new byte[] {42}).check(0);
        int indexAt = stream.bytes().length;
        byte[] body = body(new long[] {0}, new long[] {header.length}, 1).bytes();
        stream.kind(101).put(varint(body.length)).put(body).check(1);
        int indexBytes = stream.bytes().length - indexAt;
        byte[] whole =
                stream.kind(102).little(1, 8).little(indexBytes, 4).check(1).bytes();
        assertThat(open(whole).document(0)).containsExactly(42);
        for (int cut : new int[] {header.length - 1, 512, 511}) {
            if (cut < header.length) {
                assertRefused(Arrays.copyOf(whole, cut), 0, 0, "a header", "the end after " + cut + " bytes");
            }
        }
    }

    @Test
    void limits() {
        byte[] stream = stream(body(RESTARTS, PLACES, 3).bytes(), 3);
        StoredBytes bytes = StoredBytes.of(ByteBuffer.wrap(stream));
        FrameLimits limits = FrameLimits.DEFAULT;
        assertThat(StoredStream.open(bytes, limits.withTokensPerStream(3)).tokens())
                .isEqualTo(3);
        int endAt = stream.length - 17;
        assertThatThrownBy(() -> StoredStream.open(bytes, limits.withTokensPerStream(2)))
                .isInstanceOfSatisfying(FrameLimitException.class, refused -> {
                    assertThat(refused.expected()).isEqualTo("at most 2 tokens in the stream");
                    assertThat(refused.found()).isEqualTo("3");
                    assertThat(refused.bytePosition()).isEqualTo(endAt);
                });
    }

    /** 16 bytes for each restart, 8 for each document, and the index itself. */
    @Test
    void memoryForTheIndex() {
        long[] ends = new long[9000];
        Arrays.fill(ends, 3);
        StreamBuilder body = new StreamBuilder().put(3).put(varint(ends.length));
        column(body, RESTARTS);
        column(body, PLACES);
        column(body, ends);
        byte[] stream = stream(body.bytes(), 3);
        StoredBytes bytes = StoredBytes.of(ByteBuffer.wrap(stream));
        int indexBytes = stream.length - 17 - INDEX_AT;
        long needed = indexBytes + 3 * 16L + 9000 * 8L;
        FrameLimits limits = FrameLimits.DEFAULT;
        assertThat(StoredStream.open(bytes, limits.withStateBytes(needed)).documents())
                .isEqualTo(9000);
        assertThatThrownBy(() -> StoredStream.open(bytes, limits.withStateBytes(needed - 1)))
                .isInstanceOfSatisfying(FrameLimitException.class, refused -> {
                    assertThat(refused.expected()).isEqualTo("at most " + (needed - 1) + " bytes of state");
                    assertThat(refused.found()).isEqualTo(needed + " for the index");
                    assertThat(refused.bytePosition()).isEqualTo(INDEX_AT);
                    assertThat(refused.tokenPosition()).isEqualTo(3);
                });
        assertThatThrownBy(() -> StoredStream.open(bytes, limits.withStateBytes(65_536)))
                .isInstanceOfSatisfying(FrameLimitException.class, refused -> {
                    assertThat(refused.expected()).isEqualTo("an index of at most 65536 bytes");
                    assertThat(refused.found()).isEqualTo(indexBytes + " bytes");
                });
    }

    @Test
    void aFrameThatTheIndexPromisesAndTheStreamLacks() {
        // three tokens in two frames, says the index: the third is none
        byte[] body = body(new long[] {0, 1}, new long[] {13, 22}, 4).bytes();
        StoredStream opened = open(stream(body, 4));
        assertThatThrownBy(() -> opened.read(3, new int[1], 0, 1))
                .isInstanceOfSatisfying(MalformedFrameException.class, refused -> {
                    assertThat(refused.expected()).isEqualTo("more tokens before byte " + INDEX_AT);
                    assertThat(refused.found()).isEqualTo("none");
                    assertThat(refused.bytePosition()).isEqualTo(INDEX_AT);
                    assertThat(refused.tokenPosition()).isEqualTo(4);
                });
        // what failed leaves nothing behind
        assertThat(readOne(opened, 0)).isEqualTo(5);
        assertThat(readOne(opened, 2)).isEqualTo(7);
        assertThat(readOne(opened, 1)).isEqualTo(6);
    }

    private static int readOne(StoredStream opened, long at) {
        int[] one = new int[1];
        opened.read(at, one, 0, 1);
        return one[0];
    }
}
