package io.tokenlz.reactive;

/**
 * When an operator sends what it has, and how far it goes on without demand.
 *
 * @param flushTokens pending tokens from which on they are sent; at least 1
 * @param aheadTokens pending tokens up to which more is requested from upstream while nothing is requested by downstream
 */
record FlushRule(long flushTokens, int aheadTokens) {
    /** A decoder: what came in is sent, and nothing is requested that nobody asked for. */
    static final FlushRule DECODER = new FlushRule(1, 0);
}
