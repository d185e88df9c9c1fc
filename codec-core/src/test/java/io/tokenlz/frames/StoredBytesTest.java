package io.tokenlz.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.MappedBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A stored stream can lie in any kind of memory, and is the same in all. */
class StoredBytesTest {
    private static final FrameVector STORED = VectorFiles.readable("stored");

    @TempDir
    Path folder;

    /** Where a stream lies. */
    enum Place {
        ON_THE_HEAP {
            @Override
            StoredBytes store(byte[] bytes, Path folder) {
                return StoredBytes.of(ByteBuffer.wrap(bytes));
            }
        },
        PART_OF_THE_HEAP {
            @Override
            StoredBytes store(byte[] bytes, Path folder) {
                return StoredBytes.of(ByteBuffer.allocate(bytes.length + 20)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put(7, bytes)
                        .limit(7 + bytes.length)
                        .position(7)
                        .asReadOnlyBuffer());
            }
        },
        DIRECT {
            @Override
            StoredBytes store(byte[] bytes, Path folder) {
                return StoredBytes.of(
                        ByteBuffer.allocateDirect(bytes.length).put(bytes).flip());
            }
        },
        MAPPED {
            @Override
            StoredBytes store(byte[] bytes, Path folder) throws IOException {
                try (FileChannel channel = FileChannel.open(file(bytes, folder))) {
                    return StoredBytes.of(channel); // outlives it
                }
            }
        },
        CHRONICLE_ON_THE_HEAP {
            @Override
            StoredBytes store(byte[] bytes, Path folder) {
                return new ChronicleStoredBytes(Bytes.wrapForRead(bytes));
            }
        },
        PART_OF_CHRONICLE {
            @Override
            StoredBytes store(byte[] bytes, Path folder) {
                byte[] more = FrameDamageTest.joined(new byte[9], bytes);
                Bytes<?> part = Bytes.wrapForRead(more).readPosition(9).bytesForRead();
                assertThat(part.start()).isEqualTo(9);
                return new ChronicleStoredBytes(part);
            }
        },
        CHRONICLE_MAPPED {
            @Override
            StoredBytes store(byte[] bytes, Path folder) throws IOException {
                return new ChronicleStoredBytes(
                        MappedBytes.readOnly(file(bytes, folder).toFile()).readLimit(bytes.length));
            }
        };

        abstract StoredBytes store(byte[] bytes, Path folder) throws IOException;

        static Path file(byte[] bytes, Path folder) throws IOException {
            return Files.write(folder.resolve("stream-" + System.nanoTime()), bytes);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anyPartIsCopiedAndNothingElse(Place place) throws IOException {
        byte[] bytes = STORED.bytes();
        StoredBytes stored = place.store(bytes, folder);
        assertThat(stored.size()).isEqualTo(bytes.length);
        Random random = new Random(8);
        for (int i = 0; i < 200; i++) {
            int from = random.nextInt(bytes.length + 1);
            int count = random.nextInt(bytes.length - from + 1);
            byte[] target = new byte[bytes.length + 5];
            Arrays.fill(target, (byte) 0x5A);
            byte[] expected = target.clone();
            System.arraycopy(bytes, from, expected, 3, count);
            stored.read(from, target, 3, count);
            assertThat(target).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @EnumSource
    void rangesOutsideTheStreamOrTheArrayAreRefused(Place place) throws IOException {
        byte[] bytes = STORED.bytes();
        StoredBytes stored = place.store(bytes, folder);
        byte[] target = new byte[10];
        long size = bytes.length;
        long[][] ranges = {
            {-1, 0},
            {-1, 1},
            {size, 1},
            {size + 1, 0},
            {size - 9, 10},
            {0, -1},
            {0, Integer.MIN_VALUE},
            {Long.MAX_VALUE, 0},
            {Long.MAX_VALUE, 1},
            {Long.MAX_VALUE, Integer.MAX_VALUE},
            {Long.MIN_VALUE, 0},
            {Long.MIN_VALUE, 10},
            {1L << 32, 1},
            {-1L << 32, 1},
            {size, Integer.MAX_VALUE},
        };
        for (long[] range : ranges) {
            assertThatThrownBy(() -> stored.read(range[0], target, 0, (int) range[1]))
                    .as("%d from %d", range[1], range[0])
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
        int[][] places = {{-1, 1}, {0, 11}, {10, 1}, {11, 0}, {Integer.MAX_VALUE, 1}, {Integer.MIN_VALUE, 1}, {5, 6}};
        for (int[] range : places) {
            assertThatThrownBy(() -> stored.read(0, target, range[0], range[1]))
                    .as("%d to %d", range[1], range[0])
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
        assertThat(target).containsOnly(0);
        stored.read(size, target, 10, 0);
    }

    @ParameterizedTest
    @EnumSource
    void tokensAreTheSame(Place place) throws IOException {
        StoredStream stream = StoredStream.open(place.store(STORED.bytes(), folder));
        int[] all = new int[STORED.tokens().length];
        stream.read(0, all, 0, all.length);
        assertThat(all).isEqualTo(STORED.tokens());
        int[] one = new int[1];
        for (int token = STORED.tokens().length - 1; token >= 0; token--) {
            stream.read(token, one, 0, 1);
            assertThat(one[0]).isEqualTo(STORED.tokens()[token]);
        }
    }

    /** Each has a place of its own in it. */
    @ParameterizedTest
    @EnumSource
    void streamsShareBytes(Place place) throws IOException {
        StoredBytes stored = place.store(STORED.bytes(), folder);
        StoredStream first = StoredStream.open(stored);
        StoredStream second = StoredStream.open(stored);
        int[] forwards = new int[STORED.tokens().length];
        int[] backwards = new int[STORED.tokens().length];
        for (int i = 0; i < forwards.length; i++) {
            first.read(i, forwards, i, 1);
            second.read(forwards.length - 1 - i, backwards, forwards.length - 1 - i, 1);
        }
        assertThat(forwards).isEqualTo(STORED.tokens());
        assertThat(backwards).isEqualTo(STORED.tokens());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CHRONICLE_MAPPED")
    void nothingIsNoStream(Place place) throws IOException {
        StoredBytes nothing = place.store(new byte[0], folder);
        assertThat(nothing.size()).isZero();
        assertThatThrownBy(() -> StoredStream.open(nothing))
                .isInstanceOf(MalformedFrameException.class)
                .hasMessageContaining("a header");
    }

    /** A file is mapped in pieces of 2³⁰ bytes: one of two and a little more, which takes no room on a disk that can leave out zeros. */
    @Test
    void aFileOfSeveralPieces() throws IOException {
        Path file = folder.resolve("large");
        long size = (2L << 30) + 100;
        byte[] mark = {1, 2, 3, 4, 5, 6};
        long[] places = {0, (1L << 30) - 3, (2L << 30) - 1, size - mark.length};
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.SPARSE, StandardOpenOption.WRITE)) {
            for (long place : places) {
                channel.write(ByteBuffer.wrap(mark), place);
            }
        }
        try (FileChannel channel = FileChannel.open(file)) {
            StoredBytes stored = StoredBytes.of(channel);
            assertThat(stored.size()).isEqualTo(size);
            for (long place : places) {
                byte[] target = new byte[10];
                stored.read(place, target, 2, mark.length);
                assertThat(target).containsExactly(0, 0, 1, 2, 3, 4, 5, 6, 0, 0);
            }
        }
        Files.delete(file);
    }

    @Test
    void theBufferIsLeftAsItIs() {
        ByteBuffer buffer = ByteBuffer.wrap(STORED.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        StoredStream.open(StoredBytes.of(buffer)).document(0);
        assertThat(buffer.position()).isZero();
        assertThat(buffer.limit()).isEqualTo(STORED.bytes().length);
        assertThat(buffer.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
        assertThat(buffer.array()).isEqualTo(STORED.bytes());
    }
}
