package io.tokenlz.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The tables of the README name each seeded bug beside the property that finds it; each property of the check finds one. */
class SeededBugsTest {
    private List<String> readme = List.of();

    @BeforeEach
    void readReadme() throws IOException {
        readme = Files.readAllLines(Path.of(System.getProperty("basedir", "")).resolve("README.md"));
    }

    private void assertNamed(Enum<?> bug, String property) {
        String words = bug.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        assertThat(readme).anyMatch(line -> line.startsWith("| `" + property + "` |") && line.contains(words));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void codecs(CodecBug bug) {
        assertNamed(bug, bug.property);
    }

    @ParameterizedTest
    @EnumSource
    void sidesThatDoNotAgree(HypertokenBug bug) {
        assertNamed(bug, bug.property);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void wireCodecs(WireBug bug) {
        assertNamed(bug, bug.property);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void operators(ReactiveBug bug) {
        assertNamed(bug, bug.property);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void backends(BackendBug bug) {
        assertNamed(bug, bug.property);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void programs(StandIn.Bug bug) {
        assertNamed(bug, bug.property);
    }

    @Test
    void everyPropertyOfTheCheckHasABug() {
        List<String> properties = Stream.of(CheckCommand.Suite.values())
                .flatMap(suite -> suite.properties().stream())
                .map(property -> property.suite() + '/' + property.name())
                .toList();
        assertThat(properties).isNotEmpty();
        assertThat(Stream.of(StandIn.Bug.values()).map(bug -> bug.property)).containsAll(properties);
    }
}
