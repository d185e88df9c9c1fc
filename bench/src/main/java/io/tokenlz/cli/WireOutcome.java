package io.tokenlz.cli;

import io.tokenlz.bench.WireResult;
import io.tokenlz.bench.WireScenario;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What came out of a scenario: its contenders on each kind of files. What is not known is no number. */
record WireOutcome(WireScenario scenario, List<WireKind> kinds) {
    /** A kind, and what was asked about it. */
    record Worst(String kind, double value) {}

    List<String> contenders() {
        return kinds.get(0).results().stream().map(WireResult::contender).toList();
    }

    /** The mean of the kinds, each counting the same. */
    double bytesPerToken(String contender) {
        return kinds.stream()
                .mapToDouble(kind -> kind.bytesPerToken(contender))
                .average()
                .orElse(Double.NaN);
    }

    double ratio(String contender, String rival) {
        return bytesPerToken(contender) / bytesPerToken(rival);
    }

    /** All bytes to all tokens: large files count more. */
    double totalBytesPerToken(String contender) {
        return sum(contender, WireResult::bytes) / tokens(contender);
    }

    double tokens(String contender) {
        return sum(contender, WireResult::tokens);
    }

    double encodeRate(String contender) {
        return WireResult.rate(tokens(contender), sum(contender, WireResult::encodeSeconds));
    }

    double decodeRate(String contender) {
        return WireResult.rate(tokens(contender), sum(contender, WireResult::decodeSeconds));
    }

    private double sum(String contender, ToDoubleFunction<WireResult> value) {
        return kinds.stream()
                .mapToDouble(kind -> value.applyAsDouble(kind.of(contender)))
                .sum();
    }

    /** The kind with the highest value; kinds without a number count as the highest. */
    Worst worst(ToDoubleFunction<WireKind> value) {
        return kinds.stream()
                .map(kind -> new Worst(kind.kind(), value.applyAsDouble(kind)))
                .max(Comparator.comparingDouble(Worst::value))
                .orElseThrow();
    }
}
