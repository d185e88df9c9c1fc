package io.tokenlz.metatokens;

/** Which meta-token of the pool a dictionary entry gets. A decoder does not care. */
public enum MetaTokenAssignment {
    /** The pool's IDs in order, from the first on, in each block anew. */
    SEQUENTIAL,

    /**
     * IDs drawn from the pool without replacement, by a generator that is seeded by the configuration and the block's
     * number, so that a model in training doesn't learn that one meta-token means anything by itself.
     */
    SHUFFLED
}
