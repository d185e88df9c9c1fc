package io.tokenlz.hypertokens;

/**
 * The encoder of HYPERTOKENS.md, section 2, whose codebook hangs on the base tokens alone, flushed or not.
 *
 * <p>Two phrases are pending: the codebook's, which a flush leaves as it is, and the one to be emitted, which a flush
 * cuts. They are the same, and only the first is kept up, until a flush parts them and again once they start at the same
 * token. While they are parted, the phrase to be emitted may only become an entry that a decoder knows before it reads
 * it: one that was in the codebook when the phrase's first token had been read (that token included, which is the
 * classic self-reference).
 */
final class BaseReplayEncoderKernel extends HypertokenEncoderKernel {
    private final GreedyPhrase greedy;
    private final Phrase emission;

    /** Entries that {@link #emission} may become: the first so many of the codebook. */
    private int emissionEntries;

    private boolean parted;

    BaseReplayEncoderKernel(Codebook codebook) {
        super(codebook);
        greedy = new GreedyPhrase(codebook);
        emission = new Phrase(codebook);
    }

    @Override
    boolean enterLoop() {
        loop.id = greedy.phrase.id;
        loop.length = greedy.phrase.length;
        return !parted;
    }

    @Override
    void leaveLoop() {
        greedy.phrase.become(loop.id, loop.length);
    }

    @Override
    void accept(int token) {
        if (parted) {
            acceptParted(token);
            return;
        }
        int before = greedy.phrase.id;
        boolean extended = greedy.advance(token);
        if (!extended && before != Phrase.NO_ID) {
            emit(before);
        }
        if (greedy.phrase.length == maxSubtokens) {
            emit(greedy.phrase.id);
            greedy.phrase.clear();
        }
    }

    private void acceptParted(int token) {
        greedy.advance(token);
        if (greedy.phrase.length == maxSubtokens) {
            greedy.phrase.clear();
        }
        if (emission.length > 0) {
            int id = codebook.find(emission.id, token);
            if (id != Codebook.ABSENT && id - codebook.firstId() < emissionEntries) {
                emission.extendTo(id);
            } else {
                emit(emission.id);
                startEmission(token);
            }
        } else {
            startEmission(token);
        }
        if (emission.length == maxSubtokens) {
            emit(emission.id);
            emission.clear();
        }
        // both end with the token just read: the same length is the same start
        parted = emission.length != greedy.phrase.length;
    }

    private void startEmission(int token) {
        emission.startWith(token);
        emissionEntries = codebook.size();
    }

    @Override
    void acceptProtected(int token) {
        cut();
        emit(token);
        greedy.phrase.clear();
        parted = false;
    }

    @Override
    void cut() {
        Phrase pending = parted ? emission : greedy.phrase;
        if (pending.length > 0) {
            emit(pending.id);
            emission.clear();
            parted = true;
        }
    }

    @Override
    void resetPhrases() {
        greedy.phrase.clear();
        emission.clear();
        parted = false;
    }

    @Override
    long phraseBytes() {
        return greedy.phrase.stateBytes() + emission.stateBytes();
    }
}
