package io.tokenlz.cli;

import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** A report on meta-tokens alone. */
final class MetaReportOptions {
    @Option(
            names = "--meta",
            description =
                    "report on meta-tokens instead: what each effort removes of each file's first windows and how long"
                            + " it takes, beside zstd; long inputs, and inputs made to be slow")
    private boolean wanted;

    boolean isWanted() {
        return wanted;
    }

    void check(ParseResult given) {
        for (String other : List.of("--wire", "--random-access", "--scaling", "--html", "--document")) {
            if (wanted && given.hasMatchedOption(other)) {
                throw new BadInput("--meta and " + other + " exclude each other");
            }
        }
    }
}
