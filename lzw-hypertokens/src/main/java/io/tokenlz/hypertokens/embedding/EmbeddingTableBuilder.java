package io.tokenlz.hypertokens.embedding;

import io.tokenlz.hypertokens.HypertokenConfig;
import java.util.List;

/** Builds an {@link EmbeddingTable}. Not thread-safe. */
public final class EmbeddingTableBuilder {
    /** The most entries of a launch, however many wait. */
    private static final int LAUNCH_ENTRIES = 1024;

    private static final int DEFAULT_RING_ENTRIES = 4096;
    private static final int MOST_RING_ENTRIES = 1 << 24;

    private final List<HyperEncoder> encoders;
    private int streams = 1;
    private int codebookSize = HypertokenConfig.DEFAULT_CODEBOOK_SIZE;
    private ElementType elementType = ElementType.F32;
    private int ringEntries = DEFAULT_RING_ENTRIES;
    private EmbeddingBackend backend = new ReferenceBackend();

    EmbeddingTableBuilder(List<HyperEncoder> encoders) {
        this.encoders = encoders;
        EncoderConfig first = encoders.get(0).config();
        for (HyperEncoder encoder : encoders) {
            EncoderConfig config = encoder.config();
            if (config.modelSize() != first.modelSize()
                    || config.maxSubtokens() != first.maxSubtokens()
                    || encoder.padId() != encoders.get(0).padId()) {
                throw new IllegalArgumentException("encoders must be of one model, are " + first + " and " + config);
            }
        }
    }

    /**
     * Sets how many streams have rows at one time; 1 by default.
     *
     * @param count 1 or more
     * @return this
     */
    public EmbeddingTableBuilder streams(int count) {
        streams = count;
        return this;
    }

    /**
     * Sets the rows of each stream (C); 2048 by default.
     *
     * @param rows 1 or more
     * @return this
     */
    public EmbeddingTableBuilder codebookSize(int rows) {
        codebookSize = rows;
        return this;
    }

    /**
     * Sets what a row's numbers are; F32 by default.
     *
     * @param type F32, F16 or BF16
     * @return this
     */
    public EmbeddingTableBuilder elementType(ElementType type) {
        elementType = type;
        return this;
    }

    /**
     * Sets how many entries may wait for the device; 4096 by default. As many commands may wait, but at least 64.
     *
     * @param entries 1 … 2²⁴
     * @return this
     */
    public EmbeddingTableBuilder ringEntries(int entries) {
        ringEntries = entries;
        return this;
    }

    /**
     * Sets the device; the reference backend by default.
     *
     * @param kind where the table is to be
     * @return this
     */
    public EmbeddingTableBuilder backend(EmbeddingBackend kind) {
        backend = kind;
        return this;
    }

    /**
     * Allocates everything.
     *
     * @return a table, for the caller to close
     * @throws IllegalArgumentException naming what is out of range
     * @throws EmbeddingTableFailedException if the device or its memory can't be had; nothing stays allocated then
     */
    public EmbeddingTable open() {
        if (ringEntries < 1 || ringEntries > MOST_RING_ENTRIES) {
            throw new IllegalArgumentException("ringEntries must be 1 to " + MOST_RING_ENTRIES + ", is " + ringEntries);
        }
        return new EmbeddingTable(this);
    }

    TableLayout layout() {
        EncoderConfig config = encoders.get(0).config();
        return new TableLayout(
                streams,
                codebookSize,
                config.modelSize(),
                config.maxSubtokens(),
                elementType,
                Math.min(ringEntries, LAUNCH_ENTRIES));
    }

    List<HyperEncoder> encoders() {
        return encoders;
    }

    EmbeddingBackend backend() {
        return backend;
    }

    int ringEntries() {
        return ringEntries;
    }

    int ringCommands() {
        return Math.max(64, ringEntries);
    }
}
