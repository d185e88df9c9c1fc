package io.tokenlz.cli;

import io.tokenlz.bench.WireExtreme;
import io.tokenlz.bench.WireScenario;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the wire format and its rivals reached.
 *
 * @param outcomes of the scenarios, each on the same files
 * @param extremes files that no mean counts
 * @param seconds how long each contender was timed in each direction
 */
record WireReport(List<WireOutcome> outcomes, List<WireExtreme> extremes, double seconds) {
    WireOutcome outcome(WireScenario scenario) {
        return outcomes.stream()
                .filter(outcome -> outcome.scenario() == scenario)
                .findFirst()
                .orElseThrow();
    }

    /** What the command ends with: whether everything came back exactly, from rivals, too. */
    int exitStatus() {
        return differences().isEmpty() ? TokenLz.DONE : TokenLz.NOT_EXACT;
    }

    /** What did not come back: scenario, contender and place. */
    List<String> differences() {
        Stream<String> inScenarios = outcomes.stream()
                .flatMap(outcome -> outcome.kinds().stream()
                        .flatMap(kind -> kind.results().stream())
                        .filter(result -> !result.exact())
                        .map(result ->
                                outcome.scenario().title() + ", " + result.contender() + ": " + result.difference()));
        Stream<String> inExtremes = extremes.stream()
                .filter(extreme -> !extreme.exact())
                .map(extreme -> "extremes: " + extreme.difference());
        return Stream.concat(inScenarios, inExtremes).toList();
    }
}
