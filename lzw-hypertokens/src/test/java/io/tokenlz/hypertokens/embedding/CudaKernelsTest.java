package io.tokenlz.hypertokens.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kernels' source is CUDA, too (docs/adr/0001-cuda.md): compiled where nvcc is installed. */
class CudaKernelsTest {
    private static final Pattern KERNEL =
            Pattern.compile("^KERNEL void (?:GROUP_OF_256 )?(\\w+)\\(", Pattern.MULTILINE);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"sm_80", "sm_90"})
    void kernelsCompileAsCuda(String architecture) throws IOException, InterruptedException {
        assumeTrue(hasCompiler(), "skipped: no nvcc");
        String source = source();
        Path file = Files.writeString(folder.resolve("kernels.cl"), source);
        for (ElementType weights : ElementType.values()) {
            ElementType rows = weights == ElementType.F32 ? ElementType.BF16 : weights;
            String ptx = compile(file, architecture, weights, rows);
            assertThat(ptx).contains(".target " + architecture);
            KERNEL.matcher(source)
                    .results()
                    .forEach(kernel -> assertThat(ptx).contains(".visible .entry " + kernel.group(1) + "("));
        }
        assertThat(KERNEL.matcher(source).results()).hasSize(9);
    }

    private static boolean hasCompiler() {
        try {
            Process compiler = new ProcessBuilder("nvcc", "--version")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return compiler.waitFor() == 0;
        } catch (IOException notThere) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String source() throws IOException {
        try (InputStream in = Objects.requireNonNull(HyperEncoder.class.getResourceAsStream("kernels.cl"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String compile(Path source, String architecture, ElementType weights, ElementType rows)
            throws IOException, InterruptedException {
        Path ptx = folder.resolve(weights + ".ptx");
        Path log = folder.resolve("log");
        Process compiler = new ProcessBuilder(
                        "nvcc",
                        "-Werror",
                        "all-warnings",
                        "-x",
                        "cu",
                        "-ptx",
                        "-arch=" + architecture,
                        "-DWEIGHT_" + weights,
                        "-DROW_" + rows,
                        "-DMOST_SLOTS=8",
                        "-o",
                        ptx.toString(),
                        source.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(compiler.waitFor()).as(Files.readString(log)).isZero();
        return Files.readString(ptx);
    }
}
