package io.tokenlz.metatokens;

/**
 * How hard an encoder looks for what to replace (META-TOKENS.md, section 4). A decoder does not care: all write the same
 * forms. The result hangs on nothing but the input and the configuration.
 */
public enum MetaTokenEffort {
    /** The paper's search: greedily the longest runs first, up to {@link MetaTokenConfig#longestRun()} symbols. */
    LTSC,

    /** All repeated runs of any length, chosen by what they save, parsed optimally. */
    FAST,

    /** As {@link #FAST}; then once more over what was written, where runs of symbols repeat again. */
    DEFAULT,

    /** As {@link #DEFAULT}, but for two more times; then, many times, drops a part of the best dictionary, searches again and keeps what is better. */
    BEST
}
