package io.tokenlz.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenlz.hypertokens.Codebook;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** The golden vectors, one JSON object a line. */
final class Vectors {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Vectors() {}

    static List<String> lines(String name) throws IOException {
        try (InputStream resource = Vectors.class.getResourceAsStream("/vectors/" + name + ".jsonl.gz");
                BufferedReader lines = new BufferedReader(new InputStreamReader(
                        new GZIPInputStream(Objects.requireNonNull(resource)), StandardCharsets.UTF_8))) {
            return lines.lines().toList();
        }
    }

    static List<JsonNode> read(String name) throws IOException {
        List<JsonNode> vectors = new ArrayList<>();
        for (String line : lines(name)) {
            vectors.add(JSON.readTree(line));
        }
        return vectors;
    }

    /** A codebook as the vectors write it: {@code [id, sub1, sub2, ...]}, ascending. */
    static List<List<Integer>> codebook(JsonNode entries) {
        List<List<Integer>> codebook = new ArrayList<>();
        for (JsonNode entry : entries) {
            List<Integer> numbers = new ArrayList<>();
            entry.forEach(number -> numbers.add(number.intValue()));
            codebook.add(numbers);
        }
        return codebook;
    }

    static List<List<Integer>> codebook(Codebook codebook) {
        List<List<Integer>> entries = new ArrayList<>();
        for (int id = codebook.firstId(); codebook.contains(id); id++) {
            List<Integer> entry = new ArrayList<>(List.of(id));
            for (int i = 0; i < codebook.length(id); i++) {
                entry.add(codebook.subtoken(id, i));
            }
            entries.add(entry);
        }
        return entries;
    }
}
