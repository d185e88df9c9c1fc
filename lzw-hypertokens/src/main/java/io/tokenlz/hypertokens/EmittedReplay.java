package io.tokenlz.hypertokens;

/**
 * The codebook as a function of the emitted IDs (HYPERTOKENS.md, section 4): what emitted replay runs on both sides, in
 * the decoder on what it reads, in the encoder on what it emits.
 */
final class EmittedReplay {
    final Codebook codebook;

    /** The previous phrase, or what is left of it: {@code b} of the specification. */
    final Phrase previous;

    private final int maxSubtokens;

    EmittedReplay(HypertokenConfig config, Codebook codebook) {
        this.codebook = codebook;
        this.maxSubtokens = config.maxSubtokens();
        this.previous = new Phrase(config, codebook);
    }

    /** Whether the next new ID may be emitted before its phrase was seen: the classic self-reference. */
    boolean allowsSelfReference() {
        return !codebook.isFull()
                && previous.length > 0
                && previous.length < maxSubtokens
                && codebook.findExtended(previous, previous.tokens[0]) == Codebook.ABSENT;
    }

    void afterProtected() {
        previous.clear();
    }

    void afterSelfReference() {
        int id = codebook.nextId();
        codebook.addExtended(previous, previous.tokens[0]);
        previous.append(previous.tokens[0], id);
    }

    void afterBaseToken(int token) {
        if (codebook.isFull()) {
            previous.clear();
        } else if (previous.length == 0 || previous.length == maxSubtokens) {
            previous.startWith(token);
        } else {
            int id = codebook.findExtended(previous, token);
            if (id == Codebook.ABSENT) {
                codebook.addExtended(previous, token);
                previous.startWith(token);
            } else {
                appendOrDrop(token, id);
            }
        }
    }

    void afterHypertoken(int hypertoken) {
        if (codebook.isFull()) {
            previous.clear();
            return;
        }
        if (previous.length == 0 || previous.length == maxSubtokens) {
            previous.become(hypertoken);
            return;
        }
        int length = codebook.rawLength(hypertoken);
        for (int i = 0; i < length; i++) {
            int token = codebook.rawSubtoken(hypertoken, i);
            int id = codebook.findExtended(previous, token);
            if (id == Codebook.ABSENT) {
                codebook.addExtended(previous, token);
                becomeRest(hypertoken, i, length);
                return;
            }
            previous.append(token, id);
            if (previous.length == maxSubtokens) {
                becomeRest(hypertoken, i + 1, length);
                return;
            }
        }
    }

    private void appendOrDrop(int token, int id) {
        previous.append(token, id);
        if (previous.length == maxSubtokens) {
            previous.clear();
        }
    }

    /** The tokens of a hypertoken from {@code from} on become the previous phrase. */
    private void becomeRest(int hypertoken, int from, int length) {
        previous.clear();
        for (int i = from; i < length; i++) {
            // a rest of two and more tokens need not be in the codebook, so that it has no ID of its own
            previous.append(codebook.rawSubtoken(hypertoken, i), Phrase.NO_ID);
        }
    }

    void reset() {
        previous.clear();
    }
}
