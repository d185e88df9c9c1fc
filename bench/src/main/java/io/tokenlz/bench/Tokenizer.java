package io.tokenlz.bench;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import com.knuddels.jtokkit.api.IntArrayList;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A vocabulary that turns text into tokens (jtokkit). Immutable and thread-safe. */
public final class Tokenizer {
    /** What chats are written with in this vocabulary's larger form (o200k_harmony); jtokkit knows only the smaller one. */
    private static final Map<Integer, String> CHAT_MARKS =
            Map.of(200_006, "<|start|>", 200_007, "<|end|>", 200_008, "<|message|>");

    private final Encoding encoding;
    private final boolean hasChatMarks;
    private final int vocabularySize;

    private Tokenizer(EncodingType type) {
        encoding = Encodings.newLazyEncodingRegistry().getEncoding(type);
        hasChatMarks = type == EncodingType.O200K_BASE;
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

    /**
     * The text of tokens, in UTF-8; the ends may lie inside a character.
     *
     * @throws IllegalArgumentException if a token has no text
     */
    public byte[] text(int[] tokens) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        IntArrayList run = new IntArrayList(tokens.length);
        for (int token : tokens) {
            String mark = CHAT_MARKS.get(token);
            if (mark == null || !hasChatMarks) {
                run.add(token);
            } else {
                text.writeBytes(decode(run));
                text.writeBytes(mark.getBytes(StandardCharsets.UTF_8));
                run.clear();
            }
        }
        text.writeBytes(decode(run));
        return text.toByteArray();
    }

    private byte[] decode(IntArrayList tokens) {
        try {
            return encoding.decodeBytes(tokens);
        } catch (NullPointerException unknown) {
            // how jtokkit says it
            throw new IllegalArgumentException(unknown.getMessage(), unknown);
        }
    }
}
