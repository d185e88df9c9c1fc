package io.tokenlz.hypertokens;

import io.tokenlz.core.CoderStatus;
import io.tokenlz.core.TokenKernel;

/** What the encoders of both replay rules share: the loop, and the room that emissions need. */
abstract class HypertokenEncoderKernel extends TokenKernel {
    private static final int NOTHING = -1;
    private static final int[] NO_OUTPUT = {};

    /** For fewer tokens it doesn't pay to enter the loop. */
    private static final int LEAST_LOOP = 4;

    final HypertokenConfig config;
    final Codebook codebook;
    final int maxSubtokens;
    final GreedyLoop loop;
    private final int vocabularySize;

    private int[] output = NO_OUTPUT;
    private int outputAt;
    private int outputEnd;

    /** A token makes at most two emissions, of which the second may find no room. */
    private int held = NOTHING;

    HypertokenEncoderKernel(Codebook codebook) {
        this.config = codebook.config();
        this.vocabularySize = config.vocabularySize();
        this.maxSubtokens = config.maxSubtokens();
        this.codebook = codebook;
        this.loop = new GreedyLoop(codebook);
    }

    /**
     * Hands the pending phrase to {@link #loop}, which works on entries in one piece; false if what comes next isn't what the
     * greedy encoder does.
     */
    abstract boolean enterLoop();

    /** Takes over what {@link #loop} left. */
    abstract void leaveLoop();

    /** Ends the pending phrase, then emits the protected token itself. */
    abstract void acceptProtected(int token);

    abstract void accept(int token);

    /** Emits the pending phrase, if there is one. */
    abstract void cut();

    abstract void resetPhrases();

    abstract long phraseBytes();

    final void emit(int id) {
        if (outputAt < outputEnd) {
            output[outputAt++] = id;
        } else {
            held = id;
        }
    }

    @Override
    protected final CoderStatus run(
            int[] input, int inputStart, int inputEnd, int[] target, int outputStart, int targetEnd) {
        begin(target, outputStart, targetEnd);
        int at = inputStart;
        while (at < inputEnd && outputAt < outputEnd) {
            if (inputEnd - at >= LEAST_LOOP && mayLoop() && enterLoop()) {
                at = loop(input, at, inputEnd);
                if (at == inputEnd || outputAt == outputEnd) {
                    break;
                }
            }
            int token = input[at];
            if (token < 0 || token >= vocabularySize) {
                consumed = at - inputStart;
                end(outputStart, true);
                throw malformed("a base token of 0 to " + (vocabularySize - 1), "ID " + token);
            }
            at++;
            if (config.isProtected(token)) {
                acceptProtected(token);
            } else {
                accept(token);
            }
        }
        consumed = at - inputStart;
        return end(outputStart, at < inputEnd);
    }

    private boolean mayLoop() {
        return maxSubtokens > 1 && codebook.inOnePiece() != null;
    }

    private int loop(int[] input, int at, int inputEnd) {
        loop.inputAt = at;
        loop.outputAt = outputAt;
        loop.run(input, inputEnd, output, outputEnd);
        outputAt = loop.outputAt;
        leaveLoop();
        return loop.inputAt;
    }

    @Override
    protected final CoderStatus flush(int[] target, int outputStart, int targetEnd) {
        begin(target, outputStart, targetEnd);
        if (held == NOTHING) {
            cut();
        }
        return end(outputStart, false);
    }

    private void begin(int[] target, int targetStart, int targetEnd) {
        output = target;
        outputAt = targetStart;
        outputEnd = targetEnd;
        if (held != NOTHING && outputAt < outputEnd) {
            output[outputAt++] = held;
            held = NOTHING;
        }
    }

    private CoderStatus end(int outputStart, boolean inputLeft) {
        produced = outputAt - outputStart;
        output = NO_OUTPUT;
        return inputLeft || held != NOTHING ? CoderStatus.NEEDS_OUTPUT : CoderStatus.NEEDS_INPUT;
    }

    @Override
    protected final void reset() {
        held = NOTHING;
        codebook.clear();
        resetPhrases();
    }

    @Override
    protected final long stateBytes() {
        return Codebook.stateBytes(config) + phraseBytes();
    }
}
