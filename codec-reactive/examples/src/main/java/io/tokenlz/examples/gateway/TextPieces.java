package io.tokenlz.examples.gateway;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Turns the bytes of one stream into text as they come. Holds back only the bytes of a character that is not whole, at most three;
 * bytes that can't be UTF-8 become U+FFFD. Not thread-safe.
 */
final class TextPieces {
    private static final byte[] NONE = {};

    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private byte[] held = NONE;

    /** The text that the bytes complete; empty if they complete no character. */
    String append(byte[] bytes) {
        return decode(bytes, false);
    }

    /** What is left at the end, where characters are not completed any more. */
    String end() {
        return decode(NONE, true);
    }

    private String decode(byte[] bytes, boolean end) {
        ByteBuffer input = ByteBuffer.allocate(held.length + bytes.length)
                .put(held)
                .put(bytes)
                .flip();
        CharBuffer text = CharBuffer.allocate(input.remaining() + 1); // no byte makes more than a char
        decoder.decode(input, text, end);
        if (end) {
            decoder.flush(text);
            decoder.reset();
        }
        held = new byte[input.remaining()];
        input.get(held);
        return text.flip().toString();
    }
}
