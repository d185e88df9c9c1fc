package io.tokenlz.conformance;

import io.tokenlz.hypertokens.embedding.EmbeddingBackend;

/** The contract on a broken backend; its name keeps it from running by itself. */
class BrokenBackendContract extends EmbeddingBackendContract {
    static BackendBug bug = BackendBug.NONE;

    private final EmbeddingBackend backend = new BrokenBackend(bug);

    @Override
    protected EmbeddingBackend backend() {
        return backend;
    }
}
