package io.tokenlz.frames;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The streams in {@code src/test/resources/frames} as they lie there, whatever this library's writer would make of them today. */
final class VectorFiles {
    static final Path MODULE = Path.of(System.getProperty("basedir", ""));
    static final Path READABLE = MODULE.resolve("src/test/resources/frames");

    private static final String HEX = ".hex";

    private VectorFiles() {}

    /** All that a reader reads. */
    static List<FrameVector> readable() {
        try (Stream<Path> files = Files.list(READABLE)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(HEX))
                    .sorted()
                    .map(name -> readable(name.substring(0, name.length() - HEX.length())))
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static FrameVector readable(String name) {
        try {
            byte[] bytes = bytes(READABLE.resolve(name + HEX));
            return new FrameVector(name, "", bytes, tokens(READABLE.resolve(name + ".tokens")));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static byte[] bytes(Path hexFile) throws IOException {
        String digits = Files.readAllLines(hexFile).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replace(" ", ""))
                .collect(Collectors.joining());
        return HexFormat.of().parseHex(digits);
    }

    static int[] tokens(Path file) throws IOException {
        return Stream.of(Files.readString(file).trim().split(" "))
                .filter(token -> !token.isEmpty())
                .mapToInt(Integer::parseInt)
                .toArray();
    }
}
