package io.tokenlz.cli;

import io.tokenlz.bench.Tokenizer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Prints the text of tokens so that all of it is seen, and none of it taken for something else: brackets and backslashes
 * get a backslash before them, and what would move, colour, hide or reorder other text, or that the terminal's character set
 * has not, is written as an escape. Characters that are split between tokens are put together, as far as nothing is printed
 * between these.
 */
final class VisibleText {
    private static final int WINDOW_CHARACTERS = 256;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Tokenizer tokenizer;
    private final PrintWriter out;
    private final boolean breaksLines;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final CharsetEncoder terminal;
    private final CharBuffer decoded = CharBuffer.allocate(WINDOW_CHARACTERS);

    /** The start of a character whose other bytes may come with the next token. */
    private ByteBuffer cutCharacter = NOTHING;

    /** Whether a combining mark would be drawn onto a character of the text, not onto a bracket or an escape of ours. */
    private boolean afterCharacter;

    /** Whether a line of the text ended: the next one begins only once there is something in it. */
    private boolean lineEnded;

    /**
     * Prints to a writer.
     *
     * @param breaksLines whether a line of the text is a line of the output, too
     */
    VisibleText(Tokenizer tokenizer, PrintWriter out, boolean breaksLines) {
        this(tokenizer, out, breaksLines, TokenLz.console());
    }

    private VisibleText(Tokenizer tokenizer, PrintWriter out, boolean breaksLines, Charset charset) {
        this.tokenizer = tokenizer;
        this.out = out;
        this.breaksLines = breaksLines;
        terminal = charset.newEncoder();
    }

    /**
     * The text of some tokens in one line.
     *
     * @param charset what it will be written in
     */
    static String of(Tokenizer tokenizer, IntStream tokens, Charset charset) {
        StringWriter text = new StringWriter();
        PrintWriter printer = new PrintWriter(text);
        VisibleText visible = new VisibleText(tokenizer, printer, false, charset);
        tokens.forEach(visible::print);
        visible.end();
        printer.flush();
        return text.toString();
    }

    void print(int token) {
        byte[] text;
        try {
            text = tokenizer.text(new int[] {token});
        } catch (IllegalArgumentException noText) {
            end();
            escape("\\{%d}", token);
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

    /** Something else comes next: a line that is due begins before it. */
    void interrupt() {
        end();
        beginLine();
    }

    /** Nothing of the text follows at once, so that a character that isn't complete by now never will be. */
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
            case '\n' -> {
                escape("\\n");
                lineEnded = breaksLines;
            }
            case '\r' -> escape("\\r");
            case '\t' -> escape("\\t");
            case '[', ']', '\\' -> escape("\\%c", character);
            default -> {
                String plain = Character.toString(character);
                if (isPlain(character) && terminal.canEncode(plain)) {
                    beginLine();
                    out.print(plain);
                    afterCharacter = true;
                } else {
                    escape("\\u{%X}", character);
                }
            }
        }
    }

    private boolean isPlain(int character) {
        return switch (Character.getType(character)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
                afterCharacter;
            default -> !HiddenCharacters.contain(character);
        };
    }

    private void escape(String format, Object... values) {
        beginLine();
        out.printf(Locale.ROOT, format, values);
        afterCharacter = false;
    }

    private void beginLine() {
        if (lineEnded) {
            out.println();
            lineEnded = false;
        }
    }
}
