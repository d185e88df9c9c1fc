package io.tokenlz.frames;

/**
 * How a writer uses the format; a reader needs none of it. Immutable and thread-safe.
 *
 * @param level what is done to make frames small
 * @param blockTokens tokens after which a frame is ended if no flush does it before, 1 … 2²⁰
 * @param restartTokens least distance in tokens of the places where a stream can be read from the middle; the window reaches
 *     no further back; 0 for none but its start
 * @param checkAllFrames whether frames of fewer than 64 tokens, too, are checked before a token of them is delivered, at
 *     four bytes and more a frame
 */
public record FrameWriterOptions(Level level, int blockTokens, long restartTokens, boolean checkAllFrames) {
    /** The widest window that a writer uses, in IDs. */
    public static final int MOST_WINDOW = 1 << 20;

    /** Streams: {@link Level#BALANCED}, frames of at most 65,536 tokens, no restarts, small frames unchecked. */
    public static final FrameWriterOptions DEFAULT = new FrameWriterOptions(Level.BALANCED, 1 << 16, 0, false);

    /** What is done to make frames small. Each is deterministic. */
    public enum Level {
        /** The first match that is found, fixed widths: the least work. */
        FAST,

        /** The first match that is found, and a prefix code over what is left; frames of fewer than 2,048 tokens as FAST. */
        BALANCED,

        /** The better of the matches at hand, put off by a token where that pays, and a prefix code, in small frames too. */
        HIGH,

        /** A model that learns from all that came before, and an arithmetic coder: far smaller, far slower both ways. */
        SMALLEST
    }

    /**
     * Checks the options.
     *
     * @param level what is done to make frames small
     * @param blockTokens the most tokens of a frame
     * @param restartTokens least distance of restarts, 0 for none
     * @param checkAllFrames whether small frames are checked, too
     * @throws IllegalArgumentException naming the option that is out of range
     */
    public FrameWriterOptions {
        if (blockTokens < 1 || blockTokens > StreamFormat.MOST_FRAME_TOKENS) {
            throw new IllegalArgumentException(
                    "blockTokens must be 1 to " + StreamFormat.MOST_FRAME_TOKENS + ", is " + blockTokens);
        }
        if (restartTokens < 0) {
            throw new IllegalArgumentException("restartTokens must not be negative, is " + restartTokens);
        }
    }

    /**
     * These options with another level.
     *
     * @param newLevel the level
     * @return new options
     */
    public FrameWriterOptions withLevel(Level newLevel) {
        return new FrameWriterOptions(newLevel, blockTokens, restartTokens, checkAllFrames);
    }

    /**
     * These options with another length of frames.
     *
     * @param tokens the most tokens of a frame, 1 … 2²⁰
     * @return new options
     */
    public FrameWriterOptions withBlockTokens(int tokens) {
        return new FrameWriterOptions(level, tokens, restartTokens, checkAllFrames);
    }

    /**
     * These options with another distance of restarts.
     *
     * @param tokens least distance, 0 for no restarts
     * @return new options
     */
    public FrameWriterOptions withRestartTokens(long tokens) {
        return new FrameWriterOptions(level, blockTokens, tokens, checkAllFrames);
    }

    /**
     * These options with every frame checked, or only those of 64 tokens or more.
     *
     * @param all whether all are
     * @return new options
     */
    public FrameWriterOptions withCheckAllFrames(boolean all) {
        return new FrameWriterOptions(level, blockTokens, restartTokens, all);
    }
}
