package io.tokenlz.cli;

import io.tokenlz.bench.WireResult;
import java.util.Comparator;
import java.util.List;

/** What all contenders of a scenario reached on the files of one kind. */
record WireKind(String kind, List<WireResult> results) {
    WireResult of(String contender) {
        return results.stream()
                .filter(result -> result.contender().equals(contender))
                .findFirst()
                .orElseThrow();
    }

    double bytesPerToken(String contender) {
        return of(contender).bytesPerToken();
    }

    double ratio(String contender, String rival) {
        return bytesPerToken(contender) / bytesPerToken(rival);
    }

    /** The contender with the fewest bytes of those whose names begin so; forms that are not known are none. */
    String smallest(String prefix) {
        return results.stream()
                .filter(result ->
                        result.contender().startsWith(prefix) && !result.files().isEmpty())
                .min(Comparator.comparingDouble(WireResult::bytesPerToken))
                .orElseThrow()
                .contender();
    }

    long tokens() {
        return results.get(0).tokens();
    }
}
