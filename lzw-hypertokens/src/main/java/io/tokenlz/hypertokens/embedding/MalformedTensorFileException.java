package io.tokenlz.hypertokens.embedding;

import org.jspecify.annotations.Nullable;

/**
 * A safetensors file breaks the rules of its format: damaged, cut short, hostile, or not with the tensors that were asked for.
 * Misuse of the API is never reported this way.
 */
public final class MalformedTensorFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST_PHRASE = 200;

    private final long position;
    private final String expected;
    private final String found;

    /**
     * Describes what could not be accepted.
     *
     * @param position where it is, in bytes from the start of the file
     * @param expected what would have been accepted there
     * @param found what was there
     */
    public MalformedTensorFileException(long position, String expected, String found) {
        this(position, expected, found, null);
    }

    MalformedTensorFileException(long position, String expected, String found, @Nullable Throwable cause) {
        super(
                "malformed safetensors file at byte " + position + ": expected " + shortened(expected) + ", found "
                        + shortened(found),
                cause);
        this.position = position;
        this.expected = shortened(expected);
        this.found = shortened(found);
    }

    /** What comes from the file can be of any length. */
    private static String shortened(String phrase) {
        return phrase.length() <= LONGEST_PHRASE ? phrase : phrase.substring(0, LONGEST_PHRASE) + "…";
    }

    /**
     * Where it is.
     *
     * @return bytes from the start of the file
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
