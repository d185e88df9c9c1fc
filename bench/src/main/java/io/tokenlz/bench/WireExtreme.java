package io.tokenlz.bench;

import io.tokenlz.frames.FrameWriterOptions.Level;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of tokens that nothing can be done with, or everything.
 *
 * @param name the file
 * @param tokens how many it has
 * @param varintBytes its tokens as packed varints
 * @param blocks bytes as independent blocks
 * @param window bytes as one stream with a window
 * @param difference the first place that did not come back, or null if all did
 */
public record WireExtreme(
        String name,
        long tokens,
        long varintBytes,
        Bytes blocks,
        Bytes window,
        @Nullable String difference) {
    private static final int FRAME_ALLOWANCE = 16;
    private static final int RANDOM_TOKENS = 1 << 17;

    /**
     * Bytes of a stream, and how many are allowed.
     *
     * @param bytes header and end included
     * @param most varints, 16 bytes for each frame, and a stream without tokens
     */
    public record Bytes(long bytes, long most) {
        long overrun() {
            return bytes - most;
        }
    }

    /** Random tokens, each of the vocabulary as likely as another. */
    public static TokenFile random(int vocabularySize) {
        int[] ids = new Random(1).ints(RANDOM_TOKENS, 0, vocabularySize).toArray();
        return new TokenFile("extreme", "random IDs", ids, vocabularySize, null);
    }

    public static WireExtreme measure(TokenFile file) {
        WireResult blocks = run(file, size -> FrameCoder.blocks(size, Level.HIGH));
        WireResult window = run(file, size -> FrameCoder.window(size, Level.BALANCED));
        long varints = TokenBytes.varintBytes(file.ids(), 0, file.ids().length);
        long most = varints + (long) FRAME_ALLOWANCE * Cut.frames(file.ids().length);
        return new WireExtreme(
                file.name(),
                file.ids().length,
                varints,
                new Bytes(blocks.bytes(), most + emptyStream(FrameCoder.blocks(file.vocabularySize(), Level.HIGH))),
                new Bytes(window.bytes(), most + emptyStream(FrameCoder.window(file.vocabularySize(), Level.BALANCED))),
                blocks.exact() ? window.difference() : blocks.difference());
    }

    private static WireResult run(TokenFile file, IntFunction<WireCoder> coders) {
        return new CodedContender(file.name(), Cut.WHOLE, coders).measure(List.of(file), WireTiming.NONE);
    }

    /** Bytes of a header and an end. */
    private static long emptyStream(FrameCoder coder) {
        int mostBytes = 1024;
        ByteBuffer target = ByteBuffer.allocate(mostBytes);
        try (coder) {
            coder.encode(new int[0], 0, 0, target);
        }
        return target.position();
    }

    /** Bytes more than allowed in the worse of the two; negative if fewer. */
    public long overrun() {
        return Math.max(blocks.overrun(), window.overrun());
    }

    public boolean exact() {
        return difference == null;
    }
}
