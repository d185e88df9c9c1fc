package io.tokenlz.metatokens;

import io.tokenlz.core.CoderStatus;
import io.tokenlz.core.TokenKernel;

/** Expands the meta-tokens of a dictionary that both sides hold (META-TOKENS.md, section 3). */
final class SharedDecoderKernel extends TokenKernel {
    /** All that it reads belongs to the dictionary, which is shared. */
    static final long STATE_BYTES = 0;

    private final ReservedIds reserved;
    private final int entries;
    private final int[] tokens;
    private final int[] start;

    /** What is left to write of the entry that was read last. */
    private int expansionAt;

    private int expansionEnd;

    SharedDecoderKernel(MetaTokenConfig config, MetaTokenDictionary dictionary) {
        reserved = config.reserved();
        entries = dictionary.size();
        tokens = dictionary.tokens();
        start = dictionary.start();
    }

    @Override
    protected CoderStatus run(int[] input, int inputStart, int inputEnd, int[] output, int outputStart, int outputEnd) {
        consumed = 0;
        produced = 0;
        int at = inputStart;
        while (expand(output, outputStart, outputEnd)) {
            at = copyBaseTokens(input, at, inputEnd, output, outputStart, outputEnd);
            consumed = at - inputStart;
            if (at == inputEnd) {
                return CoderStatus.NEEDS_INPUT;
            }
            if (outputStart + produced == outputEnd) {
                return CoderStatus.NEEDS_OUTPUT;
            }
            beginExpansion(input[at++]);
            consumed++;
        }
        return CoderStatus.NEEDS_OUTPUT;
    }

    /** Copies base tokens; index of the first other one, or of the first without room. */
    private int copyBaseTokens(int[] input, int from, int inputEnd, int[] output, int outputStart, int outputEnd) {
        int to = outputStart + produced;
        int until = from + Math.min(inputEnd - from, outputEnd - to);
        int at = from;
        while (at < until && reserved.isBase(input[at])) {
            output[to++] = input[at++];
        }
        produced = to - outputStart;
        return at;
    }

    private void beginExpansion(int token) {
        int entry = reserved.poolIndex(token);
        if (entry < 0 || entry >= entries) {
            throw malformed("a base token or a meta-token of the dictionary", reserved.describe(token));
        }
        expansionAt = start[entry];
        expansionEnd = start[entry + 1];
    }

    /** Writes what is left of a meta-token's expansion; whether all of it could be. */
    private boolean expand(int[] output, int outputStart, int outputEnd) {
        int to = outputStart + produced;
        int count = Math.min(expansionEnd - expansionAt, outputEnd - to);
        System.arraycopy(tokens, expansionAt, output, to, count);
        expansionAt += count;
        produced += count;
        return expansionAt == expansionEnd;
    }

    @Override
    protected CoderStatus flush(int[] output, int outputStart, int outputEnd) {
        produced = 0;
        return expand(output, outputStart, outputEnd) ? CoderStatus.NEEDS_INPUT : CoderStatus.NEEDS_OUTPUT;
    }

    @Override
    protected void reset() {
        expansionAt = 0;
        expansionEnd = 0;
    }

    @Override
    protected long stateBytes() {
        return STATE_BYTES;
    }
}
