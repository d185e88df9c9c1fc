package io.tokenlz.bench;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A vocabulary that turns text into tokens (jtokkit). Immutable and thread-safe. */
public final class Tokenizer {
    private final Encoding encoding;
    private final int vocabularySize;

    private Tokenizer(EncodingType type) {
        encoding = Encodings.newLazyEncodingRegistry().getEncoding(type);
        vocabularySize = vocabularySize(type);
    }

    /** The tokenizer of a vocabulary, or nothing if no vocabulary has that name. */
    public static Optional<Tokenizer> named(String name) {
        return EncodingType.fromName(name).map(Tokenizer::new);
    }

    public static List<String> names() {
        return Arrays.stream(EncodingType.values()).map(EncodingType::getName).toList();
    }

    /** One above the highest ID, special tokens included; jtokkit doesn't tell, so it was found by decoding every ID. */
    private static int vocabularySize(EncodingType type) {
        return switch (type) {
            case R50K_BASE -> 50_257;
            case P50K_BASE -> 50_281;
            case P50K_EDIT -> 50_284;
            case CL100K_BASE -> 100_277;
            case O200K_BASE -> 200_019;
        };
    }

    public String name() {
        return encoding.getName();
    }

    public int vocabularySize() {
        return vocabularySize;
    }

    /** Tokens of a text; what looks like a special token in it is ordinary text. */
    public int[] tokens(String text) {
        return encoding.encodeOrdinary(text).toArray();
    }
}
