package io.tokenlz.hypertokens.embedding;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A vector of what PyTorch computed in double: weights, entries and their rows. Those in {@code src/test/resources/encoder}, and
 * of the folder {@code -Dtokenlz.encoder.vectors}.
 */
@SuppressWarnings("ArrayRecordComponent") // only read
record EncoderVector(String name, HyperEncoder encoder, int[][] subtokens, double[][] expected) {
    private static final Path FOLDER = Path.of(System.getProperty("basedir", ""), "src/test/resources/encoder");

    static List<EncoderVector> all() throws IOException {
        List<EncoderVector> vectors = new ArrayList<>();
        for (Path folder : List.of(FOLDER, Path.of(System.getProperty("tokenlz.encoder.vectors", FOLDER.toString())))) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.filter(f -> f.toString().endsWith(".json"))
                        .sorted()
                        .toList()) {
                    vectors.add(read(file));
                }
            }
        }
        return vectors;
    }

    static EncoderVector named(String name) throws IOException {
        return read(FOLDER.resolve(name + ".json"));
    }

    @SuppressWarnings("unchecked")
    private static EncoderVector read(Path file) throws IOException {
        Map<String, Object> fields;
        try (JsonParser json = new JsonFactory().createParser(Files.readAllBytes(file))) {
            json.nextToken();
            fields = (Map<String, Object>) value(json);
        }
        Map<String, Object> config = (Map<String, Object>) field(fields, "config");
        Path weights = Path.of(file.toString().replace(".json", ".safetensors"));
        try (SafetensorsFile tensors = SafetensorsFile.open(weights)) {
            HyperEncoder encoder = HyperEncoder.read(
                    tensors,
                    "input_encoder.",
                    config(config),
                    tensors.tensor("base_embedding.weight"),
                    number(config, "pad_token_id", 0));
            int[][] subtokens = rows(field(fields, "subtokens")).stream()
                    .map(row -> row.stream().mapToInt(Number::intValue).toArray())
                    .toArray(int[][]::new);
            double[][] expected = rows(field(fields, "expected")).stream()
                    .map(row -> row.stream().mapToDouble(Number::doubleValue).toArray())
                    .toArray(double[][]::new);
            return new EncoderVector(String.valueOf(fields.get("name")), encoder, subtokens, expected);
        }
    }

    private static Object field(Map<String, Object> fields, String name) {
        return Objects.requireNonNull(fields.get(name), name);
    }

    @SuppressWarnings("unchecked")
    private static List<List<Number>> rows(Object rows) {
        return (List<List<Number>>) rows;
    }

    private static EncoderConfig config(Map<String, Object> config) {
        int hidden = number(config, "hidden_size", 0);
        return EncoderConfig.builder(
                        EncoderKind.named(String.valueOf(config.get("encoder_type"))),
                        hidden,
                        number(config, "max_subtokens", 0))
                .modelSize(number(config, "model_hidden_size", hidden))
                .heads(number(config, "num_heads", 1))
                .layers(number(config, "num_hidden_layers", 1))
                .intermediateSize(number(config, "intermediate_size", 4 * hidden))
                .positions("learnable".equals(config.get("position_encoding")))
                .causal(Boolean.TRUE.equals(config.get("causal")))
                .residual(Boolean.TRUE.equals(config.get("residual")))
                .build();
    }

    private static int number(Map<String, Object> config, String name, int otherwise) {
        return config.get(name) instanceof Number number ? number.intValue() : otherwise;
    }

    private static Object value(JsonParser json) throws IOException {
        JsonToken token = json.currentToken();
        if (token == JsonToken.START_OBJECT) {
            Map<String, Object> object = new LinkedHashMap<>();
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                json.nextToken();
                object.put(name, value(json));
            }
            return object;
        }
        if (token == JsonToken.START_ARRAY) {
            List<Object> array = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                array.add(value(json));
            }
            return array;
        }
        return switch (token) {
            case VALUE_NULL -> "null";
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_STRING -> json.getText();
            default -> json.getNumberValue();
        };
    }

    /** All entries, one after the other. */
    int[] flatSubtokens() {
        return Stream.of(subtokens).flatMapToInt(Arrays::stream).toArray();
    }

    /** The largest error of any number, relative to its row's largest. */
    double largestError(float[] rows) {
        double largest = 0;
        for (int entry = 0; entry < expected.length; entry++) {
            double scale = 0;
            double error = 0;
            for (int i = 0; i < expected[entry].length; i++) {
                double wanted = expected[entry][i];
                scale = Math.max(scale, Math.abs(wanted));
                error = Math.max(error, Math.abs(rows[entry * expected[entry].length + i] - wanted));
            }
            largest = Math.max(largest, error / scale);
        }
        return largest;
    }

    @Override
    public String toString() {
        return name;
    }
}
