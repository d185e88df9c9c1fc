package io.tokenlz.metatokens;

/** Finds what to replace in a block. Allocates everything when it is made. */
interface BlockSearch {
    /** Rewrites a block of base tokens, with entries; leaves it alone if nothing pays. */
    void compress(Block block);

    long stateBytes();
}
