package io.tokenlz.cli;

import io.tokenlz.bench.Tokenizer;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Prints the text of tokens so that all of it is seen, and none of it taken for something else: brackets and backslashes
 * get a backslash before them, and what would move, colour, hide or reorder other text is written as an escape. Characters
 * that are split between tokens are put together, as far as nothing is printed between these.
 */
final class VisibleText {
    private static final int WINDOW_CHARACTERS = 256;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Tokenizer tokenizer;
    private final PrintWriter out;
    private final boolean breaksLines;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final CharBuffer decoded = CharBuffer.allocate(WINDOW_CHARACTERS);

    /** The start of a character whose other bytes may come with the next token. */
    private ByteBuffer cutCharacter = NOTHING;

    /** Whether a combining mark would be drawn onto a character of the text, not onto a bracket or an escape of ours. */
    private boolean afterCharacter;

    /**
     * Prints to a writer.
     *
     * @param breaksLines whether a line of the text is a line of the output, too
     */
    VisibleText(Tokenizer tokenizer, PrintWriter out, boolean breaksLines) {
        this.tokenizer = tokenizer;
        this.out = out;
        this.breaksLines = breaksLines;
    }

    void print(int token) {
        byte[] text;
        try {
            text = tokenizer.text(new int[] {token});
        } catch (IllegalArgumentException noText) {
            end();
            out.print("\\{" + token + "}");
            return;
        }
        ByteBuffer bytes = ByteBuffer.allocate(cutCharacter.remaining() + text.length);
        bytes.put(cutCharacter).put(text).flip();
        CoderResult result;
        do {
            result = decoder.decode(bytes, decoded, false);
            printDecoded();
            for (int i = 0; result.isMalformed() && i < result.length(); i++) {
                escape("\\x%02X", bytes.get());
            }
        } while (!result.isUnderflow());
        cutCharacter = bytes;
    }

    /** Something else comes next, so that a character that isn't complete by now never will be. */
    void end() {
        while (cutCharacter.hasRemaining()) {
            escape("\\x%02X", cutCharacter.get());
        }
        afterCharacter = false;
    }

    private void printDecoded() {
        decoded.flip().codePoints().forEach(this::printCharacter);
        decoded.clear();
    }

    private void printCharacter(int character) {
        switch (character) {
            case '\n' -> escape(breaksLines ? "\\n%n" : "\\n");
            case '\r' -> escape("\\r");
            case '\t' -> escape("\\t");
            case '[', ']', '\\' -> escape("\\%c", character);
            default -> {
                if (isPlain(character)) {
                    out.print(Character.toString(character));
                    afterCharacter = true;
                } else {
                    escape("\\u{%X}", character);
                }
            }
        }
    }

    private boolean isPlain(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT, // marks that reorder text are among these
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
                afterCharacter;
            default -> true;
        };
    }

    private void escape(String format, Object... values) {
        out.printf(Locale.ROOT, format, values);
        afterCharacter = false;
    }
}
