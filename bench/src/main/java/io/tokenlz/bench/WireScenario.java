package io.tokenlz.bench;

import io.tokenlz.frames.FrameWriterOptions.Level;
import java.util.List;

/**
 * A use of the wire format, measured beside its rivals. Each scenario's contenders see the same files in the same run.
 */
public enum WireScenario {
    ANSWERS("token by token", "answers of " + Cut.ANSWER_TOKENS + " tokens, flushed at every token", false) {
        @Override
        public List<WireContender> contenders() {
            return List.of(
                    new CodedContender(OURS, Cut.ANSWER, FrameCoder::tokenByToken),
                    new CodedContender(VARINTS, Cut.ANSWER, size -> RivalCoder.plain(TokenBytes.VARINTS)),
                    new CountedContender(
                            VARINTS_AND_LENGTHS,
                            Cut.ANSWER,
                            piece -> piece.count()
                                    + TokenBytes.varintBytes(piece.tokens(), piece.from(), piece.count())),
                    new CountedContender(
                            "JSON array",
                            Cut.ANSWER,
                            piece -> TokenBytes.jsonBytes(piece.tokens(), piece.from(), piece.count())));
        }

        @Override
        public String rival() {
            return VARINTS_AND_LENGTHS;
        }

        @Override
        public String timedRival() {
            return VARINTS;
        }
    },

    MESSAGES("messages", "of " + Cut.MESSAGE_TOKENS + " tokens, each a stream of its own", false) {
        @Override
        public List<WireContender> contenders() {
            return List.of(
                    new CodedContender(OURS, Cut.MESSAGES, size -> FrameCoder.messages(size, Level.BALANCED)),
                    new CodedContender("ours, HIGH", Cut.MESSAGES, size -> FrameCoder.messages(size, Level.HIGH)),
                    new CodedContender(VARINTS, Cut.MESSAGES, size -> RivalCoder.plain(TokenBytes.VARINTS)),
                    new CodedContender("zstd-1 varints", Cut.MESSAGES, size -> RivalCoder.zstd(1, TokenBytes.VARINTS)),
                    new CodedContender(ZSTD_3, Cut.MESSAGES, size -> RivalCoder.zstd(3, TokenBytes.VARINTS)),
                    new CodedContender(LZ4, Cut.MESSAGES, size -> RivalCoder.lz4(TokenBytes.VARINTS)),
                    new CodedContender(SNAPPY, Cut.MESSAGES, size -> RivalCoder.snappy(TokenBytes.VARINTS)),
                    new CodedContender(DEFLATE, Cut.MESSAGES, size -> RivalCoder.deflate(6, TokenBytes.VARINTS)),
                    new CodedContender(FAST_PFOR, Cut.MESSAGES, size -> new FastPforCoder()));
        }
    },

    BLOCKS("independent blocks", "of 65,536 tokens, level HIGH, no window", false) {
        @Override
        public List<WireContender> contenders() {
            return List.of(
                    // one stream, but of blocks that each begin anew
                    new CodedContender(OURS, Cut.WHOLE, size -> FrameCoder.blocks(size, Level.HIGH)),
                    new CodedContender(ZSTD_3, Cut.BLOCKS, size -> RivalCoder.zstd(3, TokenBytes.VARINTS)),
                    new CodedContender(LZ4, Cut.BLOCKS, size -> RivalCoder.lz4(TokenBytes.VARINTS)),
                    new CodedContender(SNAPPY, Cut.BLOCKS, size -> RivalCoder.snappy(TokenBytes.VARINTS)),
                    new CodedContender(DEFLATE, Cut.BLOCKS, size -> RivalCoder.deflate(6, TokenBytes.VARINTS)),
                    new CodedContender(FAST_PFOR, Cut.BLOCKS, size -> new FastPforCoder()));
        }
    },

    WINDOW("whole files with a window", "of 1,048,576 tokens, level BALANCED, stored", false) {
        @Override
        public List<WireContender> contenders() {
            return List.of(
                    new CodedContender(OURS, Cut.WHOLE, size -> FrameCoder.window(size, Level.BALANCED)),
                    new CodedContender(ZSTD_3, Cut.WHOLE, size -> RivalCoder.zstd(3, TokenBytes.VARINTS)),
                    new CodedContender("zstd-3 int32", Cut.WHOLE, size -> RivalCoder.zstd(3, TokenBytes.INT32)),
                    new TextContender("zstd-3 text", () -> new ZstdCompressor(3)),
                    new CodedContender(LZ4, Cut.WHOLE, size -> RivalCoder.lz4(TokenBytes.VARINTS)),
                    new CodedContender("lz4 int32", Cut.WHOLE, size -> RivalCoder.lz4(TokenBytes.INT32)),
                    new CodedContender(SNAPPY, Cut.WHOLE, size -> RivalCoder.snappy(TokenBytes.VARINTS)),
                    new CodedContender(DEFLATE, Cut.WHOLE, size -> RivalCoder.deflate(6, TokenBytes.VARINTS)),
                    new CodedContender(FAST_PFOR, Cut.WHOLE, size -> new FastPforCoder()));
        }
    },

    STORAGE("storage", "whole files, level SMALLEST, window of 1,048,576 tokens, stored; one pass", true) {
        @Override
        public List<WireContender> contenders() {
            return List.of(
                    new CodedContender(OURS, Cut.WHOLE, size -> FrameCoder.window(size, Level.SMALLEST)),
                    new CodedContender(XZ_6, Cut.WHOLE, size -> RivalCoder.xz(6, TokenBytes.INT32)),
                    new CodedContender(ZSTD_19 + "varints", Cut.WHOLE, size -> RivalCoder.zstd(19, TokenBytes.VARINTS)),
                    new CodedContender(ZSTD_19 + "int32", Cut.WHOLE, size -> RivalCoder.zstd(19, TokenBytes.INT32)),
                    new TextContender(ZSTD_19 + "text", () -> new ZstdCompressor(19)));
        }

        @Override
        public String rival() {
            return XZ_6;
        }
    };

    /** Names of contenders: ours with the scenario's own options, and those that targets are about. */
    public static final String OURS = "ours";

    public static final String VARINTS = "varints";
    public static final String VARINTS_AND_LENGTHS = "varints + 1";
    public static final String ZSTD_3 = "zstd-3 varints";
    public static final String LZ4 = "lz4 varints";
    public static final String SNAPPY = "snappy varints";
    public static final String DEFLATE = "deflate varints";
    public static final String FAST_PFOR = "FastPFOR";
    public static final String XZ_6 = "xz-6 int32";

    /** What the names of zstd's best level on each form begin with. */
    public static final String ZSTD_19 = "zstd-19 ";

    private final String title;
    private final String description;
    private final boolean slow;

    WireScenario(String title, String description, boolean slow) {
        this.title = title;
        this.description = description;
        this.slow = slow;
    }

    public String title() {
        return title;
    }

    public String description() {
        return description;
    }

    /** Who is measured; ours first. */
    public abstract List<WireContender> contenders();

    /** The contender that the ratios are to. */
    public String rival() {
        return ZSTD_3;
    }

    /** The contender that speeds are compared with. */
    public String timedRival() {
        return rival();
    }

    public WireTiming timing(double seconds) {
        return new WireTiming(seconds, slow);
    }
}
