package io.tokenlz.metatokens;

/**
 * One block while it is being compressed: its body and the contents of its dictionary's entries, as symbols.
 *
 * <p>A symbol is a base token (itself, not negative), a reference to entry e (~e), or a protected token as a {@link #barrier}
 * that occurs nowhere else, so that no run that repeats holds it. All lie in one array, the body first,
 * then each entry's content behind a {@link #SEPARATOR}; so the array is just as long as the block will be when written,
 * but for the two delimiters, and never longer than the input that it came from.
 */
final class Block {
    static final int SEPARATOR = Integer.MIN_VALUE;

    private static final int FIRST_BARRIER = SEPARATOR + 1;

    /** Above all barriers, of which there are at most as many as tokens in a window (2²⁴), and below all references. */
    private static final int BARRIER_END = FIRST_BARRIER + (1 << 25);

    private final int[] expansion;
    private int[] symbols;
    private int[] next;
    private int size;
    private int nextSize;
    private int entryCount;

    Block(int window, int mostEntries) {
        symbols = new int[window];
        next = new int[window];
        expansion = new int[mostEntries];
    }

    /** The symbol for one place alone. */
    static int barrier(int place) {
        return FIRST_BARRIER + place;
    }

    static boolean isReference(int symbol) {
        return symbol < 0 && symbol >= BARRIER_END;
    }

    /** The base token of a symbol that is no reference, given the block's tokens. */
    static int token(int symbol, int[] tokens) {
        return symbol < 0 ? tokens[symbol - FIRST_BARRIER] : symbol;
    }

    void begin(int[] tokens, int count, ProtectedIds protectedIds) {
        System.arraycopy(tokens, 0, symbols, 0, count);
        for (int i = 0; i < count && !protectedIds.isEmpty(); i++) {
            if (protectedIds.contains(tokens[i])) {
                symbols[i] = barrier(i);
            }
        }
        size = count;
        entryCount = 0;
    }

    int size() {
        return size;
    }

    int symbol(int index) {
        return symbols[index];
    }

    /** The symbols themselves, for reading in a loop; another array after {@link #endRewrite}. */
    int[] symbols() {
        return symbols;
    }

    int entryCount() {
        return entryCount;
    }

    boolean isFull() {
        return entryCount == expansion.length;
    }

    /** Base tokens that an entry stands for: fixed when it is added, however its content is written later. */
    int expansion(int entry) {
        return expansion[entry];
    }

    /** Adds an entry that stands for the run of {@code length} symbols at {@code start}; its content follows later. */
    int addEntry(int start, int length) {
        int sum = 0;
        for (int i = start; i < start + length; i++) {
            sum += isReference(symbols[i]) ? expansion[~symbols[i]] : 1;
        }
        expansion[entryCount] = sum;
        return entryCount++;
    }

    /** Entries are renumbered by a rewrite that drops some: entry {@code from} becomes {@code to}, not above it. */
    void renumber(int from, int to) {
        expansion[to] = expansion[from];
    }

    void beginRewrite() {
        nextSize = 0;
    }

    void rewrite(int symbol) {
        next[nextSize++] = symbol;
    }

    void endRewrite(int newEntryCount) {
        int[] before = symbols;
        symbols = next;
        next = before;
        size = nextSize;
        entryCount = newEntryCount;
    }

    long stateBytes() {
        return 4L * (symbols.length + next.length + expansion.length);
    }
}
