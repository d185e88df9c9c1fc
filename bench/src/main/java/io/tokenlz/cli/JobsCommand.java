package io.tokenlz.cli;

import io.tokenlz.conformance.ConformanceJobs;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "jobs",
        mixinStandardHelpOptions = true,
        description = {
            "Answer conformance jobs: a JSON object a line in, a JSON object a line out, in order.",
            "The protocol is in conformance/PROTOCOL.md."
        },
        footer = {"", "Example:", "  tokenlz jobs jobs.jsonl > results.jsonl"})
final class JobsCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FILE",
            defaultValue = "-",
            description = "jobs, a JSON object a line; standard input by default")
    private String file = "-";

    @Override
    public Integer call() throws IOException {
        Writer results = new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8));
        try (BufferedReader jobs = file.equals("-")
                ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                : Files.newBufferedReader(Path.of(file))) {
            new ConformanceJobs().run(jobs, results);
        }
        return TokenLz.DONE;
    }
}
