package io.tokenlz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenlz.bench.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** explain, in process. */
class ExplainCommandTest extends InProcessCommandLine {
    private static final String VOCABULARY = "o200k_base";
    private static final Tokenizer TOKENIZER = Tokenizer.named(VOCABULARY).orElseThrow();

    /** What JDK 19 and later say of the terminal, and what goes before the locale on any. */
    private static final String TERMINAL = "stdout.encoding";

    private static final String PICOCLI_ANSI = "picocli.ansi";

    private String terminalBefore = "";

    @BeforeEach
    void showUnicode() {
        terminalBefore = System.getProperty(TERMINAL, "");
        System.setProperty(TERMINAL, "UTF-8");
    }

    @AfterEach
    void restore() {
        System.clearProperty(PICOCLI_ANSI);
        if (terminalBefore.isEmpty()) {
            System.clearProperty(TERMINAL);
        } else {
            System.setProperty(TERMINAL, terminalBefore);
        }
    }

    private void explain(String options, String in) {
        List<String> arguments = new ArrayList<>(List.of("explain"));
        arguments.addAll(List.of(options.split(" ")));
        arguments.add(in);
        assertThat(run(arguments.toArray(new String[0]))).as(complained).isZero();
        assertThat(complained).isEmpty();
    }

    private String textOf(int... ids) throws IOException {
        explain("--vocab " + VOCABULARY, file("ids.u32", ids));
        return shown();
    }

    private String encodedText(String text) throws IOException {
        explain("--encode --vocab " + VOCABULARY, file("tokens.u32", TOKENIZER.tokens(text)));
        return shown();
    }

    /** The stream, without the table and the summary. */
    private String shown() {
        return printed.substring(0, printed.indexOf("\n\n"));
    }

    /** The token whose text is this. */
    private static int token(String text) {
        int[] tokens = TOKENIZER.tokens(text);
        assertThat(tokens).as(text).hasSize(1);
        return tokens[0];
    }

    @Test
    void idsAreShownWithTheirHypertokensAndThenATable() throws IOException {
        explain("--vocab-size 20", file("ids.u32", 12, 7, 20, 5, 21, 20));
        assertThat(printed).isEqualTo("""
                12 7 [20=12 7] 5 [21=7 12] [20=12 7]

                hypertoken   used  base tokens
                        20      2  12 7
                        21      1  7 12

                6 IDs for 9 base tokens: 3 hypertokens (2 different) save 33.3 %
                """);
    }

    @Test
    void aSelfReferenceStandsForItself() throws IOException {
        explain("--vocab-size 20", file("ids.u32", 5, 20, 5));
        assertThat(printed).startsWith("5 [20=5 5] 5\n").contains("        20      1  5 5\n");
    }

    @Test
    void aStreamWithoutHypertokensHasNoTable() throws IOException {
        explain("--vocab-size 20", file("ids.u32", 5, 6));
        assertThat(printed).isEqualTo("5 6\n\n2 IDs for 2 base tokens: 0 hypertokens (0 different) save 0.0 %\n");
        explain("--vocab-size 20", file("empty.u32"));
        assertThat(printed).isEqualTo("0 IDs for 0 base tokens: 0 hypertokens (0 different) save 0.0 %\n");
    }

    @Test
    void theWholeCodebookIsListedOnDemand() throws IOException {
        explain("--vocab-size 20 --codebook", file("ids.u32", 12, 7, 20, 5));
        assertThat(printed).contains("""
                hypertoken   used  base tokens
                        20      1  12 7
                        21      0  7 12
                        22      0  12 7 5

                """);
    }

    @Test
    void aTokenizerShowsText() throws IOException {
        int the = token("the");
        int cat = token(" cat");
        int size = TOKENIZER.vocabularySize();
        explain("--vocab " + VOCABULARY, file("ids.u32", the, cat, token(","), size, token(".")));
        assertThat(printed).isEqualTo("""
                the cat,[the cat].

                hypertoken   used  base tokens  text
                    200019      1  %d %d    [the cat]

                5 IDs for 6 base tokens: 1 hypertokens (1 different) save 16.7 %%
                """.formatted(the, cat));
    }

    @Test
    void theModelsVocabularyMayDifferFromTheTokenizers() throws IOException {
        int a = token("a");
        explain("--vocab-size 200064 --vocab " + VOCABULARY, file("ids.u32", a, 200_063, a, 200_064));
        assertThat(printed)
                .startsWith("a\\{200063}a[a\\{200063}]\n")
                .contains("    200064      1  " + a + " 200063    [a\\{200063}]\n");
    }

    @Test
    void textCannotForgeBracketsOrEscapes() throws IOException {
        String bad = "a[the cat]b\\c\u001b[31md\u009be\r\tf\u202eg\u2028h\u0007\u007f\ufeff";
        assertThat(encodedText(bad))
                .isEqualTo(
                        "a\\[the cat\\]b\\\\c\\u{1B}\\[31md\\u{9B}e\\r\\tf\\u{202E}g\\u{2028}h\\u{7}\\u{7F}\\u{FEFF}");
        encodedText(bad.repeat(4));
        assertThat(printed.replace("\n", "")).matches("\\P{Cntrl}*").doesNotContain("\u202e", "\u2028", "\ufeff");
        // every bracket that isn't escaped is around a hypertoken
        Pattern unescaped = Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*\\[");
        long brackets = unescaped.matcher(shown()).results().count();
        assertThat(brackets).isPositive();
        assertThat(printed).contains(": " + brackets + " hypertokens");
    }

    @Test
    void linesBreakBehindTheirMark() throws IOException {
        int a = token("a");
        int newLine = token("\n");
        int size = TOKENIZER.vocabularySize();
        assertThat(textOf(a, newLine, a, newLine, newLine)).isEqualTo("a\\n\na\\n\n\\n");
        // a bracket stays with what it holds
        assertThat(textOf(a, newLine, size, size, a)).isEqualTo("a\\n\n[a\\n]\n[a\\n]\na");
        assertThat(textOf(newLine, a, size)).isEqualTo("\\n\na[\\n\na]");
        assertThat(printed).contains("[\\na]\n");
    }

    @Test
    void charactersThatAreSplitBetweenTokensArePutTogether() throws IOException {
        int[] shrug = TOKENIZER.tokens("\ud83e\udd37"); // two tokens for one character
        assertThat(shrug).hasSize(2);
        int size = TOKENIZER.vocabularySize();
        assertThat(textOf(shrug)).isEqualTo("\ud83e\udd37");
        assertThat(textOf(shrug[0], shrug[1], shrug[0], shrug[1], size))
                .isEqualTo("\ud83e\udd37\ud83e\udd37[\ud83e\udd37]");
        assertThat(textOf(shrug[0], token("a"))).isEqualTo("\\xF0\\x9F\\xA4a");
        assertThat(textOf(token("a"), shrug[1], shrug[0])).isEqualTo("a\\xB7\\xF0\\x9F\\xA4");
        // a bracket, or a token without text, cuts it
        assertThat(textOf(shrug[0], shrug[1], shrug[0], size + 1))
                .isEqualTo("\ud83e\udd37\\xF0\\x9F\\xA4[\\xB7\\xF0\\x9F\\xA4]");
        int noText = TOKENIZER.vocabularySize() - 2;
        assertThat(textOf(shrug[0], noText, shrug[1])).isEqualTo("\\xF0\\x9F\\xA4\\{" + noText + "}\\xB7");
    }

    @Test
    void aCombiningMarkIsNotDrawnOntoABracket() throws IOException {
        int acute = token("\u0301");
        int a = token("a");
        assertThat(textOf(a, acute, acute, TOKENIZER.vocabularySize() + 1, acute))
                .isEqualTo("a\u0301\u0301[\\u{301}\\u{301}]\\u{301}");
        assertThat(textOf(token("["), acute)).isEqualTo("\\[\\u{301}");
    }

    @Test
    void whatTheTerminalCannotShowIsEscaped() throws IOException {
        System.setProperty(TERMINAL, "US-ASCII");
        assertThat(encodedText("na\u00efve \u65e5\ud83e\udd37")).isEqualTo("na\\u{EF}ve \\u{65E5}\\u{1F937}");
    }

    @Test
    void coloursTakeTurns() throws IOException {
        String in = file("ids.u32", 1, 2, 20, 20, 20, 20, 20, 3);
        explain("--vocab-size 20 --color always", in);
        List<String> colours = Pattern.compile("\u001b\\[(\\d+)m\\[20=1 2]\u001b\\[39m")
                .matcher(printed)
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(colours).hasSize(5);
        assertThat(IntStream.range(1, 5).filter(i -> colours.get(i).equals(colours.get(i - 1))))
                .isEmpty();
        String coloured = printed;
        explain("--vocab-size 20 --color NEVER", in);
        assertThat(printed).isEqualTo(coloured.replaceAll("\u001b\\[\\d+m", "")).doesNotContain("\u001b");
    }

    @Test
    void picocliFindsOutWhetherThereIsATerminal() throws IOException {
        String in = file("ids.u32", 1, 2, 20);
        System.setProperty(PICOCLI_ANSI, "true");
        explain("--vocab-size 20", in);
        assertThat(printed).contains("\u001b[");
        explain("--vocab-size 20 --color never", in);
        assertThat(printed).doesNotContain("\u001b[");
        System.setProperty(PICOCLI_ANSI, "false");
        explain("--vocab-size 20 --color auto", in);
        assertThat(printed).doesNotContain("\u001b[");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--vocab-size 20",
                "--vocab-size 20 --replay emitted",
                "--vocab-size 20 --replay emitted --codebook-size 100 --max-subtokens 3 --pad 0 --disabled 1,3-5",
            })
    void baseTokensAreEncodedAsTheEncoderDoes(String options) throws IOException {
        // more than a window
        int[] tokens = IntStream.range(0, 40_000).map(i -> i * 7 % 101 % 17).toArray();
        String in = file("tokens.u32", tokens);
        String ids = folder.resolve("ids.u32").toString();
        List<String> encode = new ArrayList<>(List.of("encode", "--codec", "hyper"));
        encode.addAll(List.of(options.split(" ")));
        encode.addAll(List.of(in, ids));
        assertThat(run(encode.toArray(new String[0]))).isZero();
        explain(options, ids);
        String explained = printed;
        assertThat(explained).contains(String.format("%n%,d IDs for 40,000 base tokens", ids(ids).length));
        explain(options + " --encode", in);
        assertThat(printed).isEqualTo(explained);
        // and what is in the brackets is the file
        String base = shown().replaceAll("\\[\\d+=", "").replace("]", "");
        assertThat(Pattern.compile(" ").splitAsStream(base).mapToInt(Integer::parseInt))
                .containsExactly(IntStream.of(tokens).boxed().toArray(Integer[]::new));
    }

    @Test
    void whatComesBeforeARefusedIdIsExplained() throws IOException {
        String bad = file("bad.u32", 12, 7, 20, 999, 5);
        assertThat(run("explain", "--vocab-size", "20", bad)).isEqualTo(2);
        assertThat(printed)
                .startsWith("12 7 [20=12 7]\n\n")
                .endsWith("3 IDs for 4 base tokens: 1 hypertokens (1 different) save 25.0 %\n");
        assertThat(complained).startsWith("tokenlz: " + bad + ": malformed token stream at position 3:");
        assertThat(complained.lines()).hasSize(1);

        String noBase = file("noBase.u32", 12, 7, 12, 7, 20, 5);
        assertThat(run("explain", "--encode", "--vocab-size", "20", noBase)).isEqualTo(2);
        assertThat(printed).startsWith("12 7 [20=12 7]\n\n");
        assertThat(complained)
                .contains(": malformed token stream at position 4: expected a base token of 0 to 19, found ID 20");
        assertThat(complained.lines()).hasSize(1);
    }

    @Test
    void whatComesBeforeATokenThatIsCutIsExplained() throws IOException {
        Path partial = Files.write(folder.resolve("partial.u32"), new byte[] {1, 0, 0, 0, 2});
        for (String option : List.of("--encode=false", "--encode")) {
            assertThat(run("explain", option, "--vocab-size", "20", partial.toString()))
                    .isEqualTo(2);
            assertThat(printed).startsWith("1\n\n1 IDs");
            assertThat(complained)
                    .isEqualTo("tokenlz: " + partial + ": ends inside a token: 5 bytes are no multiple of 4"
                            + System.lineSeparator());
        }
    }

    @Test
    void aBadInputOrFlagIsOneClearLine() throws IOException {
        String in = file("in.u32", 999);
        assertRefused("in.u32: malformed token stream at position 0", "explain", "--vocab-size", "20", in);
        assertRefused("in.u32: malformed token stream at position 0", "explain", "--vocab-size=20", "--encode", in);
        assertRefused("needs --vocab-size or --vocab", "explain", in);
        assertRefused("'klingon' is not one of", "explain", "--vocab", "klingon", in);
        assertRefused("--vocab-size must be at least 1", "explain", "--vocab-size", "0", in);
        assertRefused("--pad must be below", "explain", "--vocab-size", "20", "--pad", "20", in);
        assertRefused("--disabled", "explain", "--vocab-size", "20", "--disabled", "3-x", in);
        assertRefused("--color", "explain", "--vocab-size", "20", "--color", "red", in);
        assertRefused("missing.u32: no such file", "explain", "--vocab-size", "20", folder + "/missing.u32");
        assertRefused("is a directory", "explain", "--vocab-size", "20", folder.toString());
        assertRefused("IN", "explain", "--vocab-size", "20");
    }
}
