package io.tokenlz.cli;

import io.tokenlz.conformance.ConformanceJobs;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
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
        versionProvider = TokenLz.Version.class,
        description = {
            "Answer conformance jobs: a JSON object a line in, a JSON object a line out, in order.",
            "The protocol is in conformance/PROTOCOL.md."
        },
        exitCodeListHeading = TokenLz.STATUS_HEADING,
        exitCodeList = {"0:every job has an answer, if only an error", TokenLz.STATUS_BAD_INPUT, TokenLz.STATUS_BUG},
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
        // straight to the descriptor: System.out would swallow a failure to write
        Writer results = new BufferedWriter(
                new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), StandardCharsets.UTF_8));
        try (InputStream in = file.equals("-") ? new FileInputStream(FileDescriptor.in) : open(file)) {
            // malformed UTF-8 is replaced, so that it spoils its own job and no other
            new ConformanceJobs().run(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)), results);
        }
        return TokenLz.DONE;
    }

    private static InputStream open(String file) throws IOException {
        if (Files.isDirectory(Path.of(file))) {
            throw new BadInput(file + ": is a directory");
        }
        return Files.newInputStream(Path.of(file));
    }
}
