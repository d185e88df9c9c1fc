package io.tokenlz.cli;

import io.tokenlz.hypertokens.HypertokenStream;
import java.io.PrintWriter;

/** Shows numbers: {@code 12 7 [200019=12 7] 5}. */
final class IdView extends StreamView {
    private boolean begun;

    IdView(PrintWriter out, boolean coloured) {
        super(out, coloured);
    }

    @Override
    void showBaseToken(int token) {
        separate();
        out.print(token);
    }

    @Override
    void beforeHypertoken() {
        separate();
    }

    private void separate() {
        if (begun) {
            out.print(' ');
        }
        begun = true;
    }

    @Override
    void showHypertoken(int id, HypertokenStream stream) {
        out.print(id);
        for (int i = 0; i < stream.spanLength(); i++) {
            out.print(i == 0 ? '=' : ' ');
            out.print(stream.spanToken(i));
        }
    }

    @Override
    void end() {
        // every number was complete
    }
}
