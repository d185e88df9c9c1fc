package io.tokenlz.hypertokens;

/** A phrase of base tokens that is being gathered, with its hash and the ID that stands for it. */
final class Phrase {
    static final int NO_ID = -1;

    private final Codebook codebook;
    final int[] tokens;
    int length;
    int hash;

    /** The token itself for a single one, its hypertoken for a longer phrase, {@link #NO_ID} if neither is known. */
    int id = NO_ID;

    Phrase(HypertokenConfig config, Codebook codebook) {
        this.codebook = codebook;
        tokens = new int[config.longestPhrase()];
    }

    void clear() {
        length = 0;
        hash = 0;
        id = NO_ID;
    }

    void startWith(int token) {
        tokens[0] = token;
        length = 1;
        hash = codebook.extendHash(0, token);
        id = token;
    }

    void append(int token, int newId) {
        tokens[length++] = token;
        hash = codebook.extendHash(hash, token);
        id = newId;
    }

    /** Becomes the phrase of a live hypertoken. */
    void become(int hypertoken) {
        length = codebook.rawLength(hypertoken);
        hash = codebook.rawHash(hypertoken);
        id = hypertoken;
        codebook.copySubtokens(hypertoken, 0, tokens, 0, length);
    }

    boolean holdsSameTokens(Phrase other) {
        if (length != other.length || hash != other.hash) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (tokens[i] != other.tokens[i]) {
                return false;
            }
        }
        return true;
    }

    long stateBytes() {
        return 4L * tokens.length;
    }
}
