package io.tokenlz.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/**
 * Documents of a {@code .jsonl} file, one a line. Of an object, its {@code text} is the document; without one its
 * {@code content}; without that its {@code messages}, as a conversation; any other line is a document as it stands. Empty
 * lines are none.
 */
final class JsonLines {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private JsonLines() {}

    /** The documents of a file's text. */
    static List<String> documents(String file, String text) {
        List<String> documents = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            if (!line.isBlank()) {
                documents.add(document(line.strip(), read(file, number, line)));
            }
        }
        return documents;
    }

    private static JsonNode read(String file, int number, String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException broken) {
            throw new BadInput(file + ": line " + number + ", column "
                    + broken.getLocation().getColumnNr() + ": is not JSON: " + broken.getOriginalMessage());
        }
    }

    private static String document(String line, JsonNode value) {
        for (String field : List.of("text", "content")) {
            if (value.path(field).isTextual()) {
                return value.path(field).textValue();
            }
        }
        return value.path("messages").isArray() ? conversation(value.path("messages")) : line;
    }

    /** Each message's role and content; what isn't text, such as parts and calls of tools, as JSON. */
    private static String conversation(JsonNode messages) {
        StringBuilder text = new StringBuilder();
        for (JsonNode message : messages) {
            text.append(message.path("role").asText()).append('\n');
            for (String field : List.of("content", "tool_calls")) {
                JsonNode value = message.path(field);
                if (!value.isMissingNode() && !value.isNull()) {
                    text.append(value.isTextual() ? value.textValue() : value.toString())
                            .append('\n');
                }
            }
            text.append('\n');
        }
        return text.toString();
    }
}
