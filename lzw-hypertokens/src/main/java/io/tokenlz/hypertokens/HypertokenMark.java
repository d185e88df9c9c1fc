package io.tokenlz.hypertokens;

import org.jspecify.annotations.Nullable;

/**
 * A place in a {@link HypertokenStream} that it can be rolled back to.
 *
 * <p>Made by {@link HypertokenStream#mark()}; holds a few numbers, and nothing of the codebook. It may be taken again for
 * another place, so that marking allocates nothing in steady state. Used by the stream's thread only.
 */
public final class HypertokenMark {
    /** Whose place it is; none as long as no stream has taken it. */
    @Nullable
    HypertokenStream stream;

    int codebookSize;

    /** Of the codebook's last entry: tells it from another one that came to the same slot after a rollback. */
    long generation;

    long acceptedIds;
    long baseTokens;

    /** The replay's phrase; its tokens only where it has no ID. */
    int phraseId;

    int phraseLength;
    int[] phraseTokens = {};

    /** Makes a mark that a stream has yet to take. */
    public HypertokenMark() {}
}
