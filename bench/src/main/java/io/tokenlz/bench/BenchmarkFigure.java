package io.tokenlz.bench;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a benchmark came to with some parameters.
 *
 * @param benchmark class and method
 * @param parameters values by name
 * @param unit of the runs: {@code ops/us}, {@code ns/op}
 * @param runs the score of each iteration, in its order
 * @param allocatedBytes bytes allocated for an operation, not finite if that was not measured
 */
public record BenchmarkFigure(
        String benchmark, SortedMap<String, String> parameters, String unit, List<Double> runs, double allocatedBytes) {
    public BenchmarkFigure {
        parameters = new TreeMap<>(parameters);
        runs = List.copyOf(runs);
        if (runs.isEmpty()) {
            throw new IllegalArgumentException(benchmark + ": at least one run, expected; found none");
        }
    }

    /** Whether a larger number is the better one. */
    public boolean isRate() {
        return unit.startsWith("ops/");
    }

    public double mean() {
        return runs.stream().mapToDouble(Double::doubleValue).sum() / runs.size();
    }

    public double least() {
        return runs.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    public double most() {
        return runs.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    /** Whether it is the same benchmark with the same parameters. */
    public boolean measuresSameAs(BenchmarkFigure other) {
        return benchmark.equals(other.benchmark) && parameters.equals(other.parameters) && unit.equals(other.unit);
    }
}
