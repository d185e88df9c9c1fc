package io.tokenlz.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenlz.core.ArrayTokenInput;
import io.tokenlz.core.BufferByteOutput;
import io.tokenlz.core.CoderStatus;
import io.tokenlz.frames.FrameWriterOptions.Level;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random access touches only the bytes that it needs (FORMAT.md, section 9). */
class RandomAccessTest {
    private static final int HEADER_CHUNK = 512;

    /** Where reading can begin: at every frame, or at every few. */
    @SuppressWarnings("ImmutableEnumChecker") // both are immutable, but not marked as such
    enum Spacing {
        BLOCKS(300, 1, 0),
        FAR_RESTARTS(300, 1000, 500),
        ONE_RESTART(300, 0, 500),
        LARGE_BLOCKS(20_000, 1, 0);

        final StreamHeader header;
        final FrameWriterOptions options;

        Spacing(int blockTokens, long restartTokens, int window) {
            header = StreamHeader.builder(200_019).window(window).stored().build();
            options = new FrameWriterOptions(Level.BALANCED, blockTokens, restartTokens, true);
        }
    }

    private static final int[] TOKENS = tokens();

    private static int[] tokens() {
        Random random = new Random(9);
        int[] tokens = new int[50_000];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] =
                    i > 90 && random.nextInt(3) > 0 ? tokens[i - 71] : random.nextInt(200_019) >>> random.nextInt(17);
        }
        return tokens;
    }

    private static byte[] write(Spacing spacing, int... documentEnds) {
        ByteBuffer bytes = ByteBuffer.allocate(1 << 18);
        BufferByteOutput output = new BufferByteOutput().wrap(bytes);
        try (FrameWriter writer = new FrameWriter(spacing.header, spacing.options)) {
            int at = 0;
            for (int end : documentEnds) {
                writer.write(new ArrayTokenInput().wrap(TOKENS, at, end - at), output);
                writer.endDocument();
                at = end;
            }
            writer.write(new ArrayTokenInput().wrap(TOKENS, at, TOKENS.length - at), output);
            assertThat(writer.finish(output)).isEqualTo(CoderStatus.DONE);
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    private static StoredIndex index(byte[] stream) {
        return StoredIndex.read(StoredBytes.of(ByteBuffer.wrap(stream)), FrameLimits.DEFAULT, new byte[0]);
    }

    /** The first byte of the blocks that hold a token. */
    private static long blockStart(StoredIndex index, long token) {
        int block = 0;
        while (block + 1 < index.restarts() && index.restartTokens(block + 1) <= token) {
            block++;
        }
        return index.restartBytes(block);
    }

    /** Behind the last byte of the blocks that hold the tokens before one. */
    private static long blockEnd(StoredIndex index, long token, byte[] stream) {
        for (int block = 0; block < index.restarts(); block++) {
            if (index.restartTokens(block) >= token) {
                return index.restartBytes(block);
            }
        }
        return indexStart(index, stream);
    }

    private static long indexStart(StoredIndex index, byte[] stream) {
        return (long) stream.length - StreamFormat.STORED_END_BYTES - index.bytes();
    }

    @ParameterizedTest
    @EnumSource
    void openingReadsTheHeaderTheIndexAndTheEnd(Spacing spacing) {
        byte[] stream = write(spacing);
        StoredIndex index = index(stream);
        byte[] nothingElse = new byte[stream.length];
        int indexStart = (int) indexStart(index, stream);
        int headerEnd = (int) index.restartBytes(0);
        System.arraycopy(stream, 0, nothingElse, 0, headerEnd);
        System.arraycopy(stream, indexStart, nothingElse, indexStart, stream.length - indexStart);
        TouchedBytes bytes = new TouchedBytes(StoredBytes.of(ByteBuffer.wrap(nothingElse)));
        StoredStream opened = StoredStream.open(bytes);
        assertThat(opened.tokens()).isEqualTo(TOKENS.length);
        assertThat(opened.restarts()).isEqualTo(index.restarts());
        assertThat(opened.indexBytes()).isEqualTo(index.bytes());
        assertThat(bytes.count()).isLessThanOrEqualTo(HEADER_CHUNK + (long) stream.length - indexStart);
        assertMalformed(() -> opened.document(0)); // what opening did not need is gone
    }

    @ParameterizedTest
    @EnumSource
    void aReadTouchesTheBlocksOfItsTokens(Spacing spacing) {
        byte[] stream = write(spacing);
        StoredIndex index = index(stream);
        TouchedBytes bytes = new TouchedBytes(StoredBytes.of(ByteBuffer.wrap(stream)));
        StoredStream opened = StoredStream.open(bytes);
        Random random = new Random(4);
        int[] target = new int[2000];
        for (int i = 0; i < 400; i++) {
            // often to or from a block's edge
            int from = i % 3 == 0 ? random.nextInt(160) * 300 : random.nextInt(TOKENS.length - 2000);
            int count = i % 5 == 0 ? 300 * (1 + random.nextInt(3)) : 1 + random.nextInt(2000);
            bytes.forget();
            opened.read(from, target, 0, count);
            bytes.requireWithin(blockStart(index, from), blockEnd(index, from + count, stream));
            assertThat(Arrays.copyOf(target, count)).isEqualTo(Arrays.copyOfRange(TOKENS, from, from + count));
        }
        bytes.forget();
        opened.read(TOKENS.length - 1, target, 0, 1);
        bytes.requireWithin(blockStart(index, TOKENS.length - 1), indexStart(index, stream));
        bytes.forget();
        opened.read(777, target, 0, 0);
        opened.read(TOKENS.length, target, 2000, 0);
        assertThat(bytes.count()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aDocumentTouchesTheBlocksOfItsTokens(Spacing spacing) {
        int[] ends = {1, 1, 300, 600, 601, 5000, 20_000, 20_000, 49_999};
        byte[] stream = write(spacing, ends);
        StoredIndex index = index(stream);
        TouchedBytes bytes = new TouchedBytes(StoredBytes.of(ByteBuffer.wrap(stream)));
        StoredStream opened = StoredStream.open(bytes);
        assertThat(opened.documents()).isEqualTo(ends.length + 1);
        for (int document = ends.length; document >= 0; document--) {
            int start = document == 0 ? 0 : ends[document - 1];
            int end = document == ends.length ? TOKENS.length : ends[document];
            bytes.forget();
            assertThat(opened.documentStart(document)).isEqualTo(start);
            assertThat(bytes.count()).isZero();
            assertThat(opened.document(document)).isEqualTo(Arrays.copyOfRange(TOKENS, start, end));
            if (start == end) {
                assertThat(bytes.count()).isZero();
            } else {
                bytes.requireWithin(blockStart(index, start), blockEnd(index, end, stream));
            }
        }
        assertThat(opened.documentStart(ends.length + 1)).isEqualTo(TOKENS.length);
    }

    @ParameterizedTest
    @EnumSource
    void readingOnTouchesEachByteOnce(Spacing spacing) {
        byte[] stream = write(spacing);
        StoredIndex index = index(stream);
        TouchedBytes bytes = new TouchedBytes(StoredBytes.of(ByteBuffer.wrap(stream)));
        StoredStream opened = StoredStream.open(bytes);
        bytes.forget();
        int[] all = new int[TOKENS.length];
        for (int at = 0; at < TOKENS.length; at += 64) {
            opened.read(at, all, at, Math.min(64, TOKENS.length - at));
        }
        assertThat(all).isEqualTo(TOKENS);
        bytes.requireWithin(index.restartBytes(0), indexStart(index, stream));
        assertThat(bytes.count()).isEqualTo(indexStart(index, stream) - index.restartBytes(0));
    }

    @Test
    void damageOutsideOfTheBlocksOfAReadDoesNotTouchIt() {
        byte[] stream = write(Spacing.BLOCKS);
        StoredIndex index = index(stream);
        for (int block = 3; block < 50; block += 7) {
            byte[] damaged = stream.clone();
            int from = (int) index.restartBytes(block);
            int to = (int) index.restartBytes(block + 2);
            Arrays.fill(damaged, (int) index.restartBytes(0), from, (byte) 0xC3);
            Arrays.fill(damaged, to, (int) indexStart(index, stream), (byte) 0xC3);
            assertTwoBlocksOfTokens(StoredStream.open(StoredBytes.of(ByteBuffer.wrap(damaged))), 300 * block);
        }
    }

    /** Of all blocks of 300 tokens only those at {@code from} are sound. */
    private static void assertTwoBlocksOfTokens(StoredStream opened, int from) {
        int[] target = new int[500];
        for (int round = 0; round < 2; round++) {
            opened.read(from + 50, target, 0, 500);
            assertThat(target).isEqualTo(Arrays.copyOfRange(TOKENS, from + 50, from + 550));
            // reads that fail leave no trace in the next
            assertMalformed(() -> opened.read(from - 1, target, 0, 5));
            assertMalformed(() -> opened.read(from + 599, target, 0, 5));
        }
    }

    private static void assertMalformed(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(MalformedFrameException.class);
    }

    /** A restart that begins before the tokens of the one before it are over: reading stops there and says so. */
    @Test
    void aBlockThatIsLongerThanTheIndexSaysIsRefused() {
        byte[] header = HandMadeStream.stored(1000).bytes();
        HandMadeStream blocks = HandMadeStream.stored(1000)
                .data(StreamFormat.KIND_DATA_RESTART, 3, StreamFormat.ENCODING_VARINT, (byte) 1, (byte) 2, (byte) 3);
        int second = blocks.length();
        blocks.data(StreamFormat.KIND_DATA_RESTART, 1, StreamFormat.ENCODING_VARINT, (byte) 4);
        StoredStream good = StoredStream.open(StoredBytes.of(ByteBuffer.wrap(ended(blocks, header.length, second))));
        assertThat(good.document(0)).containsExactly(1, 2, 3, 4);

        HandMadeStream same = HandMadeStream.stored(1000)
                .data(StreamFormat.KIND_DATA_RESTART, 3, StreamFormat.ENCODING_VARINT, (byte) 1, (byte) 2, (byte) 3)
                .data(StreamFormat.KIND_DATA_RESTART, 1, StreamFormat.ENCODING_VARINT, (byte) 4);
        StoredStream wrong = StoredStream.open(StoredBytes.of(ByteBuffer.wrap(ended(same, header.length, second - 1))));
        assertThatThrownBy(() -> wrong.read(0, new int[3], 0, 3))
                .isInstanceOf(MalformedFrameException.class)
                .hasMessageContaining("more tokens before byte " + (second - 1));
    }

    /** Ends a stream of four tokens, the last in a block of its own. */
    private static byte[] ended(HandMadeStream blocks, int first, int second) {
        IndexWriter index = new IndexWriter();
        index.restart(0, first);
        index.restart(3, second);
        return blocks.storedEnd(index).bytes();
    }

    @Test
    void rangesOutsideTheStreamAreRefused() {
        byte[] stream = write(Spacing.BLOCKS, 10_000);
        TouchedBytes bytes = new TouchedBytes(StoredBytes.of(ByteBuffer.wrap(stream)));
        StoredStream opened = StoredStream.open(bytes);
        bytes.forget();
        int[] target = new int[100];
        long tokens = TOKENS.length;
        long[][] ranges = {
            {-1, 0},
            {-1, 1},
            {tokens, 1},
            {tokens + 1, 0},
            {tokens - 99, 100},
            {0, -1},
            {Long.MAX_VALUE, 1},
            {Long.MAX_VALUE, 100},
            {Long.MIN_VALUE, 0},
            {Long.MIN_VALUE, 100},
            {0, Integer.MIN_VALUE},
            {tokens, Integer.MAX_VALUE},
            {0, Integer.MAX_VALUE},
            {0, 101},
            {1L << 32, 1},
        };
        for (long[] range : ranges) {
            assertOutOfBounds(() -> opened.read(range[0], target, 0, (int) range[1]));
        }
        assertOutOfBounds(() -> opened.read(0, target, -1, 1));
        assertOutOfBounds(() -> opened.read(0, target, 100, 1));
        assertOutOfBounds(() -> opened.read(0, target, 1, 100));
        assertOutOfBounds(() -> opened.read(0, target, Integer.MAX_VALUE, 100));
        for (int document : new int[] {-1, 2, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            assertOutOfBounds(() -> opened.document(document));
        }
        for (int document : new int[] {-1, 3, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            assertOutOfBounds(() -> opened.documentStart(document));
        }
        assertThat(bytes.count()).isZero();
        assertThat(target).containsOnly(0);
    }

    private static void assertOutOfBounds(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
