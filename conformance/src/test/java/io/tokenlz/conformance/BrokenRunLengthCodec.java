package io.tokenlz.conformance;

import io.tokenlz.core.TokenCodec;
import io.tokenlz.core.TokenDecoder;
import io.tokenlz.core.TokenEncoder;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A codec that sends a run of a token as the token and then, above the vocabulary, how often it comes again; with one bug. What the
 * contract is tested with.
 */
final class BrokenRunLengthCodec implements TokenCodec {
    static final int LONGEST_REPEAT = 4;

    private static @Nullable TokenEncoder onlyEncoder;
    private final int vocabularySize;
    private final CodecBug bug;

    BrokenRunLengthCodec(int vocabularySize, CodecBug bug) {
        this.vocabularySize = vocabularySize;
        this.bug = bug;
    }

    @Override
    public String name() {
        return bug == CodecBug.NAME_WITH_A_SPACE ? "run length" : "run-length";
    }

    @Override
    public int vocabularySize() {
        return vocabularySize;
    }

    @Override
    public long encodedVocabularySize() {
        return vocabularySize + (long) LONGEST_REPEAT - (bug == CodecBug.VOCABULARY_ONE_TOO_SMALL ? 1 : 0);
    }

    @Override
    public TokenEncoder newEncoder() {
        if (bug == CodecBug.ONE_ENCODER_FOR_ALL) {
            TokenEncoder only =
                    onlyEncoder == null ? new TokenEncoder(new BrokenPacking(vocabularySize, bug)) : onlyEncoder;
            onlyEncoder = only;
            return only;
        }
        return new TokenEncoder(new BrokenPacking(vocabularySize, bug));
    }

    @Override
    public TokenDecoder newDecoder() {
        return new TokenDecoder(new BrokenUnpacking(vocabularySize, bug));
    }

    @Override
    public int[] decode(int[] encoded, int mostTokens) {
        int bound = switch (bug) {
            case DECODES_MORE_THAN_ALLOWED -> mostTokens < 0 ? mostTokens : Integer.MAX_VALUE;
            case DECODES_UP_TO_A_NEGATIVE_BOUND -> Math.max(0, mostTokens);
            default -> mostTokens;
        };
        return TokenCodec.super.decode(encoded, bound);
    }

    @Override
    public String toString() {
        return name() + " with " + bug;
    }

    /** Straight from the description above. */
    static StreamOracle oracle(int vocabularySize) {
        return (ids, decoded) -> {
            for (int at = 0; at < ids.size(); at++) {
                int id = ids.get(at);
                if (id >= 0 && id < vocabularySize) {
                    decoded.add(id);
                } else if (id >= vocabularySize && id < vocabularySize + LONGEST_REPEAT && !decoded.isEmpty()) {
                    decoded.addAll(copies(decoded.get(decoded.size() - 1), id - vocabularySize + 1));
                } else {
                    return at;
                }
            }
            return -1;
        };
    }

    private static List<Integer> copies(int token, int times) {
        return Collections.nCopies(times, token);
    }
}
