package io.tokenlz.conformance;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How often a property had which outcome, and what did not pass. Not thread-safe. */
final class PropertyResult {
    private static final int MOST_RESTARTS = 100;
    private static final int MOST_HANGS = 5;

    private final String suite;
    private final String name;
    private final Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
    private final List<CheckFinding> findings = new ArrayList<>();
    private int restarts;
    private int leftOut;

    PropertyResult(String suite, String name) {
        this.suite = suite;
        this.name = name;
    }

    String suite() {
        return suite;
    }

    String name() {
        return name;
    }

    void count(Outcome outcome, boolean restarted) {
        counts.merge(outcome, 1, Integer::sum);
        restarts += restarted ? 1 : 0;
    }

    int count(List<Outcome> outcomes) {
        return outcomes.stream()
                .mapToInt(outcome -> counts.getOrDefault(outcome, 0))
                .sum();
    }

    int jobs() {
        return count(List.of(Outcome.values()));
    }

    boolean isPassed() {
        return jobs() == count(List.of(Outcome.PASSED)) && leftOut == 0;
    }

    /** Whether restarts or hangs took so much time that the rest is left out. */
    boolean isGivenUp() {
        return restarts >= MOST_RESTARTS || count(List.of(Outcome.HUNG)) >= MOST_HANGS;
    }

    void leaveOut() {
        leftOut++;
    }

    int leftOut() {
        return leftOut;
    }

    List<CheckFinding> findings() {
        return findings;
    }
}
