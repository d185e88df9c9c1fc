package io.tokenlz.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs a suite by JMH, allocations counted. */
public final class BenchmarkRun {
    /** Whatever a corpus is called, its folder is nobody's business. */
    private static final String CORPUS = "corpus";

    /** Where the sample text is; the same for all. */
    private static final String FOLDER = "folder";

    private final BenchmarkSuite suite;
    private final BenchmarkProfile profile;
    private final List<String> files;

    /**
     * @param files files of IDs ({@code .u32}) to measure, too
     */
    public BenchmarkRun(BenchmarkSuite suite, BenchmarkProfile profile, List<String> files) {
        this.suite = suite;
        this.profile = profile;
        this.files = List.copyOf(files);
    }

    /**
     * Takes as long as the profile says.
     *
     * @param progress where JMH tells what it does
     * @param folder where the build put the sample text
     * @throws RunnerException if a benchmark failed, which ends the run
     */
    public BenchmarkResults run(PrintStream progress, String folder) throws RunnerException {
        VerboseMode verbosity = profile == BenchmarkProfile.ONCE ? VerboseMode.SILENT : VerboseMode.NORMAL;
        OutputFormat output = OutputFormatFactory.createFormatInstance(progress, verbosity);
        Map<String, String> surroundings = surroundings();
        List<BenchmarkFigure> figures = new ArrayList<>();
        for (BenchmarkSelection selection : suite.selections(profile, files)) {
            ChainedOptionsBuilder options = new OptionsBuilder()
                    .include(selection.include())
                    .param(FOLDER, folder)
                    .addProfiler(GCProfiler.class)
                    .shouldFailOnError(true);
            selection.parameters().forEach((name, values) -> options.param(name, values.toArray(String[]::new)));
            profile.apply(options, suite.warmup());
            for (RunResult result : new Runner(options.build(), output).run()) {
                figures.add(figure(result));
            }
        }
        return new BenchmarkResults(suite.label(), profile.label(), surroundings, figures);
    }

    private static BenchmarkFigure figure(RunResult result) {
        SortedMap<String, String> parameters = new TreeMap<>();
        for (String name : result.getParams().getParamsKeys()) {
            String value = result.getParams().getParam(name);
            if (!name.equals(FOLDER)) {
                parameters.put(name, name.equals(CORPUS) ? nameOf(value) : value);
            }
        }
        List<Double> runs = new ArrayList<>();
        result.getBenchmarkResults()
                .forEach(fork -> fork.getIterationResults()
                        .forEach(iteration ->
                                runs.add(iteration.getPrimaryResult().getScore())));
        Result<?> allocated = result.getSecondaryResults().get("gc.alloc.rate.norm");
        String name = result.getParams().getBenchmark();
        return new BenchmarkFigure(
                name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1),
                parameters,
                result.getPrimaryResult().getScoreUnit(),
                runs,
                allocated == null ? Double.NaN : allocated.getScore());
    }

    private static String nameOf(String corpus) {
        return String.valueOf(Path.of(corpus).getFileName());
    }

    private static Map<String, String> surroundings() {
        Map<String, String> surroundings = new TreeMap<>();
        surroundings.put("taken", Instant.now().truncatedTo(ChronoUnit.MINUTES).toString());
        surroundings.put("commit", commit());
        surroundings.put("jdk", Surroundings.jdk());
        surroundings.put("machine", Surroundings.machine());
        surroundings.put("system", Surroundings.system());
        surroundings.put("loadBefore", Surroundings.load());
        return surroundings;
    }

    /** Of the repository one stands in; documents and results may be uncommitted, what is measured may not. */
    private static String commit() {
        String commit = git("rev-parse", "--short", "HEAD");
        boolean changed = !git("status", "--porcelain", "--untracked-files=no", "--", ":!*.md", ":!bench/results")
                .isEmpty();
        return commit.isEmpty() ? "unknown" : changed ? commit + " and changes" : commit;
    }

    private static String git(String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
            return process.waitFor() == 0 ? output : "";
        } catch (IOException noGit) {
            return "";
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
