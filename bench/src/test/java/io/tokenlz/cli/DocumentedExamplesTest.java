package io.tokenlz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/**
 * Every example that helps and READMEs show does what it says, on small files of those names. What measures is told to take
 * no time, and is given a file where it would measure all sample text.
 */
class DocumentedExamplesTest extends InProcessCommandLine {
    private static final Pattern EXAMPLE = Pattern.compile(
            "^ {2,4}(source <\\()?(tokenlz|java (-X\\S+ )*-jar \\S*tokenlz\\.jar) (?<arguments>.*?)\\)?(\\s+#.*)?$",
            Pattern.MULTILINE);
    private static final Pattern NAME =
            Pattern.compile("[\\w./*-]+\\.(u32|bin|tlzd?|txt|java|jsonl?|html)|documents|[./a-z]*corpora");
    private static final Set<String> WRITING = Set.of("encode", "decode", "pack", "plan", "unpack");
    private static final List<String> READMES = List.of(
            "README.md",
            "bench/README.md",
            "codec-core/README.md",
            "lzw-hypertokens/README.md",
            "codec-reactive/README.md",
            "codec-reactive/examples/README.md",
            "conformance/README.md");

    /** The table of commands, of which a row begins with `encode`, `decode` or `report --wire [FILE…]`. */
    private static final Pattern TABLE_OF_COMMANDS = Pattern.compile("\\| command \\|.*\n(\\|.*\n)+");

    private static final Pattern FIRST_CELL = Pattern.compile("^\\|[^|]*", Pattern.MULTILINE);
    private static final Pattern NAMED_COMMAND = Pattern.compile("`(?<command>[a-z-]+)");
    private static final String WRITE_TO = ">";

    private static Set<String> examples() throws IOException {
        Set<String> examples = new LinkedHashSet<>();
        CommandLine root = TokenLz.commandLine();
        addExamples(root.getUsageMessage(CommandLine.Help.Ansi.OFF), examples);
        for (CommandLine command : root.getSubcommands().values()) {
            addExamples(command.getUsageMessage(CommandLine.Help.Ansi.OFF), examples);
        }
        for (String readme : READMES) {
            addExamples(Files.readString(Path.of("..", readme)), examples);
        }
        return examples;
    }

    private static void addExamples(String text, Set<String> examples) {
        for (Matcher found = EXAMPLE.matcher(text.replaceAll("\\\\\n +", "")); found.find(); ) {
            examples.add(found.group("arguments").strip());
        }
    }

    /** Those that print bytes to the process's own output, or go on until they are stopped, are tested below. */
    private static Stream<String> examplesInProcess() throws IOException {
        return examples().stream().filter(example -> !example.contains(WRITE_TO) && !example.startsWith("explore"));
    }

    private static Stream<String> examplesThatPrintBytes() throws IOException {
        return examples().stream().filter(example -> example.contains(WRITE_TO));
    }

    @Test
    void everyCommandHasAnExample() throws IOException {
        Set<String> commands =
                new TreeSet<>(TokenLz.commandLine().getSubcommands().keySet());
        commands.remove("help");
        assertThat(examples().stream().map(example -> example.split(" ", 2)[0]).collect(Collectors.toSet()))
                .containsAll(commands);
        assertThat(examplesThatPrintBytes()).isNotEmpty();
    }

    @Test
    void theTableOfCommandsNamesEachOfThemAndNoOther() throws IOException {
        Matcher table = TABLE_OF_COMMANDS.matcher(Files.readString(Path.of("README.md")));
        assertThat(table.find()).isTrue();
        Set<String> named = new TreeSet<>();
        for (Matcher cell = FIRST_CELL.matcher(table.group()); cell.find(); ) {
            for (Matcher command = NAMED_COMMAND.matcher(cell.group()); command.find(); ) {
                named.add(command.group("command"));
            }
        }
        Set<String> commands =
                new TreeSet<>(TokenLz.commandLine().getSubcommands().keySet());
        commands.remove("help");
        assertThat(named).isEqualTo(commands);
    }

    @ParameterizedTest
    @MethodSource("examplesInProcess")
    void theExampleSucceeds(String example) throws IOException {
        String[] arguments = prepared(example);
        assertThat(run(arguments))
                .as("%s: %s", Arrays.toString(arguments), complained)
                .isZero();
        assertThat(complained).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("examplesThatPrintBytes")
    void theExampleThatPrintsBytesSucceeds(String example) throws IOException, InterruptedException {
        int writeTo = example.indexOf(WRITE_TO);
        File out = folder.resolve(example.substring(writeTo + 1).strip()).toFile();
        Process process = start(out, prepared(example.substring(0, writeTo).strip()));
        assertThat(process.waitFor()).isZero();
        assertThat(out).isNotEmpty();
    }

    @Test
    void exploreServesUntilItIsStopped() throws IOException, InterruptedException {
        File out = folder.resolve("out").toFile();
        Process process = start(out, "explore");
        try {
            for (int i = 0; i < 600 && out.length() == 0; i++) {
                assertThat(process.waitFor(100, TimeUnit.MILLISECONDS)).isFalse();
            }
            assertThat(out).content().startsWith("http://127.0.0.1:");
        } finally {
            process.destroy();
        }
    }

    private Process start(File out, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                TokenLz.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectOutput(out)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().close();
        return process;
    }

    private String[] prepared(String example) throws IOException {
        List<String> words = List.of(example.split(" +"));
        List<String> arguments = new ArrayList<>();
        boolean measuresSampleText = words.get(0).equals("report") && !words.contains("--corpora");
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (!NAME.matcher(word).matches()) {
                arguments.add(word);
            } else if (word.contains("*")) {
                arguments.add(made(word.replace("*", "a")));
                arguments.add(made(word.replace("*", "b")));
            } else {
                boolean last = i == words.size() - 1;
                boolean written = List.of("--out", "--html").contains(words.get(i - 1))
                        || (last && WRITING.contains(words.get(0)));
                measuresSampleText &= written;
                arguments.add(written ? place(word).toString() : made(word));
            }
        }
        if (words.get(0).equals("report")) {
            arguments.addAll(quickReport(words, measuresSampleText));
        }
        if (words.get(0).equals("bench")) {
            return quickBench(words);
        }
        return arguments.toArray(String[]::new);
    }

    /** BenchmarkRunTest runs each suite; here the example's flags are checked, and the smallest suite is run. */
    private String[] quickBench(List<String> words) {
        TokenLz.commandLine().parseArgs(words.toArray(String[]::new));
        String[] quick = {"bench", "embedding", "--profile=once", "--sample-text=target/corpus", "--out", ""};
        quick[quick.length - 1] = folder.resolve("results.json").toString();
        return quick;
    }

    private List<String> quickReport(List<String> words, boolean measuresSampleText) throws IOException {
        if (words.contains("--random-access")) {
            return List.of("--tokens", "100000", "--reads", "100");
        }
        if (words.contains("--scaling")) {
            return List.of("--seconds", "0.001", "--longest", "1000", "--streams", "10");
        }
        return measuresSampleText ? List.of("--seconds", "0", made("notes.txt")) : List.of("--seconds", "0");
    }

    private Path place(String name) {
        return folder.resolve(name.replace("../", ""));
    }

    private String made(String name) throws IOException {
        ExampleFiles files = new ExampleFiles(
                arguments -> assertThat(run(arguments)).as(complained).isZero());
        files.make(place(name));
        return place(name).toString();
    }
}
