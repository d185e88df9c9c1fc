package io.tokenlz.frames;

/**
 * A payload that no writer makes. Never leaves the package: whoever knows where in the stream the frame lies says it as a
 * {@link MalformedFrameException}.
 */
final class MalformedPayload extends RuntimeException {
    private static final long serialVersionUID = 1L;

    final String expected;
    final String found;

    MalformedPayload(String expected, String found) {
        super("expected " + expected + ", found " + found, null, false, false);
        this.expected = expected;
        this.found = found;
    }
}
