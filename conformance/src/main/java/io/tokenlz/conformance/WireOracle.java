package io.tokenlz.conformance;

import java.util.List;

/**
 * The simplest possible reader of a format of bytes, straight from its specification: what a contract compares a reader with. It
 * shares no code with that.
 */
@FunctionalInterface
public interface WireOracle {
    /**
     * Reads a whole stream.
     *
     * @param stream all the bytes; not to be changed
     * @param tokens gets the tokens, of a stream that is refused those that come before the refusal
     * @return position that a refusal must name, or index of the first byte behind the end; −1 if there is neither
     */
    long read(byte[] stream, List<Integer> tokens);
}
