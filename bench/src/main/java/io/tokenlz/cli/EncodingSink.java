package io.tokenlz.cli;

import io.tokenlz.core.ArrayTokenInput;
import io.tokenlz.core.ArrayTokenOutput;
import io.tokenlz.core.CoderStatus;
import io.tokenlz.core.TokenEncoder;
import java.io.IOException;

/** Encodes base tokens on their way to where IDs go. */
final class EncodingSink implements TokenSink, AutoCloseable {
    private static final int WINDOW_TOKENS = 1 << 14;

    private final TokenEncoder encoder;
    private final TokenSink target;
    private final int[] ids = new int[WINDOW_TOKENS];
    private final ArrayTokenInput input = new ArrayTokenInput();
    private final ArrayTokenOutput output = new ArrayTokenOutput().wrap(ids);

    EncodingSink(TokenEncoder encoder, TokenSink target) {
        this.encoder = encoder;
        this.target = target;
    }

    @Override
    public void write(int[] tokens, int count) throws IOException {
        input.wrap(tokens, 0, count);
        while (encoder.transform(input, output) == CoderStatus.NEEDS_OUTPUT) {
            writeOut();
        }
        writeOut();
    }

    /** Ends the stream, also behind a token that was refused: what came before it goes out. */
    @Override
    public void close() throws IOException {
        try (encoder) {
            while (encoder.finish(output) == CoderStatus.NEEDS_OUTPUT) {
                writeOut();
            }
            writeOut();
        }
    }

    private void writeOut() throws IOException {
        int count = (int) output.position();
        output.wrap(ids);
        target.write(ids, count);
    }
}
