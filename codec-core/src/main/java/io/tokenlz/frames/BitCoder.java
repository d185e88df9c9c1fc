package io.tokenlz.frames;

/**
 * A binary arithmetic coder, both ways (FORMAT.md, section 8.1): the decoder is the encoder with the question turned round, so
 * that a model drives both alike.
 */
final class BitCoder {
    private static final long ALL = 0xFFFF_FFFFL;
    private static final int CODE_BYTES = 4;

    private final ByteSink sink = new ByteSink();
    private boolean decoding;
    private byte[] bytes = {};
    private int at;
    private int end;
    private long low;
    private long high;
    private long code;

    void beginEncoding() {
        decoding = false;
        sink.clear();
        low = 0;
        high = ALL;
    }

    void beginDecoding(byte[] source, int from, int to) {
        decoding = true;
        bytes = source;
        at = from;
        end = to;
        low = 0;
        high = ALL;
        code = 0;
        for (int i = 0; i < CODE_BYTES; i++) {
            code = (code << 8) | next();
        }
    }

    /** Bytes behind the end read as zeros: an encoder leaves out what they would say. */
    private int next() {
        return at < end ? bytes[at++] & 0xFF : 0;
    }

    /** Ends the encoding; what was written. */
    ByteSink finishEncoding() {
        if (low != 0) {
            sink.putByte((int) (low >>> 24) + 1);
        }
        return sink;
    }

    /** Whether all that was given to decode was looked at. */
    boolean consumedAll() {
        return at == end;
    }

    /**
     * Codes a bit.
     *
     * @param bit the bit to encode; ignored when decoding
     * @param chance that it is a one, in 1/65536
     * @return the bit
     */
    int code(int bit, int chance) {
        long middle = low + (((high - low) * chance) >>> 16);
        int result = decoding ? (code <= middle ? 1 : 0) : bit;
        if (result == 1) {
            high = middle;
        } else {
            low = middle + 1;
        }
        while (((low ^ high) & 0xFF00_0000L) == 0) {
            if (decoding) {
                code = ((code << 8) & ALL) | next();
            } else {
                sink.putByte((int) (high >>> 24));
            }
            low = (low << 8) & ALL;
            high = ((high << 8) & ALL) | 0xFF;
        }
        return result;
    }
}
