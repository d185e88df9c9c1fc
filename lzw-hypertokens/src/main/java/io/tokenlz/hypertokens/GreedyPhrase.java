package io.tokenlz.hypertokens;

/**
 * The greedy encoder's pending phrase and what it does to the codebook (HYPERTOKENS.md, section 2): what base replay
 * runs over the base tokens on both sides. Whoever uses it clears a phrase that has reached the longest length.
 */
final class GreedyPhrase {
    final Phrase phrase;
    private final Codebook codebook;

    GreedyPhrase(Codebook codebook) {
        this.phrase = new Phrase(codebook);
        this.codebook = codebook;
    }

    /** Reads a token that is not protected; whether the phrase was extended by it rather than begun anew. */
    boolean advance(int token) {
        if (phrase.length == 0) {
            phrase.startWith(token);
            return false;
        }
        int id = codebook.find(phrase.id, token);
        if (id != Codebook.ABSENT) {
            phrase.extendTo(id);
            return true;
        }
        if (!codebook.isFull()) {
            codebook.add(phrase.id, token);
        }
        phrase.startWith(token);
        return false;
    }
}
