package io.tokenlz.cli;

/** A file or flag that a command cannot work with; its message is the one line that the user sees. */
final class BadInput extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadInput(String message) {
        super(message);
    }
}
