package io.tokenlz.metatokens;

/** Where dictionaries are, and how they are written (META-TOKENS.md, section 3). */
public enum MetaTokenForm {
    /** Each entry holds base tokens only: the form of the LTSC paper. */
    FLAT,

    /** An entry may also hold meta-tokens defined before it. */
    NESTED,

    /** Both sides hold one dictionary for the whole stream already, and none is written. */
    SHARED
}
