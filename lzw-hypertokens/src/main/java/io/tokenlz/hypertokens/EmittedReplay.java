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

    EmittedReplay(Codebook codebook) {
        this.codebook = codebook;
        this.maxSubtokens = codebook.config().maxSubtokens();
        this.previous = new Phrase(codebook);
    }

    /** Whether the next new ID may be emitted before its phrase was seen: the classic self-reference. */
    boolean allowsSelfReference() {
        return !codebook.isFull()
                && previous.length > 0
                && previous.length < maxSubtokens
                && previous.findExtended(previous.firstToken()) == Codebook.ABSENT;
    }

    void afterProtected() {
        previous.clear();
    }

    void afterSelfReference() {
        int id = codebook.nextId();
        previous.addExtended(previous.firstToken());
        previous.extendTo(id);
    }

    void afterBaseToken(int token) {
        if (codebook.isFull()) {
            previous.clear();
        } else if (previous.length == 0 || previous.length == maxSubtokens) {
            previous.startWith(token);
        } else {
            int id = previous.findExtended(token);
            if (id == Codebook.ABSENT) {
                previous.addExtended(token);
                previous.startWith(token);
            } else {
                previous.extendTo(id);
                if (previous.length == maxSubtokens) {
                    previous.clear();
                }
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
            int id = previous.findExtended(token);
            if (id == Codebook.ABSENT) {
                previous.addExtended(token);
                previous.becomeRest(hypertoken, i);
                return;
            }
            previous.extendTo(id);
            if (previous.length == maxSubtokens) {
                previous.becomeRest(hypertoken, i + 1);
                return;
            }
        }
    }

    void reset() {
        previous.clear();
    }
}
