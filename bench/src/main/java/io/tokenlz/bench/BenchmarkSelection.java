package io.tokenlz.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Benchmarks that are run together.
 *
 * @param include a regular expression that their names match
 * @param parameters for each parameter that is set, its values, all of which are combined
 */
public record BenchmarkSelection(String include, Map<String, List<String>> parameters) {
    public BenchmarkSelection {
        parameters = new LinkedHashMap<>(parameters);
    }

    static BenchmarkSelection of(String include) {
        return new BenchmarkSelection(include, Map.of());
    }

    BenchmarkSelection with(String parameter, String... values) {
        return with(parameter, List.of(values));
    }

    BenchmarkSelection with(String parameter, List<String> values) {
        Map<String, List<String>> more = new LinkedHashMap<>(parameters);
        more.put(parameter, values);
        return new BenchmarkSelection(include, more);
    }
}
