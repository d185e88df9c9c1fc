package io.tokenlz.metatokens;

import io.tokenlz.core.CoderStatus;
import io.tokenlz.core.TokenKernel;

/** Writes tokens with a dictionary that both sides hold, as soon as it is settled how (META-TOKENS.md, section 4). */
final class SharedEncoderKernel extends TokenKernel {
    private final ReservedIds reserved;
    private final PendingParse parse;
    private final int[] written;
    private int writtenCount;
    private int drained;

    SharedEncoderKernel(MetaTokenConfig config, MetaTokenDictionary dictionary) {
        reserved = config.reserved();
        parse = new PendingParse(config, dictionary);
        written = new int[config.window()];
    }

    @Override
    protected CoderStatus run(int[] input, int inputStart, int inputEnd, int[] output, int outputStart, int outputEnd) {
        consumed = 0;
        produced = 0;
        while (true) {
            if (!drain(output, outputStart, outputEnd)) {
                return CoderStatus.NEEDS_OUTPUT;
            }
            if (!appendUntilSettled(input, inputStart, inputEnd)) {
                return CoderStatus.NEEDS_INPUT;
            }
        }
    }

    /** Whether something was settled; otherwise there is no input left. */
    private boolean appendUntilSettled(int[] input, int inputStart, int inputEnd) {
        for (int at = inputStart + consumed; at < inputEnd; at++) {
            int token = input[at];
            if (!reserved.isBase(token)) {
                consumed = at - inputStart;
                throw malformed("a base token below the vocabulary's size and not reserved", reserved.describe(token));
            }
            int settled = parse.append(token, written);
            if (settled > 0) {
                consumed = at + 1 - inputStart;
                writtenCount = settled;
                drained = 0;
                return true;
            }
        }
        consumed = inputEnd - inputStart;
        return false;
    }

    @Override
    protected CoderStatus flush(int[] output, int outputStart, int outputEnd) {
        produced = 0;
        if (!drain(output, outputStart, outputEnd)) {
            return CoderStatus.NEEDS_OUTPUT;
        }
        writtenCount = parse.settleAll(written);
        drained = 0;
        return drain(output, outputStart, outputEnd) ? CoderStatus.NEEDS_INPUT : CoderStatus.NEEDS_OUTPUT;
    }

    @Override
    protected void reset() {
        parse.reset();
        writtenCount = 0;
        drained = 0;
    }

    @Override
    protected long stateBytes() {
        return 4L * written.length + parse.stateBytes();
    }

    /** Writes what is left of what was settled; whether all of it could be. */
    private boolean drain(int[] output, int outputStart, int outputEnd) {
        int at = outputStart + produced;
        int count = Math.min(writtenCount - drained, outputEnd - at);
        System.arraycopy(written, drained, output, at, count);
        drained += count;
        produced += count;
        return drained == writtenCount;
    }
}
