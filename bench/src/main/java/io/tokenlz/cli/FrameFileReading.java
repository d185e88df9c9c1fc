package io.tokenlz.cli;

import io.tokenlz.core.ArrayTokenOutput;
import io.tokenlz.core.BufferByteInput;
import io.tokenlz.core.CoderStatus;
import io.tokenlz.frames.FrameLimits;
import io.tokenlz.frames.FrameReader;
import io.tokenlz.frames.StoredBytes;
import io.tokenlz.frames.StoredStream;
import io.tokenlz.frames.StreamHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.LongConsumer;

/** Reads a framed stream from its start to its end, in constant memory. */
final class FrameFileReading {
    /** The index of many documents may take more than a server would allow a stranger; half of the heap is there. */
    static final FrameLimits LIMITS = FrameLimits.DEFAULT.withStateBytes(
            Math.max(FrameLimits.DEFAULT.stateBytes(), Runtime.getRuntime().maxMemory() / 2));

    private static final int WINDOW_TOKENS = 1 << 14;
    private static final int WINDOW_BYTES = 1 << 16;

    private final InputFile source;
    private final FrameReader reader;
    private final int[] tokens = new int[WINDOW_TOKENS];
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(WINDOW_BYTES).limit(0);
    private final BufferByteInput input = new BufferByteInput();
    private final ArrayTokenOutput output = new ArrayTokenOutput();
    private long bytesRead;

    FrameFileReading(InputFile source, FrameReader reader) {
        this.source = source;
        this.reader = reader;
    }

    /** Random access to a stored stream. */
    static StoredStream openStored(InputFile source) throws IOException {
        return StoredStream.open(StoredBytes.of(source.regular()), LIMITS);
    }

    /** What the stream says of itself; no byte behind that is looked at. */
    StreamHeader header() {
        StreamHeader header = reader.header();
        while (header == null) {
            requireMore();
            // byte by byte, so that a damaged first frame does not hide the header
            int end = bytes.limit();
            bytes.limit(bytes.position() + 1);
            reader.read(input.wrap(bytes), output.wrap(tokens, 0, 0));
            bytes.limit(end);
            header = reader.header();
        }
        return header;
    }

    /**
     * Reads all tokens that were not read yet, and the end.
     *
     * @param progress is told how far reading got, in bytes
     */
    void run(TokenSink sink, LongConsumer progress) throws IOException {
        CoderStatus status = reader.read(input.wrap(bytes), output.wrap(tokens));
        while (status != CoderStatus.DONE) {
            sink.write(tokens, (int) output.position());
            if (status == CoderStatus.NEEDS_INPUT) {
                requireMore();
            }
            progress.accept(bytesRead);
            status = reader.read(input.wrap(bytes), output.wrap(tokens));
        }
        sink.write(tokens, (int) output.position());
        if (hasMore()) {
            throw new BadInput(source.name() + ": the stream ends at byte " + (bytesRead - bytes.remaining())
                    + ", but the file does not");
        }
    }

    private void requireMore() {
        if (!hasMore()) {
            reader.finish(); // says where the stream was cut
            throw new IllegalStateException("a stream that asks for more is not at its end");
        }
    }

    private boolean hasMore() {
        if (!bytes.hasRemaining()) {
            bytes.clear();
            int read = source.read(bytes);
            bytes.flip();
            bytesRead += Math.max(0, read);
        }
        return bytes.hasRemaining();
    }
}
