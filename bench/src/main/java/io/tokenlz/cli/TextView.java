package io.tokenlz.cli;

import io.tokenlz.bench.Tokenizer;
import io.tokenlz.hypertokens.HypertokenStream;
import java.io.PrintWriter;

/** Shows the text that the IDs stand for: {@code the cat and[ the cat]}. */
final class TextView extends StreamView {
    private final VisibleText text;

    TextView(Tokenizer tokenizer, PrintWriter out, boolean coloured) {
        super(out, coloured);
        text = new VisibleText(tokenizer, out, true);
    }

    @Override
    void showBaseToken(int token) {
        text.print(token);
    }

    @Override
    void beforeHypertoken() {
        text.interrupt();
    }

    @Override
    void showHypertoken(int id, HypertokenStream stream) {
        for (int i = 0; i < stream.spanLength(); i++) {
            text.print(stream.spanToken(i));
        }
        text.end();
    }

    @Override
    void end() {
        text.end();
    }
}
