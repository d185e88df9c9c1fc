package io.tokenlz.frames;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tokenlz.core.ArrayTokenInput;
import io.tokenlz.core.ArrayTokenOutput;
import io.tokenlz.core.BufferByteInput;
import io.tokenlz.core.BufferByteOutput;
import io.tokenlz.core.CoderStatus;
import io.tokenlz.frames.FrameWriterOptions.Level;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Streams of one kind, one after the other, are written and read without an allocation. */
class FrameAllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @EnumSource
    void nothingIsAllocatedInSteadyState(Level level) {
        int[] tokens = FrameProperties.tokens(new Random(5), 200_019, 9000);
        int[] back = new int[tokens.length];
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
        BufferByteOutput output = new BufferByteOutput();
        BufferByteInput input = new BufferByteInput();
        ArrayTokenInput tokenInput = new ArrayTokenInput();
        ArrayTokenOutput tokenOutput = new ArrayTokenOutput();
        try (FrameWriter writer = new FrameWriter(
                        StreamHeader.builder(200_019).window(1 << 12).build(),
                        FrameWriterOptions.DEFAULT.withLevel(level).withBlockTokens(3000));
                FrameReader reader = new FrameReader()) {
            // what a call allocates shows in every round; what the JVM itself does on this thread, in few of them
            long allocated = Long.MAX_VALUE;
            for (int round = 0; round < 10 && allocated > 0; round++) {
                long before = THREADS.getCurrentThreadAllocatedBytes();
                writer.reset();
                output.wrap(bytes.clear());
                writer.write(tokenInput.wrap(tokens, 0, 1), output);
                writer.flush(output);
                writer.write(tokenInput.wrap(tokens, 1, tokens.length - 1), output);
                CoderStatus written = writer.finish(output);
                reader.reset();
                CoderStatus read = reader.read(input.wrap(bytes.flip()), tokenOutput.wrap(back));
                allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
                assertThat(written).isEqualTo(CoderStatus.DONE);
                assertThat(read).isEqualTo(CoderStatus.DONE);
                assertThat(back).isEqualTo(tokens);
            }
            assertThat(allocated).isZero();
        }
    }
}
