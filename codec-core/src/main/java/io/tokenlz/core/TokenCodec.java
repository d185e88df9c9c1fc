package io.tokenlz.core;

/**
 * A lossless code for token streams, fully configured: makes encoders and decoders.
 *
 * <p>Immutable and thread-safe; the coders that it makes are not.
 */
public interface TokenCodec {
    /**
     * The codec's name, the same in every version: lower case, words joined by hyphens.
     *
     * @return for example {@code "hypertokens"}
     */
    String name();

    /**
     * Size of the base vocabulary: encoders take IDs from 0 to one below it, but for IDs that the codec reserves.
     *
     * @return 1 … 2³¹−1
     */
    int vocabularySize();

    /**
     * Size of the extended vocabulary: encoders write IDs from 0 to one below it.
     *
     * @return {@link #vocabularySize()} … 2³¹
     */
    long encodedVocabularySize();

    /**
     * Makes an encoder at the start of a stream, with all the memory it will ever need.
     *
     * @return a new encoder, owned by the caller
     */
    TokenEncoder newEncoder();

    /**
     * Makes a decoder at the start of a stream, with all the memory it will ever need.
     *
     * @return a new decoder, owned by the caller
     */
    TokenDecoder newDecoder();

    /**
     * Encodes a whole stream at once. For streams that arrive in pieces, or many of them, use {@link #newEncoder()}.
     *
     * @param tokens base tokens; only read
     * @return the compressed tokens
     * @throws MalformedTokenStreamException if a token is not of the vocabulary
     */
    default int[] encode(int[] tokens) {
        try (TokenEncoder encoder = newEncoder()) {
            return encoder.codeWhole(tokens, Integer.MAX_VALUE);
        }
    }

    /**
     * Decodes a whole stream at once, of a source that can be trusted not to be a bomb.
     *
     * @param encoded compressed tokens; only read
     * @return the base tokens
     * @throws MalformedTokenStreamException if the stream breaks the codec's rules
     */
    default int[] decode(int[] encoded) {
        return decode(encoded, Integer.MAX_VALUE);
    }

    /**
     * Decodes a whole stream at once, if it is no longer than expected.
     *
     * @param encoded compressed tokens; only read
     * @param mostTokens the most base tokens to accept; not more is ever allocated, but for rounding up
     * @return the base tokens
     * @throws MalformedTokenStreamException if the stream breaks the codec's rules, or stands for more tokens than that
     * @throws IllegalArgumentException if {@code mostTokens} is negative
     */
    default int[] decode(int[] encoded, int mostTokens) {
        try (TokenDecoder decoder = newDecoder()) {
            return decoder.codeWhole(encoded, mostTokens);
        }
    }
}
