package io.tokenlz.frames;

import java.util.Objects;

/**
 * Holds what a stream asks for against its reader's limits, before anything is allocated for it: so nothing that a hostile
 * stream says costs more than they allow.
 */
final class LimitCheck {
    private final FrameLimits limits;
    private final StreamElement element;

    LimitCheck(FrameLimits limits, StreamElement element) {
        this.limits = Objects.requireNonNull(limits);
        this.element = element;
    }

    /** A frame of so many tokens may follow. */
    void requireTokens(int tokens) {
        if (tokens > limits.tokensPerFrame()) {
            throw element.beyondLimit("at most " + limits.tokensPerFrame() + " tokens in a frame", "" + tokens);
        }
        long before = element.tokensBefore();
        if (tokens > limits.tokensPerStream() - before) {
            throw element.beyondLimit(
                    "at most " + limits.tokensPerStream() + " tokens in the stream", (before + tokens) + " or more");
        }
    }

    /** Streams of a header may be read: the window fits, and the codec's state. */
    void requireStream(StreamHeader header) {
        requireState(FrameCodecs.decoderBytes(header.codec()) + 8L * header.window());
    }

    /** A frame may be read: its bytes fit, the history, its lists, and the codec's state. */
    void requireData(StreamHeader header, DataHead head) {
        requireState(head.payloadBytes
                + head.payloadBytes / 2
                + 4 * (2L * header.window() + 2L * head.ids)
                + PayloadReader.stateBytes(head.encoding, head.ids)
                + FrameCodecs.decoderBytes(header.codec()));
    }

    private void requireState(long bytes) {
        if (bytes > limits.stateBytes()) {
            throw element.beyondLimit("at most " + limits.stateBytes() + " bytes of state", bytes + " needed");
        }
    }
}
