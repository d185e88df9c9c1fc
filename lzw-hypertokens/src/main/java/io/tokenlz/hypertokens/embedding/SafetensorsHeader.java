package io.tokenlz.hypertokens.embedding;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the JSON header of a safetensors file. Whatever it says is checked before anyone allocates or reads by it. */
final class SafetensorsHeader {
    /** Bytes of the header's length, before it. */
    static final int LENGTH_BYTES = Long.BYTES;

    private static final int MOST_DIMENSIONS = 8;
    private static final String METADATA = "__metadata__";
    private static final String OFFSETS = "two integers, the first not above the second";

    private static final Map<String, Integer> BYTES = Map.ofEntries(
            Map.entry("BOOL", 1),
            Map.entry("U8", 1),
            Map.entry("I8", 1),
            Map.entry("F8_E5M2", 1),
            Map.entry("F8_E4M3", 1),
            Map.entry("I16", 2),
            Map.entry("U16", 2),
            Map.entry("F16", 2),
            Map.entry("BF16", 2),
            Map.entry("I32", 4),
            Map.entry("U32", 4),
            Map.entry("F32", 4),
            Map.entry("I64", 8),
            Map.entry("U64", 8),
            Map.entry("F64", 8));

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(4)
                    .maxNumberLength(20)
                    .maxNameLength(4096)
                    .build())
            .build();

    private final JsonParser json;
    private final long dataBegin;
    private final long dataEnd;

    private SafetensorsHeader(JsonParser json, long dataBegin, long dataEnd) {
        this.json = json;
        this.dataBegin = dataBegin;
        this.dataEnd = dataEnd;
    }

    /** Reads a header that is followed by data up to a byte of the file; tensors in the order of their data. */
    static Map<String, TensorEntry> read(byte[] header, long fileSize) {
        // so that no byte order but UTF-8's is guessed
        if (header.length < 2 || header[0] != '{' || header[1] == 0) {
            throw new MalformedTensorFileException(LENGTH_BYTES, "a JSON object", "something else");
        }
        try (JsonParser json = JSON.createParser(header)) {
            SafetensorsHeader reader = new SafetensorsHeader(json, LENGTH_BYTES + (long) header.length, fileSize);
            try {
                return reader.readDocument();
            } catch (JsonProcessingException e) {
                throw new MalformedTensorFileException(
                        reader.position(), "JSON", String.valueOf(e.getOriginalMessage()), e);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // an array does not fail
        }
    }

    private long position() {
        return LENGTH_BYTES + Math.max(0, json.currentTokenLocation().getByteOffset());
    }

    private MalformedTensorFileException refused(String expected, String found) {
        return new MalformedTensorFileException(position(), expected, found);
    }

    private Map<String, TensorEntry> readDocument() throws IOException {
        List<TensorEntry> entries = new ArrayList<>();
        json.nextToken();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            requireToken(json.nextToken(), JsonToken.START_OBJECT, "an object for " + name);
            if (name.equals(METADATA)) {
                json.skipChildren();
            } else {
                entries.add(readTensor(name));
            }
        }
        if (json.nextToken() != null) {
            throw refused("nothing behind the JSON object but blanks", "more");
        }
        return inOrder(entries);
    }

    private TensorEntry readTensor(String name) throws IOException {
        long at = position();
        String type = null;
        List<Long> shape = null;
        List<Long> offsets = null;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String field = json.currentName();
            JsonToken value = json.nextToken();
            switch (field) {
                case "dtype" -> {
                    requireToken(value, JsonToken.VALUE_STRING, "a string for dtype");
                    type = json.getText();
                }
                case "shape" -> shape = integers(value, MOST_DIMENSIONS);
                case "data_offsets" -> offsets = integers(value, 2);
                default -> throw refused("dtype, shape or data_offsets", field);
            }
        }
        if (type == null || shape == null || offsets == null) {
            throw new MalformedTensorFileException(at, "dtype, shape and data_offsets of " + name, "fewer");
        }
        return entry(name, type, shape, offsets, at);
    }

    private TensorEntry entry(String name, String type, List<Long> shape, List<Long> offsets, long at) {
        Integer bytes = BYTES.get(type);
        if (bytes == null) {
            throw new MalformedTensorFileException(at, "a known dtype of " + name, type);
        }
        if (offsets.size() != 2 || offsets.get(0) > offsets.get(1)) {
            throw new MalformedTensorFileException(at, OFFSETS, offsets.toString());
        }
        long most = dataEnd - dataBegin;
        if (offsets.get(1) > most) {
            throw new MalformedTensorFileException(
                    at, "data of " + name + " within " + most + " bytes", "" + offsets.get(1));
        }
        long size = offsets.get(1) - offsets.get(0);
        long elements = elements(shape, most);
        if (elements > most / bytes || elements * bytes != size) {
            throw new MalformedTensorFileException(
                    at, "as many bytes of " + name + " as " + type + shape + " has", size + " bytes");
        }
        return new TensorEntry(name, type, shape, elements, dataBegin + offsets.get(0), dataBegin + offsets.get(1), at);
    }

    /** The product of the sizes; if it is above a limit, something above the limit. */
    private static long elements(List<Long> shape, long limit) {
        if (shape.contains(0L)) {
            return 0;
        }
        long product = 1;
        for (long size : shape) {
            if (product > limit / size) {
                return limit + 1;
            }
            product *= size;
        }
        return product;
    }

    private List<Long> integers(@Nullable JsonToken value, int most) throws IOException {
        requireToken(value, JsonToken.START_ARRAY, "an array");
        List<Long> numbers = new ArrayList<>();
        for (JsonToken item = json.nextToken(); item != JsonToken.END_ARRAY; item = json.nextToken()) {
            if (numbers.size() == most) {
                throw refused("at most " + most + " numbers", "more");
            }
            requireToken(item, JsonToken.VALUE_NUMBER_INT, "an integer");
            if (json.getNumberType() == JsonParser.NumberType.BIG_INTEGER || json.getLongValue() < 0) {
                throw refused("an integer from 0 to 2^63-1", json.getText());
            }
            numbers.add(json.getLongValue());
        }
        return List.copyOf(numbers);
    }

    private void requireToken(@Nullable JsonToken found, JsonToken expected, String what) throws IOException {
        if (found != expected) {
            throw refused(what, found == null ? "the end" : json.getText());
        }
    }

    /** Data must be without holes, overlaps and rests, as the format says: nothing can hide there. */
    private Map<String, TensorEntry> inOrder(List<TensorEntry> entries) {
        entries.sort(Comparator.comparingLong(TensorEntry::begin).thenComparingLong(TensorEntry::end));
        Map<String, TensorEntry> byName = new LinkedHashMap<>();
        long at = dataBegin;
        for (TensorEntry entry : entries) {
            if (entry.begin() != at) {
                throw entry.refused(
                        "data of " + entry.name() + " right behind what is before it, at byte " + at,
                        "" + entry.begin());
            }
            at = entry.end();
            byName.put(entry.name(), entry);
        }
        if (at != dataEnd) {
            throw new MalformedTensorFileException(at, "the end of the file", dataEnd - at + " bytes of no tensor");
        }
        return byName;
    }
}
