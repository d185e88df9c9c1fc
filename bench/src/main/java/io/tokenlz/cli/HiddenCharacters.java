package io.tokenlz.cli;

/** Characters that nobody sees, or that change how others are seen: text of tokens never shows them as they are. */
public final class HiddenCharacters {
    private HiddenCharacters() {}

    public static boolean contain(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT, // marks that reorder text are among these
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }
}
