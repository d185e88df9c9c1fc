package io.tokenlz.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Real text that any machine has after the build: files of archives that the build copies to {@code target/corpus} (all
 * Apache-2.0, listed in {@code bench/pom.xml}).
 */
public enum SampleText {
    CODE("java-agrona", "agrona-.*-sources\\.jar", ".*\\.java"),
    DOCUMENTED_CODE("java-jackson", "jackson-databind-.*-sources\\.jar", ".*\\.java"),
    LANGUAGES("yaml-languages", "datafaker-.*\\.jar", "[a-z]{2}(-[A-Z]{2})?\\.yml"),
    METADATA("json-metadata", "datafaker-.*\\.jar", "META-INF/native-image/.*\\.json");

    /** Enough to measure on, and tokenized in a second or two. */
    private static final int MOST_CHARACTERS = 1_500_000;

    private final String label;
    private final Pattern archive;
    private final Pattern entry;

    SampleText(String label, String archive, String entry) {
        this.label = label;
        this.archive = Pattern.compile(archive);
        this.entry = Pattern.compile(entry);
    }

    public String label() {
        return label;
    }

    /**
     * The archive's matching files, one after the other in the order of their names, up to a limit.
     *
     * @throws IOException if the archive is not in the folder, or not readable
     */
    public String read(Path folder) throws IOException {
        try (ZipFile zip = new ZipFile(find(folder).toFile())) {
            List<? extends ZipEntry> entries = zip.stream()
                    .filter(file -> entry.matcher(file.getName()).matches())
                    .sorted(Comparator.comparing(ZipEntry::getName))
                    .toList();
            StringBuilder text = new StringBuilder();
            for (ZipEntry file : entries) {
                if (text.length() >= MOST_CHARACTERS) {
                    break;
                }
                try (InputStream content = zip.getInputStream(file)) {
                    text.append(new String(content.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
            return text.toString();
        }
    }

    private Path find(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file ->
                            archive.matcher(file.getFileName().toString()).matches())
                    .findFirst()
                    .orElseThrow(() -> new NoSuchFileException(folder + "/" + archive));
        }
    }
}
