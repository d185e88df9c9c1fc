package io.tokenlz.frames;

import io.tokenlz.core.ByteInput;

/**
 * What a data frame says before its payload (FORMAT.md, section 4.2), as far as a frame of its own can be wrong: whether it is
 * due is another matter. Read anew from its start whenever more of the frame has come.
 */
final class DataHead {
    int tokens;
    int ids;
    int encoding;
    int payloadBytes;

    /** Reads what is behind the first byte; false if the input ends before. */
    boolean read(ByteInput input, StreamElement element, boolean coded, LimitCheck limits) {
        tokens = (int) element.takeVarint(input, StreamFormat.MOST_FRAME_TOKENS, "at most 2^20 tokens in a frame");
        if (tokens < 0) {
            return false;
        }
        if (tokens == 0) {
            throw element.malformed("at least one token in a frame", "none");
        }
        limits.requireTokens(tokens);
        ids = coded ? (int) element.takeVarint(input, StreamFormat.mostIds(tokens), "at most ", " IDs") : tokens;
        if (ids < 0) {
            return false;
        }
        encoding = element.takeByte(input);
        if (encoding < 0) {
            return false;
        }
        if (!PayloadReader.knows(encoding)) {
            throw element.malformed("an encoding that this version knows", String.format("encoding %02X", encoding));
        }
        long most = StreamFormat.mostPayloadBytes(ids);
        payloadBytes = (int) element.takeVarint(input, most, "a payload of at most ", " bytes");
        return payloadBytes >= 0;
    }
}
