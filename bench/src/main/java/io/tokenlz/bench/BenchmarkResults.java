package io.tokenlz.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Figures, and what one must know to judge them. As JSON there is a figure on each line, so that versions are compared line by
 * line.
 *
 * @param suite what was measured
 * @param profile for how long
 * @param surroundings where, when and on what: names and values
 * @param figures in the order in which they were measured
 */
public record BenchmarkResults(
        String suite, String profile, Map<String, String> surroundings, List<BenchmarkFigure> figures) {
    public BenchmarkResults {
        surroundings = new TreeMap<>(surroundings);
        figures = List.copyOf(figures);
    }

    /** What {@link #parse} reads. */
    public String toJson() {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode head = mapper.createObjectNode().put("suite", suite).put("profile", profile);
        surroundings.forEach(head::put);
        StringBuilder json = new StringBuilder("{\n");
        head.properties()
                .forEach(field -> json.append(' ')
                        .append(mapper.getNodeFactory().textNode(field.getKey()))
                        .append(": ")
                        .append(field.getValue())
                        .append(",\n"));
        json.append(" \"figures\": [");
        String separator = "\n";
        for (BenchmarkFigure figure : figures) {
            json.append(separator).append("  ").append(describe(figure, mapper));
            separator = ",\n";
        }
        return json.append("\n ]\n}\n").toString();
    }

    private static ObjectNode describe(BenchmarkFigure figure, ObjectMapper mapper) {
        ObjectNode node = mapper.createObjectNode().put("benchmark", figure.benchmark());
        ObjectNode parameters = node.putObject("parameters");
        figure.parameters().forEach(parameters::put);
        node.put("unit", figure.unit());
        ArrayNode runs = node.putArray("runs");
        figure.runs().forEach(run -> runs.add(rounded(run)));
        if (Double.isFinite(figure.allocatedBytes())) {
            node.put("allocatedBytes", rounded(figure.allocatedBytes()));
        }
        return node;
    }

    /** Five digits are more than any benchmark can tell. */
    private static double rounded(double number) {
        if (number == 0) {
            return 0;
        }
        double unit = Math.pow(10, Math.floor(Math.log10(Math.abs(number))) - 4);
        return unit < 1
                ? Math.rint(number * Math.rint(1 / unit)) / Math.rint(1 / unit)
                : Math.rint(number / unit) * unit;
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static BenchmarkResults parse(String json) {
        JsonNode root;
        try {
            root = new ObjectMapper().readTree(json);
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException("not JSON: " + malformed.getOriginalMessage(), malformed);
        }
        if (!root.path("suite").isTextual() || !root.path("figures").isArray()) {
            throw new IllegalArgumentException("no results of benchmarks: \"suite\" and \"figures\" expected");
        }
        SortedMap<String, String> surroundings = new TreeMap<>();
        root.properties().forEach(field -> {
            if (field.getValue().isTextual()) {
                surroundings.put(field.getKey(), field.getValue().asText());
            }
        });
        String suite = String.valueOf(surroundings.remove("suite"));
        String profile = String.valueOf(surroundings.remove("profile"));
        List<BenchmarkFigure> figures = new ArrayList<>();
        root.path("figures").forEach(figure -> figures.add(figure(figure)));
        return new BenchmarkResults(suite, profile, surroundings, figures);
    }

    private static BenchmarkFigure figure(JsonNode node) {
        SortedMap<String, String> parameters = new TreeMap<>();
        node.path("parameters")
                .properties()
                .forEach(
                        field -> parameters.put(field.getKey(), field.getValue().asText()));
        List<Double> runs = new ArrayList<>();
        node.path("runs").forEach(run -> runs.add(run.asDouble()));
        return new BenchmarkFigure(
                node.path("benchmark").asText(),
                parameters,
                node.path("unit").asText(),
                runs,
                node.path("allocatedBytes").asDouble(Double.NaN));
    }
}
