package io.tokenlz.cli;

import io.tokenlz.core.ArrayTokenInput;
import io.tokenlz.core.ArrayTokenOutput;
import io.tokenlz.core.CoderStatus;
import io.tokenlz.core.TokenCoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.util.function.LongConsumer;

/** Runs a stream of little-endian 32-bit IDs through a coder, from file to file, in constant memory. */
final class TokenFileCoding {
    private static final int WINDOW_TOKENS = 16 * 1024;

    private final TokenCoder coder;
    private final WritableByteChannel target;
    private final ByteBuffer readBytes =
            ByteBuffer.allocateDirect(WINDOW_TOKENS * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final ByteBuffer writeBytes =
            ByteBuffer.allocateDirect(WINDOW_TOKENS * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final int[] inputTokens = new int[WINDOW_TOKENS];
    private final int[] outputTokens = new int[WINDOW_TOKENS];
    private final ArrayTokenInput input = new ArrayTokenInput();
    private final ArrayTokenOutput output = new ArrayTokenOutput().wrap(outputTokens);

    TokenFileCoding(TokenCoder coder, WritableByteChannel target) {
        this.coder = coder;
        this.target = target;
    }

    /**
     * Codes the whole of an input and ends the stream.
     *
     * @param bytesRead is told how far reading got
     */
    void run(InputFile source, LongConsumer bytesRead) throws IOException {
        long total = 0;
        boolean ended = false;
        while (!ended) {
            int read = source.read(readBytes);
            ended = read < 0;
            total += Math.max(0, read);
            codeWindow();
            bytesRead.accept(total);
        }
        if (readBytes.position() > 0) {
            throw new BadInput(source.name() + ": ends inside a token: " + total + " bytes are no multiple of 4");
        }
        while (coder.finish(output) == CoderStatus.NEEDS_OUTPUT) {
            writeOut();
        }
        writeOut();
    }

    private void codeWindow() throws IOException {
        readBytes.flip();
        int tokens = readBytes.remaining() / Integer.BYTES;
        readBytes.asIntBuffer().get(inputTokens, 0, tokens);
        readBytes.position(tokens * Integer.BYTES);
        readBytes.compact();
        input.wrap(inputTokens, 0, tokens);
        while (coder.transform(input, output) == CoderStatus.NEEDS_OUTPUT) {
            writeOut();
        }
    }

    private void writeOut() throws IOException {
        int tokens = (int) output.position();
        writeBytes.clear();
        writeBytes.asIntBuffer().put(outputTokens, 0, tokens);
        writeBytes.limit(tokens * Integer.BYTES);
        while (writeBytes.hasRemaining()) {
            target.write(writeBytes);
        }
        output.wrap(outputTokens);
    }
}
