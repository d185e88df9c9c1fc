package io.tokenlz.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenlz.hypertokens.embedding.EncoderConfig;
import io.tokenlz.hypertokens.embedding.EncoderKind;
import io.tokenlz.hypertokens.embedding.HyperEncoder;
import io.tokenlz.hypertokens.embedding.MalformedTensorFileException;
import io.tokenlz.hypertokens.embedding.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A vector of hyper-encoders: configuration, entries and expected rows in a JSON file, the weights in a file beside it. */
final class EncoderVectorFile {
    private static final String SUFFIX = ".json";

    private final String name;
    private final JsonNode fields;

    private EncoderVectorFile(String name, JsonNode fields) {
        this.name = name;
        this.fields = fields;
    }

    static EncoderVectorFile read(String name) throws IOException {
        if (!name.endsWith(SUFFIX)) {
            throw new BadInput(name + ": must end in " + SUFFIX + ", so that the weights are found beside it");
        }
        try {
            return new EncoderVectorFile(name, new ObjectMapper().readTree(Files.readAllBytes(Path.of(name))));
        } catch (JsonProcessingException malformed) {
            throw new BadInput(name + ": not JSON: " + malformed.getOriginalMessage());
        }
    }

    HyperEncoder encoder() throws IOException {
        String weights = name.substring(0, name.length() - SUFFIX.length()) + ".safetensors";
        EncoderConfig config = config();
        try (SafetensorsFile file = SafetensorsFile.open(Path.of(weights))) {
            int padId = integer("pad_token_id", null);
            return HyperEncoder.read(file, "input_encoder.", config, file.tensor("base_embedding.weight"), padId);
        } catch (MalformedTensorFileException malformed) {
            throw new BadInput(weights + ": " + malformed.getMessage());
        } catch (IllegalArgumentException misfit) {
            throw new BadInput(weights + ": " + misfit.getMessage());
        }
    }

    private EncoderConfig config() {
        JsonNode config = fields.path("config");
        int hiddenSize = integer("hidden_size", null);
        try {
            return EncoderConfig.builder(
                            EncoderKind.named(config.path("encoder_type").asText()),
                            hiddenSize,
                            integer("max_subtokens", null))
                    .modelSize(integer("model_hidden_size", hiddenSize))
                    .heads(integer("num_heads", 1))
                    .layers(integer("num_hidden_layers", 1))
                    .intermediateSize(integer("intermediate_size", 4 * Math.min(hiddenSize, 1 << 16)))
                    .positions(config.path("position_encoding").asText().equals("learnable"))
                    .causal(config.path("causal").asBoolean())
                    .residual(config.path("residual").asBoolean(true))
                    .build();
        } catch (IllegalArgumentException refused) {
            throw new BadInput(name + ": config: " + refused.getMessage());
        }
    }

    private int integer(String field, @Nullable Integer otherwise) {
        JsonNode value = fields.path("config").path(field);
        if (otherwise != null && (value.isMissingNode() || value.isNull())) {
            return otherwise;
        }
        if (!value.isInt()) {
            throw new BadInput(name + ": config." + field + " must be an integer");
        }
        return value.intValue();
    }

    int entries() {
        int entries = fields.path("subtokens").size();
        if (entries == 0 || fields.path("expected").size() != entries) {
            throw new BadInput(name + ": must have subtokens, and as many expected rows");
        }
        return entries;
    }

    /** All entries, one after the other. */
    int[] subtokens(int width) {
        int[] subtokens = new int[entries() * width];
        for (int i = 0; i < subtokens.length; i++) {
            JsonNode number = number("subtokens", i / width, i % width, width);
            if (!number.isInt()) {
                throw new BadInput(name + ": subtokens must be integers");
            }
            subtokens[i] = number.intValue();
        }
        return subtokens;
    }

    /** All rows, one after the other. */
    double[] expected(int width) {
        double[] expected = new double[entries() * width];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = number("expected", i / width, i % width, width).doubleValue();
        }
        return expected;
    }

    private JsonNode number(String field, int row, int column, int width) {
        JsonNode numbers = fields.path(field).path(row);
        if (numbers.size() != width || !numbers.path(column).isNumber()) {
            throw new BadInput(name + ": " + field + "[" + row + "] must have " + width + " numbers");
        }
        return numbers.path(column);
    }
}
