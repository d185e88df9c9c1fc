package io.tokenlz.hypertokens;

/** What an ID that a model puts out is (HYPERTOKENS.md, section 1). */
public enum OutputIdKind {
    /** 0 … V−1: a token of the base vocabulary. */
    BASE_TOKEN,

    /** V … V+C−1: a hypertoken, which stands for base tokens if it is live. */
    HYPERTOKEN,

    /**
     * V+C and above: a row at the end of an embedding table that has more rows than the base vocabulary has tokens. It stands
     * for no token, and no stream accepts it.
     */
    TAIL_ROW
}
