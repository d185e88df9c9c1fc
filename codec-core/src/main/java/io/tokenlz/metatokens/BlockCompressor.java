package io.tokenlz.metatokens;

import java.util.Arrays;

/** Turns one block of base tokens into its written form. Allocates everything when it is made. */
final class BlockCompressor {
    private static final int DELIMITERS = 2;

    private final ReservedIds reserved;
    private final ProtectedIds protectedIds;
    private final boolean nested;
    private final Block block;
    private final BlockSearch search;
    private final MetaTokenDraw draw;
    private final int[] metaTokens;

    /** Where the content of each entry starts in the block. */
    private final int[] entryStart;

    /** Entries in the order in which they are defined, and each entry's place in it. */
    private final int[] order;

    private final int[] place;

    /** For counting sort by expansion, which is at most a window. */
    private final int[] expansions;

    BlockCompressor(MetaTokenConfig config) {
        reserved = config.reserved();
        protectedIds = config.protectedIds();
        nested = config.form() == MetaTokenForm.NESTED;
        int mostEntries = Math.min(config.poolSize(), config.window() / 2);
        block = new Block(config.window(), mostEntries);
        search = config.effort() == MetaTokenEffort.LTSC
                ? new LtscSearch(config, mostEntries)
                : new DictionarySearch(config.window(), mostEntries, nested, config.effort());
        draw = new MetaTokenDraw(config, mostEntries);
        metaTokens = new int[mostEntries];
        entryStart = new int[mostEntries];
        order = new int[mostEntries];
        place = new int[mostEntries];
        expansions = new int[nested ? config.window() + 2 : 0];
    }

    void reset() {
        draw.reset();
    }

    /**
     * Compresses a block.
     *
     * @return tokens written to {@code output}, at most {@code count}
     */
    int compress(int[] tokens, int count, int[] output) {
        block.begin(tokens, count, protectedIds);
        search.compress(block);
        // drawn in any case, so that a block's meta-tokens hang on its number alone
        draw.draw(metaTokens, block.entryCount());
        if (block.entryCount() == 0 || block.size() + DELIMITERS >= count) {
            System.arraycopy(tokens, 0, output, 0, count);
            return count;
        }
        return write(tokens, output, count);
    }

    private int write(int[] tokens, int[] output, int count) {
        int bodySize = locateEntries();
        orderEntries(count);
        int at = 0;
        output[at++] = reserved.dictionaryStart();
        for (int k = 0; k < block.entryCount(); k++) {
            output[at++] = metaTokens[k];
            for (int i = entryStart[order[k]]; i < block.size() && block.symbol(i) != Block.SEPARATOR; i++) {
                output[at++] = written(block.symbol(i), tokens);
            }
        }
        output[at++] = reserved.dictionaryEnd();
        for (int i = 0; i < bodySize; i++) {
            output[at++] = written(block.symbol(i), tokens);
        }
        return at;
    }

    private int written(int symbol, int[] tokens) {
        return Block.isReference(symbol) ? metaTokens[place[~symbol]] : Block.token(symbol, tokens);
    }

    /** Finds where each entry starts; the symbols of the body. */
    private int locateEntries() {
        int bodySize = block.size();
        int entry = 0;
        for (int i = 0; i < block.size(); i++) {
            if (block.symbol(i) == Block.SEPARATOR) {
                bodySize = Math.min(bodySize, i);
                entryStart[entry++] = i + 1;
            }
        }
        return bodySize;
    }

    /** Puts entries behind those that they refer to: what an entry holds stands for fewer tokens than itself. */
    private void orderEntries(int blockTokens) {
        int count = block.entryCount();
        if (!nested) {
            for (int e = 0; e < count; e++) {
                order[e] = e;
                place[e] = e;
            }
            return;
        }
        int bound = blockTokens + 2; // no entry stands for more than its block
        Arrays.fill(expansions, 0, bound, 0);
        for (int e = 0; e < count; e++) {
            expansions[block.expansion(e) + 1]++;
        }
        for (int length = 1; length < bound; length++) {
            expansions[length] += expansions[length - 1];
        }
        for (int e = 0; e < count; e++) {
            place[e] = expansions[block.expansion(e)]++;
            order[place[e]] = e;
        }
    }

    long stateBytes() {
        return block.stateBytes()
                + search.stateBytes()
                + draw.stateBytes()
                + 4L * (metaTokens.length + entryStart.length + order.length + place.length + expansions.length);
    }
}
