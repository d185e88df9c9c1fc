package io.tokenlz.conformance;

import io.tokenlz.core.CoderStatus;
import io.tokenlz.core.TokenKernel;

/** The decoder of a {@link BrokenRunLengthCodec}. Where nothing is wrong it is that of {@link CodecImplementerTest}. */
final class BrokenUnpacking extends TokenKernel {
    private static int shared = -1;

    private final int vocabularySize;
    private final CodecBug bug;
    private int previous = -1;
    private int owed;

    BrokenUnpacking(int vocabularySize, CodecBug bug) {
        this.vocabularySize = vocabularySize;
        this.bug = bug;
    }

    @Override
    protected CoderStatus run(int[] input, int inputStart, int inputEnd, int[] output, int outputStart, int outputEnd) {
        consumed = 0;
        produced = 0;
        while (true) {
            if (!pay(output, outputStart, outputEnd, inputStart + consumed == inputEnd)) {
                return CoderStatus.NEEDS_OUTPUT;
            }
            if (inputStart + consumed == inputEnd) {
                return CoderStatus.NEEDS_INPUT;
            }
            if (outputStart + produced == outputEnd) {
                return CoderStatus.NEEDS_OUTPUT;
            }
            accept(input[inputStart + consumed], output, outputStart);
            consumed++;
        }
    }

    private void accept(int id, int[] output, int outputStart) {
        int longest = BrokenRunLengthCodec.LONGEST_REPEAT - (bug == CodecBug.DECODER_REFUSES_THE_LONGEST_RUN ? 1 : 0);
        boolean isRepeat = id >= vocabularySize && id - vocabularySize < longest;
        if (id >= 0 && id < vocabularySize) {
            previous = id;
            shared = id;
            owed++;
        } else if (isRepeat && (previous >= 0 || bug == CodecBug.DECODER_TAKES_A_REPEAT_OF_NOTHING)) {
            previous = Math.max(0, bug == CodecBug.STATE_SHARED_BY_DECODERS ? shared : previous);
            if (bug == CodecBug.READS_ITS_OWN_OUTPUT && outputStart + produced > 0) {
                previous = output[outputStart + produced - 1];
            }
            owed += id - vocabularySize + 1;
        } else {
            refuse(id);
        }
    }

    private void refuse(int id) {
        switch (bug) {
            case DECODER_TAKES_ALIENS -> {}
            case DECODER_FAILS_WITH_ANOTHER_EXCEPTION -> throw new ArrayIndexOutOfBoundsException(id);
            case DECODER_BLAMES_THE_TOKEN_BEFORE -> {
                consumed = Math.max(0, consumed - 1);
                throw malformed("a token, or a repeat of one", "ID " + id);
            }
            case DECODER_BLAMES_THE_TOKEN_BEHIND -> {
                consumed++;
                throw malformed("a token, or a repeat of one", "ID " + id);
            }
            case DECODER_LOSES_TOKENS_BEFORE_WHAT_IT_REFUSES -> {
                produced = 0;
                throw malformed("a token, or a repeat of one", "ID " + id);
            }
            default -> throw malformed("a token, or a repeat of one", "ID " + id);
        }
    }

    private boolean pay(int[] output, int outputStart, int outputEnd, boolean last) {
        int kept = bug == CodecBug.DECODER_HOLDS_A_TOKEN_BACK && last ? 1 : 0;
        while (owed > kept && outputStart + produced < outputEnd) {
            output[outputStart + produced++] = previous;
            owed--;
        }
        boolean paid = owed <= kept;
        if (!paid && bug == CodecBug.LOSES_WHAT_IT_OWES_WHEN_ROOM_ENDS) {
            owed = 0;
        }
        return paid;
    }

    @Override
    protected CoderStatus flush(int[] output, int outputStart, int outputEnd) {
        produced = 0;
        boolean paid = pay(output, outputStart, outputEnd, false);
        return paid ? CoderStatus.NEEDS_INPUT : CoderStatus.NEEDS_OUTPUT;
    }

    @Override
    protected CoderStatus finish(int[] output, int outputStart, int outputEnd) {
        CoderStatus status = super.finish(output, outputStart, outputEnd);
        if (bug == CodecBug.DECODER_REFUSES_A_CUT_IN_THE_WRONG_PLACE && previous == 1) {
            consumed = -1;
            throw malformed("another end", "a 1");
        }
        return status;
    }

    @Override
    protected void reset() {
        if (bug != CodecBug.DECODER_RESET_FORGETS_NOTHING && bug != CodecBug.DECODER_RESET_KEEPS_WHAT_IT_OWES) {
            previous = -1;
            owed = 0;
        } else if (bug == CodecBug.DECODER_RESET_KEEPS_WHAT_IT_OWES) {
            previous = -1;
        }
    }

    @Override
    protected long stateBytes() {
        return 2 * Integer.BYTES;
    }
}
