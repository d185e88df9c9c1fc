package io.tokenlz.conformance;

import java.util.List;

/**
 * The simplest possible decoder of one stream, straight from a codec's specification: what a contract compares a codec with. It
 * shares no code with the codec, and is at the start of a stream when it is made.
 */
@FunctionalInterface
public interface StreamOracle {
    /**
     * Decodes a whole stream.
     *
     * @param ids the stream
     * @param decoded gets the base tokens, of a stream that is refused those of the IDs before
     * @return index of the first ID that must be refused, the stream's length if it must not end there, or −1
     */
    int decode(List<Integer> ids, List<Integer> decoded);
}
