package io.tokenlz.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tokenlz.core.MalformedTokenStreamException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the fields of a job say, or an {@link IllegalArgumentException} that names the field. */
final class JobFields {
    /** So much of a wrong value is shown in an error. */
    private static final int MOST_SHOWN = 60;

    private JobFields() {}

    static JsonNode required(JsonNode object, String field) {
        JsonNode value = object.get(field);
        if (value == null || value.isNull()) {
            throw new IllegalArgumentException("field \"" + field + "\" is missing");
        }
        return value;
    }

    static JsonNode config(JsonNode job) {
        JsonNode config = required(job, "config");
        if (!config.isObject()) {
            throw new IllegalArgumentException("field \"config\" must be an object, is " + shown(config));
        }
        return config;
    }

    static String text(JsonNode object, String field, @Nullable String preset) {
        JsonNode value = object.get(field);
        if (value == null && preset != null) {
            return preset;
        }
        if (value == null || !value.isTextual()) {
            throw new IllegalArgumentException("field \"" + field + "\" must be a string");
        }
        return value.textValue();
    }

    /** One of some names, lower-case in JSON. */
    static <E extends Enum<E>> E oneOf(JsonNode object, String field, E preset, E[] values) {
        String text = text(object, field, name(preset));
        StringBuilder names = new StringBuilder();
        for (E value : values) {
            if (name(value).equals(text)) {
                return value;
            }
            names.append(names.isEmpty() ? "" : ", ")
                    .append('"')
                    .append(name(value))
                    .append('"');
        }
        throw new IllegalArgumentException(field + " must be one of " + names + ", is \"" + text + '"');
    }

    static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    static boolean flag(JsonNode object, String field) {
        JsonNode value = object.get(field);
        if (value != null && !value.isNull() && !value.isBoolean()) {
            throw new IllegalArgumentException("field \"" + field + "\" must be true or false, is " + shown(value));
        }
        return value != null && value.booleanValue();
    }

    static boolean isInt(JsonNode value) {
        return value.isIntegralNumber() && value.canConvertToInt();
    }

    static int integer(JsonNode object, String field) {
        JsonNode value = required(object, field);
        if (!isInt(value)) {
            throw new IllegalArgumentException(
                    "field \"" + field + "\" must be an integer below 2^31, is " + shown(value));
        }
        return value.intValue();
    }

    static int integer(JsonNode object, String field, int preset) {
        return object.hasNonNull(field) ? integer(object, field) : preset;
    }

    static long longInteger(JsonNode object, String field, long preset) {
        if (!object.hasNonNull(field)) {
            return preset;
        }
        JsonNode value = object.get(field);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new IllegalArgumentException("field \"" + field + "\" must be a 64-bit integer, is " + shown(value));
        }
        return value.longValue();
    }

    static byte[] bytes(JsonNode object, String field) {
        String digits = text(object, field, null);
        try {
            return HexFormat.of().parseHex(digits);
        } catch (IllegalArgumentException noHex) {
            throw new IllegalArgumentException("field \"" + field + "\" must be hexadecimal: " + noHex.getMessage());
        }
    }

    static JsonNode list(JsonNode object, String field) {
        JsonNode list = required(object, field);
        if (!list.isArray()) {
            throw new IllegalArgumentException("field \"" + field + "\" must be a list, is " + shown(list));
        }
        return list;
    }

    /**
     * Runs a codec over IDs. Where one of them is no number of the kind, those before it still come first: one of them may
     * have to be refused earlier.
     */
    static <R> R overIds(JsonNode list, Function<int[], R> codec) {
        int good = 0;
        while (good < list.size() && isInt(list.get(good))) {
            good++;
        }
        int[] ids = new int[good];
        for (int i = 0; i < good; i++) {
            ids[i] = list.get(i).intValue();
        }
        R result = codec.apply(ids);
        if (good < list.size()) {
            throw new MalformedTokenStreamException(good, "an ID of 0 to 2^31-1", shown(list.get(good)));
        }
        return result;
    }

    static ArrayNode array(int[] numbers) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode(numbers.length);
        for (int number : numbers) {
            array.add(number);
        }
        return array;
    }

    static String shown(JsonNode value) {
        String text = value.toString();
        return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "...";
    }
}
