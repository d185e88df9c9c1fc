package io.tokenlz.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Tables of READMEs say what {@code bench/results} says. {@code -Dtokenlz.readme.write=true} writes them anew after a
 * measurement.
 */
class ReadmeTablesTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern TABLE =
            Pattern.compile("<!-- table (?<name>[a-z0-9/-]+) -->\n(?<table>.*?)<!-- end -->\n", Pattern.DOTALL);

    @Test
    void tablesComeFromResults() throws IOException {
        ReadmeTables tables = new ReadmeTables(ROOT.resolve("bench/results"));
        List<String> shown = new ArrayList<>();
        for (String readme : List.of(
                "README.md",
                "codec-core/README.md",
                "lzw-hypertokens/README.md",
                "codec-reactive/README.md",
                "bench/README.md")) {
            shown.addAll(check(ROOT.resolve(readme), tables));
        }
        assertThat(shown).as("every table is shown somewhere").containsAll(ReadmeTables.NAMES);
    }

    private static List<String> check(Path readme, ReadmeTables tables) throws IOException {
        List<String> shown = new ArrayList<>();
        String text = Files.readString(readme);
        StringBuilder generated = new StringBuilder();
        Matcher matcher = TABLE.matcher(text);
        while (matcher.find()) {
            String name = matcher.group("name");
            shown.add(name);
            String block = "<!-- table " + name + " -->\n" + tables.table(name) + "<!-- end -->\n";
            matcher.appendReplacement(generated, Matcher.quoteReplacement(block));
        }
        matcher.appendTail(generated);
        if (!generated.toString().equals(text)) {
            if (!Boolean.getBoolean("tokenlz.readme.write")) {
                fail(readme + " is not what bench/results says; -Dtokenlz.readme.write=true writes it anew");
            }
            Files.writeString(readme, generated);
        }
        return shown;
    }
}
