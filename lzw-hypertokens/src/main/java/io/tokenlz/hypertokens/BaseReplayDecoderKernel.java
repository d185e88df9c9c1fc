package io.tokenlz.hypertokens;

/** Rebuilds the greedy encoder's codebook from the base tokens (HYPERTOKENS.md, section 3). */
final class BaseReplayDecoderKernel extends HypertokenDecoderKernel {
    private final GreedyPhrase greedy;
    private final int maxSubtokens;

    BaseReplayDecoderKernel(Codebook codebook) {
        super(codebook);
        greedy = new GreedyPhrase(codebook);
        maxSubtokens = codebook.config().maxSubtokens();
    }

    @Override
    boolean enterLoop() {
        loop.previousId = greedy.phrase.id;
        loop.previousLength = greedy.phrase.length;
        return true;
    }

    @Override
    void leaveLoop() {
        greedy.phrase.become(loop.previousId, loop.previousLength);
    }

    @Override
    void afterProtected() {
        greedy.phrase.clear();
    }

    @Override
    void afterBaseToken(int token) {
        if (codebook.isFull()) {
            // nothing can be added any more, so that the pending phrase has no effect on anything
            greedy.phrase.clear();
            return;
        }
        greedy.advance(token);
        endLongestPhrase();
    }

    @Override
    void afterHypertoken(int hypertoken) {
        Phrase phrase = greedy.phrase;
        if (codebook.isFull()) {
            phrase.clear();
            return;
        }
        if (phrase.length > 0) {
            int first = codebook.rawSubtoken(hypertoken, 0);
            if (codebook.find(phrase.id, first) != Codebook.ABSENT) {
                advanceOver(hypertoken, 0); // not what the greedy encoder would have emitted
                return;
            }
            codebook.add(phrase.id, first);
        }
        // the phrase begins with the hypertoken, all of whose prefixes are in the codebook
        phrase.become(hypertoken);
        endLongestPhrase();
    }

    private void endLongestPhrase() {
        if (greedy.phrase.length == maxSubtokens) {
            greedy.phrase.clear();
        }
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
    Phrase phrase() {
        return greedy.phrase;
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
