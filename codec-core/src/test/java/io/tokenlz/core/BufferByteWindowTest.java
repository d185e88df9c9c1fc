package io.tokenlz.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Windows on every kind of {@link ByteBuffer}. */
class BufferByteWindowTest {
    /** A buffer with one position for what is read and another for what is written. */
    private record BufferMemory(
            ByteBuffer read, ByteBuffer written, BufferByteInput inputWindow, BufferByteOutput outputWindow)
            implements ByteWindowContract.Memory {
        BufferMemory(ByteBuffer read, ByteBuffer written) {
            this(read, written, new BufferByteInput(), new BufferByteOutput());
        }

        @Override
        public ByteInput input(int from, int length) {
            return inputWindow.wrap(read.limit(from + length).position(from));
        }

        @Override
        public ByteOutput output(int from, int length) {
            return outputWindow.wrap(written.limit(from + length).position(from));
        }

        @Override
        public byte get(int index) {
            return written.clear().get(index);
        }

        @Override
        public void put(int index, byte value) {
            written.clear().put(index, value);
        }
    }

    /** The tests of a kind of buffer that can be written to. */
    abstract static class Contract extends ByteWindowContract {
        abstract ByteBuffer buffer(int size);

        @Override
        Memory allocate(int size) {
            ByteBuffer buffer = buffer(size);
            return new BufferMemory(buffer.duplicate().order(buffer.order()), buffer);
        }

        @Test
        void theBuffersPositionFollowsAndNothingElseOfIt() {
            ByteBuffer buffer = buffer(20);
            ByteOrder order = buffer.order();
            buffer.limit(15).position(4);
            ByteOutput output = new BufferByteOutput().wrap(buffer);
            assertThat(output.remaining()).isEqualTo(11);
            output.write(new byte[] {1, 2, 3}, 0, 3);
            assertThat(buffer.position()).isEqualTo(7);
            assertThat(buffer.limit()).isEqualTo(15);
            assertThat(buffer.order()).isEqualTo(order);
            ByteInput input = new BufferByteInput().wrap(buffer.position(4));
            input.read(new byte[2], 0, 2);
            assertThat(buffer.position()).isEqualTo(6);
            assertThat(buffer.limit()).isEqualTo(15);
            assertThat(buffer.order()).isEqualTo(order);
        }
    }

    @Nested
    class OnTheHeap extends Contract {
        @Override
        ByteBuffer buffer(int size) {
            return ByteBuffer.allocate(size);
        }
    }

    @Nested
    class Direct extends Contract {
        @Override
        ByteBuffer buffer(int size) {
            return ByteBuffer.allocateDirect(size);
        }
    }

    @Nested
    class LittleEndianOnTheHeap extends Contract {
        @Override
        ByteBuffer buffer(int size) {
            return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    @Nested
    class LittleEndianDirect extends Contract {
        @Override
        ByteBuffer buffer(int size) {
            return ByteBuffer.allocateDirect(size).order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    /** Its array begins before the buffer. */
    @Nested
    class SliceOfTheHeap extends Contract {
        @Override
        ByteBuffer buffer(int size) {
            ByteBuffer slice = ByteBuffer.wrap(new byte[size + 9], 5, size).slice();
            assertThat(slice.arrayOffset()).isEqualTo(5);
            return slice;
        }
    }

    @Nested
    class DirectSlice extends Contract {
        @Override
        ByteBuffer buffer(int size) {
            return ByteBuffer.allocateDirect(size + 9).slice(5, size);
        }
    }

    @Nested
    class Mapped extends Contract {
        @Override
        ByteBuffer buffer(int size) {
            return mappedFile(size);
        }
    }

    /** Written through another view: this one can only be read. */
    @Nested
    class ReadOnlyOnTheHeap extends ByteWindowContract {
        @Override
        Memory allocate(int size) {
            ByteBuffer buffer = ByteBuffer.allocate(size);
            return new BufferMemory(buffer.asReadOnlyBuffer(), buffer);
        }
    }

    @Nested
    class ReadOnlyDirect extends ByteWindowContract {
        @Override
        Memory allocate(int size) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(size);
            return new BufferMemory(buffer.asReadOnlyBuffer(), buffer);
        }
    }

    @Test
    void aReadOnlyBufferIsRefusedAsAnOutputAndLeavesTheWindowWhereItWas() {
        ByteBuffer buffer = ByteBuffer.allocate(8);
        BufferByteOutput output = new BufferByteOutput().wrap(buffer);
        output.write(new byte[3], 0, 3);
        for (ByteBuffer readOnly : new ByteBuffer[] {
            ByteBuffer.allocate(4).asReadOnlyBuffer(),
            ByteBuffer.allocateDirect(4).asReadOnlyBuffer(),
            ByteBuffer.allocate(4).asReadOnlyBuffer().limit(0),
        }) {
            assertThatThrownBy(() -> output.wrap(readOnly))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("output buffer is read-only");
        }
        assertThat(output.position()).isEqualTo(3);
        assertThat(output.write(new byte[9], 0, 9)).isEqualTo(5);
        assertThat(buffer.position()).isEqualTo(8);
    }

    @Test
    void aNewWindowIsEmpty() {
        assertThat(new BufferByteInput().read(new byte[1], 0, 1)).isZero();
        assertThat(new BufferByteOutput().write(new byte[1], 0, 1)).isZero();
    }
}
