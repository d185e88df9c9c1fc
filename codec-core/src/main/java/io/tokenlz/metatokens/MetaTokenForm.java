package io.tokenlz.metatokens;

/** How the dictionary of a block is written (META-TOKENS.md, section 3). */
public enum MetaTokenForm {
    /** Each entry holds base tokens only: the form of the LTSC paper. */
    FLAT,

    /** An entry may also hold meta-tokens defined before it. */
    NESTED
}
