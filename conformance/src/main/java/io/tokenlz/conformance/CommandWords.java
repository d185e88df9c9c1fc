package io.tokenlz.conformance;

import java.util.ArrayList;
import java.util.List;

/** A command as words: split at spaces, but for those inside of {@code '…'} and {@code "…"}. */
final class CommandWords {
    private static final char NO_QUOTE = 0;

    private CommandWords() {}

    /**
     * Splits a command.
     *
     * @throws IllegalArgumentException if there is no word, or a quote without its end
     */
    static List<String> split(String command) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        char quote = NO_QUOTE;
        for (int at = 0; at < command.length(); at++) {
            char next = command.charAt(at);
            if (quote != NO_QUOTE ? next == quote : next == '"' || next == '\'') {
                quote = quote == NO_QUOTE ? next : NO_QUOTE;
                inWord = true;
            } else if (quote == NO_QUOTE && Character.isWhitespace(next)) {
                if (inWord) {
                    words.add(word.toString());
                }
                word.setLength(0);
                inWord = false;
            } else {
                word.append(next);
                inWord = true;
            }
        }
        if (inWord) {
            words.add(word.toString());
        }
        if (words.isEmpty() || quote != NO_QUOTE) {
            throw new IllegalArgumentException(
                    words.isEmpty() ? "the command is empty" : "the command ends inside of a quote");
        }
        return words;
    }
}
