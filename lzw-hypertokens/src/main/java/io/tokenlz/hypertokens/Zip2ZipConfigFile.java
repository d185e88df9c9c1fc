package io.tokenlz.hypertokens;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads a model's configuration from its own {@code zip2zip_config.json} (HYPERTOKENS.md, section 8), of zip2zip 0.1.x and
 * of zip2zip++ alike. Thread-safe. Needs jackson-core, an optional dependency.
 *
 * <p>V, C, m and the disabled IDs are in the file. Two things are not, and are never guessed: the padding ID, which is the
 * tokenizer's ({@code pad_token}, or {@code eos_token} if it has none), and the replay rule. {@code position_mode} doesn't
 * tell the rule: it says how a model counts positions.
 *
 * <p>Fields that say nothing about the codebook are ignored. Everything else is checked: a file is read fully and exactly,
 * or refused with the path of the field, as in {@code compression.max_subtokens: must be at least 1, is 0}, or, where it
 * isn't JSON, with line and column. A file may have 16 Mi characters, nested 100 deep.
 */
public final class Zip2ZipConfigFile {
    private static final long MOST_CHARACTERS = 1L << 24;
    private static final int DEEPEST_NESTING = 100;
    private static final int LONGEST_NUMBER = 100;
    private static final int NEWEST_VERSION = 2;

    /** Keeps nothing between documents: names are neither shared nor interned. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxDocumentLength(MOST_CHARACTERS)
                    .maxNestingDepth(DEEPEST_NESTING)
                    .maxNumberLength(LONGEST_NUMBER)
                    .build())
            .build();

    private final JsonParser json;
    private boolean compressionSeen;
    private @Nullable Integer vocabularySize;
    private @Nullable Integer codebookSize;
    private @Nullable Integer maxSubtokens;
    private @Nullable Integer padId;
    private int @Nullable [] disabledIds;

    private Zip2ZipConfigFile(JsonParser json) {
        this.json = json;
    }

    /**
     * Reads a file.
     *
     * @param file a {@code zip2zip_config.json}
     * @param padId the padding ID of the model's tokenizer, below V
     * @param replayRule how the model's decoder rebuilds the codebook
     * @return the configuration
     * @throws IOException if it can't be read
     * @throws IllegalArgumentException if it isn't JSON, with line and column; if a field is missing, of another type or
     *     out of range, with the field's path; or if {@code padId} is out of range or other than the file's
     */
    public static HypertokenConfig read(Path file, int padId, ReplayRule replayRule) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, padId, replayRule);
        }
    }

    /**
     * Reads a file's content to its end. The stream is not closed.
     *
     * @param in UTF-8
     * @param padId the padding ID of the model's tokenizer, below V
     * @param replayRule how the model's decoder rebuilds the codebook
     * @return the configuration
     * @throws IOException if it can't be read
     * @throws IllegalArgumentException as {@link #read(Path, int, ReplayRule)}
     */
    public static HypertokenConfig read(InputStream in, int padId, ReplayRule replayRule) throws IOException {
        // a decoder of its own refuses what is not UTF-8; the charset's would replace it
        return read(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()), padId, replayRule);
    }

    /**
     * Reads a file's content.
     *
     * @param content a JSON document
     * @param padId the padding ID of the model's tokenizer, below V
     * @param replayRule how the model's decoder rebuilds the codebook
     * @return the configuration
     * @throws IllegalArgumentException as {@link #read(Path, int, ReplayRule)}
     */
    public static HypertokenConfig parse(String content, int padId, ReplayRule replayRule) {
        try {
            return read(new StringReader(content), padId, replayRule);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HypertokenConfig read(Reader reader, int padId, ReplayRule replayRule) throws IOException {
        Objects.requireNonNull(replayRule);
        try (JsonParser json = JSON.createParser(reader)) {
            Zip2ZipConfigFile file = new Zip2ZipConfigFile(json);
            try {
                file.readDocument();
            } catch (JsonProcessingException e) {
                throw file.malformed(e);
            } catch (CharacterCodingException e) {
                throw new IllegalArgumentException("not UTF-8", e);
            }
            return file.config(padId, replayRule);
        }
    }

    private void readDocument() throws IOException {
        JsonToken root = json.nextToken();
        requireObject(root, "the document");
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            switch (name) {
                case "format_version" -> requireKnownVersion(integer(value, name));
                case "compression" -> readCompression(value);
                default -> json.skipChildren();
            }
        }
        if (json.nextToken() != null) {
            throw new IllegalArgumentException(
                    where(json.currentTokenLocation()) + "more after the end of the document");
        }
    }

    private void readCompression(JsonToken value) throws IOException {
        requireObject(value, "compression");
        compressionSeen = true;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            String path = "compression." + name;
            JsonToken field = json.nextToken();
            switch (name) {
                case "initial_vocab_size" -> vocabularySize = integer(field, path);
                case "max_codebook_size" -> codebookSize = integer(field, path);
                case "max_subtokens" -> maxSubtokens = integer(field, path);
                case "pad_token_id" ->
                    padId = field == JsonToken.VALUE_NULL ? null : Integer.valueOf(integer(field, path));
                case "disabled_ids" -> disabledIds = integers(field, path);
                default -> json.skipChildren();
            }
        }
    }

    private int[] integers(JsonToken value, String path) throws IOException {
        if (value != JsonToken.START_ARRAY) {
            throw invalid(path, "must be an array, is " + found(value));
        }
        int[] numbers = new int[64];
        int count = 0;
        for (JsonToken item = json.nextToken(); item != JsonToken.END_ARRAY; item = json.nextToken()) {
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * count);
            }
            numbers[count] = integer(item, path + "[" + count + "]");
            count++;
        }
        return Arrays.copyOf(numbers, count);
    }

    private int integer(JsonToken value, String path) throws IOException {
        if (value != JsonToken.VALUE_NUMBER_INT) {
            throw invalid(path, "must be an integer, is " + found(value));
        }
        if (json.getNumberType() != JsonParser.NumberType.INT) {
            throw invalid(path, "must fit into 32 bits, is " + found(value));
        }
        return json.getIntValue();
    }

    private void requireObject(@Nullable JsonToken value, String path) throws IOException {
        if (value != JsonToken.START_OBJECT) {
            throw invalid(path, "must be an object, is " + (value == null ? "empty" : found(value)));
        }
    }

    private static void requireKnownVersion(int version) {
        if (version < 1 || version > NEWEST_VERSION) {
            throw invalid("format_version", "must be 1 or 2, is " + version);
        }
    }

    private String found(JsonToken value) throws IOException {
        return switch (value) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            default -> json.getText();
        };
    }

    private HypertokenConfig config(int givenPadId, ReplayRule replayRule) {
        if (!compressionSeen) {
            throw invalid("compression", "missing");
        }
        int vocabulary = atLeast(1, vocabularySize, "compression.initial_vocab_size");
        HypertokenConfig.Builder builder = HypertokenConfig.builder(vocabulary, replayRule)
                .codebookSize(atLeast(0, codebookSize, "compression.max_codebook_size"))
                .maxSubtokens(atLeast(1, maxSubtokens, "compression.max_subtokens"))
                .disabledIds(disabledIds(vocabulary));
        if (padId != null && padId != givenPadId) {
            throw invalid(
                    "compression.pad_token_id", "must be the padId that was given, " + givenPadId + ", is " + padId);
        }
        builder.padId(givenPadId);
        try {
            return builder.build();
        } catch (IllegalArgumentException e) {
            // what is left to refuse is a codebook too big, beside V or with m
            throw new IllegalArgumentException("compression.max_codebook_size: " + e.getMessage(), e);
        }
    }

    private int[] disabledIds(int vocabulary) {
        if (disabledIds == null) {
            throw invalid("compression.disabled_ids", "missing");
        }
        for (int i = 0; i < disabledIds.length; i++) {
            if (disabledIds[i] < 0 || disabledIds[i] >= vocabulary) {
                throw invalid(
                        "compression.disabled_ids[" + i + "]",
                        "must be below compression.initial_vocab_size, " + vocabulary + ", is " + disabledIds[i]);
            }
        }
        return disabledIds;
    }

    private static int atLeast(int least, @Nullable Integer value, String path) {
        if (value == null) {
            throw invalid(path, "missing");
        }
        if (value < least) {
            throw invalid(path, "must be at least " + least + ", is " + value);
        }
        return value;
    }

    private static IllegalArgumentException invalid(String path, String why) {
        return new IllegalArgumentException(path + ": " + why);
    }

    private IllegalArgumentException malformed(JsonProcessingException e) {
        JsonLocation location = e.getLocation() == null ? json.currentLocation() : e.getLocation();
        String what = e instanceof JsonEOFException ? "the document ends too early" : e.getOriginalMessage();
        return new IllegalArgumentException(where(location) + what, e);
    }

    private static String where(JsonLocation location) {
        return "not a JSON document: line " + location.getLineNr() + ", column " + location.getColumnNr() + ": ";
    }
}
