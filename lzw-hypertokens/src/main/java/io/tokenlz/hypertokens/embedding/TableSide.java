package io.tokenlz.hypertokens.embedding;

/** Which of a table's rows are meant; the same where a model ties the two. */
public enum TableSide {
    /** Rows that the model looks up for the IDs that it reads. */
    INPUT,

    /** Rows that logits are computed with. */
    OUTPUT
}
