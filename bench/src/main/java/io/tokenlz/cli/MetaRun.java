package io.tokenlz.cli;

import io.tokenlz.bench.CodecMeasurement;
import io.tokenlz.bench.TokenFile;
import io.tokenlz.bench.WindowMeasurement;
import io.tokenlz.bench.WorstCase;
import io.tokenlz.metatokens.MetaTokenCodec;
import io.tokenlz.metatokens.MetaTokenConfig;
import io.tokenlz.metatokens.MetaTokenEffort;
import io.tokenlz.metatokens.MetaTokenForm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Measures meta-tokens on the first windows of some files, on long inputs, and on inputs that are made to be slow. */
final class MetaRun {
    static final int WINDOW = MetaTokenConfig.DEFAULT_WINDOW;
    static final int ZSTD_LEVEL = 19;

    /** Of a file no more windows count, lest a long one be all that is measured. */
    private static final int MOST_WINDOWS = 3;

    private static final String CODE = "code";
    private static final int[] LONG_INPUTS = {1 << 17, 1 << 20};

    /** Of the inputs that are made to be slow, and of text beside them. */
    private static final int WORST_CASE_TOKENS = 1 << 17;

    private final List<TokenFile> files;
    private final int vocabularySize;
    private final double seconds;
    private final List<int[]> windows = new ArrayList<>();

    /** Which file a window is of. */
    private final List<Integer> fileOfWindow = new ArrayList<>();

    /**
     * Takes files, but for those that are unlike any text.
     *
     * @param seconds how long to time each effort, form and direction, 0 for not at all
     */
    MetaRun(List<TokenFile> all, double seconds) {
        this.seconds = seconds;
        files = all.stream()
                .filter(file -> !file.kind().equals(CorpusFolder.EXTREME))
                .toList();
        vocabularySize =
                files.stream().mapToInt(TokenFile::vocabularySize).max().orElse(1);
        for (int f = 0; f < files.size(); f++) {
            int[] ids = files.get(f).ids();
            if (ids.length == 0) {
                throw new BadInput(files.get(f).name() + ": holds no tokens");
            }
            // a file that fills no window is one
            int count = Math.max(1, Math.min(MOST_WINDOWS, ids.length / WINDOW));
            for (int w = 0; w < count; w++) {
                windows.add(Arrays.copyOfRange(ids, w * WINDOW, Math.min(ids.length, (w + 1) * WINDOW)));
                fileOfWindow.add(f);
            }
        }
    }

    MetaReport run() {
        int steps = 2 * MetaTokenEffort.values().length + LONG_INPUTS.length + WorstCase.values().length + 1;
        try (DelayedProgress progress = new DelayedProgress("report", steps, " runs", 1)) {
            WindowMeasurement measurement = new WindowMeasurement(windows, seconds);
            List<MetaSearch> searches = new ArrayList<>();
            for (MetaTokenEffort effort : MetaTokenEffort.values()) {
                WindowMeasurement.Result flat = measurement.measure(codec(effort, MetaTokenForm.FLAT, WINDOW));
                searches.add(search(effort, MetaTokenForm.FLAT, flat, flat));
                progress.at(searches.size());
                searches.add(search(
                        effort,
                        MetaTokenForm.NESTED,
                        measurement.measure(codec(effort, MetaTokenForm.NESTED, WINDOW)),
                        flat));
                progress.at(searches.size());
            }
            double zstd = measurement.zstdMedianMillis(ZSTD_LEVEL);
            List<MetaTiming> lengths = new ArrayList<>();
            List<MetaTiming> worstCases = new ArrayList<>();
            if (seconds > 0) {
                int[] text = text();
                for (int length : LONG_INPUTS) {
                    if (length <= text.length) {
                        lengths.add(timing("text", Arrays.copyOf(text, length), length));
                    }
                    progress.at(searches.size() + lengths.size());
                }
                worstCases.add(timing("text", Arrays.copyOf(text, Math.min(text.length, WORST_CASE_TOKENS)), WINDOW));
                for (WorstCase worst : WorstCase.values()) {
                    int[] tokens = worst.tokens(WORST_CASE_TOKENS, vocabularySize);
                    worstCases.add(timing(worst.label(), tokens, WINDOW));
                    progress.at(searches.size() + lengths.size() + worstCases.size());
                }
            }
            return new MetaReport(files.size(), windows.size(), searches, zstd, lengths, worstCases, seconds);
        }
    }

    private MetaTokenCodec codec(MetaTokenEffort effort, MetaTokenForm form, int window) {
        return new MetaTokenCodec(MetaTokenConfig.builder(vocabularySize)
                .effort(effort)
                .form(form)
                .window(window)
                .build());
    }

    private MetaSearch search(
            MetaTokenEffort effort,
            MetaTokenForm form,
            WindowMeasurement.Result result,
            WindowMeasurement.Result flat) {
        Map<String, List<Double>> sharesOfKind = new LinkedHashMap<>();
        List<Double> shares = new ArrayList<>();
        for (int f = 0; f < files.size(); f++) {
            int file = f;
            double share = IntStream.range(0, windows.size())
                    .filter(w -> fileOfWindow.get(w) == file)
                    .mapToDouble(w -> result.removed().get(w))
                    .average()
                    .orElse(0);
            shares.add(share);
            sharesOfKind
                    .computeIfAbsent(files.get(f).kind(), kind -> new ArrayList<>())
                    .add(share);
        }
        Map<String, Double> byKind = new LinkedHashMap<>();
        sharesOfKind.forEach((kind, ofKind) -> byKind.put(kind, mean(ofKind)));
        int longer = (int) IntStream.range(0, windows.size())
                .filter(w -> result.removed().get(w) < flat.removed().get(w))
                .count();
        return new MetaSearch(effort, form, mean(shares), byKind, longer, result);
    }

    private static double mean(List<Double> values) {
        return values.stream().collect(Collectors.averagingDouble(value -> value));
    }

    /** As much code as the longest input needs, or of all files if none is code. */
    private int[] text() {
        boolean anyCode = files.stream().anyMatch(file -> file.kind().equals(CODE));
        return files.stream()
                .filter(file -> !anyCode || file.kind().equals(CODE))
                .flatMapToInt(file -> IntStream.of(file.ids()))
                .limit(LONG_INPUTS[LONG_INPUTS.length - 1])
                .toArray();
    }

    private MetaTiming timing(String name, int[] tokens, int window) {
        return new MetaTiming(
                name, window, timed(tokens, window, MetaTokenForm.FLAT), timed(tokens, window, MetaTokenForm.NESTED));
    }

    private CodecMeasurement.Result timed(int[] tokens, int window, MetaTokenForm form) {
        return new CodecMeasurement(codec(MetaTokenEffort.DEFAULT, form, window), tokens, window).run(seconds);
    }
}
