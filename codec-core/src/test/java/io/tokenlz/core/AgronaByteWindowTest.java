package io.tokenlz.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.ExpandableDirectByteBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Windows on every kind of Agrona buffer. */
class AgronaByteWindowTest {
    private record AgronaMemory(MutableDirectBuffer buffer, AgronaByteInput inputWindow, AgronaByteOutput outputWindow)
            implements RangedByteWindowContract.RangedMemory {
        @Override
        public ByteInput input(long from, long length) {
            return inputWindow.wrap(buffer, Math.toIntExact(from), Math.toIntExact(length));
        }

        @Override
        public ByteOutput output(long from, long length) {
            return outputWindow.wrap(buffer, Math.toIntExact(from), Math.toIntExact(length));
        }

        @Override
        public byte get(int index) {
            return buffer.getByte(index);
        }

        @Override
        public void put(int index, byte value) {
            buffer.putByte(index, value);
        }
    }

    abstract static class Contract extends RangedByteWindowContract {
        abstract MutableDirectBuffer buffer(int size);

        @Override
        RangedMemory allocate(int size) {
            return new AgronaMemory(buffer(size), new AgronaByteInput(), new AgronaByteOutput());
        }

        @Override
        long mostNamed() {
            return Integer.MAX_VALUE;
        }
    }

    @Nested
    class OverAnArray extends Contract {
        @Override
        MutableDirectBuffer buffer(int size) {
            return new UnsafeBuffer(new byte[size]);
        }
    }

    @Nested
    class OverPartOfAnArray extends Contract {
        @Override
        MutableDirectBuffer buffer(int size) {
            return new UnsafeBuffer(new byte[size + 9], 5, size);
        }
    }

    @Nested
    class OverADirectBuffer extends Contract {
        @Override
        MutableDirectBuffer buffer(int size) {
            return new UnsafeBuffer(ByteBuffer.allocateDirect(size));
        }
    }

    @Nested
    class OverPartOfADirectBuffer extends Contract {
        @Override
        MutableDirectBuffer buffer(int size) {
            return new UnsafeBuffer(ByteBuffer.allocateDirect(size + 9), 5, size);
        }
    }

    @Nested
    class OverASliceOfTheHeap extends Contract {
        @Override
        MutableDirectBuffer buffer(int size) {
            return new UnsafeBuffer(ByteBuffer.wrap(new byte[size + 9], 5, size).slice());
        }
    }

    @Nested
    class OverAMappedFile extends Contract {
        @Override
        MutableDirectBuffer buffer(int size) {
            return new UnsafeBuffer(mappedFile(size));
        }
    }

    @Nested
    class ExpandableArray extends Contract {
        @Override
        MutableDirectBuffer buffer(int size) {
            return new ExpandableArrayBuffer(size);
        }
    }

    @Nested
    class ExpandableDirect extends Contract {
        @Override
        MutableDirectBuffer buffer(int size) {
            return new ExpandableDirectByteBuffer(size);
        }
    }

    @Test
    void anExpandableBufferIsNotExpanded() {
        for (MutableDirectBuffer buffer :
                new MutableDirectBuffer[] {new ExpandableArrayBuffer(16), new ExpandableDirectByteBuffer(16)}) {
            AgronaByteOutput output = new AgronaByteOutput().wrap(buffer, 4, 12);
            assertThat(output.write(new byte[100], 0, 100)).isEqualTo(12);
            assertThatThrownBy(() -> output.wrap(buffer, 4, 13)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThat(buffer.capacity()).isEqualTo(16);
        }
    }

    /** Agrona itself would write to it, or take the JVM down. */
    @Test
    void readOnlyMemoryIsReadAndRefusedAsAnOutput() {
        UnsafeBuffer heap = new UnsafeBuffer(ByteBuffer.allocate(8).asReadOnlyBuffer());
        UnsafeBuffer direct = new UnsafeBuffer(ByteBuffer.allocateDirect(8).asReadOnlyBuffer());
        AgronaByteOutput output = new AgronaByteOutput();
        for (UnsafeBuffer buffer :
                new UnsafeBuffer[] {heap, direct, new UnsafeBuffer(heap, 2, 4), new UnsafeBuffer(direct, 2, 4)}) {
            assertThat(new AgronaByteInput().wrap(buffer, 1, 3).read(new byte[9], 0, 9))
                    .isEqualTo(3);
            assertThatThrownBy(() -> output.wrap(buffer, 1, 3))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("read-only");
        }
    }

    @Test
    void aNewWindowIsEmpty() {
        assertThat(new AgronaByteInput().read(new byte[1], 0, 1)).isZero();
        assertThat(new AgronaByteOutput().write(new byte[1], 0, 1)).isZero();
    }
}
