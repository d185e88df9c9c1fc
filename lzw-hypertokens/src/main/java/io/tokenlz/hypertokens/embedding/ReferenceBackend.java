package io.tokenlz.hypertokens.embedding;

import java.util.List;

/**
 * The backend {@code reference}: plain Java, in one defined order (EMBEDDING.md, section 5), on the Java heap. Its launches are
 * computed on the table's thread. Thread-safe.
 */
public final class ReferenceBackend implements EmbeddingBackend {
    private final HostDevice device;

    /** Makes the backend; cheap. */
    public ReferenceBackend() {
        this(new HostDevice());
    }

    ReferenceBackend(HostDevice device) {
        this.device = device;
    }

    @Override
    public String name() {
        return "reference";
    }

    @Override
    public DeviceTable open(TableLayout layout, List<HyperEncoder> encoders, LaunchListener listener) {
        return new ReferenceTable(layout, encoders, listener, device);
    }
}
