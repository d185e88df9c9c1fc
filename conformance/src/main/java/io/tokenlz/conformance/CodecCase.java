package io.tokenlz.conformance;

import io.tokenlz.core.TokenCodec;
import java.util.Arrays;

/**
 * A configured codec and tokens that fit its vocabulary, generated together. Printed, it is the job (PROTOCOL.md) that encodes
 * the tokens, if that can say what codec it is.
 *
 * @param codec what is tested
 * @param tokens base tokens that it must take; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody; printed in full, for whoever reads a failure
public record CodecCase(TokenCodec codec, int[] tokens) {
    @Override
    public String toString() {
        return JobLine.encode(codec, tokens).orElseGet(() -> codec + " over " + Arrays.toString(tokens));
    }
}
