package io.tokenlz.hypertokens.embedding;

/**
 * A table's device failed: some rows could not be computed, and none may be looked up any more. The table stays so; another one
 * can be opened and filled from the codebooks ({@link EmbeddingHook#rebuild}).
 */
public final class EmbeddingTableFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Describes a failure.
     *
     * @param message what failed
     * @param cause why
     */
    public EmbeddingTableFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
