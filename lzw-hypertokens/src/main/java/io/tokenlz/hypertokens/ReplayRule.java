package io.tokenlz.hypertokens;

/**
 * How a decoder rebuilds the codebook from what it has seen (HYPERTOKENS.md, section 3).
 *
 * <p>The two rules agree on streams of the greedy encoder that were never flushed, and part as soon as a model chooses
 * otherwise. A stream decoded under the wrong rule gives wrong tokens without any error, so the rule is part of the
 * configuration and is never guessed.
 */
public enum ReplayRule {
    /** zip2zip++: the codebook is the greedy encoder's over the base tokens, however they were cut into hypertokens. */
    BASE,

    /** zip2zip 0.1.x: the codebook is a function of the emitted IDs (HYPERTOKENS.md, section 4). */
    EMITTED
}
