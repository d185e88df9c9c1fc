package io.tokenlz.hypertokens;

/** A phrase of base tokens that goes on growing. */
final class Phrase {
    /** No single token and in no codebook. */
    static final int NO_ID = -1;

    /** The token itself for a single one, its hypertoken for a longer phrase; else {@link #NO_ID}. */
    int id = NO_ID;

    int length;

    private final Codebook codebook;

    /** The tokens, if there is no ID that they could be looked up by. */
    private final int[] tokens;

    Phrase(Codebook codebook) {
        this.codebook = codebook;
        tokens = new int[codebook.config().longestPhrase()];
    }

    void clear() {
        length = 0;
        id = NO_ID;
    }

    void startWith(int token) {
        id = token;
        length = 1;
    }

    /** Becomes one token longer, which makes it the phrase of {@code newId}. */
    void extendTo(int newId) {
        id = newId;
        length++;
    }

    /** Becomes a phrase of a known ID and length, or empty. */
    void become(int phraseId, int phraseLength) {
        id = phraseLength == 0 ? NO_ID : phraseId;
        length = phraseLength;
    }

    void become(int hypertoken) {
        id = hypertoken;
        length = codebook.rawLength(hypertoken);
    }

    /** Becomes a hypertoken's base tokens from {@code from} on. */
    void becomeRest(int hypertoken, int from) {
        int rest = codebook.rawLength(hypertoken) - from;
        if (rest == 0) {
            clear();
        } else if (from == 0) {
            become(hypertoken);
        } else if (rest == 1) {
            startWith(codebook.rawSubtoken(hypertoken, from));
        } else {
            codebook.copySubtokens(hypertoken, from, tokens, 0, rest);
            int found = codebook.find(tokens, 0, rest);
            id = found == Codebook.ABSENT ? NO_ID : found;
            length = rest;
        }
    }

    int firstToken() {
        if (id == NO_ID) {
            return tokens[0];
        }
        return id < codebook.firstId() ? id : codebook.rawSubtoken(id, 0);
    }

    /** The hypertoken of this phrase followed by one more token, or {@link Codebook#ABSENT}. */
    int findExtended(int token) {
        int found = id == NO_ID ? Codebook.ABSENT : codebook.find(id, token);
        if (found == Codebook.ABSENT && codebook.hasOrphans()) {
            materialize();
            found = codebook.findOrphan(tokens, 0, length, token);
        }
        return found;
    }

    /** Adds this phrase followed by one more token to the codebook, which has room and does not hold it. */
    void addExtended(int token) {
        if (id == NO_ID) {
            codebook.addOrphan(tokens, length, token);
        } else {
            codebook.add(id, token);
        }
    }

    private void materialize() {
        if (id != NO_ID && id < codebook.firstId()) {
            tokens[0] = id;
        } else if (id != NO_ID) {
            codebook.copySubtokens(id, 0, tokens, 0, length);
        }
    }

    void save(HypertokenMark mark) {
        mark.phraseId = id;
        mark.phraseLength = length;
        if (id == NO_ID && length > 0) {
            if (mark.phraseTokens.length < length) {
                mark.phraseTokens = new int[tokens.length];
            }
            System.arraycopy(tokens, 0, mark.phraseTokens, 0, length);
        }
    }

    void restore(HypertokenMark mark) {
        id = mark.phraseId;
        length = mark.phraseLength;
        if (id == NO_ID && length > 0) {
            System.arraycopy(mark.phraseTokens, 0, tokens, 0, length);
        }
    }

    long stateBytes() {
        return 4L * tokens.length;
    }
}
