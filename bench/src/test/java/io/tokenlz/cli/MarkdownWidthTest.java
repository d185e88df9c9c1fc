package io.tokenlz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Prose in Markdown is at most 132 columns wide; tables, code and what is generated from results may be wider. */
class MarkdownWidthTest {
    private static final int WIDTH = 132;
    private static final List<String> MODULES =
            List.of("bench", "codec-core", "codec-reactive", "conformance", "lzw-hypertokens");

    private static List<Path> texts() throws IOException {
        List<Path> texts = new ArrayList<>(List.of(Path.of("../README.md"), Path.of("../CHANGELOG.md")));
        for (String module : MODULES) {
            for (String folder : List.of(".", "docs", "docs/adr", "examples")) {
                addTexts(Path.of("..", module, folder), texts);
            }
        }
        return texts;
    }

    private static void addTexts(Path folder, List<Path> texts) throws IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(texts::add);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("texts")
    void proseIsNotWiderThanTheRestOfIt(Path text) throws IOException {
        assertThat(widerThanAllowed(Files.readAllLines(text))).isEmpty();
    }

    private static List<String> widerThanAllowed(List<String> lines) {
        List<String> wide = new ArrayList<>();
        boolean fenced = false;
        boolean generated = false;
        boolean indented = false; // code, which begins behind an empty line: else it goes on with an item of a list
        String before = "";
        for (String line : lines) {
            boolean fence = line.strip().startsWith("```");
            fenced ^= fence;
            generated = line.startsWith("<!-- table") || (generated && !line.startsWith("<!-- end"));
            indented = line.startsWith("    ") && (indented || before.isBlank());
            boolean free =
                    fence || fenced || generated || indented || line.strip().startsWith("|");
            if (!free && line.codePointCount(0, line.length()) > WIDTH) {
                wide.add(line);
            }
            before = line;
        }
        return wide;
    }
}
