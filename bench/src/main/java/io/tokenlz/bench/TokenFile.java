package io.tokenlz.bench;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of one file.
 *
 * @param kind what kind of text it is; files of a kind are averaged
 * @param name the file's name
 * @param ids its tokens; only read
 * @param vocabularySize what the IDs are below
 * @param text the same in UTF-8, or null if that isn't known; only read
 * @param documentStarts the token that each document starts at, rising from 0, at most the number of tokens; only read
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record TokenFile(
        String kind, String name, int[] ids, int vocabularySize, byte @Nullable [] text, int[] documentStarts) {
    /** A file that is one document. */
    public TokenFile(String kind, String name, int[] ids, int vocabularySize, byte @Nullable [] text) {
        this(kind, name, ids, vocabularySize, text, new int[1]);
    }

    /**
     * Where streams of its own start: each document that has tokens, cut where it is too long.
     *
     * @param mostTokens the tokens of a stream, at least 1
     */
    public int[] streamStarts(int mostTokens) {
        IntStream.Builder starts = IntStream.builder();
        for (int i = 0; i < documentStarts.length; i++) {
            int end = i + 1 < documentStarts.length ? documentStarts[i + 1] : ids.length;
            for (long from = documentStarts[i]; from < end; from += mostTokens) {
                starts.add((int) from);
            }
        }
        return starts.build().toArray();
    }
}
