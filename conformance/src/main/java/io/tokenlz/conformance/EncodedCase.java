package io.tokenlz.conformance;

import io.tokenlz.core.TokenCodec;
import java.util.Arrays;

/**
 * A configured codec and IDs for its decoder, generated together: what an encoder wrote, what a model put out, or what became of
 * either on its way.
 *
 * @param codec what is tested
 * @param ids what its decoder gets; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody; printed in full, for whoever reads a failure
public record EncodedCase(TokenCodec codec, int[] ids) {
    @Override
    public String toString() {
        return JobLine.decode(codec, ids).orElseGet(() -> codec + " decoding " + Arrays.toString(ids));
    }
}
