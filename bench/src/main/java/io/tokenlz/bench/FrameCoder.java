package io.tokenlz.bench;

import io.tokenlz.core.ArrayTokenInput;
import io.tokenlz.core.ArrayTokenOutput;
import io.tokenlz.core.BufferByteInput;
import io.tokenlz.core.BufferByteOutput;
import io.tokenlz.core.CoderStatus;
import io.tokenlz.frames.FrameReader;
import io.tokenlz.frames.FrameWriter;
import io.tokenlz.frames.FrameWriterOptions;
import io.tokenlz.frames.FrameWriterOptions.Level;
import io.tokenlz.frames.MalformedFrameException;
import io.tokenlz.frames.StreamHeader;
import java.nio.ByteBuffer;

/** Our wire format, as each scenario uses it: a piece is a stream of its own, header and end included. */
public final class FrameCoder implements WireCoder {
    public static final int BLOCK_TOKENS = 1 << 16;
    private static final int WINDOW = 1 << 20;
    private static final long RESTART_TOKENS = 1L << 22;

    private final FrameWriter writer;
    private final FrameReader reader = new FrameReader();
    private final boolean flushEachToken;
    private final ArrayTokenInput tokenInput = new ArrayTokenInput();
    private final ArrayTokenOutput tokenOutput = new ArrayTokenOutput();
    private final BufferByteInput byteInput = new BufferByteInput();
    private final BufferByteOutput byteOutput = new BufferByteOutput();

    private FrameCoder(StreamHeader.Builder header, FrameWriterOptions options, boolean flushEachToken) {
        this.writer = new FrameWriter(header.build(), options);
        this.flushEachToken = flushEachToken;
    }

    /** Answers of a model, flushed at each token. */
    public static FrameCoder tokenByToken(int vocabularySize) {
        return new FrameCoder(StreamHeader.builder(vocabularySize), FrameWriterOptions.DEFAULT, true);
    }

    /** Messages that are sent whole. */
    public static FrameCoder messages(int vocabularySize, Level level) {
        return new FrameCoder(StreamHeader.builder(vocabularySize), FrameWriterOptions.DEFAULT.withLevel(level), false);
    }

    /** Blocks that can be decoded each without the others. */
    public static FrameCoder blocks(int vocabularySize, Level level) {
        return new FrameCoder(
                StreamHeader.builder(vocabularySize), new FrameWriterOptions(level, BLOCK_TOKENS, 1, true), false);
    }

    /** Files in which a block may copy from those before it. */
    public static FrameCoder window(int vocabularySize, Level level) {
        return new FrameCoder(
                StreamHeader.builder(vocabularySize).window(WINDOW).stored(),
                new FrameWriterOptions(level, BLOCK_TOKENS, RESTART_TOKENS, false),
                false);
    }

    @Override
    public void encode(int[] tokens, int from, int count, ByteBuffer target) {
        writer.reset();
        byteOutput.wrap(target);
        if (flushEachToken) {
            for (int i = from; i < from + count; i++) {
                writer.write(tokenInput.wrap(tokens, i, 1), byteOutput);
                writer.flush(byteOutput);
            }
        } else {
            writer.write(tokenInput.wrap(tokens, from, count), byteOutput);
        }
        if (writer.finish(byteOutput) != CoderStatus.DONE || writer.totalTokens() != count) {
            throw new IllegalStateException(count + " tokens found no room in " + byteOutput.position() + " bytes");
        }
    }

    @Override
    public int decode(ByteBuffer source, int[] target, int to, int most) {
        reader.reset();
        try {
            CoderStatus status = reader.read(byteInput.wrap(source), tokenOutput.wrap(target, to, most));
            boolean whole = status == CoderStatus.DONE && byteInput.remaining() == 0;
            return whole ? (int) tokenOutput.position() : NOT_DECODED;
        } catch (MalformedFrameException ourOwnStreamRefused) {
            return NOT_DECODED;
        }
    }

    @Override
    public void close() {
        writer.close();
        reader.close();
    }
}
