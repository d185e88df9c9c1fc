package io.tokenlz.cli;

import io.tokenlz.bench.TokenFile;
import io.tokenlz.bench.WireContender;
import io.tokenlz.bench.WireExtreme;
import io.tokenlz.bench.WireResult;
import io.tokenlz.bench.WireScenario;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs all scenarios over some files, and keeps what came out. */
final class WireRun {
    private final Map<String, List<TokenFile>> kinds = new LinkedHashMap<>();
    private final List<TokenFile> extremes = new ArrayList<>();
    private final double seconds;

    WireRun(List<TokenFile> files, double seconds) {
        this.seconds = seconds;
        for (TokenFile file : files) {
            if (file.ids().length == 0) {
                throw new BadInput(file.name() + ": holds no tokens");
            }
            if (file.kind().equals(CorpusFolder.EXTREME)) {
                extremes.add(file);
            } else {
                kinds.computeIfAbsent(file.kind(), kind -> new ArrayList<>()).add(file);
            }
        }
        extremes.add(WireExtreme.random(files.get(0).vocabularySize()));
    }

    WireReport run() {
        List<WireOutcome> outcomes = new ArrayList<>();
        List<WireExtreme> measured = new ArrayList<>();
        try (DelayedProgress progress = new DelayedProgress("report", steps(), " runs", 1)) {
            int step = 0;
            for (WireScenario scenario : WireScenario.values()) {
                List<WireKind> results = new ArrayList<>();
                for (Map.Entry<String, List<TokenFile>> kind : kinds.entrySet()) {
                    List<WireResult> ofKind = new ArrayList<>();
                    for (WireContender contender : scenario.contenders()) {
                        ofKind.add(contender.measure(kind.getValue(), scenario.timing(seconds)));
                        progress.at(++step);
                    }
                    results.add(new WireKind(kind.getKey(), ofKind));
                }
                outcomes.add(new WireOutcome(scenario, results));
            }
            for (TokenFile extreme : extremes) {
                measured.add(WireExtreme.measure(extreme));
                progress.at(++step);
            }
        }
        return new WireReport(outcomes, measured, seconds);
    }

    private int steps() {
        int contenders = 0;
        for (WireScenario scenario : WireScenario.values()) {
            contenders += scenario.contenders().size();
        }
        return contenders * kinds.size() + extremes.size();
    }
}
