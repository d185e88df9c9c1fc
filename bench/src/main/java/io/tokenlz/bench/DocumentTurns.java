package io.tokenlz.bench;

import io.tokenlz.core.ArrayTokenInput;
import io.tokenlz.core.ArrayTokenOutput;
import io.tokenlz.core.CoderStatus;
import io.tokenlz.core.TokenCoder;

/** Takes document after document, so that a branch predictor cannot learn one by heart, and codes them. Not thread-safe. */
final class DocumentTurns {
    private final int count;
    private final int documentTokens;
    private final int[] room;
    private final ArrayTokenInput input = new ArrayTokenInput();
    private final ArrayTokenOutput output = new ArrayTokenOutput();
    private int turn;

    DocumentTurns(int count, int documentTokens) {
        this.count = count;
        this.documentTokens = documentTokens;
        room = new int[documentTokens];
    }

    /** Number of the next document; behind the last one comes the first. */
    int next() {
        turn = turn + 1 == count ? 0 : turn + 1;
        return turn;
    }

    /** Where tokens may go: as many as a document has. */
    int[] room() {
        return room;
    }

    /** Codes as many streams as documents of so many base tokens make; returns how many tokens were written. */
    long code(TokenCoder coder, int[][] streams, int baseTokens) {
        long produced = 0;
        for (int tokens = 0; tokens < baseTokens; tokens += documentTokens) {
            coder.reset();
            coder.transform(input.wrap(streams[next()]), output.wrap(room));
            if (coder.finish(output) != CoderStatus.DONE) {
                throw new IllegalStateException("the document found no room");
            }
            produced += output.position();
        }
        return produced;
    }

    /** Copies so many tokens of documents, as a measure of what can't be undercut. */
    int[] copy(int[][] documents, int baseTokens) {
        for (int tokens = 0; tokens < baseTokens; tokens += documentTokens) {
            System.arraycopy(documents[next()], 0, room, 0, documentTokens);
        }
        return room;
    }
}
