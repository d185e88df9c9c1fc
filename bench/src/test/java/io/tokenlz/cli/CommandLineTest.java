package io.tokenlz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest extends InProcessCommandLine {
    private static final int[] TOKENS =
            IntStream.range(0, 30_000).map(i -> i * 7 % 101 % 17).toArray();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--codec hyper",
                "--codec HYPER --replay emitted --codebook-size 100 --max-subtokens 3 --pad 0 --disabled 1,3-5",
                "--codec meta",
                "--codec meta --form nested --window 512 --longest-run 6 --delimiters 30,20 --pool 40-90,100-200"
                        + " --seed 7",
            })
    void whatIsEncodedDecodesToTheSameFile(String options) throws IOException {
        String in = file("tokens.u32", TOKENS);
        String packed = folder.resolve("packed.u32").toString();
        String back = folder.resolve("back.u32").toString();
        assertThat(run(codec("encode", options, in, packed))).isZero();
        assertThat(run(codec("decode", options, packed, back))).isZero();
        assertThat(ids(packed).length).isLessThan(TOKENS.length);
        assertThat(ids(back)).isEqualTo(TOKENS);
        // over itself
        assertThat(run(codec("encode", options, back, back))).isZero();
        assertThat(ids(back)).isEqualTo(ids(packed));
        assertThat(complained + printed).isEmpty();
    }

    @Test
    void moreEffortNeverWritesMoreAndAnyDecoderReadsIt() throws IOException {
        int[] tokens = IntStream.range(0, 3000).map(i -> i * i % 61 % 19).toArray();
        String in = file("tokens.u32", tokens);
        String packed = folder.resolve("packed.u32").toString();
        String back = folder.resolve("back.u32").toString();
        int least = tokens.length;
        for (String effort : List.of("fast", "DEFAULT", "best")) {
            assertThat(run(codec("encode", "--codec meta --effort " + effort, in, packed)))
                    .isZero();
            assertThat(ids(packed).length).isLessThanOrEqualTo(least);
            least = ids(packed).length;
            assertThat(run(codec("decode", "--codec meta", packed, back))).isZero();
            assertThat(ids(back)).isEqualTo(tokens);
        }
        assertThat(run(codec("encode", "--codec meta --effort ltsc --longest-run 2", in, packed)))
                .isZero();
        assertThat(ids(packed).length).isBetween(least + 1, tokens.length - 1);
        assertThat(run(codec("decode", "--codec meta", packed, back))).isZero();
        assertThat(ids(back)).isEqualTo(tokens);
        assertRefused("--effort", codec("encode", "--codec meta --effort great", in, packed));
    }

    /** Reserved IDs are right above the vocabulary of 20, or where the options say. */
    @Test
    void reservedIdsAreThoseOfTheOptions() throws IOException {
        String in = file("tokens.u32", TOKENS);
        String packed = folder.resolve("packed.u32").toString();
        assertThat(run(codec("encode", "--codec meta --window 1000", in, packed)))
                .isZero();
        assertThat(ids(packed)).startsWith(20, 22).contains(21);
        assertThat(run(codec("encode", "--codec meta --window 1000 --delimiters 70,60 --pool 90,30-40", in, packed)))
                .isZero();
        assertThat(ids(packed)).startsWith(70, 90).contains(60, 30).doesNotContain(20, 21, 22);
        assertThat(run(codec("encode", "--codec meta --window 1000 --protect 0,5-9", in, packed)))
                .isZero();
        assertThat(IntStream.of(ids(packed)).filter(id -> id == 0))
                .hasSize((int) IntStream.of(TOKENS).filter(id -> id == 0).count());
        assertRefused("protected IDs 5 to 20", codec("encode", "--codec meta --protect 5-20", in, packed));
        // a base token that is reserved is no base token
        assertRefused("position", codec("encode", "--codec meta --pool 16", in, packed));
    }

    private static String[] codec(String command, String options, String in, String out) {
        List<String> arguments = new ArrayList<>(List.of(command, "--vocab-size", "20"));
        arguments.addAll(List.of(options.split(" ")));
        arguments.addAll(List.of(in, out));
        return arguments.toArray(new String[0]);
    }

    @Test
    void aBadInputLeavesNoOutputBehind() throws IOException {
        String out = folder.resolve("out.u32").toString();
        String corrupt = file("corrupt.u32", 1, 2, 3, 999);
        assertRefused(
                "corrupt.u32: malformed token stream at position 3", codec("decode", "--codec hyper", corrupt, out));
        assertRefused(
                "corrupt.u32: malformed token stream at position 3", codec("encode", "--codec meta", corrupt, out));
        Path partial = Files.write(folder.resolve("partial.u32"), new byte[] {1, 0, 0, 0, 2});
        assertRefused("ends inside a token: 5 bytes", codec("encode", "--codec hyper", partial.toString(), out));
        String cut = file("cut.u32", 20, 22, 1); // a dictionary without its end
        assertRefused("the end of the stream", codec("decode", "--codec meta", cut, out));
        assertRefused("missing.u32: no such file", codec("encode", "--codec hyper", folder + "/missing.u32", out));
        assertRefused("IN: is empty", codec("encode", "--codec hyper", "", out));
        assertRefused("is a directory", codec("encode", "--codec hyper", folder.toString(), out));
        assertRefused("is a directory", codec("encode", "--codec hyper", corrupt, folder.toString()));
        assertRefused("no such folder", codec("encode", "--codec hyper", corrupt, folder + "/no/such/folder.u32"));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("corrupt.u32", "partial.u32", "cut.u32");
        }
        // and what was there before is still there
        String before = file("before.u32", 7);
        assertRefused("position 3", codec("decode", "--codec hyper", corrupt, before));
        assertThat(ids(before)).containsExactly(7);
    }

    @Test
    void aBadFlagIsOneClearLine() throws IOException {
        String in = file("in.u32", 1);
        String out = folder.resolve("out.u32").toString();
        assertRefused("--codec", "encode", "--vocab-size", "20", "--codec", "zip", in, out);
        assertRefused("--vocab-size", "encode", "--codec", "hyper", in, out);
        assertRefused("OUT", "encode", "--codec", "hyper", "--vocab-size", "20", in);
        assertRefused("--vocab-size must be at least 1", "encode", "--codec", "hyper", "--vocab-size", "0", in, out);
        assertRefused("--disabled", codec("encode", "--codec hyper --disabled 3-x", in, out));
        assertRefused("--disabled", codec("encode", "--codec hyper --disabled 3-20", in, out));
        assertRefused("reserved twice", codec("encode", "--codec meta --pool 20-22", in, out));
        assertRefused("--delimiters", codec("encode", "--codec meta --delimiters 1,2,3", in, out));
        assertRefused("--delimiters", codec("encode", "--codec meta --delimiters 30", in, out));
        assertRefused("takes no option of meta-tokens", codec("encode", "--codec hyper --form nested", in, out));
        assertRefused("takes no option of hypertokens", codec("decode", "--codec meta --pad 3", in, out));
        assertRefused("Unknown option", "report", "--no-such-option");
        assertRefused("--vocab", "report", "--vocab", "klingon", in + ".txt");
        assertRefused("--document", "report", "--document", "-1", in);
        assertRefused("--vocab-size must be", "report", "--vocab-size", "2147483647", in);
        assertRefused("--vocab-size must be", "report", "--vocab-size=-5", in);
        assertRefused("--seconds", "report", "--seconds", "NaN", in);
        assertRefused("subcommand");
        assertRefused("unzip", "unzip");
    }

    @Test
    void reportsOnTextAndOnIds() throws IOException {
        Path text = Files.writeString(folder.resolve("text.txt"), "the cat sat on the mat, and ".repeat(300));
        String ids = file("ids.u32", TOKENS);
        assertThat(run("report", "--seconds", "0", "--vocab-size", "20", "--json", text.toString(), ids))
                .isZero();
        JsonNode rows = new ObjectMapper().readTree(printed);
        assertThat(rows).hasSize(6);
        for (JsonNode row : rows) {
            assertThat(row.get("exact").booleanValue()).isTrue();
            assertThat(row.get("tokensOut").longValue())
                    .isPositive()
                    .isLessThan(row.get("tokensIn").longValue());
        }
        assertThat(rows.get(5).get("tokensIn").intValue()).isEqualTo(TOKENS.length);
        assertThat(rows.get(5).get("codec").textValue()).isEqualTo("meta nested");

        assertThat(run("report", "--seconds", "0.01", "--document", "0", text.toString()))
                .isZero();
        assertThat(printed.lines().filter(line -> line.endsWith(" exact |"))).hasSize(3);
    }

    @Test
    void reportsOnTheWire() throws IOException {
        Path text = Files.writeString(folder.resolve("text.txt"), "the cat sat on the mat, and ".repeat(300));
        String ids = file("ids.u32", TOKENS);
        assertThat(run("report", "--wire", "--seconds", "0.001", "--vocab-size", "20", text.toString(), ids))
                .isZero();
        assertThat(printed.lines().filter(line -> line.startsWith("### "))).hasSize(6);
        assertThat(printed.lines().filter(line -> line.startsWith("| mean of kinds")))
                .hasSize(5);
        assertThat(printed).contains("| " + ids, "All came back exactly.", "| random IDs");
        assertThat(printed.lines().filter(line -> line.matches(".*\\| (met|missed) +\\|")))
                .hasSize(11);
        assertRefused("empty.txt: holds no tokens", "report", "--wire", emptyText());
    }

    private String emptyText() throws IOException {
        return Files.writeString(folder.resolve("empty.txt"), "").toString();
    }

    @Test
    void reportsOnTheWireByKind() throws IOException {
        Path corpora = folder.resolve("corpora");
        Files.createDirectories(corpora.resolve("o200k"));
        file("corpora/o200k/code-a.u32", TOKENS);
        file("corpora/o200k/code-b.u32", IntStream.range(0, 5000).toArray());
        file("corpora/o200k/logs-c.u32", TOKENS);
        file("corpora/o200k/extreme-zeros.u32", new int[100]);
        index("corpora/o200k/code-a.idx", 0, 1, TOKENS.length);
        assertThat(run("report", "--wire", "--seconds", "0", "--json", "--corpora", corpora.toString()))
                .isZero();
        JsonNode report = new ObjectMapper().readTree(printed);
        assertThat(report.get("exact").booleanValue()).isTrue();
        assertThat(report.get("scenarios")).hasSize(5);
        assertThat(report.get("extremes")).hasSize(2);
        assertThat(report.get("targets")).hasSize(11);
        for (JsonNode scenario : report.get("scenarios")) {
            JsonNode ours = scenario.get("all").get(0);
            assertThat(ours.get("contender").textValue()).isEqualTo("ours");
            assertThat(ours.get("totalBytesPerTotalTokens").doubleValue()).isPositive();
            assertThat(ours.has("encodeMillionTokensPerSecond")).isFalse();
            assertThat(scenario.get("kinds").findValuesAsText("kind")).containsExactly("code", "logs");
            JsonNode code = scenario.get("kinds").get(0).get("contenders").get(0);
            assertThat(code.get("files").intValue()).isEqualTo(2);
            assertThat(code.get("exact").booleanValue()).isTrue();
            assertThat(code.get("bytesPerToken").doubleValue()).isPositive();
        }
        JsonNode storage = report.get("scenarios").get(4).get("all");
        assertThat(storage.findValuesAsText("contender")).contains("zstd-19 text", "xz-6 int32");
        for (JsonNode contender : storage) {
            assertThat(contender.has("bytesPerToken")).isTrue();
        }
    }

    @Test
    void corporaWithoutTextLeaveItOut() throws IOException {
        Files.createDirectories(folder.resolve("llama3"));
        file("llama3/code-a.u32", TOKENS);
        String[] arguments = {
            "report", "--wire", "--seconds=0", "--corpora", folder.toString(), "--corpus-vocabulary", "llama3"
        };
        assertThat(run(arguments)).isZero();
        assertThat(printed).containsPattern("zstd-3 text +\\| +- \\| +- ").contains("| not timed |");
    }

    @Test
    void badCorporaAreOneClearLine() throws IOException {
        String corpora = folder.toString();
        assertRefused("o200k: no such folder", "report", "--wire", "--corpora", corpora);
        Files.createDirectories(folder.resolve("o200k"));
        assertRefused("has no <kind>-<name>.u32", "report", "--wire", "--corpora", corpora);
        file("o200k/code-a.u32", 200_019);
        assertRefused("not below the vocabulary's size 200019", "report", "--wire", "--corpora", corpora);
        file("o200k/code-a.u32", 200_000);
        assertRefused("code-a.u32: has no text", "report", "--wire", "--corpora", corpora);
        assertRefused("need --wire", "report", "--corpora", corpora);
        assertRefused("takes no FILE", "report", "--wire", "--corpora", corpora, "notes.txt");
        assertRefused("needs --corpora", "report", "--wire", "--corpus-vocabulary", "llama2");
        assertRefused("--corpus-vocabulary", "report", "--wire", "--corpora", corpora, "--corpus-vocabulary", "x");
        assertRefused("--document", "report", "--wire", "--document", "512");
        assertRefused("--seconds", "report", "--wire", "--seconds", "-1");
    }

    @Test
    void reportsOnEmptyFiles() throws IOException {
        Path text = Files.writeString(folder.resolve("empty.txt"), "");
        assertThat(run("report", text.toString())).isZero();
        assertThat(printed.lines().filter(line -> line.endsWith(" exact |"))).hasSize(3);
    }

    @Test
    void aReportOnABadFileIsOneClearLine() throws IOException {
        assertRefused("missing.txt: no such file", "report", folder + "/missing.txt");
        assertRefused("is a directory", "report", folder.toString());
        assertRefused("needs --vocab-size", "report", file("ids.u32", 1));
        Path latin = Files.write(folder.resolve("latin.txt"), "café".getBytes(StandardCharsets.ISO_8859_1));
        assertRefused("is not UTF-8", "report", latin.toString());
        Path partial = Files.write(folder.resolve("partial.u32"), new byte[5]);
        assertRefused("ends inside a token", "report", "--vocab-size", "20", partial.toString());
        int[] late = new int[20_000];
        late[19_999] = 20;
        assertRefused("position 19999", "report", "--vocab-size", "20", file("late.u32", late));
    }

    @Test
    void everyCommandHasHelp() {
        for (String command :
                List.of("report", "encode", "decode", "explain", "pack", "unpack", "cat", "info", "embed", "jobs")) {
            assertThat(run(command, "--help")).isZero();
            assertThat(printed).contains("Usage: tokenlz " + command).contains("Example");
        }
        assertThat(run("--help")).isZero();
        assertThat(printed)
                .contains(
                        "report",
                        "encode",
                        "decode",
                        "explain",
                        "pack",
                        "unpack",
                        "cat",
                        "info",
                        "embed",
                        "jobs",
                        "Exit status");
        assertThat(run("--version")).isZero();
    }

    @Test
    void eachHelpSaysWhatItsOwnExitStatusesMean() {
        List<String> commands =
                new ArrayList<>(TokenLz.commandLine().getSubcommands().keySet());
        commands.remove("help");
        List<String> thatCompare = new ArrayList<>();
        for (String command : commands) {
            assertThat(run(command, "--help")).isZero();
            assertThat(printed)
                    .as(command)
                    .containsPattern("Exit status:\\R")
                    .containsPattern("\\R +2 +a bad ")
                    .containsPattern("\\R +70 +a bug ");
            if (printed.matches("(?s).*\\R +1 +\\w.*")) {
                thatCompare.add(command);
            }
        }
        assertThat(thatCompare).containsExactlyInAnyOrder("report", "train", "embed");
    }

    @Test
    void anExistingOutputKeepsItsPermissionsAndLinksAreFollowed() throws IOException {
        String in = file("in.u32", TOKENS);
        Path secret = Path.of(file("secret.u32", 1));
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        Path link = Files.createSymbolicLink(folder.resolve("link.u32"), Path.of("secret.u32"));
        assertThat(run(codec("encode", "--codec hyper", in, link.toString()))).isZero();
        assertThat(link).isSymbolicLink();
        assertThat(ids(secret.toString()).length).isGreaterThan(1).isLessThan(TOKENS.length);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                .isEqualTo("rw-------");
        Path dangling = Files.createSymbolicLink(folder.resolve("dangling.u32"), Path.of("new.u32"));
        assertThat(run(codec("encode", "--codec hyper", in, dangling.toString())))
                .isZero();
        assertThat(folder.resolve("new.u32")).isRegularFile();
    }
}
