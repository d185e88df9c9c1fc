package io.tokenlz.hypertokens;

/**
 * An encoder that holds, at every moment, the codebook that a decoder of emitted replay will hold after what was emitted
 * so far, so that it may be flushed anywhere. Without flushes it emits what the encoder of HYPERTOKENS.md, section 2
 * emits: the one entry that the latter is ahead of the decoder matters only where it is the self-reference. What it emits is
 * found by its prefixes; entries without one, which only flushes make, it leaves alone.
 */
final class EmittedReplayEncoderKernel extends HypertokenEncoderKernel {
    private final EmittedReplay replay;
    private final Phrase pending;

    EmittedReplayEncoderKernel(Codebook codebook) {
        super(codebook);
        replay = new EmittedReplay(codebook);
        pending = new Phrase(codebook);
    }

    /**
     * The greedy encoder adds an entry as soon as it has read the first token after it, this one when it emits what begins
     * with that token. So the entry is added for the loop and taken back after it.
     */
    @Override
    boolean enterLoop() {
        Phrase previous = replay.previous;
        if (codebook.hasOrphans() || (previous.length > 0 && previous.id == Phrase.NO_ID)) {
            return false;
        }
        if (previous.length > 0 && previous.length < maxSubtokens && !codebook.isFull()) {
            if (pending.length == 0) {
                return false;
            }
            boolean selfReference = pending.id == codebook.nextId();
            int first = codebook.firstToken(selfReference ? previous.id : pending.id);
            if (codebook.find(previous.id, first) != Codebook.ABSENT) {
                return false;
            }
            codebook.add(previous.id, first);
        }
        loop.id = pending.id;
        loop.length = pending.length;
        loop.emittedId = previous.id;
        loop.emittedLength = previous.length;
        return true;
    }

    @Override
    void leaveLoop() {
        pending.become(loop.id, loop.length);
        if (loop.length > 0) {
            codebook.removeIfLast(loop.emittedId, codebook.firstToken(loop.id));
        }
        if (codebook.isFull()) {
            replay.previous.clear();
        } else {
            replay.previous.become(loop.emittedId, loop.emittedLength);
        }
    }

    @Override
    void accept(int token) {
        if (pending.length == 0) {
            pending.startWith(token);
        } else {
            int id = codebook.find(pending.id, token);
            if (id == Codebook.ABSENT && isSelfReference(token)) {
                id = codebook.nextId();
            }
            if (id == Codebook.ABSENT) {
                cut();
                pending.startWith(token);
            } else {
                pending.extendTo(id);
            }
        }
        if (pending.length == maxSubtokens) {
            cut();
        }
    }

    private boolean isSelfReference(int token) {
        Phrase previous = replay.previous;
        return pending.id == previous.id && token == previous.firstToken() && replay.allowsSelfReference();
    }

    @Override
    void acceptProtected(int token) {
        cut();
        emit(token);
        replay.afterProtected();
    }

    @Override
    void cut() {
        if (pending.length == 0) {
            return;
        }
        emit(pending.id);
        if (pending.length == 1) {
            replay.afterBaseToken(pending.id);
        } else if (codebook.contains(pending.id)) {
            replay.afterHypertoken(pending.id);
        } else {
            replay.afterSelfReference();
        }
        pending.clear();
    }

    @Override
    void resetPhrases() {
        pending.clear();
        replay.reset();
    }

    @Override
    long phraseBytes() {
        return pending.stateBytes() + replay.previous.stateBytes();
    }
}
