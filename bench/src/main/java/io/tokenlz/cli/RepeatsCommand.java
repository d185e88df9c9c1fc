package io.tokenlz.cli;

import io.tokenlz.bench.Tokenizer;
import io.tokenlz.metatokens.RepeatFinder;
import io.tokenlz.metatokens.RepeatedRun;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "repeats",
        mixinStandardHelpOptions = true,
        versionProvider = TokenLz.Version.class,
        description = {
            "Say which runs of tokens repeat in a file, how often, and what each alone would save as an entry of meta-tokens"
                    + " (flat form), without compressing anything.",
            "A run can't be made longer without losing a place. Only runs that pay are listed. They share places, so what"
                    + " they save doesn't add up: encode tells what all of them come to."
        },
        footer = {
            "",
            "Examples:",
            "  tokenlz repeats prompt.txt",
            "  tokenlz repeats --vocab o200k_base --top 50 prompt.u32",
            "  tokenlz repeats --protect 199999-200018 --json prompt.u32"
        })
final class RepeatsCommand implements Callable<Integer> {
    private static final int MOST_RUNS = 1_000_000;

    @Mixin
    private SampleInput sample = new SampleInput();

    @Option(
            names = "--protect",
            paramLabel = "ID[-ID]",
            split = ",",
            description = "IDs that no run may hold, single or from-to: special tokens, ends of messages, digits")
    private List<String> protectedIds = new ArrayList<>();

    @Option(
            names = "--top",
            paramLabel = "N",
            defaultValue = "20",
            description = "how many runs to list at most; default: ${DEFAULT-VALUE}")
    private int top = 20;

    @Option(names = "--json", description = "print JSON, with all tokens of each run, instead of a table")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        if (top < 1 || top > MOST_RUNS) {
            throw new BadInput("--top must be 1 to " + MOST_RUNS + ", is " + top);
        }
        Tokenizer tokenizer = sample.tokenizer();
        int[] tokens = sample.tokens(tokenizer, Integer.MAX_VALUE, "the largest size of a vocabulary,");
        if (tokens.length > RepeatFinder.MOST_TOKENS) {
            throw new BadInput(sample.name() + ": has more tokens than can be searched at once, which is "
                    + RepeatFinder.MOST_TOKENS);
        }
        RepeatsTable table = new RepeatsTable(sample.name(), tokens, find(tokens), tokenizer);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            table.printJson(out);
        } else {
            table.print(out);
        }
        if (out.checkError()) {
            throw new BadInput("standard output: cannot be written to");
        }
        return TokenLz.DONE;
    }

    private List<RepeatedRun> find(int[] tokens) {
        int[] sorted = IdRanges.expand("--protect", protectedIds, Integer.MAX_VALUE);
        Arrays.sort(sorted);
        return RepeatFinder.mostSaving(tokens, top, token -> Arrays.binarySearch(sorted, token) >= 0);
    }
}
