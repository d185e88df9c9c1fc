package io.tokenlz.cli;

import io.tokenlz.hypertokens.HypertokenStream;
import java.io.PrintWriter;
import picocli.CommandLine.Help.Ansi.Style;

/** Shows a stream ID by ID: hypertokens in brackets, on a terminal also in colours, which take turns. */
abstract class StreamView {
    /** Those that can be read on black and on white; red looks like an error. */
    private static final Style[] COLOURS = {Style.fg_cyan, Style.fg_yellow, Style.fg_magenta, Style.fg_green};

    final PrintWriter out;
    private final boolean coloured;
    private int nextColour;

    StreamView(PrintWriter out, boolean coloured) {
        this.out = out;
        this.coloured = coloured;
    }

    /** Shows an ID that a stream has accepted just now. */
    final void show(int id, HypertokenStream stream) {
        if (!stream.codebook().contains(id)) {
            showBaseToken(id);
            return;
        }
        beforeHypertoken();
        Style colour = COLOURS[nextColour];
        out.print(coloured ? colour.on() + "[" : "[");
        showHypertoken(id, stream);
        out.print(coloured ? "]" + colour.off() : "]");
        nextColour = (nextColour + 1) % COLOURS.length;
    }

    abstract void showBaseToken(int token);

    abstract void beforeHypertoken();

    /** Shows what is in a hypertoken's brackets; its base tokens are the stream's span. */
    abstract void showHypertoken(int id, HypertokenStream stream);

    /** Shows what was held back, if anything, for nothing follows. */
    abstract void end();
}
