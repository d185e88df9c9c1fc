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
 * Real text that any machine has after the build: files of archives that the build copies to {@code target/corpus}. The
 * archives are listed in {@code bench/pom.xml}, their licences in {@code bench/README.md}.
 */
public enum SampleText {
    CODE("code", "java-agrona", "agrona-.*-sources\\.jar", ".*\\.java"),
    DOCUMENTED_CODE("code", "java-jackson", "jackson-databind-.*-sources\\.jar", ".*\\.java"),
    SCRIPT("code", "javascript-chartjs", "chart\\.js-.*\\.jar", ".*/dist/chart\\.js"),
    METADATA("json", "json-metadata", "datafaker-.*\\.jar", "META-INF/native-image/.*\\.json"),
    /** Each option of each component with its type and what it does, as in the schemas of tools. */
    SCHEMAS("json", "schemas-camel", "camel-catalog-.*\\.jar", "org/apache/camel/catalog/components/.*\\.json"),
    LOGS("logs", "events-spark", "spark-core_.*-tests\\.jar", "spark-events/(app|local)[^/]*"),
    DOCUMENTATION("docs", "rules-pmd", "pmd-java-.*\\.jar", "category/java/.*\\.xml"),
    LANGUAGES("multilingual", "yaml-languages", "datafaker-.*\\.jar", "[a-z]{2}(-[A-Z]{2})?\\.yml");

    /** Enough to measure on, and tokenized in a second or two. */
    private static final int MOST_CHARACTERS = 1_500_000;

    private final String kind;
    private final String label;
    private final Pattern archive;
    private final Pattern entry;

    SampleText(String kind, String label, String archive, String entry) {
        this.kind = kind;
        this.label = label;
        this.archive = Pattern.compile(archive);
        this.entry = Pattern.compile(entry);
    }

    /** What kind of text it is; several may be of one kind. */
    public String kind() {
        return kind;
    }

    public String label() {
        return label;
    }

    /** As much of it as is measured. */
    public String read(Path folder) throws IOException {
        return read(folder, MOST_CHARACTERS);
    }

    /**
     * The archive's matching files, one after the other in the order of their names, up to the one that reaches a limit.
     *
     * @throws IOException if the archive is not in the folder, or not readable
     */
    public String read(Path folder, int mostCharacters) throws IOException {
        try (ZipFile zip = new ZipFile(find(folder).toFile())) {
            List<? extends ZipEntry> entries = zip.stream()
                    .filter(file -> entry.matcher(file.getName()).matches())
                    .sorted(Comparator.comparing(ZipEntry::getName))
                    .toList();
            StringBuilder text = new StringBuilder();
            for (ZipEntry file : entries) {
                if (text.length() >= mostCharacters) {
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
