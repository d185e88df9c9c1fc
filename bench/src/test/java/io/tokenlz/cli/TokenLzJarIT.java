package io.tokenlz.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The jar as a user runs it: a process of its own, without any JVM flag that the test does not name. */
class TokenLzJarIT {
    private static final int HUNDRED_MILLION = 100_000_000;

    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();

    private Process start(List<String> jvmOptions, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(jvmOptions);
        command.addAll(List.of("-jar", System.getProperty("tokenlz.jar")));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(folder.resolve("stderr").toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private String run(int status, List<String> jvmOptions, String... arguments)
            throws IOException, InterruptedException {
        Process process = start(jvmOptions, arguments);
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(standardError()).isEqualTo(status);
        return printed;
    }

    private String standardError() throws IOException {
        return Files.readString(folder.resolve("stderr"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "emitted"})
    void aHundredMillionTokensInAHeapOf64Mebibytes(String replay) throws IOException, InterruptedException {
        Path tokens = folder.resolve("tokens.u32");
        Path packed = folder.resolve("packed.u32");
        Path restored = folder.resolve("restored.u32");
        writeTokens(tokens, HUNDRED_MILLION);
        List<String> smallHeap = List.of("-Xmx64m");
        String[] options = {"--codec", "hyper", "--vocab-size", "200019", "--replay", replay};
        run(0, smallHeap, with(options, "encode", tokens, packed));
        run(0, smallHeap, with(options, "decode", packed, restored));
        assertThat(Files.size(packed)).isLessThan(Files.size(tokens) * 9 / 10);
        assertThat(Files.mismatch(tokens, restored)).isEqualTo(-1);
        assertThat(standardError()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--storage=false", "--block"})
    void aHundredMillionTokensArePackedInAHeapOf64Mebibytes(String mode) throws IOException, InterruptedException {
        Path tokens = folder.resolve("tokens.u32");
        Path packed = folder.resolve("packed.tlz");
        Path restored = folder.resolve("restored.u32");
        writeTokens(tokens, HUNDRED_MILLION);
        List<String> smallHeap = List.of("-Xmx64m");
        String[] options = {mode, "--vocab-size", "200019"};
        run(0, smallHeap, with(options, "pack", tokens, packed));
        run(0, smallHeap, with(new String[0], "unpack", packed, restored));
        assertThat(Files.size(packed)).isLessThan(Files.size(tokens) / 6);
        assertThat(Files.mismatch(tokens, restored)).isEqualTo(-1);
        assertThat(standardError()).isEmpty();
    }

    @Test
    void tenMillionTokensAreExplainedInAHeapOf24Mebibytes() throws IOException, InterruptedException {
        Path tokens = folder.resolve("tokens.u32");
        writeTokens(tokens, 10_000_000);
        Process process = start(
                List.of("-Xmx24m"), "explain", "--encode", "--vocab-size", "200019", "--codebook", tokens.toString());
        long printed = process.getInputStream().transferTo(OutputStream.nullOutputStream());
        assertThat(process.waitFor()).as(standardError()).isZero();
        assertThat(printed).isGreaterThan(20_000_000);
    }

    private static String[] with(String[] options, String command, Path in, Path out) {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of(options));
        arguments.addAll(List.of(in.toString(), out.toString()));
        return arguments.toArray(new String[0]);
    }

    /** Phrases that come again, with tokens of the whole vocabulary between them. */
    private static void writeTokens(Path file, int count) throws IOException {
        ByteBuffer window = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            long random = 1;
            for (int i = 0; i < count; i++) {
                random = random * 6364136223846793005L + 1442695040888963407L;
                int token = i % 16 < 13 ? (i % 16) * (i % 3 + 1) : (int) ((random >>> 33) % 200_019);
                window.putInt(token);
                if (!window.hasRemaining()) {
                    out.write(window.array());
                    window.clear();
                }
            }
            out.write(window.array(), 0, window.position());
        }
    }

    @Test
    void standardStreamsCarryTokens() throws IOException, InterruptedException {
        byte[] tokens = new byte[4 * 1000];
        for (int i = 0; i < 1000; i++) {
            tokens[4 * i] = (byte) (i % 5);
        }
        byte[] packed = pipe(tokens, "encode", "--codec", "meta", "--vocab-size", "9", "-", "-");
        assertThat(packed.length).isLessThan(tokens.length);
        assertThat(pipe(packed, "decode", "--codec", "meta", "--vocab-size", "9", "-", "-"))
                .isEqualTo(tokens);
    }

    @Test
    void standardStreamsCarryFramedStreams() throws IOException, InterruptedException {
        byte[] tokens = new byte[4 * 1000];
        for (int i = 0; i < 1000; i++) {
            tokens[4 * i] = (byte) (i % 5);
        }
        byte[] packed = pipe(tokens, "pack", "--vocab-size", "9", "-", "-");
        assertThat(packed.length).isLessThan(tokens.length / 4);
        assertThat(pipe(packed, "unpack", "-", "-")).isEqualTo(tokens);
        assertThat(pipe(packed, "cat", "-")).isEqualTo(tokens);
        String file = Files.write(folder.resolve("packed.tlz"), packed).toString();
        assertThat(pipe(new byte[0], "cat", "--range", "7:9", file)).containsExactly(2, 0, 0, 0, 3, 0, 0, 0);
        assertThat(pipe(new byte[0], "cat", "--document", "0", file)).isEqualTo(tokens);
        // documents stand at a stream's end, where a pipe gives no second look
        run(2, List.of(), "cat", "--document", "0", "-");
        assertThat(standardError()).contains("-: must be a file").hasLineCount(1);
    }

    @Test
    void standardInputIsExplained() throws IOException, InterruptedException {
        byte[] ids = {12, 0, 0, 0, 7, 0, 0, 0, 20, 0, 0, 0};
        assertThat(new String(pipe(ids, "explain", "--vocab-size", "20", "-"), StandardCharsets.UTF_8))
                .startsWith("12 7 [20=12 7]" + System.lineSeparator());
    }

    @Test
    void coloursHeedTheEnvironment() throws IOException, InterruptedException {
        Path ids = Files.write(folder.resolve("ids.u32"), new byte[] {12, 0, 0, 0, 7, 0, 0, 0, 20, 0, 0, 0});
        String[] explain = {"explain", "--vocab-size", "20", ids.toString()};
        assertThat(run(0, List.of(), explain)).doesNotContain("\u001b");
        environment.put("CLICOLOR_FORCE", "1");
        assertThat(run(0, List.of(), explain)).contains("\u001b[");
        environment.put("NO_COLOR", "1");
        assertThat(run(0, List.of(), explain)).doesNotContain("\u001b");
    }

    private byte[] pipe(byte[] in, String... arguments) throws IOException, InterruptedException {
        Process process = start(List.of(), arguments);
        try (OutputStream standardInput = process.getOutputStream()) {
            standardInput.write(in);
        }
        byte[] out = process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).as(standardError()).isZero();
        return out;
    }

    /** The backend is found in the jar, and what is printed gets out. */
    @Test
    void vectorsOfHyperEncodersAreChecked() throws IOException, InterruptedException {
        String vector = "../lzw-hypertokens/src/test/resources/encoder/attention.json";
        assertThat(run(0, List.of(), "embed", "--backend", "reference", vector))
                .contains("12 entries, attention, D = 16, F32 on reference: largest relative error ");
    }

    /** LWJGL and its natives are in the jar, too. */
    @Test
    void vectorsAreCheckedOnADevice() throws IOException, InterruptedException {
        environment.put("POCL_SIGFPE_HANDLER", "0");
        environment.put("POCL_CACHE_DIR", folder.toString());
        String vector = "../lzw-hypertokens/src/test/resources/encoder/transformer_learnable.json";
        Process process = start(List.of(), "embed", "--backend", "opencl", "--dtype", "bf16", vector);
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        boolean missing =
                standardError().contains("no OpenCL device") || standardError().contains("an OpenCL driver");
        missing &= System.getenv("TOKENLZ_OPENCL_REQUIRED") == null;
        assumeFalse(missing, "skipped: no OpenCL device: " + standardError());
        assertThat(status).as(standardError()).isZero();
        assertThat(printed).contains("BF16 on opencl: largest relative error ");
    }

    @Test
    void theReportRunsOnTheSampleTextOfTheBuild() throws IOException, InterruptedException {
        String report = run(0, List.of(), "report", "--seconds", "0");
        assertThat(report.lines().filter(line -> line.endsWith(" exact |"))).hasSize(24);
        assertThat(standardError()).isEmpty();
    }

    @Test
    void jobsAreAnsweredInOrder() throws IOException, InterruptedException {
        Path jobs = Files.writeString(
                folder.resolve("jobs.jsonl"),
                "{\"id\":1,\"kind\":\"encode\",\"config\":{\"initial_vocab_size\":9,\"max_codebook_size\":9,"
                        + "\"max_subtokens\":3},\"ids\":[1,1,1]}\nnonsense\n");
        String[] results = run(0, List.of(), "jobs", jobs.toString()).split("\n", -1);
        assertThat(results[0]).isEqualTo("{\"id\":1,\"kind\":\"encode\",\"encoded\":[1,9],\"codebook\":[[9,1,1]]}");
        assertThat(results[1]).startsWith("{\"id\":null,\"error\":");
        assertThat(run(2, List.of(), "jobs", folder + File.separator + "missing.jsonl"))
                .isEmpty();
        assertThat(standardError()).contains("no such file");
    }
}
