package io.tokenlz.hypertokens;

/** Rebuilds the codebook from the emitted IDs (HYPERTOKENS.md, section 4). */
final class EmittedReplayDecoderKernel extends HypertokenDecoderKernel {
    private final EmittedReplay replay;

    EmittedReplayDecoderKernel(Codebook codebook) {
        super(codebook);
        replay = new EmittedReplay(codebook);
    }

    @Override
    boolean enterLoop() {
        Phrase previous = replay.previous;
        loop.previousId = previous.id;
        loop.previousLength = previous.length == config.maxSubtokens() ? 0 : previous.length;
        return !codebook.hasOrphans() && (previous.length == 0 || previous.id != Phrase.NO_ID);
    }

    @Override
    void leaveLoop() {
        replay.previous.become(loop.previousId, loop.previousLength);
    }

    @Override
    void afterProtected() {
        replay.afterProtected();
    }

    @Override
    void afterBaseToken(int token) {
        replay.afterBaseToken(token);
    }

    @Override
    void afterHypertoken(int hypertoken) {
        replay.afterHypertoken(hypertoken);
    }

    @Override
    boolean allowsSelfReference() {
        return replay.allowsSelfReference();
    }

    @Override
    void afterSelfReference() {
        replay.afterSelfReference();
    }

    @Override
    Phrase phrase() {
        return replay.previous;
    }

    @Override
    void resetReplay() {
        replay.reset();
    }

    @Override
    long replayBytes() {
        return replay.previous.stateBytes();
    }
}
