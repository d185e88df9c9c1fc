package io.tokenlz.conformance;

import java.util.Arrays;

/**
 * A configured wire codec and tokens that fit its vocabulary, generated together.
 *
 * @param codec what is tested
 * @param vocabularySize tokens are 0 … vocabularySize−1
 * @param tokens tokens that it must take; not to be changed
 * @param name what a failure is to print of the codec, such as the job that writes the stream
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody; printed in full, for whoever reads a failure
public record WireCase(WireCodec codec, int vocabularySize, int[] tokens, String name) {
    @Override
    public String toString() {
        return name + " over " + Arrays.toString(tokens);
    }
}
