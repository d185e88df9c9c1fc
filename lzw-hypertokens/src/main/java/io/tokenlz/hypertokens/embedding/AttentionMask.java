package io.tokenlz.hypertokens.embedding;

/** Which slots of an entry attend to which. */
enum AttentionMask {
    /** Only those that are no padding, to those that are none. */
    BETWEEN_VALID,

    /** All, to those that are no padding. */
    TO_VALID,

    /** All, to those that are no padding and not behind them. */
    TO_VALID_BEFORE;

    /** What kernels.cl calls it. */
    int kernelNumber() {
        return switch (this) {
            case BETWEEN_VALID -> 0;
            case TO_VALID -> 1;
            case TO_VALID_BEFORE -> 2;
        };
    }

    boolean allows(int query, int key, boolean[] valid, int first) {
        return valid[first + key]
                && switch (this) {
                    case BETWEEN_VALID -> valid[first + query];
                    case TO_VALID -> true;
                    case TO_VALID_BEFORE -> key <= query;
                };
    }
}
