package io.tokenlz.cli;

import io.tokenlz.core.ArrayTokenInput;
import io.tokenlz.core.BufferByteOutput;
import io.tokenlz.core.CoderStatus;
import io.tokenlz.frames.FrameWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.function.LongConsumer;

/** Writes documents as a stored stream, in constant memory but for what its index tells of them. */
final class FrameFileWriting {
    private static final int WINDOW_TOKENS = 1 << 14;
    private static final int WINDOW_BYTES = 1 << 16;

    private final FrameWriter writer;
    private final WritableByteChannel target;
    private final int[] tokens = new int[WINDOW_TOKENS];
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(WINDOW_BYTES);
    private final ArrayTokenInput input = new ArrayTokenInput();
    private final BufferByteOutput output = new BufferByteOutput().wrap(bytes);

    FrameFileWriting(FrameWriter writer, WritableByteChannel target) {
        this.writer = writer;
        this.target = target;
    }

    /**
     * Writes all documents and ends the stream.
     *
     * @param bytesRead is told how far reading got
     */
    void run(DocumentSource source, LongConsumer bytesRead) throws IOException {
        while (source.nextDocument()) {
            for (int count = source.read(tokens); count > 0; count = source.read(tokens)) {
                input.wrap(tokens, 0, count);
                while (writer.write(input, output) == CoderStatus.NEEDS_OUTPUT) {
                    writeOut();
                }
                bytesRead.accept(source.position());
            }
            writer.endDocument();
        }
        while (writer.finish(output) == CoderStatus.NEEDS_OUTPUT) {
            writeOut();
        }
        writeOut();
    }

    private void writeOut() throws IOException {
        bytes.flip();
        while (bytes.hasRemaining()) {
            target.write(bytes);
        }
        bytes.clear();
        output.wrap(bytes);
    }
}
