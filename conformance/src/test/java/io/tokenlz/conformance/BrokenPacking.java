package io.tokenlz.conformance;

import io.tokenlz.core.CoderStatus;
import io.tokenlz.core.TokenKernel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The encoder of a {@link BrokenRunLengthCodec}. Where nothing is wrong it is that of {@link CodecImplementerTest}. */
final class BrokenPacking extends TokenKernel {
    private final int vocabularySize;
    private final CodecBug bug;
    private final Random random = new Random();
    private final List<Integer> grown = new ArrayList<>();
    private int[] kept = {};
    private int keptAt;
    private int previous = -1;
    private int repeats;

    BrokenPacking(int vocabularySize, CodecBug bug) {
        this.vocabularySize = vocabularySize;
        this.bug = bug;
    }

    @Override
    protected CoderStatus run(int[] input, int inputStart, int inputEnd, int[] output, int outputStart, int outputEnd) {
        consumed = 0;
        produced = 0;
        if (bug == CodecBug.ALLOCATES_EACH_TIME) {
            kept = new int[1000];
        }
        int from = bug == CodecBug.IGNORES_WHERE_THE_INPUT_BEGINS ? 0 : inputStart;
        while (inputStart + consumed < inputEnd) {
            int token = input[from + consumed];
            refuseAlien(token);
            boolean repeated = isRepeat(token) && !endsEarly(input, inputStart, inputEnd, outputEnd - outputStart);
            if (!repeated && outputEnd - outputStart - produced < (repeats > 0 ? 2 : 1)) {
                if (repeats > 0 && outputStart + produced < outputEnd && bug != CodecBug.STOPS_WITH_ROOM_LEFT) {
                    endRun(output, outputStart);
                }
                return CoderStatus.NEEDS_OUTPUT;
            }
            if (bug == CodecBug.CHANGES_ITS_INPUT) {
                input[from + consumed] = 0;
            }
            consumed++;
            take(token, repeated, input, from + consumed - 1, output, outputStart);
        }
        writeOutside(output, outputStart, outputEnd);
        return CoderStatus.NEEDS_INPUT;
    }

    private void take(int token, boolean repeated, int[] input, int at, int[] output, int outputStart) {
        if (bug == CodecBug.STATE_GROWS) {
            grown.add(token);
        }
        if (repeated) {
            repeats++;
            return;
        }
        endRun(output, outputStart);
        if (bug != CodecBug.REPORTS_WHAT_IT_DID_NOT_WRITE || token != 0) {
            output[outputStart + produced] = token;
        }
        produced++;
        previous = token;
        kept = input;
        keptAt = at;
    }

    private boolean isRepeat(int token) {
        int before = bug == CodecBug.KEEPS_THE_CALLERS_ARRAY && previous >= 0 ? kept[keptAt] : previous;
        int longest = BrokenRunLengthCodec.LONGEST_REPEAT + (bug == CodecBug.RUN_ONE_TOO_LONG ? 1 : 0);
        return token == before && repeats < longest;
    }

    private boolean endsEarly(int[] input, int inputStart, int inputEnd, int room) {
        return switch (bug) {
            case CHOOSES_AT_RANDOM -> random.nextInt(4) == 0;
            case ENDS_RUNS_WITH_THE_INPUT -> consumed == 0;
            case ENDS_RUNS_WITH_THE_ROOM -> room - produced < 2;
            case READS_BEHIND_THE_INPUT -> inputEnd < input.length && input[inputEnd] == 0;
            case IGNORES_WHERE_THE_OUTPUT_BEGINS -> inputStart == 0;
            default -> false;
        };
    }

    private void refuseAlien(int token) {
        if (token >= 0 && token < vocabularySize) {
            return;
        }
        switch (bug) {
            case ENCODER_TAKES_ALIENS -> {}
            case ENCODER_REFUSES_WITH_ANOTHER_EXCEPTION -> throw new IllegalArgumentException("ID " + token);
            case ENCODER_BLAMES_THE_TOKEN_BEHIND -> {
                consumed++;
                throw malformed("a token below " + vocabularySize, "ID " + token);
            }
            case ENCODER_IS_HARMED_BY_AN_ALIEN -> {
                previous = -1;
                repeats = 0;
                throw malformed("a token below " + vocabularySize, "ID " + token);
            }
            default -> throw malformed("a token below " + vocabularySize, "ID " + token);
        }
    }

    private void writeOutside(int[] output, int outputStart, int outputEnd) {
        if (bug == CodecBug.WRITES_BEHIND_WHAT_IT_REPORTS && outputStart + produced < outputEnd) {
            output[outputStart + produced] = 7;
        }
        if (bug == CodecBug.WRITES_BEFORE_THE_ROOM && outputStart > 0) {
            output[outputStart - 1] = 7;
        }
    }

    private void endRun(int[] output, int outputStart) {
        if (repeats > 0) {
            output[outputStart + produced++] = vocabularySize + repeats - 1;
            repeats = 0;
            previous = -1;
        }
    }

    @Override
    protected CoderStatus flush(int[] output, int outputStart, int outputEnd) {
        produced = 0;
        if (repeats > 0 && outputStart == outputEnd) {
            return CoderStatus.NEEDS_OUTPUT;
        }
        if (bug == CodecBug.ENCODER_LOSES_THE_RUN_AT_A_FLUSH) {
            repeats = 0;
        }
        int before = repeats;
        int token = previous;
        endRun(output, outputStart);
        if (bug == CodecBug.FLUSH_WRITES_THE_RUN_AND_KEEPS_IT) {
            repeats = before;
            previous = token;
        }
        return CoderStatus.NEEDS_INPUT;
    }

    @Override
    protected CoderStatus finish(int[] output, int outputStart, int outputEnd) {
        if (bug == CodecBug.ENCODER_LOSES_THE_RUN_AT_THE_END) {
            produced = 0;
            return CoderStatus.DONE;
        }
        if (repeats > 0 && outputStart == outputEnd) {
            produced = 0;
            return CoderStatus.NEEDS_OUTPUT;
        }
        produced = 0;
        endRun(output, outputStart);
        return bug == CodecBug.FINISH_IS_NEVER_DONE ? CoderStatus.NEEDS_INPUT : CoderStatus.DONE;
    }

    @Override
    protected void reset() {
        if (bug != CodecBug.ENCODER_RESET_FORGETS_NOTHING) {
            previous = -1;
            repeats = 0;
        }
    }

    @Override
    protected long stateBytes() {
        return 2L * Integer.BYTES + grown.size();
    }
}
