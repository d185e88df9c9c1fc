package io.tokenlz.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.tokenlz.frames.FrameReader;
import io.tokenlz.frames.FrameWriter;
import io.tokenlz.frames.FrameWriterOptions;
import io.tokenlz.frames.StreamHeader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every window of bytes does, whatever memory it lies in; the tests of each kind of memory inherit it. */
abstract class ByteWindowContract {
    /** Ranges that are not inside an array of ten elements. */
    private static final int[][] OUTSIDE_OF_TEN = {
        {-1, 0},
        {-1, 1},
        {0, -1},
        {10, -1},
        {0, 11},
        {1, 10},
        {10, 1},
        {11, 0},
        {Integer.MAX_VALUE, 0},
        {Integer.MAX_VALUE, 1},
        {0, Integer.MAX_VALUE},
        {1, Integer.MAX_VALUE},
        {Integer.MAX_VALUE, Integer.MAX_VALUE},
        {Integer.MIN_VALUE, 0},
        {0, Integer.MIN_VALUE},
        {Integer.MIN_VALUE, Integer.MAX_VALUE},
        {Integer.MIN_VALUE, Integer.MIN_VALUE},
    };

    private static final byte CANARY = 0x5A;
    private static final int MARGIN = 11;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final int[] TOKENS = tokens();
    private static final StreamHeader HEADER =
            StreamHeader.builder(200_019).window(300).build();
    private static final FrameWriterOptions OPTIONS = FrameWriterOptions.DEFAULT.withBlockTokens(150);

    /** The stream of {@link #TOKENS}, written in one piece to an array. */
    private static final byte[] FRAMES = frames();

    @TempDir
    Path folder;

    /** A new file of so many bytes, mapped by the JDK. */
    final MappedByteBuffer mappedFile(int size) {
        try (FileChannel channel = FileChannel.open(
                folder.resolve("mapped-" + System.nanoTime()),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, size);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Some memory of the kind under test, and one window of each direction on it. */
    interface Memory extends AutoCloseable {
        /** Moves the input onto a part. */
        ByteInput input(int from, int length);

        /** Moves the output onto a part. */
        ByteOutput output(int from, int length);

        byte get(int index);

        void put(int index, byte value);

        @Override
        default void close() {}
    }

    abstract Memory allocate(int size);

    private Memory canaries(int size) {
        Memory memory = allocate(size);
        for (int i = 0; i < size; i++) {
            memory.put(i, CANARY);
        }
        return memory;
    }

    private static void put(Memory memory, int from, byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            memory.put(from + i, bytes[i]);
        }
    }

    private static byte[] contents(Memory memory, int from, int to) {
        byte[] bytes = new byte[to - from];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = memory.get(from + i);
        }
        return bytes;
    }

    private static byte[] canaryBytes(int count) {
        byte[] bytes = new byte[count];
        Arrays.fill(bytes, CANARY);
        return bytes;
    }

    /** Bytes that differ from one another, from the canary and, by half, in their sign. */
    private static byte[] samples(int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) (i * 37 + 1 == CANARY ? -1 : i * 37 + 1);
        }
        return bytes;
    }

    private static int[] tokens() {
        Random random = new Random(3);
        int[] tokens = new int[500];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] =
                    i > 40 && random.nextInt(4) > 0 ? tokens[i - 33] : random.nextInt(200_019) >>> random.nextInt(17);
        }
        return tokens;
    }

    private static byte[] frames() {
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
        BufferByteOutput output = new BufferByteOutput().wrap(bytes);
        try (FrameWriter writer = new FrameWriter(HEADER, OPTIONS)) {
            writer.write(new ArrayTokenInput().wrap(TOKENS), output);
            assertThat(writer.finish(output)).isEqualTo(CoderStatus.DONE);
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    @Test
    void readsJustWhatIsAskedForAndMovesByIt() {
        byte[] bytes = samples(23);
        try (Memory memory = canaries(2 * MARGIN + bytes.length)) {
            put(memory, MARGIN, bytes);
            byte[] before = contents(memory, 0, 2 * MARGIN + bytes.length);
            for (int piece = 1; piece <= bytes.length + 1; piece++) {
                ByteInput input = memory.input(MARGIN, bytes.length);
                assertThat(input.position()).isZero();
                for (int at = 0; at < bytes.length; ) {
                    int due = Math.min(piece, bytes.length - at);
                    byte[] target = canaryBytes(bytes.length + 5);
                    assertThat(input.read(target, 3, piece)).isEqualTo(due);
                    assertThat(Arrays.copyOfRange(target, 3, 3 + due))
                            .isEqualTo(Arrays.copyOfRange(bytes, at, at + due));
                    assertThat(Arrays.copyOf(target, 3)).isEqualTo(canaryBytes(3));
                    assertThat(Arrays.copyOfRange(target, 3 + due, target.length))
                            .isEqualTo(canaryBytes(target.length - 3 - due));
                    at += due;
                    assertThat(input.position()).isEqualTo(at);
                    assertThat(input.remaining()).isEqualTo(bytes.length - at);
                }
                assertThat(input.read(new byte[1], 0, 1)).as("behind the end").isZero();
                assertThat(input.position()).isEqualTo(bytes.length);
            }
            assertThat(contents(memory, 0, 2 * MARGIN + bytes.length))
                    .as("an input changes nothing")
                    .isEqualTo(before);
        }
    }

    @Test
    void writesAsFarAsThereIsRoomAndNoFurther() {
        byte[] bytes = samples(23);
        for (int room = 0; room <= bytes.length + 1; room++) {
            for (int piece = 1; piece <= bytes.length; piece += 4) {
                try (Memory memory = canaries(2 * MARGIN + bytes.length + 1)) {
                    ByteOutput output = memory.output(MARGIN, room);
                    assertThat(output.position()).isZero();
                    assertThat(output.remaining()).isEqualTo(room);
                    int due = Math.min(room, bytes.length);
                    for (int at = 0; at < bytes.length; at += piece) {
                        int part = Math.min(piece, bytes.length - at);
                        int written = Math.min(part, Math.max(0, room - at));
                        assertThat(output.write(bytes, at, part)).isEqualTo(written);
                        assertThat(output.position()).isEqualTo(Math.min(at + part, room));
                        assertThat(output.remaining()).isEqualTo(room - output.position());
                    }
                    assertThat(contents(memory, MARGIN, MARGIN + due)).isEqualTo(Arrays.copyOf(bytes, due));
                    assertThat(contents(memory, 0, MARGIN)).isEqualTo(canaryBytes(MARGIN));
                    int behind = 2 * MARGIN + bytes.length + 1;
                    assertThat(contents(memory, MARGIN + due, behind)).isEqualTo(canaryBytes(behind - MARGIN - due));
                }
            }
        }
        assertThat(bytes).as("a source is only read").isEqualTo(samples(23));
    }

    @Test
    void rangesOutsideTheArrayAreRefusedAndMoveNothing() {
        byte[] ten = samples(10);
        try (Memory memory = canaries(30)) {
            put(memory, 0, samples(30));
            ByteInput input = memory.input(5, 20);
            ByteOutput output = memory.output(5, 20);
            input.read(new byte[4], 0, 4);
            for (int[] range : OUTSIDE_OF_TEN) {
                assertThatThrownBy(() -> input.read(ten, range[0], range[1]))
                        .as("%d, %d", range[0], range[1])
                        .isInstanceOf(IndexOutOfBoundsException.class);
                assertThat(input.position()).isEqualTo(4);
                assertThatThrownBy(() -> output.write(ten, range[0], range[1]))
                        .as("%d, %d", range[0], range[1])
                        .isInstanceOf(IndexOutOfBoundsException.class);
                assertThat(output.position()).isZero();
            }
            assertThat(ten).isEqualTo(samples(10));
            assertThat(contents(memory, 0, 30)).isEqualTo(samples(30));
            assertThat(input.read(ten, 10, 0)).as("nothing, at the array's end").isZero();
            assertThat(input.read(ten, 0, 10)).isEqualTo(10);
            assertThat(ten).isEqualTo(contents(memory, 9, 19));
            output.write(ten, 10, 0);
            assertThat(output.position()).isZero();
        }
    }

    @Test
    void windowsThatAreFullOrEmptyFromTheStart() {
        try (Memory memory = canaries(10)) {
            for (int at = 0; at <= 10; at++) {
                assertThat(memory.input(at, 0).read(new byte[3], 0, 3)).isZero();
                assertThat(memory.output(at, 0).write(new byte[3], 0, 3)).isZero();
                assertThat(memory.input(at, 10 - at).remaining()).isEqualTo(10 - at);
                assertThat(memory.output(at, 10 - at).remaining()).isEqualTo(10 - at);
            }
            assertThat(contents(memory, 0, 10)).isEqualTo(canaryBytes(10));
        }
    }

    @Test
    void aWindowThatIsWrappedAgainBeginsAnew() {
        try (Memory memory = canaries(20)) {
            put(memory, 0, samples(20));
            byte[] target = new byte[4];
            ByteInput input = memory.input(2, 8);
            input.read(target, 0, 4);
            assertThat(memory.input(9, 3)).isSameAs(input);
            assertThat(input.position()).isZero();
            assertThat(input.read(target, 0, 4)).isEqualTo(3);
            assertThat(Arrays.copyOf(target, 3)).isEqualTo(Arrays.copyOfRange(samples(20), 9, 12));
            ByteOutput output = memory.output(2, 2);
            output.write(new byte[2], 0, 2);
            assertThat(memory.output(0, 1)).isSameAs(output);
            assertThat(output.write(new byte[2], 0, 2)).isOne();
            assertThat(contents(memory, 0, 5)).isEqualTo(new byte[] {0, samples(20)[1], 0, 0, samples(20)[4]});
        }
    }

    @Test
    void framesAreTheSameWhateverRoomTheyGet() {
        for (int room : new int[] {1, 2, 3, 7, 64, 1000, FRAMES.length}) {
            ByteBuffer collected = ByteBuffer.allocate(FRAMES.length);
            try (FrameWriter writer = new FrameWriter(HEADER, OPTIONS);
                    Memory memory = canaries(room + 2 * MARGIN)) {
                ArrayTokenInput input = new ArrayTokenInput().wrap(TOKENS);
                boolean finishing = false;
                CoderStatus status = CoderStatus.NEEDS_OUTPUT;
                while (status != CoderStatus.DONE) {
                    ByteOutput output = memory.output(MARGIN, room);
                    status = finishing ? writer.finish(output) : writer.write(input, output);
                    finishing |= status == CoderStatus.NEEDS_INPUT;
                    collected.put(contents(memory, MARGIN, MARGIN + (int) output.position()));
                }
                assertThat(contents(memory, 0, MARGIN)).isEqualTo(canaryBytes(MARGIN));
                assertThat(contents(memory, MARGIN + room, room + 2 * MARGIN)).isEqualTo(canaryBytes(MARGIN));
            }
            assertThat(collected.array()).as("room for %d", room).isEqualTo(FRAMES);
        }
    }

    @Test
    void framesAreReadAlikeWhereverTheyAreSplit() {
        try (FrameReader reader = new FrameReader();
                Memory memory = canaries(FRAMES.length + 2 * MARGIN)) {
            put(memory, MARGIN, FRAMES);
            byte[] before = contents(memory, 0, FRAMES.length + 2 * MARGIN);
            int[] target = new int[TOKENS.length];
            ArrayTokenOutput output = new ArrayTokenOutput();
            for (int split = 0; split < FRAMES.length; split++) {
                reader.reset();
                output.wrap(target);
                ByteInput first = memory.input(MARGIN, split);
                assertThat(reader.read(first, output)).isEqualTo(CoderStatus.NEEDS_INPUT);
                assertThat(first.remaining()).isZero();
                // the last window goes on behind the stream's end, and the reader must not
                ByteInput second = memory.input(MARGIN + split, FRAMES.length - split + MARGIN);
                assertThat(reader.read(second, output)).isEqualTo(CoderStatus.DONE);
                assertThat(second.remaining()).isEqualTo(MARGIN);
                assertThat(target).as("split at %d", split).isEqualTo(TOKENS);
                Arrays.fill(target, -1);
            }
            reader.reset();
            output.wrap(target);
            CoderStatus status = CoderStatus.NEEDS_INPUT;
            for (int at = 0; at < FRAMES.length; at++) {
                assertThat(status).isEqualTo(CoderStatus.NEEDS_INPUT);
                status = reader.read(memory.input(MARGIN + at, 1), output);
            }
            assertThat(status).isEqualTo(CoderStatus.DONE);
            assertThat(target).as("byte by byte").isEqualTo(TOKENS);
            assertThat(contents(memory, 0, FRAMES.length + 2 * MARGIN)).isEqualTo(before);
        }
    }

    @Test
    void nothingIsAllocatedInSteadyState() {
        byte[] array = new byte[100];
        try (Memory memory = canaries(200)) {
            // what a call allocates shows in every round; what the JVM itself does on this thread, in few of them
            long allocated = Long.MAX_VALUE;
            for (int round = 0; round < 10 && allocated > 0; round++) {
                long before = THREADS.getCurrentThreadAllocatedBytes();
                for (int at = 0; at < 100; at++) {
                    memory.input(at, 100).read(array, 0, 100);
                    memory.output(at, 100).write(array, 0, 100);
                }
                allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
            }
            assertThat(allocated).isZero();
        }
    }
}
