package io.tokenlz.core;

/** Why a call of a {@link TokenCoder} stopped. */
public enum CoderStatus {
    /** All of the input was consumed and everything that it made available was written. */
    NEEDS_INPUT,

    /** The output window is full and there is more to write: call again with room. */
    NEEDS_OUTPUT,

    /** The stream has ended and all of it was written. Only {@link TokenCoder#finish} says so. */
    DONE
}
