package io.tokenlz.conformance;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Check a program that answers jobs (conformance/PROTOCOL.md) against plain oracles.",
            "Exit status: 0 all passed, 1 not all did, 2 misuse."
        },
        footer = {
            "",
            "Example:",
            "  java -jar conformance/target/tokenlz-conformance.jar check \\",
            "      --command \"java -jar bench/target/tokenlz.jar jobs\" --tries 5000"
        })
final class CheckCommand implements Callable<Integer> {
    static final int PASSED = 0;
    static final int FINDINGS = 1;

    private static final int TRIES_BETWEEN_SIGNS = 1000;

    /** What can be checked, by the name of {@code --suite}. */
    enum Suite {
        HYPERTOKENS,
        META,
        WIRE;

        List<CheckProperty> properties() {
            return switch (this) {
                case HYPERTOKENS -> HypertokenSuite.properties();
                case META -> MetaTokenSuite.properties();
                case WIRE -> WireSuite.properties();
            };
        }
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--command",
            required = true,
            paramLabel = "CMD",
            description =
                    "the program, split at spaces; words with spaces in quotes. It reads jobs and writes answers.")
    private String command = "";

    @Option(
            names = "--suite",
            paramLabel = "SUITE",
            description = "hypertokens, meta or wire; all without it. May be given more than once.")
    private List<Suite> suites = new ArrayList<>();

    @Option(
            names = "--property",
            paramLabel = "NAME",
            description = "a property to check, as the report names it; all without it. May be given more than once.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--tries", defaultValue = "1000", paramLabel = "N", description = "jobs of each property; 1000")
    private int tries;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "what the jobs depend on; another one each time without it")
    private @Nullable Long seed;

    @Option(
            names = "--timeout",
            defaultValue = "10",
            paramLabel = "SECONDS",
            description = "how long an answer may take, the program's start included; 10")
    private int timeout;

    @Option(names = "--json", paramLabel = "FILE", description = "write the report as JSON, too")
    private @Nullable Path json;

    @Option(names = "--junit", paramLabel = "FILE", description = "write the report as JUnit's XML, too")
    private @Nullable Path junit;

    @Override
    public Integer call() throws IOException {
        require(tries >= 1, "--tries must be at least 1, is " + tries);
        require(timeout >= 1, "--timeout must be at least 1, is " + timeout);
        List<CheckProperty> properties = chosen();
        long chosenSeed = seed == null ? System.nanoTime() : seed;
        CheckReport report;
        try (CheckedProgram program = new CheckedProgram(words(), Duration.ofSeconds(timeout))) {
            List<PropertyResult> results =
                    new CheckRun(program, chosenSeed, properties).run(tries, signs(properties.size()));
            report = new CheckReport(command, chosenSeed, tries, program.starts(), results);
        }
        report.print(spec.commandLine().getOut());
        if (json != null) {
            report.writeJson(json);
        }
        if (junit != null) {
            report.writeJunit(junit);
        }
        return report.isPassed() ? PASSED : FINDINGS;
    }

    private List<CheckProperty> chosen() {
        List<CheckProperty> all = (suites.isEmpty() ? List.of(Suite.values()) : suites)
                .stream()
                        .distinct()
                        .flatMap(suite -> suite.properties().stream())
                        .toList();
        for (String name : names) {
            require(
                    all.stream().anyMatch(property -> property.name().equals(name)),
                    "--property must be one of "
                            + all.stream().map(CheckProperty::name).distinct().toList() + ", is " + name);
        }
        return names.isEmpty()
                ? all
                : all.stream()
                        .filter(property -> names.contains(property.name()))
                        .toList();
    }

    private List<String> words() {
        try {
            return CommandWords.split(command);
        } catch (IllegalArgumentException noCommand) {
            throw new ParameterException(spec.commandLine(), "--command: " + noCommand.getMessage(), noCommand);
        }
    }

    private IntConsumer signs(int properties) {
        PrintWriter err = spec.commandLine().getErr();
        return done -> {
            if (done % TRIES_BETWEEN_SIGNS == 0 && done < tries) {
                err.printf("%,d of %,d jobs%n", (long) done * properties, (long) tries * properties);
                err.flush();
            }
        };
    }

    private void require(boolean condition, String message) {
        if (!condition) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }
}
