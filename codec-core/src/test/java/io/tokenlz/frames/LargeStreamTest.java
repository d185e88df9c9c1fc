package io.tokenlz.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenlz.core.ArrayTokenOutput;
import io.tokenlz.core.BufferByteInput;
import io.tokenlz.core.CoderStatus;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import net.openhft.chronicle.bytes.MappedBytes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams whose bytes and tokens are more than an {@code int} counts. */
class LargeStreamTest {
    private static final long TWO_GIBIBYTES = 1L << 31;
    private static final int BLOCK_TOKENS = 40;

    /** Blocks at the start, across 2 and 4 GiB, and behind them, where the index is. */
    private static final SparseStream STREAM = stream();

    @TempDir
    static Path folder;

    private static SparseStream stream() {
        SparseStream stream = new SparseStream(1000);
        stream.block(ids(0, BLOCK_TOKENS)).endDocument();
        stream.gapTo(TWO_GIBIBYTES - 20).block(ids(1, BLOCK_TOKENS)).endDocument();
        stream.gapTo(2 * TWO_GIBIBYTES - 20).block(ids(2, BLOCK_TOKENS)).more(ids(3, BLOCK_TOKENS));
        stream.block(ids(4, BLOCK_TOKENS)).endDocument();
        return stream.end();
    }

    private static int[] ids(int seed, int count) {
        int[] ids = new int[count];
        Arrays.setAll(ids, i -> (seed * 101 + i * 7) % 100);
        return ids;
    }

    private static int[] all() {
        int[] all = new int[5 * BLOCK_TOKENS];
        for (int i = 0; i < 5; i++) {
            System.arraycopy(ids(i, BLOCK_TOKENS), 0, all, i * BLOCK_TOKENS, BLOCK_TOKENS);
        }
        return all;
    }

    private static Path file() {
        return folder.resolve("large.tlz");
    }

    @BeforeAll
    static void writeFile() throws IOException {
        try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            STREAM.write(channel);
            assertThat(channel.size()).isEqualTo(STREAM.size()).isGreaterThan(2 * TWO_GIBIBYTES);
        }
    }

    private static void assertReadable(StoredBytes stored) {
        TouchedBytes bytes = new TouchedBytes(stored);
        StoredStream opened = StoredStream.open(bytes);
        assertThat(bytes.count()).isLessThan(1000);
        assertThat(opened.tokens()).isEqualTo(5 * BLOCK_TOKENS);
        assertThat(opened.restarts()).isEqualTo(4);
        int[] all = all();
        bytes.forget();
        assertThat(opened.document(2)).isEqualTo(Arrays.copyOfRange(all, 2 * BLOCK_TOKENS, all.length));
        bytes.requireWithin(2 * TWO_GIBIBYTES - 20, 2 * TWO_GIBIBYTES + 200);
        int[] target = new int[BLOCK_TOKENS];
        for (int from = all.length - 1; from >= 0; from--) {
            int end = (from / BLOCK_TOKENS + 1) * BLOCK_TOKENS;
            bytes.forget();
            opened.read(from, target, 0, end - from);
            assertThat(Arrays.copyOf(target, end - from)).isEqualTo(Arrays.copyOfRange(all, from, end));
            // at most, a piece of the zeros behind the block is read with it
            assertThat(bytes.count()).isLessThan(1 << 15);
        }
        // from a document to the next, too, a gap is not gone through
        bytes.forget();
        assertThat(opened.document(0)).isEqualTo(ids(0, BLOCK_TOKENS));
        assertThat(opened.document(1)).isEqualTo(ids(1, BLOCK_TOKENS));
        assertThat(opened.document(2)).isEqualTo(Arrays.copyOfRange(all, 2 * BLOCK_TOKENS, all.length));
        assertThat(bytes.count()).isLessThan(1 << 17);
    }

    @Test
    void anyBytesThatGoThatFarAreRead() {
        assertReadable(STREAM);
    }

    @Test
    void aMappedFileIsRead() throws IOException {
        StoredBytes mapped;
        try (FileChannel channel = FileChannel.open(file())) {
            mapped = StoredBytes.of(channel);
        }
        assertReadable(mapped);
    }

    @Test
    void aFileThatChronicleMapsIsRead() throws IOException {
        try (MappedBytes mapped = MappedBytes.readOnly(file().toFile())) {
            mapped.readLimit(STREAM.size());
            assertReadable(new ChronicleStoredBytes(mapped));
        }
    }

    @Test
    void aFileThatChronicleMapsInChunksIsRead() throws IOException {
        try (MappedBytes mapped = MappedBytes.mappedBytes(file().toFile(), 1 << 26, 0, true)) {
            mapped.readLimit(STREAM.size());
            assertReadable(new ChronicleStoredBytes(mapped));
        }
    }

    /** From the first byte to the last, so that the gaps, too, are what the format allows. */
    @Test
    void aReaderOfTheWholeGetsThrough() {
        byte[] window = new byte[1 << 20];
        int[] target = new int[6 * BLOCK_TOKENS];
        ArrayTokenOutput output = new ArrayTokenOutput().wrap(target);
        BufferByteInput input = new BufferByteInput();
        try (FrameReader reader = new FrameReader()) {
            CoderStatus status = CoderStatus.NEEDS_INPUT;
            for (long at = 0; at < STREAM.size(); at += window.length) {
                int part = (int) Math.min(window.length, STREAM.size() - at);
                STREAM.read(at, window, 0, part);
                assertThat(status).isEqualTo(CoderStatus.NEEDS_INPUT);
                status = reader.read(input.wrap(ByteBuffer.wrap(window, 0, part)), output);
            }
            assertThat(status).isEqualTo(CoderStatus.DONE);
            reader.finish();
        }
        assertThat(Arrays.copyOf(target, (int) output.position())).isEqualTo(all());
    }

    /** 2,100 frames of 2²⁰ equal tokens take some 40 KB. */
    @Test
    void moreTokensThanAnIntCounts() {
        int frames = 2100;
        int frameTokens = StreamFormat.MOST_FRAME_TOKENS;
        long twoToThe31 = 1L << 31;
        HandMadeStream stream = HandMadeStream.stored(10_000);
        IndexWriter index = new IndexWriter();
        for (int frame = 0; frame < frames; frame++) {
            index.restart((long) frame * frameTokens, stream.length());
            stream.data(
                    StreamFormat.KIND_DATA_RESTART,
                    frameTokens,
                    StreamFormat.ENCODING_ENTROPY,
                    HandMadeStream.joined(new byte[] {1}, HandMadeStream.varints(frame)));
        }
        long tokens = (long) frames * frameTokens;
        index.endDocument(twoToThe31 + 7);
        index.endDocument(twoToThe31 + 10);
        StoredStream opened = StoredStream.open(
                StoredBytes.of(ByteBuffer.wrap(stream.storedEnd(index).bytes())));
        assertThat(opened.tokens()).isEqualTo(tokens).isGreaterThan(twoToThe31);
        assertThat(opened.documents()).isEqualTo(3);
        assertThat(opened.documentStart(1)).isEqualTo(twoToThe31 + 7);
        assertThat(opened.document(1)).containsExactly(2048, 2048, 2048);
        assertThatThrownBy(() -> opened.document(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("read it in parts");
        int[] target = new int[4];
        opened.read(twoToThe31 - 2, target, 0, 4);
        assertThat(target).containsExactly(2047, 2047, 2048, 2048);
        opened.read(tokens - 4, target, 0, 4);
        assertThat(target).containsOnly(2099);
        assertThatThrownBy(() -> opened.read(tokens - 3, target, 0, 4)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
