package io.tokenlz.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenlz.frames.FrameWriterOptions;
import io.tokenlz.frames.FrameWriterOptions.Level;
import io.tokenlz.frames.StreamHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The plain reader of framed streams on the vectors of codec-core, and on what the writer writes. */
class FrameOracleTest {
    private static final Path VECTORS =
            Path.of(System.getProperty("basedir", "")).resolve("../codec-core/src/test/resources/frames");

    private static List<Path> vectors(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".hex"))
                    .sorted()
                    .toList();
        }
    }

    private static byte[] bytes(Path vector) throws IOException {
        return HexFormat.of()
                .parseHex(Files.readAllLines(vector).stream()
                        .filter(line -> !line.startsWith("#"))
                        .map(line -> line.replace(" ", ""))
                        .collect(Collectors.joining()));
    }

    @Test
    void readsTheVectors() throws IOException {
        int read = 0;
        for (Path vector : vectors(VECTORS)) {
            FrameOracle oracle = new FrameOracle(bytes(vector));
            int refused = oracle.read();
            String name = String.valueOf(vector.getFileName());
            if (name.equals("meta-tokens.hex")) {
                assertThat(refused).as("it has no codecs").isZero();
                continue;
            }
            assertThat(refused).as(name).isEqualTo(-1);
            String tokens = Files.readString(vector.resolveSibling(name.replace(".hex", ".tokens")));
            assertThat(oracle.tokens())
                    .as(name)
                    .isEqualTo(Stream.of(tokens.trim().split(" "))
                            .filter(token -> !token.isEmpty())
                            .map(Integer::valueOf)
                            .toList());
            read++;
        }
        assertThat(read).isGreaterThan(5);
    }

    @Test
    void refusesTheRefusedOnes() throws IOException {
        List<Path> refused = vectors(VECTORS.resolve("refused"));
        assertThat(refused).hasSizeGreaterThan(20);
        for (Path vector : refused) {
            assertThat(new FrameOracle(bytes(vector)).read())
                    .as(vector.toString())
                    .isNotNegative();
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsWhatTheWriterWrites(Level level) {
        Random random = new Random(level.name().hashCode());
        for (int i = 0; i < 40; i++) {
            int vocabularySize = List.of(1, 3, 300, 200_019, Integer.MAX_VALUE).get(i % 5);
            int[] tokens = IntStream.range(0, random.nextInt(4000))
                    .map(at -> (at % 60 < 40 ? at % 17 : random.nextInt(vocabularySize)) % vocabularySize)
                    .toArray();
            StreamHeader.Builder header = StreamHeader.builder(vocabularySize).window(i % 3 * 100);
            if (i % 2 == 1) {
                header.stored();
            }
            int[] flushes =
                    IntStream.range(0, tokens.length / 70).map(at -> 70 * at).toArray();
            FrameWriterOptions options =
                    new FrameWriterOptions(level, i % 2 == 0 ? 400 : 4096, i % 4 * 200L, i % 7 == 0);
            WireJobs.Written written = WireJobs.write(header.build(), options, tokens, flushes);
            FrameOracle oracle = new FrameOracle(written.bytes());
            assertThat(oracle.read()).isEqualTo(-1);
            assertThat(oracle.tokens().stream().mapToInt(Integer::intValue)).containsExactly(box(tokens));
            assertThat(oracle.vocabularySize()).isEqualTo(vocabularySize);
            assertThat(oracle.window()).isEqualTo(i % 3 * 100);
            assertThat(oracle.isStored()).isEqualTo(i % 2 == 1);
        }
    }

    private static Integer[] box(int[] tokens) {
        return IntStream.of(tokens).boxed().toArray(Integer[]::new);
    }
}
