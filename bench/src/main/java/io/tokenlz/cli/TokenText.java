package io.tokenlz.cli;

import java.io.PrintWriter;
import java.util.Objects;

/** Writes token IDs as text, one a line. */
final class TokenText implements TokenSink {
    private final PrintWriter out;
    private final StringBuilder lines = new StringBuilder();

    TokenText(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void write(int[] tokens, int count) {
        Objects.checkFromIndexSize(0, count, tokens.length);
        lines.setLength(0);
        for (int i = 0; i < count; i++) {
            lines.append(tokens[i]).append('\n');
        }
        out.append(lines);
        // checks, so that a reader who has seen enough ends the work
        if (out.checkError()) {
            throw new BadInput("standard output: cannot be written to");
        }
    }
}
