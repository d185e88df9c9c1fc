package io.tokenlz.cli;

import io.tokenlz.bench.Tokenizer;
import io.tokenlz.hypertokens.Codebook;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How often a stream used each of its hypertokens, and what they stand for. No longer than the codebook. */
final class HypertokenTable {
    private static final int FIRST_ROOM = 64;

    /** Longer phrases push only their own texts aside. */
    private static final int WIDEST_TOKENS = 40;

    private final Codebook codebook;
    private final @Nullable Tokenizer tokenizer;
    private long[] uses = new long[FIRST_ROOM];
    private long used;
    private int differentUsed;

    HypertokenTable(Codebook codebook, @Nullable Tokenizer tokenizer) {
        this.codebook = codebook;
        this.tokenizer = tokenizer;
    }

    /** Counts an ID if it is a hypertoken. */
    void count(int id) {
        if (!codebook.contains(id)) {
            return;
        }
        int entry = id - codebook.firstId();
        if (entry >= uses.length) {
            uses = Arrays.copyOf(uses, Math.max(entry + 1, 2 * uses.length));
        }
        if (uses[entry]++ == 0) {
            differentUsed++;
        }
        used++;
    }

    /** How many of the IDs that were counted are hypertokens. */
    long used() {
        return used;
    }

    /** How many different ones these are. */
    int differentUsed() {
        return differentUsed;
    }

    /**
     * Prints the table, or nothing if it has no row.
     *
     * @param unusedToo whether every hypertoken of the codebook has a row
     */
    void print(PrintWriter out, boolean unusedToo) {
        int[] ids = IntStream.range(codebook.firstId(), codebook.firstId() + codebook.size())
                .filter(id -> unusedToo || uses(id) > 0)
                .toArray();
        if (ids.length == 0) {
            return;
        }
        String head = "base tokens";
        int widest = IntStream.of(ids).map(id -> tokens(id).length()).max().orElse(0);
        int width = tokenizer == null ? 1 : Math.max(head.length(), Math.min(widest, WIDEST_TOKENS));
        String format = "%10s %6s  %-" + width + "s";
        out.printf(format, "hypertoken", "used", head);
        out.println(tokenizer == null ? "" : "  text");
        VisibleText text = tokenizer == null ? null : new VisibleText(tokenizer, out, false);
        for (int id : ids) {
            out.printf(Locale.ROOT, format, id, uses(id), tokens(id));
            if (text != null) {
                out.print("  [");
                subtokens(id).forEach(text::print);
                text.end();
                out.print(']');
            }
            out.println();
        }
        out.println();
    }

    private long uses(int id) {
        int entry = id - codebook.firstId();
        return entry < uses.length ? uses[entry] : 0;
    }

    private String tokens(int id) {
        return subtokens(id).mapToObj(Integer::toString).collect(Collectors.joining(" "));
    }

    private IntStream subtokens(int id) {
        return IntStream.range(0, codebook.length(id)).map(index -> codebook.subtoken(id, index));
    }
}
