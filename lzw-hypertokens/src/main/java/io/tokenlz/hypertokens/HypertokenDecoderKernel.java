package io.tokenlz.hypertokens;

import io.tokenlz.core.CoderStatus;
import io.tokenlz.core.TokenKernel;

/** What the decoders of both replay rules share: the loop, the refusals, and the room that expansions need. */
abstract class HypertokenDecoderKernel extends TokenKernel {
    /** For fewer IDs it doesn't pay to enter the loop. */
    private static final int LEAST_LOOP = 8;

    /** Where fewer than one in so many IDs is a hypertoken, IDs are taken one by one: then what comes next can be foreseen. */
    private static final int LEAST_GAIN = 16;

    /** So many of them, before the loop is tried again. */
    private static final int MOST_ONES = 2048;

    final HypertokenConfig config;
    final Codebook codebook;
    final ExpansionLoop loop;
    private final int vocabularySize;

    /** The hypertoken whose base tokens did not all find room, and the first of them that didn't. */
    private int heldHypertoken;

    private int heldFrom;
    private int heldLength;

    /** IDs that are to be taken one by one before the loop is tried again. */
    private int onesLeft;

    HypertokenDecoderKernel(Codebook codebook) {
        this.config = codebook.config();
        this.vocabularySize = config.vocabularySize();
        this.codebook = codebook;
        this.loop = new ExpansionLoop(codebook);
    }

    static HypertokenDecoderKernel of(Codebook codebook) {
        return codebook.config().replayRule() == ReplayRule.BASE
                ? new BaseReplayDecoderKernel(codebook)
                : new EmittedReplayDecoderKernel(codebook);
    }

    /** Hands the phrase before to {@link #loop}, which works on entries in one piece; false if it can't go on from it. */
    abstract boolean enterLoop();

    /** Takes over what {@link #loop} left. */
    abstract void leaveLoop();

    abstract void afterProtected();

    abstract void afterBaseToken(int token);

    abstract void afterHypertoken(int hypertoken);

    abstract boolean allowsSelfReference();

    /** Adds the self-reference to the codebook, and goes on as after any hypertoken. */
    abstract void afterSelfReference();

    /** The pending phrase of base replay, the previous phrase of emitted replay: all that the replay knows beside the codebook. */
    abstract Phrase phrase();

    abstract void resetReplay();

    abstract long replayBytes();

    @Override
    protected final CoderStatus run(
            int[] input, int inputStart, int inputEnd, int[] output, int outputStart, int outputEnd) {
        int at = inputStart;
        int outputAt = writeHeld(output, outputStart, outputEnd);
        while (at < inputEnd && outputAt < outputEnd) {
            if (mayLoop(inputEnd - at, outputEnd - outputAt) && enterLoop()) {
                int before = outputAt;
                outputAt = loop.run(input, at, inputEnd, output, outputAt, outputEnd);
                at += loop.consumed;
                leaveLoop();
                onesLeft = outputAt - before - loop.consumed < loop.consumed / LEAST_GAIN ? MOST_ONES : 0;
                if (loop.consumed > 0) {
                    continue;
                }
            }
            onesLeft--;
            int id = input[at];
            if (id >= 0 && id < vocabularySize) {
                output[outputAt++] = id;
                followBaseToken(id);
            } else {
                if (!followHypertoken(id)) {
                    consumed = at - inputStart;
                    produced = outputAt - outputStart;
                    throw malformed(expected(), "ID " + id);
                }
                heldHypertoken = id;
                heldFrom = 0;
                heldLength = codebook.rawLength(id);
                outputAt = writeHeld(output, outputAt, outputEnd);
            }
            at++;
        }
        consumed = at - inputStart;
        produced = outputAt - outputStart;
        return at < inputEnd || heldFrom < heldLength ? CoderStatus.NEEDS_OUTPUT : CoderStatus.NEEDS_INPUT;
    }

    private void followBaseToken(int token) {
        if (config.isProtected(token)) {
            afterProtected();
        } else {
            afterBaseToken(token);
        }
    }

    /** False, and nothing has changed, if it can't be known what an ID above the base tokens stands for. */
    private boolean followHypertoken(int id) {
        if (codebook.contains(id)) {
            afterHypertoken(id);
        } else if (id == codebook.nextId() && allowsSelfReference()) {
            afterSelfReference();
        } else {
            return false;
        }
        return true;
    }

    /**
     * Decodes one ID: the same as {@link #run}, without what that does for many.
     *
     * @param span gets the base tokens from its start on; has room for the longest phrase
     * @return base tokens; 0, and nothing has changed, if it can't be known what the ID stands for
     */
    final int accept(int id, int[] span) {
        if (id >= 0 && id < vocabularySize) {
            followBaseToken(id);
            span[0] = id;
            return 1;
        }
        if (!followHypertoken(id)) {
            return 0;
        }
        int length = codebook.rawLength(id);
        codebook.copySubtokens(id, 0, span, 0, length);
        return length;
    }

    private boolean mayLoop(int ids, int room) {
        return onesLeft <= 0 && loop.fitting(ids, room) >= LEAST_LOOP && codebook.inOnePiece() != null;
    }

    /** Whether it can be known what an ID stands for. */
    final boolean accepts(int id) {
        return (id >= 0 && id < vocabularySize)
                || codebook.contains(id)
                || (id == codebook.nextId() && allowsSelfReference());
    }

    /** Reads the memory that an ID that is {@linkplain #accepts accepted} is going to need; as {@link Codebook#touch}. */
    final int touch(int id) {
        Phrase phrase = phrase();
        int token = codebook.contains(id) ? codebook.rawSubtoken(id, 0) : id;
        return phrase.length == 0 ? token : codebook.touch(phrase.id, token);
    }

    /** What is accepted by now, for people. */
    final String expected() {
        int live = codebook.size();
        String hypertokens = live == 0
                ? "no hypertoken yet"
                : "a hypertoken of " + codebook.firstId() + " to " + (codebook.nextId() - 1);
        String next = allowsSelfReference() ? " or the self-reference " + codebook.nextId() : "";
        return "a base token below " + vocabularySize + ", " + hypertokens + next;
    }

    /** Whether a phrase that has an ID, followed by one more token, is what the self-reference would stand for. */
    final boolean isSelfReference(int phraseId, int token) {
        return phraseId == phrase().id && token == phrase().firstToken() && allowsSelfReference();
    }

    final void save(HypertokenMark mark) {
        phrase().save(mark);
    }

    final void restore(HypertokenMark mark) {
        phrase().restore(mark);
    }

    /** Writes what is left of a hypertoken; index after the last token written. */
    private int writeHeld(int[] output, int outputStart, int outputEnd) {
        int count = Math.min(heldLength - heldFrom, outputEnd - outputStart);
        if (count > 0) {
            codebook.copySubtokens(heldHypertoken, heldFrom, output, outputStart, count);
            heldFrom += count;
        }
        return outputStart + count;
    }

    @Override
    protected final CoderStatus flush(int[] output, int outputStart, int outputEnd) {
        produced = writeHeld(output, outputStart, outputEnd) - outputStart;
        return heldFrom < heldLength ? CoderStatus.NEEDS_OUTPUT : CoderStatus.NEEDS_INPUT;
    }

    @Override
    protected final void reset() {
        heldFrom = 0;
        heldLength = 0;
        onesLeft = 0;
        codebook.clear();
        resetReplay();
    }

    @Override
    protected final long stateBytes() {
        return Codebook.stateBytes(config) + ExpansionLoop.stateBytes(config) + replayBytes();
    }
}
