package io.tokenlz.frames;

/** The numbers of FORMAT.md, by its sections. */
final class StreamFormat {
    // 3: the header
    static final byte[] MAGIC = {'T', 'L', 'Z'};
    static final int VERSION = 0x81;
    static final int FLAG_STORED = 0x01;
    static final int KNOWN_FLAGS = FLAG_STORED;
    static final int CRITICAL_FLAGS = 0x0F;
    static final int MOST_HEADER_BYTES = 1 << 16;
    static final int FIELD_VOCABULARY = 0x01;
    static final int FIELD_TOKENIZER = 0x02;
    static final int FIELD_CODEC = 0x03;
    static final int FIELD_WINDOW = 0x05;
    static final int FIELD_DICTIONARY = 0x07;
    static final int MOST_FINGERPRINT_BYTES = 32;
    static final int MOST_NAME_BYTES = 64;

    /** So that a window and the frames behind it are indexes of an array. */
    static final int MOST_WINDOW = 1 << 28;

    // 4: frames
    static final int SHORT_TOKENS = 1 << 14;
    static final int MIDDLE_TOKENS = 1 << 21;
    static final int KIND_MIDDLE_TOKEN = 64;
    static final int KIND_DATA_UNCHECKED = 96;
    static final int KIND_DATA = 97;
    static final int KIND_DATA_RESTART = 98;
    static final int KIND_CHECKPOINT = 99;
    static final int KIND_END = 100;
    static final int KIND_INDEX = 101;
    static final int KIND_STORED_END = 102;
    static final int KIND_LONG_TOKEN = 103;
    static final int KIND_DATA_LAST = 104;
    static final int KIND_FIRST_SKIPPABLE = 120;
    static final int CHECK_BYTES = 4;
    static final int STORED_END_BYTES = 1 + Long.BYTES + Integer.BYTES + CHECK_BYTES;

    /** The most tokens of a frame. */
    static final int MOST_FRAME_TOKENS = 1 << 20;

    /** Frames of fewer tokens may go without a check of their own. */
    static final int CHECKED_FROM = 64;

    /** The most tokens in unchecked frames since the last check. */
    static final int MOST_UNCHECKED_TOKENS = 256;

    // 5: payloads
    static final int ENCODING_VARINT = 0;
    static final int ENCODING_PACKED = 1;
    static final int ENCODING_ENTROPY = 2;
    static final int ENCODING_MODEL = 3;
    static final int SEQUENCES = 0x10;

    private StreamFormat() {}

    /** A frame's first byte: its kind above a bit that makes the number of ones even. */
    static int firstByte(int kind) {
        return (kind << 1) | (Integer.bitCount(kind) & 1);
    }

    /** Whether a byte may begin a frame: no byte that differs from such a one in a single bit may. */
    static boolean isFirstByte(int value) {
        return (Integer.bitCount(value) & 1) == 0;
    }

    /** The most IDs that a frame of so many tokens may have. */
    static long mostIds(long tokens) {
        return 2 * tokens + 16;
    }

    /** The most bytes that a payload of so many IDs may have. */
    static long mostPayloadBytes(long ids) {
        return 5 * ids + 16;
    }
}
