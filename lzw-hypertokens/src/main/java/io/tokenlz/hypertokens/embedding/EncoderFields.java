package io.tokenlz.hypertokens.embedding;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code zip2zip_config.json} says of the encoders (EMBEDDING.md, section 4). The codec's part of it is
 * {@link io.tokenlz.hypertokens.Zip2ZipConfigFile}'s.
 */
final class EncoderFields {
    private static final String ENCODER = "encoder.";

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxDocumentLength(1L << 24)
                    .maxNestingDepth(100)
                    .maxNumberLength(100)
                    .build())
            .build();

    private final JsonParser json;

    /** By path; absent where a field is not there or null. */
    private final Map<String, Object> values = new HashMap<>();

    private EncoderFields(JsonParser json) {
        this.json = json;
    }

    static EncoderFields read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                JsonParser json = JSON.createParser(in)) {
            EncoderFields fields = new EncoderFields(json);
            try {
                fields.readDocument();
            } catch (JsonProcessingException e) {
                JsonLocation at = e.getLocation() == null ? json.currentLocation() : e.getLocation();
                throw new IllegalArgumentException(
                        "not a JSON document: line " + at.getLineNr() + ", column " + at.getColumnNr() + ": "
                                + e.getOriginalMessage(),
                        e);
            } catch (CharConversionException e) {
                throw new IllegalArgumentException("not UTF-8", e);
            }
            return fields;
        }
    }

    private void readDocument() throws IOException {
        requireObject(json.nextToken(), "the document");
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            switch (name) {
                case "encoder_type" -> keep(name, value);
                case "encoder", "compression" -> readObject(value, name);
                default -> json.skipChildren();
            }
        }
        if (json.nextToken() != null) {
            throw new IllegalArgumentException("not a JSON document: more after its end");
        }
    }

    private void readObject(@Nullable JsonToken object, String path) throws IOException {
        requireObject(object, path);
        while (json.nextToken() != JsonToken.END_OBJECT) {
            keep(path + "." + json.currentName(), json.nextToken());
        }
    }

    private void keep(String path, @Nullable JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_STRING) {
            values.put(path, json.getText());
        } else if (value == JsonToken.VALUE_NUMBER_INT && json.getNumberType() == JsonParser.NumberType.INT) {
            values.put(path, json.getIntValue());
        } else if (value == JsonToken.VALUE_TRUE || value == JsonToken.VALUE_FALSE) {
            values.put(path, value == JsonToken.VALUE_TRUE);
        } else if (value != JsonToken.VALUE_NULL) {
            values.put(path, value == null ? "nothing" : value); // of no type that anyone asks for
            json.skipChildren();
        }
    }

    private static void requireObject(@Nullable JsonToken value, String path) {
        if (value != JsonToken.START_OBJECT) {
            throw new IllegalArgumentException(path + ": must be an object");
        }
    }

    /** Whether one encoder serves both sides; as zip2zip, false where the file doesn't say. */
    boolean tied() {
        return flag("tie_encoders", false);
    }

    EncoderConfig config() {
        EncoderKind kind = EncoderKind.named(required("encoder_type", String.class));
        int hiddenSize = required(ENCODER + "hidden_size", Integer.class);
        EncoderConfig.Builder builder =
                EncoderConfig.builder(kind, hiddenSize, required("compression.max_subtokens", Integer.class));
        if (kind != EncoderKind.MEAN) {
            builder.heads(required(ENCODER + "num_heads", Integer.class));
        }
        if (kind == EncoderKind.TRANSFORMER || kind == EncoderKind.RES_LATENT_ATTN) {
            builder.layers(required(ENCODER + "num_hidden_layers", Integer.class));
        }
        Integer modelSize = optional(ENCODER + "model_hidden_size", Integer.class);
        Integer intermediateSize = optional(ENCODER + "intermediate_size", Integer.class);
        if (modelSize != null) {
            builder.modelSize(modelSize);
        }
        if (intermediateSize != null) {
            builder.intermediateSize(intermediateSize);
        }
        builder.positions(learntPositions(kind)).causal(flag("causal", false)).residual(flag("residual", true));
        try {
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("encoder: " + e.getMessage(), e);
        }
    }

    private boolean learntPositions(EncoderKind kind) {
        String encoding = optional(ENCODER + "position_encoding", String.class);
        if (kind == EncoderKind.TRANSFORMER && encoding != null && !encoding.equals("learnable")) {
            throw new IllegalArgumentException(
                    ENCODER + "position_encoding: must be \"learnable\" or null, is \"" + encoding + "\"");
        }
        return encoding != null;
    }

    private boolean flag(String name, boolean otherwise) {
        Boolean value = optional(ENCODER + name, Boolean.class);
        return value == null ? otherwise : value;
    }

    private <T> T required(String path, Class<T> type) {
        T value = optional(path, type);
        if (value == null) {
            throw new IllegalArgumentException(path + ": missing");
        }
        return value;
    }

    private <T> @Nullable T optional(String path, Class<T> type) {
        Object value = values.get(path);
        if (value != null && !type.isInstance(value)) {
            throw new IllegalArgumentException(path + ": must be " + nameOf(type) + ", is " + value);
        }
        return value == null ? null : type.cast(value);
    }

    private static String nameOf(Class<?> type) {
        return type == Integer.class ? "an integer of 32 bits" : type == Boolean.class ? "true or false" : "a string";
    }
}
