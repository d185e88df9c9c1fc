package io.tokenlz.conformance;

import io.tokenlz.frames.FrameWriterOptions;
import io.tokenlz.frames.StreamHeader;
import java.util.Arrays;

/**
 * What a framed stream says of itself, how it is written, its tokens, and where it is flushed, generated together. Printed, it is the
 * job (PROTOCOL.md) that writes it, if there is no codec.
 *
 * @param header what the stream says of itself
 * @param options how our own writer uses the format
 * @param tokens base tokens of its vocabulary; not to be changed
 * @param flushes rising places in the tokens, 0 … their number; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody; printed in full, for whoever reads a failure
public record FrameCase(StreamHeader header, FrameWriterOptions options, int[] tokens, int[] flushes) {
    @Override
    public String toString() {
        return header.codec() == null
                ? "the job " + JobLine.wireWrite(this).put("id", 1)
                : header + ", " + options + " over " + Arrays.toString(tokens) + ", flushed at "
                        + Arrays.toString(flushes);
    }
}
