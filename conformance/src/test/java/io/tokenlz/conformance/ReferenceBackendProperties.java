package io.tokenlz.conformance;

import io.tokenlz.hypertokens.embedding.EmbeddingBackend;

/** The reference backend, as it is found by name. */
class ReferenceBackendProperties extends EmbeddingBackendContract {
    @Override
    protected EmbeddingBackend backend() {
        return EmbeddingBackend.named("reference");
    }
}
