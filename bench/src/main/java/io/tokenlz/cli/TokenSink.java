package io.tokenlz.cli;

import java.io.IOException;

/** Where tokens go, window by window. */
interface TokenSink {
    /** Takes the first {@code count} tokens of an array. */
    void write(int[] tokens, int count) throws IOException;
}
