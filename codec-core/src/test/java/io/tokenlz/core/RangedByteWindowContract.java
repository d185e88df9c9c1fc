package io.tokenlz.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What windows do that are wrapped around a range, rather than around what remains of a buffer. */
abstract class RangedByteWindowContract extends ByteWindowContract {
    private static final int SIZE = 40;

    /** Memory that can be wrapped at any range, good or bad, counted from its start. */
    interface RangedMemory extends Memory {
        ByteInput input(long from, long length);

        ByteOutput output(long from, long length);

        @Override
        default ByteInput input(int from, int length) {
            return input((long) from, (long) length);
        }

        @Override
        default ByteOutput output(int from, int length) {
            return output((long) from, (long) length);
        }
    }

    @Override
    abstract RangedMemory allocate(int size);

    /** The largest number that a caller can name. */
    abstract long mostNamed();

    /** Whether an output may lie behind the memory's end, which then grows. */
    boolean grows() {
        return false;
    }

    @Test
    void rangesOutsideTheMemoryAreRefusedAndLeaveTheWindowWhereItWas() {
        long most = mostNamed();
        long least = -most - 1;
        long[][] negative = {
            {-1, 0},
            {-1, 1},
            {-1, SIZE},
            {0, -1},
            {SIZE, -1},
            {5, -5},
            {least, 0},
            {least, 1},
            {0, least},
            {least, most},
            {least, least},
            {least + 1, most},
            {SIZE, least},
        };
        long[][] overflowing = {
            {most, 0},
            {most, 1},
            {0, most},
            {1, most},
            {most, most},
            {most - SIZE, SIZE},
            {SIZE, most - SIZE},
            {SIZE, most - SIZE + 1},
            {most / 2 + 1, most / 2 + 1},
        };
        long[][] overlong = {{0, SIZE + 1}, {1, SIZE}, {SIZE, 1}, {SIZE + 1, 0}, {SIZE + 1, 1}};
        try (RangedMemory memory = allocate(SIZE)) {
            assertRefused(memory, negative, true);
            assertRefused(memory, overflowing, true);
            assertRefused(memory, overlong, !grows());
        }
    }

    private static void assertRefused(RangedMemory memory, long[][] ranges, boolean outputToo) {
        ByteInput input = memory.input(3L, 9L);
        input.read(new byte[2], 0, 2);
        ByteOutput output = memory.output(20L, 9L);
        output.write(new byte[3], 0, 3);
        for (long[] range : ranges) {
            assertThatThrownBy(() -> memory.input(range[0], range[1]))
                    .as("input of %d from %d", range[1], range[0])
                    .isInstanceOf(IndexOutOfBoundsException.class);
            if (outputToo) {
                assertThatThrownBy(() -> memory.output(range[0], range[1]))
                        .as("output of %d from %d", range[1], range[0])
                        .isInstanceOf(IndexOutOfBoundsException.class);
            }
        }
        memory.put(5, (byte) 77);
        byte[] next = new byte[1];
        assertThat(input.read(next, 0, 1)).isOne();
        assertThat(next).containsExactly(77);
        assertThat(input.position()).isEqualTo(3);
        output.write(new byte[] {88}, 0, 1);
        assertThat(memory.get(23)).isEqualTo((byte) 88);
        assertThat(output.remaining()).isEqualTo(5);
    }
}
