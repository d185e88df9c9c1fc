package io.tokenlz.hypertokens;

/**
 * A stream as it was at some time, for any number of streams to go on from: the state after a long prompt, say.
 *
 * <p>Made by {@link HypertokenStream#snapshot()}. Immutable and thread-safe.
 */
public final class HypertokenSnapshot {
    private final Codebook codebook;
    private final HypertokenMark place;
    private final int takenEntries;

    /** Both are this snapshot's own, and only read from now on. */
    HypertokenSnapshot(Codebook codebook, HypertokenMark place, int takenEntries) {
        this.codebook = codebook;
        this.place = place;
        this.takenEntries = takenEntries;
    }

    /**
     * Opens a stream that goes on from there. It begins with little memory of its own, which grows.
     *
     * @return a stream without marks and without a span; a {@link HypertokenStream#reset} takes it back to the start, not here
     */
    public HypertokenStream open() {
        return new HypertokenStream(codebook.sharing(), place, takenEntries);
    }

    /**
     * The codebook alone, for streams that start with it but have read nothing.
     *
     * @return a codebook
     */
    public CodebookSnapshot codebook() {
        return codebook.sharing().snapshot();
    }
}
