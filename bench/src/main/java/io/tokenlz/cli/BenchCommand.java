package io.tokenlz.cli;

import io.tokenlz.bench.BenchmarkProfile;
import io.tokenlz.bench.BenchmarkResults;
import io.tokenlz.bench.BenchmarkRun;
import io.tokenlz.bench.BenchmarkSuite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        versionProvider = TokenLz.Version.class,
        description = {
            "Run a suite of JMH benchmarks, and keep its figures as JSON: with machine, JDK, commit, load and allocations.",
            "Run it in the repository's root after the build, on a machine that does nothing else; compare tells what got"
                    + " faster or slower."
        },
        exitCodeListHeading = TokenLz.STATUS_HEADING,
        exitCodeList = {"0:every benchmark ran", "2:a bad flag or file, or a benchmark that failed", TokenLz.STATUS_BUG
        },
        footer = {"", "Example:", "  tokenlz bench serving --profile quick --out before.json"})
final class BenchCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "SUITE",
            description = "${COMPLETION-CANDIDATES} (in lower case, if you like)")
    private BenchmarkSuite suite = BenchmarkSuite.HYPERTOKENS;

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            defaultValue = "quick",
            description = "once (does it work?), quick (4 seconds a figure) or full (30); default: ${DEFAULT-VALUE}")
    private BenchmarkProfile profile = BenchmarkProfile.QUICK;

    @Option(
            names = "--corpus",
            paramLabel = "FILE.u32",
            description = "IDs of o200k to measure, too, where the suite has corpora; may be repeated")
    private List<String> corpora = new ArrayList<>();

    @Option(
            names = "--sample-text",
            paramLabel = "DIR",
            defaultValue = "bench/target/corpus",
            description = "where the build put its sample text; default: ${DEFAULT-VALUE}")
    private Path sampleText = Path.of("bench/target/corpus");

    @Option(names = "--out", paramLabel = "FILE", defaultValue = "-", description = "default: standard output")
    private String out = "-";

    @Override
    public Integer call() throws IOException {
        if (!Files.isDirectory(sampleText)) {
            throw new BadInput(
                    sampleText + ": no such folder; run mvn -B verify in the repository's root, and this there");
        }
        for (String corpus : corpora) {
            if (!Files.isReadable(Path.of(corpus))) {
                throw new BadInput(corpus + ": no such file");
            }
        }
        try (OutputFile file = OutputFile.open(out)) {
            file.write(results().toJson().getBytes(StandardCharsets.UTF_8));
            file.complete();
        }
        return TokenLz.DONE;
    }

    private BenchmarkResults results() {
        try {
            return new BenchmarkRun(suite, profile, corpora).run(System.err, sampleText.toString());
        } catch (RunnerException failed) {
            throw new BadInput("a benchmark failed: " + failed.getMessage());
        }
    }
}
