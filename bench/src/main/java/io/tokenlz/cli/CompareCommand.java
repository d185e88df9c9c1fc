package io.tokenlz.cli;

import io.tokenlz.bench.BenchmarkResults;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        versionProvider = TokenLz.Version.class,
        description = {
            "Tell what got faster or slower between two runs of bench, beyond the noise: no run of one is as slow, or as fast, as"
                    + " any of the other, and the means are further apart than --noise. Allocations are compared, too."
        },
        exitCodeListHeading = TokenLz.STATUS_HEADING,
        exitCodeList = {"0:compared, whatever got slower", TokenLz.STATUS_BAD_INPUT, TokenLz.STATUS_BUG},
        footer = {"", "Example:", "  tokenlz compare before.json after.json"})
final class CompareCommand implements Callable<Integer> {
    private static final double PERCENT = 100;

    @Parameters(index = "0", paramLabel = "BEFORE.json", description = "what bench wrote")
    private String before = "";

    @Parameters(index = "1", paramLabel = "AFTER.json", description = "what it wrote later, or elsewhere")
    private String after = "";

    @Option(
            names = "--noise",
            paramLabel = "PERCENT",
            defaultValue = "3",
            description = "smaller differences of the means are none; default: ${DEFAULT-VALUE}")
    private double noise = 3;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        if (!(noise >= 0) || noise > PERCENT) {
            throw new BadInput("--noise must be 0 to 100, is " + noise);
        }
        PrintWriter out = spec.commandLine().getOut();
        new ResultComparison(read(before), read(after), noise / PERCENT).print(out);
        if (out.checkError()) {
            throw new BadInput("standard output: cannot be written to");
        }
        return TokenLz.DONE;
    }

    private static BenchmarkResults read(String name) throws IOException {
        try {
            return BenchmarkResults.parse(Files.readString(Path.of(name)));
        } catch (IllegalArgumentException malformed) {
            throw new BadInput(name + ": " + malformed.getMessage());
        }
    }
}
