package io.tokenlz.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tokenlz.core.ArrayTokenInput;
import io.tokenlz.core.ArrayTokenOutput;
import io.tokenlz.core.BufferByteInput;
import io.tokenlz.core.BufferByteOutput;
import io.tokenlz.core.ByteInput;
import io.tokenlz.core.ByteOutput;
import io.tokenlz.core.CoderStatus;
import io.tokenlz.core.TokenInput;
import io.tokenlz.core.TokenOutput;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Function;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Where the bytes and tokens of a wire codec may lie, and the memory that it takes. */
abstract class WireMemoryContract {
    private static final int ROOM = 37;
    private static final int ROOM_BYTES = 1 << 12;
    private static final int MOST_BYTES_A_TOKEN = 16;
    private static final int WARM_UPS = 20;
    private static final int ROUNDS = 20;

    /** Less than one small array for each call. */
    private static final long MOST_ALLOCATED_BYTES = 512;

    private static final byte CANARY = 0x5A;
    private static final int TOKEN_CANARY = 0x5EAF00D;

    WireMemoryContract() {}

    /**
     * Configured wire codecs, each with tokens that fit it.
     *
     * @return a generator of configuration and tokens together
     */
    @Provide
    protected abstract Arbitrary<WireCase> cases();

    static byte[] written(WireCodec codec, int[] tokens) {
        WireWindows windows = WireWindows.whole();
        try (WireCodec.Writer writer = codec.newWriter()) {
            windows.write(writer, tokens, 0, tokens.length);
            windows.finish(writer);
        }
        return windows.bytes();
    }

    @Property(tries = 100)
    void everyKindOfMemoryIsTheSame(@ForAll("cases") WireCase that) {
        byte[] bytes = written(that.codec(), that.tokens());
        for (ByteMemoryKind kind : ByteMemoryKind.values()) {
            if (kind.isUsable()) {
                assertThat(writtenThrough(kind, that)).as("written to %s", kind).isEqualTo(bytes);
                assertThat(readThrough(kind, that, bytes))
                        .as("read from %s", kind)
                        .isEqualTo(that.tokens());
            }
        }
    }

    private static byte[] writtenThrough(ByteMemoryKind kind, WireCase that) {
        int count = that.tokens().length;
        ByteArrayOutputStream collected = new ByteArrayOutputStream();
        try (WireCodec.Writer writer = that.codec().newWriter();
                MemoryKind.Memory source = kind.tokens.allocate(count + 2);
                ByteMemoryKind.Memory room = kind.allocate(ROOM + 2)) {
            for (int i = 0; i < count; i++) {
                source.setToken(1 + i, that.tokens()[i]);
            }
            TokenInput input = source.input(1, count);
            CoderStatus status;
            do {
                status = step(room, collected, output -> writer.write(input, output));
            } while (status == CoderStatus.NEEDS_OUTPUT);
            do {
                status = step(room, collected, writer::finish);
            } while (status == CoderStatus.NEEDS_OUTPUT);
        }
        return collected.toByteArray();
    }

    private static CoderStatus step(
            ByteMemoryKind.Memory room, ByteArrayOutputStream collected, Function<ByteOutput, CoderStatus> writing) {
        for (int i = 0; i < ROOM + 2; i++) {
            room.set(i, CANARY);
        }
        ByteOutput output = room.output(1, ROOM);
        CoderStatus status = writing.apply(output);
        int written = (int) output.position();
        for (int i = 0; i < ROOM + 2; i++) {
            if (i >= 1 && i <= written) {
                collected.write(room.get(i));
            } else {
                assertThat(room.get(i))
                        .as("byte %s, of %s written from 1", i, written)
                        .isEqualTo(CANARY);
            }
        }
        return status;
    }

    private static int[] readThrough(ByteMemoryKind kind, WireCase that, byte[] bytes) {
        int[] collected = new int[0];
        try (WireCodec.Reader reader = that.codec().newReader();
                ByteMemoryKind.Memory source = kind.allocate(bytes.length + 2);
                MemoryKind.Memory room = kind.tokens.allocate(ROOM + 2)) {
            for (int i = 0; i < bytes.length; i++) {
                source.set(1 + i, bytes[i]);
            }
            ByteInput input = source.input(1, bytes.length);
            CoderStatus status;
            do {
                for (int i = 0; i < ROOM + 2; i++) {
                    room.setToken(i, TOKEN_CANARY);
                }
                TokenOutput output = room.output(1, ROOM);
                status = reader.read(input, output);
                int length = collected.length;
                int read = (int) output.position();
                collected = Arrays.copyOf(collected, length + read);
                for (int i = 0; i < read; i++) {
                    collected[length + i] = room.token(1 + i);
                }
                assertThat(room.token(0)).as("the place before the room").isEqualTo(TOKEN_CANARY);
                assertThat(room.token(1 + read))
                        .as("the place behind what was read")
                        .isEqualTo(TOKEN_CANARY);
            } while (status == CoderStatus.NEEDS_OUTPUT);
            reader.finish();
        }
        return collected;
    }

    /** One long stream, of the same tokens and a flush over and over again: once these have been seen, it needs no more memory. */
    @Property(tries = 15)
    void codingAllocatesNothing(@ForAll("cases") WireCase that) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        ByteBuffer bytes = ByteBuffer.allocate(ROOM_BYTES + MOST_BYTES_A_TOKEN * that.tokens().length);
        int[] back = new int[that.tokens().length + 1]; // room is left, so that all bytes are taken
        ArrayTokenInput tokens = new ArrayTokenInput();
        ArrayTokenOutput tokensBack = new ArrayTokenOutput();
        BufferByteOutput output = new BufferByteOutput();
        BufferByteInput input = new BufferByteInput();
        long leastWriting = Long.MAX_VALUE;
        long leastReading = Long.MAX_VALUE;
        try (WireCodec.Writer writer = that.codec().newWriter();
                WireCodec.Reader reader = that.codec().newReader()) {
            for (int round = 0; round < WARM_UPS + ROUNDS; round++) {
                long start = threads.getCurrentThreadAllocatedBytes();
                writer.write(tokens.wrap(that.tokens()), output.wrap(bytes.clear()));
                CoderStatus flushed = writer.flush(output);
                long written = threads.getCurrentThreadAllocatedBytes();
                reader.read(input.wrap(bytes.flip()), tokensBack.wrap(back));
                long read = threads.getCurrentThreadAllocatedBytes();
                assertThat(flushed).isEqualTo(CoderStatus.NEEDS_INPUT);
                assertThat(Arrays.copyOf(back, (int) tokensBack.position())).isEqualTo(that.tokens());
                if (round >= WARM_UPS) {
                    leastWriting = Math.min(leastWriting, written - start);
                    leastReading = Math.min(leastReading, read - written);
                }
            }
        }
        assertThat(leastWriting).as("bytes allocated by write() and flush()").isLessThan(MOST_ALLOCATED_BYTES);
        assertThat(leastReading).as("bytes allocated by read()").isLessThan(MOST_ALLOCATED_BYTES);
    }
}
