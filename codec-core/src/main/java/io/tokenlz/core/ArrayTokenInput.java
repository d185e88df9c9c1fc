package io.tokenlz.core;

import java.util.Objects;

/** Reads token IDs where they lie in an {@code int[]}. Needs no other library and no JVM flag. Not thread-safe. */
public final class ArrayTokenInput extends TokenInput {
    private static final int[] NONE = {};

    private int[] array = NONE;
    private int offset;

    /** Creates an empty window. */
    public ArrayTokenInput() {}

    /**
     * Moves this window onto a whole array.
     *
     * @param tokens token IDs; only read, owned by the caller
     * @return this
     */
    public ArrayTokenInput wrap(int[] tokens) {
        return wrap(tokens, 0, tokens.length);
    }

    /**
     * Moves this window onto part of an array.
     *
     * @param tokens token IDs; only read, owned by the caller
     * @param offset index of the window's first token
     * @param length tokens in the window
     * @return this
     * @throws IndexOutOfBoundsException if the range is not inside the array
     */
    public ArrayTokenInput wrap(int[] tokens, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, tokens.length);
        this.array = tokens;
        this.offset = offset;
        open(length);
        return this;
    }

    @Override
    void beginCall() {
        // nothing is read ahead: the kernel reads the caller's array
    }

    @Override
    int load(int atMost) {
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
    void consume(int count) {
        position += count;
    }
}
