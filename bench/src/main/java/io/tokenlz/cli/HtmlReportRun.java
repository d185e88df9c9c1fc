package io.tokenlz.cli;

import io.tokenlz.bench.CodecMeasurement;
import io.tokenlz.bench.DocumentRivals;
import io.tokenlz.bench.TokenFile;
import io.tokenlz.bench.WireContender;
import io.tokenlz.bench.WireResult;
import io.tokenlz.bench.WireTiming;
import io.tokenlz.core.TokenCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures all that a report's page tells. */
final class HtmlReportRun {
    /** Each length is four times the one before. */
    private static final int FIRST_LENGTH = 256;

    private static final int LENGTH_FACTOR = 4;
    private static final int LONGEST = 1 << 20;

    /** Enough documents of any length for a fair mean; a longer document is one. */
    private static final int LENGTH_TOKENS = 1 << 18;

    private static final int WARM_UP_TOKENS = 1 << 15;
    private static final int WARM_UP_FACTOR = 3;

    /** The writer of frames is large, and compiled late: at a tenth of a second each, it would be timed uncompiled. */
    private static final int FRAMES_WARM_UP_FACTOR = 20;

    private final List<TokenFile> files;
    private final int documentTokens;
    private final double seconds;
    private final WireRun wire;
    private final Map<String, List<TokenFile>> kinds = new LinkedHashMap<>();
    private final TokenFile longest;

    /**
     * @param files at least one that is not {@link CorpusFolder#EXTREME}
     * @param documentTokens tokens in a document, 0 for whole files
     * @param seconds how long to time each figure, 0 for not at all
     */
    HtmlReportRun(List<TokenFile> files, int documentTokens, double seconds) {
        this.files = files;
        this.documentTokens = documentTokens;
        this.seconds = seconds;
        wire = new WireRun(files, seconds);
        files.stream()
                .filter(file -> !file.kind().equals(CorpusFolder.EXTREME))
                .forEach(file -> kinds.computeIfAbsent(file.kind(), kind -> new ArrayList<>())
                        .add(file));
        longest = kinds.values().stream()
                .flatMap(List::stream)
                .max(Comparator.comparingInt(file -> file.ids().length))
                .orElseThrow();
    }

    HtmlReport run() {
        warmUp();
        List<CodecFigures> codecs = new ArrayList<>();
        List<WireKind> rivals = new ArrayList<>();
        List<LengthFigures> lengths;
        try (DelayedProgress progress = new DelayedProgress("codecs", kinds.size() + 1L, " steps", 1)) {
            int step = 0;
            for (Map.Entry<String, List<TokenFile>> kind : kinds.entrySet()) {
                codecs.addAll(measureCodecs(kind.getKey(), kind.getValue()));
                rivals.add(measureRivals(kind.getKey(), kind.getValue()));
                progress.at(++step);
            }
            lengths = measureLengths();
        }
        return new HtmlReport(files, documentTokens, seconds, codecs, rivals, longest, lengths, wire.run());
    }

    /** So that what is timed first is not timed before it was compiled. */
    private void warmUp() {
        if (seconds == 0) {
            return;
        }
        int[] ids = Arrays.copyOf(longest.ids(), Math.min(WARM_UP_TOKENS, longest.ids().length));
        for (TokenCodec codec : ReportCommand.codecs(longest.vocabularySize()).values()) {
            new CodecMeasurement(codec, ids, document(longest)).run(WARM_UP_FACTOR * seconds);
        }
        TokenFile some = new TokenFile(longest.kind(), longest.name(), ids, longest.vocabularySize(), null);
        for (WireContender contender : DocumentRivals.contenders()) {
            int factor = contender.name().equals(DocumentRivals.FRAMES) ? FRAMES_WARM_UP_FACTOR : WARM_UP_FACTOR;
            WireTiming timing = new WireTiming(factor * seconds, false);
            contender.measure(DocumentRivals.documents(some, document(longest)), timing);
        }
    }

    private int document(TokenFile file) {
        return documentTokens == 0 ? file.ids().length : documentTokens;
    }

    /** Each file gets its share of the time. */
    private List<CodecFigures> measureCodecs(String kind, List<TokenFile> ofKind) {
        Map<String, CodecFigures> figures = new LinkedHashMap<>();
        for (TokenFile file : ofKind) {
            ReportCommand.codecs(file.vocabularySize()).forEach((name, codec) -> {
                CodecMeasurement.Result result =
                        new CodecMeasurement(codec, file, document(file)).run(seconds / ofKind.size());
                CodecFigures ofFile = CodecFigures.of(kind, name, file.name(), result);
                figures.merge(name, ofFile, (sum, more) -> sum.plus(more, kind));
            });
        }
        return List.copyOf(figures.values());
    }

    private WireKind measureRivals(String kind, List<TokenFile> ofKind) {
        List<TokenFile> documents = ofKind.stream()
                .flatMap(file -> DocumentRivals.documents(file, document(file)).stream())
                .toList();
        List<WireResult> results = new ArrayList<>();
        for (WireContender contender : DocumentRivals.contenders()) {
            results.add(contender.measure(documents, new WireTiming(seconds, false)));
        }
        return new WireKind(kind, results);
    }

    private List<LengthFigures> measureLengths() {
        List<LengthFigures> figures = new ArrayList<>();
        for (int length : lengths()) {
            int[] ids = Arrays.copyOf(longest.ids(), Math.min(longest.ids().length, Math.max(length, LENGTH_TOKENS)));
            ReportCommand.codecs(longest.vocabularySize())
                    .forEach((name, codec) -> figures.add(
                            new LengthFigures(name, length, new CodecMeasurement(codec, ids, length).run(seconds))));
        }
        return figures;
    }

    /** As far as the longest file goes; a short one is one length. */
    private List<Integer> lengths() {
        int tokens = longest.ids().length;
        List<Integer> lengths = new ArrayList<>();
        for (int length = FIRST_LENGTH; length <= Math.min(tokens, LONGEST); length *= LENGTH_FACTOR) {
            lengths.add(length);
        }
        return lengths.isEmpty() ? List.of(tokens) : lengths;
    }
}
