package io.tokenlz.cli;

import io.tokenlz.bench.Tokenizer;
import io.tokenlz.hypertokens.HypertokenConfig;
import io.tokenlz.hypertokens.HypertokenStream;
import java.io.BufferedWriter;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Shows IDs as they come, then sums up what their hypertokens stood for. */
final class StreamExplanation implements TokenSink {
    private final HypertokenStream stream;
    private final HypertokenTable table;
    private final StreamView view;
    private final PrintWriter target;

    /** In front of the target, which is slow where little is printed at a time. */
    private final PrintWriter out;

    /**
     * Begins an explanation.
     *
     * @param tokenizer turns base tokens into text; without it they are numbers
     */
    StreamExplanation(HypertokenConfig config, @Nullable Tokenizer tokenizer, boolean coloured, PrintWriter target) {
        this.target = target;
        out = new PrintWriter(new BufferedWriter(target));
        stream = new HypertokenStream(config);
        table = new HypertokenTable(stream.codebook(), tokenizer);
        view = tokenizer == null ? new IdView(out, coloured) : new TextView(tokenizer, out, coloured);
    }

    @Override
    public void write(int[] ids, int count) {
        Objects.checkFromIndexSize(0, count, ids.length);
        for (int i = 0; i < count; i++) {
            stream.accept(ids[i]);
            table.count(ids[i]);
            view.show(ids[i], stream);
        }
        out.flush(); // for those who watch a model
        // a reader who has seen enough ends the work
        if (target.checkError()) {
            throw new BadInput("standard output: cannot be written to");
        }
    }

    /** Whether there was an ID. */
    boolean hasBegun() {
        return stream.acceptedIds() > 0;
    }

    /**
     * Ends the stream, whether at its end or at an ID that was refused, and sums up.
     *
     * @param wholeCodebook whether hypertokens that were not used are listed, too
     */
    void conclude(boolean wholeCodebook) {
        if (hasBegun()) {
            view.end();
            out.println();
            out.println();
        }
        table.print(out, wholeCodebook);
        out.printf(
                Locale.ROOT,
                "%,d IDs for %,d base tokens: %,d hypertokens (%,d different) save %.1f %%%n",
                stream.acceptedIds(),
                stream.baseTokens(),
                table.used(),
                table.differentUsed(),
                saved());
        out.flush();
    }

    private double saved() {
        long baseTokens = stream.baseTokens();
        return baseTokens == 0 ? 0 : 100.0 * (baseTokens - stream.acceptedIds()) / baseTokens;
    }
}
