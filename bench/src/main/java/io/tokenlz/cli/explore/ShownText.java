package io.tokenlz.cli.explore;

import io.tokenlz.bench.Tokenizer;
import io.tokenlz.cli.HiddenCharacters;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * The text of tokens so that all of it can be seen on a page: bytes that are no whole characters as {@code \xF0}, what would hide
 * or reorder other text as {@code \\u{202E}}, a token without text as {@code \{200010}}. Line breaks and tabs stay.
 */
final class ShownText {
    private final Tokenizer tokenizer;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();

    ShownText(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    String of(List<Integer> tokens) {
        byte[] bytes;
        try {
            bytes = tokenizer.text(tokens.stream().mapToInt(Integer::intValue).toArray());
        } catch (IllegalArgumentException noText) {
            StringBuilder numbers = new StringBuilder();
            tokens.forEach(token -> numbers.append("\\{").append(token).append('}'));
            return numbers.toString();
        }
        return shown(ByteBuffer.wrap(bytes));
    }

    private String shown(ByteBuffer bytes) {
        StringBuilder text = new StringBuilder();
        CharBuffer decoded = CharBuffer.allocate(bytes.remaining());
        decoder.reset();
        while (bytes.hasRemaining()) {
            CoderResult result = decoder.decode(bytes, decoded, true);
            decoded.flip().codePoints().forEach(character -> append(character, text));
            decoded.clear();
            for (int i = 0; result.isMalformed() && i < result.length(); i++) {
                text.append(String.format(Locale.ROOT, "\\x%02X", bytes.get()));
            }
        }
        return text.toString();
    }

    private static void append(int character, StringBuilder text) {
        if (character == '\n' || character == '\t' || !HiddenCharacters.contain(character)) {
            text.appendCodePoint(character);
        } else {
            text.append(String.format(Locale.ROOT, "\\u{%X}", character));
        }
    }
}
