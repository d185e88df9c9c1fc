package io.tokenlz.metatokens;

import java.util.Arrays;

/**
 * Removes the entries of a nested dictionary that no longer pay because later entries took over most of their uses
 * (META-TOKENS.md, section 4): first whatever is used at most once, so that what contained it grows long, only then the
 * shortest entries that don't pay, until all pay.
 */
final class EntryPruning {
    private static final int INLINED = -1;
    private static final int KEPT = 0;

    private final int[] uses;
    private final int[] start;
    private final int[] length;

    /** New number of each entry, or {@link #INLINED}. */
    private final int[] renumbered;

    EntryPruning(int mostEntries) {
        uses = new int[mostEntries];
        start = new int[mostEntries];
        length = new int[mostEntries];
        renumbered = new int[mostEntries];
    }

    void prune(Block block) {
        while (true) {
            survey(block);
            int longest = longestToInline(block.entryCount());
            if (longest == 0) {
                return;
            }
            inline(block, longest);
        }
    }

    private void survey(Block block) {
        Arrays.fill(uses, 0, block.entryCount(), 0);
        int entry = -1;
        for (int i = 0; i < block.size(); i++) {
            int symbol = block.symbol(i);
            if (symbol == Block.SEPARATOR) {
                entry++;
                start[entry] = i + 1;
                length[entry] = 0;
                continue;
            }
            if (entry >= 0) {
                length[entry]++;
            }
            if (Block.isReference(symbol)) {
                uses[~symbol]++;
            }
        }
    }

    /** Any length if there are entries used at most once, else the shortest that doesn't pay, else 0. */
    private int longestToInline(int entryCount) {
        int shortest = Integer.MAX_VALUE;
        for (int e = 0; e < entryCount; e++) {
            if (uses[e] <= 1) {
                return Integer.MAX_VALUE;
            }
            if (!LongestRunFirst.pays(length[e], uses[e])) {
                shortest = Math.min(shortest, length[e]);
            }
        }
        return shortest == Integer.MAX_VALUE ? 0 : shortest;
    }

    private void inline(Block block, int longest) {
        boolean onlyUnused = longest == Integer.MAX_VALUE;
        int entryCount = block.entryCount();
        for (int e = 0; e < entryCount; e++) {
            boolean inlined =
                    onlyUnused ? uses[e] <= 1 : length[e] <= longest && !LongestRunFirst.pays(length[e], uses[e]);
            renumbered[e] = inlined ? INLINED : KEPT;
        }
        int kept = 0;
        for (int e = 0; e < entryCount; e++) {
            // an entry that holds another one to inline waits for the next turn; the innermost never waits
            if (renumbered[e] != INLINED || holdsInlined(block, e)) {
                renumbered[e] = kept++;
            }
        }
        rewrite(block, kept);
    }

    private boolean holdsInlined(Block block, int entry) {
        for (int i = start[entry]; i < start[entry] + length[entry]; i++) {
            int symbol = block.symbol(i);
            if (Block.isReference(symbol) && renumbered[~symbol] == INLINED) {
                return true;
            }
        }
        return false;
    }

    private void rewrite(Block block, int kept) {
        block.beginRewrite();
        int entry = -1;
        boolean copying = true;
        for (int i = 0; i < block.size(); i++) {
            int symbol = block.symbol(i);
            if (symbol == Block.SEPARATOR) {
                entry++;
                copying = renumbered[entry] != INLINED;
                if (copying) {
                    block.renumber(entry, renumbered[entry]);
                    block.rewrite(symbol);
                }
            } else if (copying) {
                rewriteSymbol(block, symbol);
            }
        }
        block.endRewrite(kept);
    }

    private void rewriteSymbol(Block block, int symbol) {
        if (!Block.isReference(symbol)) {
            block.rewrite(symbol);
        } else if (renumbered[~symbol] != INLINED) {
            block.rewrite(~renumbered[~symbol]);
        } else {
            for (int i = start[~symbol]; i < start[~symbol] + length[~symbol]; i++) {
                int inner = block.symbol(i);
                block.rewrite(Block.isReference(inner) ? ~renumbered[~inner] : inner);
            }
        }
    }

    long stateBytes() {
        return 4L * (uses.length + start.length + length.length + renumbered.length);
    }
}
