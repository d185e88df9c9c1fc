package io.tokenlz.hypertokens;

/** Rebuilds the greedy encoder's codebook from the base tokens (HYPERTOKENS.md, section 3). */
final class BaseReplayDecoderKernel extends HypertokenDecoderKernel {
    private final GreedyPhrase greedy;
    private final int maxSubtokens;

    BaseReplayDecoderKernel(HypertokenConfig config) {
        super(config);
        greedy = new GreedyPhrase(config, codebook);
        maxSubtokens = config.maxSubtokens();
    }

    @Override
    void afterProtected() {
        greedy.phrase.clear();
    }

    @Override
    void afterBaseToken(int token) {
        greedy.advance(token);
        if (greedy.phrase.length == maxSubtokens) {
            greedy.phrase.clear();
        }
    }

    @Override
    void afterHypertoken(int hypertoken) {
        advanceOver(hypertoken, 0);
    }

    @Override
    boolean allowsSelfReference() {
        Phrase phrase = greedy.phrase;
        return !codebook.isFull()
                && phrase.length > 0
                && phrase.length < maxSubtokens
                && codebook.find(phrase.id, phrase.firstToken()) == Codebook.ABSENT;
    }

    @Override
    void afterSelfReference() {
        int id = codebook.nextId();
        afterBaseToken(greedy.phrase.firstToken()); // adds the entry, of which it is the first token
        advanceOver(id, 1);
    }

    private void advanceOver(int hypertoken, int from) {
        int length = codebook.rawLength(hypertoken);
        for (int i = from; i < length; i++) {
            afterBaseToken(codebook.rawSubtoken(hypertoken, i));
        }
    }

    @Override
    void resetReplay() {
        greedy.phrase.clear();
    }

    @Override
    long replayBytes() {
        return greedy.phrase.stateBytes();
    }
}
