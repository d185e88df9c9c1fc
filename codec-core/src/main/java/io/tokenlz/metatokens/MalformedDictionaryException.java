package io.tokenlz.metatokens;

/**
 * A file is no shared dictionary (META-TOKENS.md, section 7): damaged, cut short, hostile, or something else. Misuse of the API
 * is never reported this way.
 */
public final class MalformedDictionaryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long position;
    private final String expected;
    private final String found;

    /**
     * Describes what could not be accepted.
     *
     * @param position where it is, in bytes from the start of the file; the file's length if that ends too early
     * @param expected what would have been accepted there
     * @param found what was there
     */
    public MalformedDictionaryException(long position, String expected, String found) {
        super("malformed dictionary at byte " + position + ": expected " + expected + ", found " + found);
        this.position = position;
        this.expected = expected;
        this.found = found;
    }

    /**
     * Where it is.
     *
     * @return bytes from the start of the file; the file's length if that ends too early
     */
    public long position() {
        return position;
    }

    /**
     * What would have been accepted.
     *
     * @return a phrase for people
     */
    public String expected() {
        return expected;
    }

    /**
     * What was there.
     *
     * @return a phrase for people
     */
    public String found() {
        return found;
    }
}
