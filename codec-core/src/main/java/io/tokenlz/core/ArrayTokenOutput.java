package io.tokenlz.core;

import java.util.Objects;

/** Writes token IDs into an {@code int[]}. Needs no other library and no JVM flag. Not thread-safe. */
public final class ArrayTokenOutput extends TokenOutput {
    private static final int[] NONE = {};

    private int[] array = NONE;
    private int offset;

    /** Creates a window without room. */
    public ArrayTokenOutput() {}

    /**
     * Moves this window onto a whole array.
     *
     * @param tokens where token IDs shall go; owned by the caller
     * @return this
     */
    public ArrayTokenOutput wrap(int[] tokens) {
        return wrap(tokens, 0, tokens.length);
    }

    /**
     * Moves this window onto part of an array.
     *
     * @param tokens where token IDs shall go; owned by the caller
     * @param offset index of the window's first token
     * @param length the window's room in tokens
     * @return this
     * @throws IndexOutOfBoundsException if the range is not inside the array
     */
    public ArrayTokenOutput wrap(int[] tokens, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, tokens.length);
        this.array = tokens;
        this.offset = offset;
        open(length);
        return this;
    }

    @Override
    int room() {
        return (int) remaining();
    }

    @Override
    int[] array() {
        return array;
    }

    @Override
    int arrayOffset() {
        return offset + (int) position;
    }

    @Override
    void commit(int count) {
        position += count;
    }
}
