package io.tokenlz.hypertokens;

/** A phrase of base tokens that is being gathered, with its hash and the ID that stands for it. */
final class Phrase {
    static final int NO_ID = -1;

    final int[] tokens;
    int length;
    int hash;

    /** The token itself for a single one, its hypertoken for a longer phrase, {@link #NO_ID} if neither is known. */
    int id = NO_ID;

    Phrase(int longest) {
        tokens = new int[longest];
    }

    static int extendHash(int hash, int token) {
        int mixed = (hash ^ token) * 0x9E3779B1;
        return mixed ^ (mixed >>> 15);
    }

    void clear() {
        length = 0;
        hash = 0;
        id = NO_ID;
    }

    void startWith(int token) {
        tokens[0] = token;
        length = 1;
        hash = extendHash(0, token);
        id = token;
    }

    void append(int token, int newId) {
        tokens[length++] = token;
        hash = extendHash(hash, token);
        id = newId;
    }

    /** Becomes the phrase of a live hypertoken. */
    void become(Codebook codebook, int hypertoken) {
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
