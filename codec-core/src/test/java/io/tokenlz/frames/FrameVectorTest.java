package io.tokenlz.frames;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenlz.core.ArrayTokenOutput;
import io.tokenlz.core.BufferByteInput;
import io.tokenlz.core.CoderStatus;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The streams in {@code src/test/resources/frames}, for readers and writers in any language: {@code NAME.hex} is a stream, in
 * hexadecimal behind a line on what it is, {@code NAME.tokens} its tokens; those in {@code refused} a reader must refuse.
 *
 * <p>The files say what the format is, so a change of a writer's bytes shows here. Where it is meant,
 * {@code mvn verify -pl codec-core -Dtokenlz.vectors.write=true -Dtest=FrameVectorTest} writes the files anew.
 */
class FrameVectorTest {
    private static final Path READABLE = VectorFiles.READABLE;
    private static final Path REFUSED = READABLE.resolve("refused");
    private static final Path PYTHON_READER = VectorFiles.MODULE.resolve("../conformance/tlz_reader.py");
    private static final String WRITE_PROPERTY = "tokenlz.vectors.write";
    private static final int BYTES_A_LINE = 32;
    private static final String CODEC_VECTOR = "meta-tokens";

    @TempDir
    private Path directory;

    static List<FrameVector> readable() {
        return FrameVectors.readable();
    }

    static List<FrameVector> refused() {
        return FrameVectors.refused();
    }

    @BeforeAll
    static void writeFilesIfAsked() throws IOException {
        if (!Boolean.getBoolean(WRITE_PROPERTY)) {
            return;
        }
        Files.createDirectories(REFUSED);
        for (FrameVector vector : readable()) {
            Files.writeString(hexFile(READABLE, vector), hexText(vector));
            Files.writeString(tokensFile(vector), tokensText(vector.tokens()));
        }
        for (FrameVector vector : refused()) {
            Files.writeString(hexFile(REFUSED, vector), hexText(vector));
        }
    }

    private static Path hexFile(Path parent, FrameVector vector) {
        return parent.resolve(vector.name() + ".hex");
    }

    private static Path tokensFile(FrameVector vector) {
        return READABLE.resolve(vector.name() + ".tokens");
    }

    private static String hexText(FrameVector vector) {
        HexFormat spaced = HexFormat.ofDelimiter(" ").withUpperCase();
        StringBuilder text = new StringBuilder("# " + vector.what() + "\n");
        byte[] bytes = vector.bytes();
        for (int at = 0; at < bytes.length; at += BYTES_A_LINE) {
            text.append(spaced.formatHex(bytes, at, Math.min(at + BYTES_A_LINE, bytes.length)))
                    .append('\n');
        }
        return text.toString();
    }

    private static String tokensText(int... tokens) {
        return Arrays.stream(tokens).mapToObj(Integer::toString).collect(Collectors.joining(" ", "", "\n"));
    }

    private static int[] read(byte[] bytes) {
        int[] tokens = new int[1 << 13];
        ArrayTokenOutput output = new ArrayTokenOutput().wrap(tokens);
        try (FrameReader reader = new FrameReader()) {
            CoderStatus status = reader.read(new BufferByteInput().wrap(ByteBuffer.wrap(bytes)), output);
            assertThat(status).isNotEqualTo(CoderStatus.NEEDS_OUTPUT);
            reader.finish();
        }
        return Arrays.copyOf(tokens, (int) output.position());
    }

    @ParameterizedTest
    @MethodSource("readable")
    void aReaderReadsTheTokens(FrameVector vector) throws IOException {
        assertThat(read(VectorFiles.bytes(hexFile(READABLE, vector))))
                .isEqualTo(VectorFiles.tokens(tokensFile(vector)));
    }

    @ParameterizedTest
    @MethodSource("readable")
    void aWriterWritesTheBytes(FrameVector vector) throws IOException {
        assertThat(hexText(vector)).isEqualTo(Files.readString(hexFile(READABLE, vector)));
        assertThat(tokensText(vector.tokens())).isEqualTo(Files.readString(tokensFile(vector)));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void aReaderRefuses(FrameVector vector) throws IOException {
        byte[] bytes = VectorFiles.bytes(hexFile(REFUSED, vector));
        assertThat(bytes).isEqualTo(vector.bytes());
        assertThatThrownBy(() -> read(bytes), vector.name()).isInstanceOf(MalformedFrameException.class);
    }

    @Test
    void noFileIsLeftOver() throws IOException {
        TreeSet<String> expected = new TreeSet<>();
        readable().forEach(vector -> expected.addAll(List.of(vector.name() + ".hex", vector.name() + ".tokens")));
        refused().forEach(vector -> expected.add("refused/" + vector.name() + ".hex"));
        try (Stream<Path> files = Files.walk(READABLE)) {
            assertThat(files.filter(Files::isRegularFile)
                            .filter(file -> !file.startsWith(FuzzRun.CRASHES))
                            .map(file -> READABLE.relativize(file).toString().replace(File.separatorChar, '/')))
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    /** A reader that shares nothing with this library but the specification. */
    @ParameterizedTest
    @MethodSource("readable")
    void thePythonReaderReadsTheSame(FrameVector vector) throws Exception {
        PythonRun run = runPythonReader(VectorFiles.bytes(hexFile(READABLE, vector)));
        if (vector.name().equals(CODEC_VECTOR)) {
            assertThat(run.status).isEqualTo(1);
            assertThat(run.errors).as("it has no codecs").contains(CODEC_VECTOR);
            return;
        }
        assertThat(run.errors).isEmpty();
        assertThat(run.status).isZero();
        assertThat(run.output.lines().mapToInt(Integer::parseInt))
                .containsExactly(boxed(VectorFiles.tokens(tokensFile(vector))));
    }

    private static Integer[] boxed(int... tokens) {
        return Arrays.stream(tokens).boxed().toArray(Integer[]::new);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void thePythonReaderRefuses(FrameVector vector) throws Exception {
        PythonRun run = runPythonReader(VectorFiles.bytes(hexFile(REFUSED, vector)));
        assertThat(run.status).isEqualTo(1);
        assertThat(run.output).isEmpty();
        assertThat(run.errors.lines()).as(run.errors).hasSize(1);
        assertThat(run.errors).startsWith("tlz_reader: ");
    }

    private record PythonRun(int status, String output, String errors) {}

    private PythonRun runPythonReader(byte[] stream) throws IOException, InterruptedException {
        Path file = Files.write(directory.resolve("vector.tlz"), stream);
        File output = directory.resolve("output").toFile();
        File errors = directory.resolve("errors").toFile();
        ProcessBuilder builder = new ProcessBuilder("python3", PYTHON_READER.toString(), file.toString())
                .redirectOutput(output)
                .redirectError(errors);
        int status;
        try {
            status = builder.start().waitFor();
        } catch (IOException absent) {
            return Assumptions.abort("python3 is not on this machine: " + absent.getMessage());
        }
        return new PythonRun(
                status, Files.readString(output.toPath(), US_ASCII), Files.readString(errors.toPath(), US_ASCII));
    }
}
