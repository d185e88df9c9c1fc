package io.tokenlz.metatokens;

import io.tokenlz.core.CoderStatus;
import io.tokenlz.core.TokenKernel;

/** Gathers a block, finds what repeats in it, writes it (META-TOKENS.md, section 4). */
final class MetaTokenEncoderKernel extends TokenKernel {
    private final ReservedIds reserved;
    private final int[] gathered;
    private final int[] written;
    private final BlockCompressor compressor;
    private int gatheredCount;
    private int writtenCount;
    private int drained;

    MetaTokenEncoderKernel(MetaTokenConfig config) {
        reserved = config.reserved();
        gathered = new int[config.window()];
        written = new int[config.window()];
        compressor = new BlockCompressor(config);
    }

    @Override
    protected CoderStatus run(int[] input, int inputStart, int inputEnd, int[] output, int outputStart, int outputEnd) {
        consumed = 0;
        produced = 0;
        while (true) {
            if (!drain(output, outputStart, outputEnd)) {
                return CoderStatus.NEEDS_OUTPUT;
            }
            int from = inputStart + consumed;
            int until = from + Math.min(inputEnd - from, gathered.length - gatheredCount);
            if (from == until) {
                return CoderStatus.NEEDS_INPUT;
            }
            gather(input, from, until);
            if (gatheredCount == gathered.length) {
                closeBlock();
            }
        }
    }

    private void gather(int[] input, int from, int until) {
        int count = gatheredCount;
        for (int i = from; i < until; i++) {
            int token = input[i];
            if (!reserved.isBase(token)) {
                gatheredCount = count;
                throw malformed("a base token below the vocabulary's size and not reserved", reserved.describe(token));
            }
            gathered[count++] = token;
            consumed++;
        }
        gatheredCount = count;
    }

    @Override
    protected CoderStatus flush(int[] output, int outputStart, int outputEnd) {
        produced = 0;
        if (!drain(output, outputStart, outputEnd)) {
            return CoderStatus.NEEDS_OUTPUT;
        }
        if (gatheredCount > 0) {
            closeBlock();
            if (!drain(output, outputStart, outputEnd)) {
                return CoderStatus.NEEDS_OUTPUT;
            }
        }
        return CoderStatus.NEEDS_INPUT;
    }

    @Override
    protected void reset() {
        gatheredCount = 0;
        writtenCount = 0;
        drained = 0;
        compressor.reset();
    }

    @Override
    protected long stateBytes() {
        return 4L * (gathered.length + written.length) + compressor.stateBytes();
    }

    private void closeBlock() {
        writtenCount = compressor.compress(gathered, gatheredCount, written);
        drained = 0;
        gatheredCount = 0;
    }

    /** Writes what is left of the last block; whether all of it could be. */
    private boolean drain(int[] output, int outputStart, int outputEnd) {
        int at = outputStart + produced;
        int count = Math.min(writtenCount - drained, outputEnd - at);
        System.arraycopy(written, drained, output, at, count);
        drained += count;
        produced += count;
        return drained == writtenCount;
    }
}
