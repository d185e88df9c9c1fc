package io.tokenlz.cli.explore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenlz.bench.Tokenizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What someone wants to see.
 *
 * @param text not empty, at most {@link #MOST_CHARACTERS}, without halves of characters
 * @param vocabulary one of {@link Tokenizer#names}
 * @param codec what the tokens go through
 * @param tokensPerSecond how fast they come, 0 for as fast as possible
 */
record ExploreRequest(String text, String vocabulary, ExploreCodec codec, int tokensPerSecond) {
    static final int MOST_CHARACTERS = 40_000;

    /** Bytes of a body: room for a text in which each character is written as an escape. */
    static final int MOST_BYTES = 6 * MOST_CHARACTERS + 1024;

    private static final int MOST_TOKENS_PER_SECOND = 1000;

    /**
     * Reads a request's body.
     *
     * @throws RefusedRequest if it is none
     */
    static ExploreRequest parse(byte[] body) {
        JsonNode root;
        try {
            root = new ObjectMapper().readTree(new String(body, StandardCharsets.UTF_8));
        } catch (IOException malformed) {
            throw RefusedRequest.bad("The request is not JSON.");
        }
        String vocabulary = root.path("vocabulary").asText();
        if (!Tokenizer.names().contains(vocabulary)) {
            throw RefusedRequest.bad("There is no vocabulary '" + vocabulary + "'; there are "
                    + String.join(", ", Tokenizer.names()) + ".");
        }
        String codecName = root.path("codec").asText();
        ExploreCodec codec = Arrays.stream(ExploreCodec.values())
                .filter(known -> known.label().equals(codecName))
                .findFirst()
                .orElseThrow(() -> RefusedRequest.bad("There is no codec '" + codecName + "'."));
        int pace = root.path("tokensPerSecond").asInt(-1);
        if (pace < 0 || pace > MOST_TOKENS_PER_SECOND) {
            throw RefusedRequest.bad(
                    "tokensPerSecond must be 0 to " + MOST_TOKENS_PER_SECOND + ", 0 for as fast as possible.");
        }
        return new ExploreRequest(checkedText(root.path("text")), vocabulary, codec, pace);
    }

    private static String checkedText(JsonNode node) {
        String text = node.asText();
        if (!node.isTextual() || text.isEmpty()) {
            throw RefusedRequest.bad("There is no text: type or paste some, or pick a sample.");
        }
        if (text.length() > MOST_CHARACTERS) {
            throw RefusedRequest.bad(String.format(
                    "The text has %,d characters; at most %,d can be explored at once.",
                    text.length(), MOST_CHARACTERS));
        }
        for (int at = 0; at < text.length(); at = text.offsetByCodePoints(at, 1)) {
            if (Character.getType(text.codePointAt(at)) == Character.SURROGATE) {
                throw RefusedRequest.bad(
                        "The text has half a character, behind " + at + " others: it was cut or is no text.");
            }
        }
        return text;
    }
}
