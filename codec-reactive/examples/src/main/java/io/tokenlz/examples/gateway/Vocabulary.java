package io.tokenlz.examples.gateway;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import com.knuddels.jtokkit.api.IntArrayList;
import io.tokenlz.frames.StreamHeader;

/** Text to tokens of o200k_base and back (jtokkit). Immutable and thread-safe. */
public final class Vocabulary {
    /** One above the highest ID, special tokens included. */
    private static final int SIZE = 200_019;

    /** What both sides say of their streams, and demand of the other's. */
    static final StreamHeader HEADER = StreamHeader.builder(SIZE).build();

    private final Encoding encoding = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);

    /** Tokens of a text; what looks like a special token in it is ordinary text. */
    public int[] tokens(String text) {
        return encoding.encodeOrdinary(text).toArray();
    }

    /**
     * The bytes of tokens, in UTF-8; the ends may lie inside a character.
     *
     * @throws IllegalArgumentException if a token has no text
     */
    public byte[] bytes(int[] tokens) {
        IntArrayList ids = new IntArrayList(tokens.length);
        for (int token : tokens) {
            ids.add(token);
        }
        try {
            return encoding.decodeBytes(ids);
        } catch (NullPointerException unknown) {
            // how jtokkit says it
            throw new IllegalArgumentException(unknown.getMessage(), unknown);
        }
    }
}
