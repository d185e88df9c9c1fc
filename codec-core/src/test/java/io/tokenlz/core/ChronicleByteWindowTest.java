package io.tokenlz.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.MappedBytes;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Windows on every kind of Chronicle {@code Bytes}. */
class ChronicleByteWindowTest {
    @TempDir
    Path folder;

    /** Bytes whose offset {@code base} is index 0. */
    private record ChronicleMemory(
            Bytes<?> bytes, long base, ChronicleByteInput inputWindow, ChronicleByteOutput outputWindow)
            implements RangedByteWindowContract.RangedMemory {
        @Override
        public ByteInput input(long from, long length) {
            return inputWindow.wrap(bytes, base + from, length);
        }

        @Override
        public ByteOutput output(long from, long length) {
            return outputWindow.wrap(bytes, base + from, length);
        }

        @Override
        public byte get(int index) {
            return bytes.readByte(base + index);
        }

        @Override
        public void put(int index, byte value) {
            bytes.writeByte(base + index, value);
        }

        @Override
        public void close() {
            bytes.releaseLast();
        }
    }

    abstract static class Contract extends RangedByteWindowContract {
        /** Room for that many bytes from the start on. */
        abstract Bytes<?> bytes(int size) throws IOException;

        @Override
        RangedMemory allocate(int size) {
            try {
                Bytes<?> bytes = bytes(size);
                if (bytes.readLimit() < bytes.start() + size) {
                    bytes.readLimit(bytes.start() + size);
                }
                return new ChronicleMemory(bytes, bytes.start(), new ChronicleByteInput(), new ChronicleByteOutput());
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        @Override
        long mostNamed() {
            return Long.MAX_VALUE;
        }

        @Test
        void neitherPositionMoves() throws IOException {
            Bytes<?> bytes = bytes(40);
            bytes.readLimit(bytes.start() + 40);
            bytes.readPosition(bytes.start() + 7);
            new ChronicleByteInput().wrap(bytes, bytes.start() + 1, 30).read(new byte[20], 0, 20);
            new ChronicleByteOutput().wrap(bytes, bytes.start() + 1, 30).write(new byte[20], 0, 20);
            assertThat(bytes.readPosition()).isEqualTo(bytes.start() + 7);
            assertThat(bytes.writePosition()).isEqualTo(bytes.start() + 40);
            bytes.releaseLast();
        }
    }

    @Nested
    class OnTheHeap extends Contract {
        @Override
        Bytes<?> bytes(int size) {
            return Bytes.wrapForWrite(new byte[size]);
        }
    }

    @Nested
    class OverAHeapBuffer extends Contract {
        @Override
        Bytes<?> bytes(int size) {
            return Bytes.wrapForWrite(ByteBuffer.allocate(size));
        }
    }

    @Nested
    class OverADirectBuffer extends Contract {
        @Override
        Bytes<?> bytes(int size) {
            return Bytes.wrapForWrite(ByteBuffer.allocateDirect(size));
        }
    }

    @Nested
    class Native extends Contract {
        @Override
        Bytes<?> bytes(int size) {
            return Bytes.allocateDirect(size);
        }
    }

    abstract static class Elastic extends Contract {
        @Override
        boolean grows() {
            return true;
        }
    }

    @Nested
    class ElasticOnTheHeap extends Elastic {
        @Override
        Bytes<?> bytes(int size) {
            return Bytes.allocateElasticOnHeap(size);
        }
    }

    @Nested
    class ElasticNative extends Elastic {
        @Override
        Bytes<?> bytes(int size) {
            return Bytes.allocateElasticDirect(size);
        }
    }

    @Nested
    class ElasticBuffer extends Elastic {
        @Override
        Bytes<?> bytes(int size) {
            return Bytes.elasticByteBuffer(size);
        }
    }

    /** A view that begins behind offset 0. */
    @Nested
    class PartOfOthers extends Contract {
        @Override
        Bytes<?> bytes(int size) {
            Bytes<?> all = Bytes.wrapForWrite(new byte[size + 10]);
            all.writePosition(size + 10).readPosition(10);
            Bytes<?> part = all.bytesForRead();
            assertThat(part.start()).isEqualTo(10);
            return part;
        }
    }

    @Nested
    class MappedAtOnce extends Contract {
        @Override
        Bytes<?> bytes(int size) throws IOException {
            MappedBytes mapped = MappedBytes.singleMappedBytes(
                    folder.resolve("mapped-" + System.nanoTime()).toFile(), size);
            mapped.writeLimit(size); // the mapping goes on to the end of a page
            return mapped;
        }
    }

    /** Windows that go from one of Chronicle's mappings into the next. */
    @Nested
    class MappedInChunks extends ByteWindowContract {
        private static final int CHUNK = 1 << 16;

        @Override
        Memory allocate(int size) {
            try {
                MappedBytes mapped = MappedBytes.mappedBytes(
                        folder.resolve("mapped-" + System.nanoTime()).toFile(), CHUNK);
                long base = (long) CHUNK - size / 2;
                mapped.readLimit(base + size);
                return new ChronicleMemory(mapped, base, new ChronicleByteInput(), new ChronicleByteOutput());
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    @Test
    void elasticBytesGrowOnceWhereTheyAreWrapped() {
        for (Bytes<?> bytes : new Bytes<?>[] {
            Bytes.allocateElasticDirect(), Bytes.allocateElasticOnHeap(8), Bytes.elasticByteBuffer(8)
        }) {
            ChronicleByteOutput output = new ChronicleByteOutput().wrap(bytes, 5000, 100);
            long capacity = bytes.realCapacity();
            assertThat(capacity).isGreaterThanOrEqualTo(5100);
            assertThat(output.write(new byte[300], 0, 300)).isEqualTo(100);
            assertThat(bytes.realCapacity()).isEqualTo(capacity);
            assertThat(bytes.writePosition()).isZero();
            bytes.releaseLast();
        }
    }

    /** Chronicle, told to hold nearly 2⁶³ bytes, overflows and shrinks its memory to nothing. */
    @Test
    void moreThanAnyMemoryHoldsIsRefusedBeforeElasticBytesGrow() {
        Bytes<?> bytes = Bytes.allocateElasticDirect(64);
        ChronicleByteOutput output = new ChronicleByteOutput();
        ChronicleTokenOutput tokens = new ChronicleTokenOutput();
        long most = bytes.capacity();
        assertThat(most).isGreaterThan(1L << 62);
        for (long length : new long[] {most, most - 1, most - 4096, (1L << 47) + 1}) {
            assertThatThrownBy(() -> output.wrap(bytes, 0, length)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> output.wrap(bytes, length, 0)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> tokens.wrap(bytes, 0, length / 4 + 1))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
        assertThat(bytes.realCapacity()).isEqualTo(64);
        bytes.releaseLast();
    }

    @Test
    void theWriteLimitAndTheReadLimitBoundWindows() {
        Bytes<?> bytes = Bytes.wrapForWrite(new byte[64]);
        bytes.readLimit(20);
        bytes.writeLimit(30);
        assertThat(new ChronicleByteInput().wrap(bytes, 5, 15).remaining()).isEqualTo(15);
        assertThatThrownBy(() -> new ChronicleByteInput().wrap(bytes, 5, 16))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(new ChronicleByteOutput().wrap(bytes, 5, 25).remaining()).isEqualTo(25);
        assertThatThrownBy(() -> new ChronicleByteOutput().wrap(bytes, 5, 26))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void readOnlyMemoryIsReadAndRefusedAsAnOutput() throws IOException {
        Path file = Files.write(folder.resolve("read-only"), new byte[1 << 16]);
        Bytes<?> buffer = Bytes.wrapForRead(ByteBuffer.allocateDirect(64).asReadOnlyBuffer());
        assertReadOnly(buffer);
        assertReadOnly(buffer.bytesForRead());
        try (FileChannel channel = FileChannel.open(file)) {
            assertReadOnly(Bytes.wrapForRead(channel.map(FileChannel.MapMode.READ_ONLY, 0, 64)));
        }
        try (MappedBytes mapped = MappedBytes.readOnly(file.toFile())) {
            assertReadOnly(mapped.readLimit(64));
            assertReadOnly(mapped.bytesForRead());
            mapped.readPosition(10);
            assertReadOnly(mapped.bytesForRead());
        }
        try (MappedBytes mapped = MappedBytes.singleMappedBytes(file.toFile(), 1 << 16, true)) {
            assertReadOnly(mapped.readLimit(64));
            assertReadOnly(mapped.bytesForRead());
        }
    }

    private static void assertReadOnly(Bytes<?> bytes) {
        ChronicleByteInput input = new ChronicleByteInput().wrap(bytes, bytes.start() + 1, 40);
        assertThat(input.read(new byte[99], 0, 99)).isEqualTo(40);
        assertThatThrownBy(() -> new ChronicleByteOutput().wrap(bytes, bytes.start() + 1, 40))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("read-only");
    }

    @Test
    void aNewWindowIsEmpty() {
        assertThat(new ChronicleByteInput().read(new byte[1], 0, 1)).isZero();
        assertThat(new ChronicleByteOutput().write(new byte[1], 0, 1)).isZero();
    }
}
