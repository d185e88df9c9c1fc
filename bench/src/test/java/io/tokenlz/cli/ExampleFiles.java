package io.tokenlz.cli;

import io.tokenlz.bench.BenchmarkFigure;
import io.tokenlz.bench.BenchmarkResults;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Makes the files that examples name, small ones, by commands where commands make such files. */
final class ExampleFiles {
    private static final int DOCUMENTS = 10;
    private static final int DOCUMENT_TOKENS = 300;
    private static final String TEXT = "The quick brown fox jumps over the lazy dog. ".repeat(40);

    /** A command, which has to succeed. */
    interface Command {
        void run(String... arguments);
    }

    private final Command command;

    ExampleFiles(Command command) {
        this.command = command;
    }

    void make(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        Files.createDirectories(file.resolveSibling("."));
        switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "txt", "java" -> Files.writeString(file, TEXT);
            case "u32" -> makeIds(file, name);
            case "tlz" -> pack(file);
            case "bin" -> {
                Path packed = another(file, "packed.tlz");
                pack(packed);
                command.run("unpack", "--dtype", "int32", packed.toString(), file.toString());
            }
            case "tlzd" -> {
                Path samples = another(file, "samples.u32");
                makeIds(samples, "samples.u32");
                command.run("train", "--vocab-size=200019", "--out", file.toString(), samples.toString());
            }
            case "json", "jsonl" -> makeJson(file, name);
            default -> makeFolder(file, name);
        }
    }

    private static Path another(Path file, String name) throws IOException {
        Path folder = Files.createDirectories(file.resolveSibling("of-" + file.getFileName()));
        return folder.resolve(name);
    }

    private void makeIds(Path file, String name) throws IOException {
        if (name.equals("packed.u32") || name.contains(".hyper.")) {
            Path plain = another(file, "plain.u32");
            makeIds(plain, "plain.u32");
            command.run("encode", "--codec=hyper", "--vocab-size=200019", plain.toString(), file.toString());
            return;
        }
        int tokens = DOCUMENTS * DOCUMENT_TOKENS;
        ByteBuffer ids = ByteBuffer.allocate(tokens * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        IntStream.range(0, tokens).forEach(i -> ids.putInt(i * 7 % 101 % 17));
        Files.write(file, ids.array());
        ByteBuffer starts = ByteBuffer.allocate((DOCUMENTS + 1) * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        LongStream.rangeClosed(0, DOCUMENTS).forEach(i -> starts.putLong(i * DOCUMENT_TOKENS));
        Files.write(file.resolveSibling(name.replace(".u32", ".idx")), starts.array());
    }

    private void pack(Path file) throws IOException {
        Path ids = another(file, "ids.u32");
        makeIds(ids, "ids.u32");
        command.run("pack", "--vocab-size=50257", ids.toString(), file.toString());
    }

    private static void makeJson(Path file, String name) throws IOException {
        switch (name) {
            case "before.json", "after.json" -> {
                BenchmarkFigure figure =
                        new BenchmarkFigure("B.encode", new TreeMap<>(), "ops/us", List.of(1.0, 1.1), Double.NaN);
                Files.writeString(
                        file,
                        new BenchmarkResults("wire", "quick", Map.of("commit", "1234567"), List.of(figure)).toJson());
            }
            case "transformer_wide.json" -> {
                Files.writeString(file, EmbedCommandTest.VECTOR);
                Files.write(file.resolveSibling("transformer_wide.safetensors"), EmbedCommandTest.weights());
            }
            case "jobs.jsonl" ->
                Files.writeString(
                        file,
                        "{\"id\":1,\"kind\":\"encode\",\"config\":{\"initial_vocab_size\":9,"
                                + "\"max_codebook_size\":9,\"max_subtokens\":3},\"ids\":[1,1,1]}\n");
            default -> Files.writeString(file, "{\"name\": \"" + TEXT + "\"}\n");
        }
    }

    /** A folder of documents, or one of folders by vocabulary. */
    private void makeFolder(Path folder, String name) throws IOException {
        if (name.equals("corpora")) {
            for (String file : List.of("o200k/code-a.u32", "llama3/code-a.u32")) {
                make(folder.resolve(file));
            }
        } else {
            make(folder.resolve("docs-guide.txt"));
            makeJson(folder.resolve("tools-some.jsonl"), "tools-some.jsonl");
        }
    }
}
