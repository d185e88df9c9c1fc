package io.tokenlz.cli;

import static io.tokenlz.bench.WireScenario.OURS;
import static io.tokenlz.bench.WireScenario.VARINTS_AND_LENGTHS;
import static io.tokenlz.bench.WireScenario.XZ_6;
import static io.tokenlz.bench.WireScenario.ZSTD_19;
import static io.tokenlz.bench.WireScenario.ZSTD_3;

import io.tokenlz.bench.WireExtreme;
import io.tokenlz.bench.WireScenario;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What the wire format is to reach, and whether it did. */
final class WireTargets {
    /** Lines that differ in a few characters: zstd may win there. */
    private static final String EXEMPT_FROM_ZSTD_19 = "logs";

    private final WireReport report;
    private final List<Row> rows = new ArrayList<>();

    /** A target, the figure that decides on it, and "met", "missed" or "not timed". */
    record Row(String target, String figure, String verdict) {}

    private WireTargets(WireReport report) {
        this.report = report;
    }

    static List<Row> of(WireReport report) {
        WireTargets targets = new WireTargets(report);
        targets.answers();
        targets.messages();
        targets.blocks();
        targets.window();
        targets.storage();
        targets.extremes();
        return targets.rows;
    }

    private void answers() {
        WireOutcome outcome = report.outcome(WireScenario.ANSWERS);
        everyKind("a: below varints + 1 byte a token, on every kind", outcome, VARINTS_AND_LENGTHS, 1, true);
    }

    private void messages() {
        WireOutcome outcome = report.outcome(WireScenario.MESSAGES);
        double ratio = outcome.ratio(OURS, ZSTD_3);
        add(
                "b: fewer bytes than zstd-3, on average",
                String.format(Locale.ROOT, "%.3f times", ratio),
                verdict(ratio < 1));
        speed("b: encodes at 3 times its speed or more", outcome.encodeRate(OURS) / outcome.encodeRate(ZSTD_3), 3);
        speed("b: decodes at 3 times its speed or more", outcome.decodeRate(OURS) / outcome.decodeRate(ZSTD_3), 3);
    }

    private void blocks() {
        WireOutcome outcome = report.outcome(WireScenario.BLOCKS);
        double most = 0.85;
        everyKind("c: at most 0.85 of zstd-3's bytes, on every kind", outcome, ZSTD_3, most, false);
    }

    private void window() {
        WireOutcome outcome = report.outcome(WireScenario.WINDOW);
        everyKind("d: fewer bytes than zstd-3, on every kind", outcome, ZSTD_3, 1, true);
        speed("d: encodes at its speed or more", outcome.encodeRate(OURS) / outcome.encodeRate(ZSTD_3), 1);
        speed("d: decodes at 1.5 times its speed or more", outcome.decodeRate(OURS) / outcome.decodeRate(ZSTD_3), 1.5);
    }

    private void storage() {
        WireOutcome outcome = report.outcome(WireScenario.STORAGE);
        double ratio = outcome.ratio(OURS, XZ_6);
        add("e: below xz-6 on int32, on average", String.format(Locale.ROOT, "%.3f times", ratio), verdict(ratio < 1));
        List<WireKind> kinds = outcome.kinds().stream()
                .filter(kind -> !kind.kind().equals(EXEMPT_FROM_ZSTD_19))
                .toList();
        if (!kinds.isEmpty()) {
            decide(
                    "e: below zstd-19's best form, on every kind but " + EXEMPT_FROM_ZSTD_19,
                    new WireOutcome(outcome.scenario(), kinds),
                    kind -> kind.ratio(OURS, kind.smallest(ZSTD_19)),
                    1,
                    true);
        }
    }

    private void extremes() {
        WireExtreme worst = report.extremes().stream()
                .max(Comparator.comparingLong(WireExtreme::overrun))
                .orElseThrow();
        long overrun = worst.overrun();
        add(
                "f: never more than varints + 16 bytes a frame, header and end",
                String.format(
                        Locale.ROOT,
                        "%,d bytes %s, on %s",
                        Math.abs(overrun),
                        overrun > 0 ? "more" : "below",
                        worst.name()),
                verdict(overrun <= 0));
    }

    private void everyKind(String target, WireOutcome outcome, String rival, double most, boolean below) {
        decide(target, outcome, kind -> kind.ratio(OURS, rival), most, below);
    }

    private void decide(
            String target, WireOutcome outcome, ToDoubleFunction<WireKind> ratio, double most, boolean below) {
        WireOutcome.Worst worst = outcome.worst(ratio);
        boolean met = below ? worst.value() < most : worst.value() <= most;
        add(
                target,
                String.format(Locale.ROOT, "at worst %.3f times, on %s", worst.value(), worst.kind()),
                verdict(met));
    }

    private void speed(String target, double times, double least) {
        if (Double.isNaN(times)) {
            add(target, "-", "not timed");
        } else {
            add(target, String.format(Locale.ROOT, "%.2f times", times), verdict(times >= least));
        }
    }

    private static String verdict(boolean met) {
        return met ? "met" : "missed";
    }

    private void add(String target, String figure, String verdict) {
        rows.add(new Row(target, figure, verdict));
    }
}
