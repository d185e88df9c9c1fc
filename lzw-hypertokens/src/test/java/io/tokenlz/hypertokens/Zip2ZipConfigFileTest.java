package io.tokenlz.hypertokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code zip2zip_config.json} (HYPERTOKENS.md, section 8). */
class Zip2ZipConfigFileTest {
    /** As zip2zip 0.1.x writes it: sorted names, no version. */
    private static final String OLD = """
            {
              "base_model_name_or_path": "someone/a-model",
              "compression": {
                "disabled_ids": [9, 3, 4],
                "initial_vocab_size": 100,
                "max_codebook_size": 20,
                "max_subtokens": 5
              },
              "encoder": {"hidden_size": 8, "position_encoding": null, "tie_encoders": false},
              "encoder_type": "transformer"
            }
            """;

    /** As zip2zip++ writes it. */
    private static final String NEW = """
            {
              "format_version": 2,
              "base_model_name_or_path": ".",
              "position_mode": "base_token_end",
              "encoder_type": "res_latent_attn",
              "encoder": {"hidden_size": 8, "causal": false, "sizes": [1.5e3, {"of": "others"}]},
              "compression": {
                "initial_vocab_size": 100,
                "max_codebook_size": 20,
                "max_subtokens": 5,
                "disabled_ids": [3, 4, 9]
              }
            }
            """;

    private static HypertokenConfig expected(ReplayRule rule) {
        return HypertokenConfig.builder(100, rule)
                .codebookSize(20)
                .maxSubtokens(5)
                .padId(9)
                .disabledIds(3, 4, 9)
                .build();
    }

    @ParameterizedTest
    @EnumSource
    void readsBothForms(ReplayRule rule) {
        assertThat(Zip2ZipConfigFile.parse(OLD, 9, rule)).isEqualTo(expected(rule));
        assertThat(Zip2ZipConfigFile.parse(NEW, 9, rule)).isEqualTo(expected(rule));
    }

    /** The padding ID is protected, whether or not the file disables it. */
    @Test
    void thePaddingIdIsTheCallers() {
        HypertokenConfig config = Zip2ZipConfigFile.parse(OLD, 50, ReplayRule.BASE);
        assertThat(config.padId()).isEqualTo(50);
        assertThat(config.isProtected(50)).isTrue();
        assertThat(config.disabledIds()).containsExactly(9, 3, 4);
    }

    @Test
    void readsFilesAndStreams(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("zip2zip_config.json"), NEW);
        assertThat(Zip2ZipConfigFile.read(file, 9, ReplayRule.BASE)).isEqualTo(expected(ReplayRule.BASE));
        boolean[] closed = {false};
        InputStream in = new ByteArrayInputStream(NEW.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public void close() {
                closed[0] = true;
            }
        };
        assertThat(Zip2ZipConfigFile.read(in, 9, ReplayRule.BASE)).isEqualTo(expected(ReplayRule.BASE));
        assertThat(in.read()).isEqualTo(-1);
        assertThat(closed[0]).isFalse();
    }

    @Test
    void whatCannotBeReadIsNoIllegalArgument(@TempDir Path directory) throws IOException {
        assertThatThrownBy(() -> Zip2ZipConfigFile.read(directory.resolve("none.json"), 9, ReplayRule.BASE))
                .isInstanceOf(NoSuchFileException.class);
        InputStream broken = InputStream.nullInputStream();
        broken.close();
        assertThatThrownBy(() -> Zip2ZipConfigFile.read(broken, 9, ReplayRule.BASE))
                .isInstanceOf(IOException.class);
    }

    @Test
    @SuppressWarnings("NullAway") // the rule is never guessed
    void theRuleMustBeNamed() {
        assertThatNullPointerException().isThrownBy(() -> Zip2ZipConfigFile.parse(OLD, 9, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"initial_vocab_size", "max_codebook_size", "max_subtokens", "disabled_ids"})
    void aFieldThatIsMissingIsNamed(String field) {
        assertRefused(OLD.replace(field, "another"), "compression." + field + ": missing");
    }

    @Test
    void aMissingObjectIsNamed() {
        assertRefused(OLD.replace("\"compression\"", "\"another\""), "compression: missing");
        assertRefused("{}", "compression: missing");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    100 | 0                | initial_vocab_size: must be at least 1, is 0
                    100 | -1               | initial_vocab_size: must be at least 1, is -1
                    100 | 2147483648       | initial_vocab_size: must fit into 32 bits, is 2147483648
                    100 | 100.0            | initial_vocab_size: must be an integer, is 100.0
                    100 | 1e2              | initial_vocab_size: must be an integer, is 1e2
                    100 | null             | initial_vocab_size: must be an integer, is null
                    100 | true             | initial_vocab_size: must be an integer, is true
                    100 | "100"            | initial_vocab_size: must be an integer, is a string
                    100 | [100]            | initial_vocab_size: must be an integer, is an array
                    100 | {"a": 100}       | initial_vocab_size: must be an integer, is an object
                    20  | -1               | max_codebook_size: must be at least 0, is -1
                    20  | 20.5             | max_codebook_size: must be an integer, is 20.5
                    20  | 123456789012345678901234567890 | max_codebook_size: must fit into 32 bits, is 123456789012345678901234567890
                    20  | 2147483647       | max_codebook_size: codebookSize must leave every ID below 2^31, is 2147483647 above a vocabulary of 100
                    20  | 67108864         | max_codebook_size: codebookSize times maxSubtokens must be at most 2^26, is 67108864 times 5
                    5   | 0                | max_subtokens: must be at least 1, is 0
                    5   | -2147483649      | max_subtokens: must fit into 32 bits, is -2147483649
                    5   | false            | max_subtokens: must be an integer, is false
                    [3, 4, 9] | null       | disabled_ids: must be an array, is null
                    [3, 4, 9] | 3          | disabled_ids: must be an array, is 3
                    [3, 4, 9] | {"3": 4}   | disabled_ids: must be an array, is an object
                    [3, 4, 9] | [3, 100]   | disabled_ids[1]: must be below compression.initial_vocab_size, 100, is 100
                    [3, 4, 9] | [-1]       | disabled_ids[0]: must be below compression.initial_vocab_size, 100, is -1
                    [3, 4, 9] | [3, 4, 9.0] | disabled_ids[2]: must be an integer, is 9.0
                    [3, 4, 9] | [3, [4]]   | disabled_ids[1]: must be an integer, is an array
                    [3, 4, 9] | [3, null]  | disabled_ids[1]: must be an integer, is null
                    [3, 4, 9] | [4294967299] | disabled_ids[0]: must fit into 32 bits, is 4294967299
                    """)
    void aFieldThatIsWrongIsNamed(String right, String wrong, String message) {
        assertRefused(NEW.replace(" " + right, " " + wrong), "compression." + message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    3     | format_version: must be 1 or 2, is 3
                    0     | format_version: must be 1 or 2, is 0
                    null  | format_version: must be an integer, is null
                    "2"   | format_version: must be an integer, is a string
                    """)
    void anotherVersionIsRefused(String version, String message) {
        assertRefused(NEW.replace("\"format_version\": 2", "\"format_version\": " + version), message);
    }

    @Test
    void limitsAreInclusive() {
        String least = """
                {"format_version": 1, "compression": {"initial_vocab_size": 1, "max_codebook_size": 0, "max_subtokens": 1,
                 "disabled_ids": []}}""";
        HypertokenConfig config = Zip2ZipConfigFile.parse(least, 0, ReplayRule.BASE);
        assertThat(config)
                .isEqualTo(HypertokenConfig.builder(1, ReplayRule.BASE)
                        .codebookSize(0)
                        .maxSubtokens(1)
                        .padId(0)
                        .build());
        String most =
                least.replace("size\": 1", "size\": 2147483647").replace("subtokens\": 1", "subtokens\": 2147483647");
        assertThat(Zip2ZipConfigFile.parse(most, Integer.MAX_VALUE - 1, ReplayRule.BASE)
                        .vocabularySize())
                .isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void aPaddingIdMustFitTheVocabularyAndTheFile() {
        for (int pad : new int[] {-1, 100}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Zip2ZipConfigFile.parse(OLD, pad, ReplayRule.BASE))
                    .withMessage("padId must be below the vocabulary's size of 100, is " + pad);
        }
        String naming = OLD.replace("\"max_subtokens\": 5", "\"max_subtokens\": 5, \"pad_token_id\": 9");
        assertThat(Zip2ZipConfigFile.parse(naming, 9, ReplayRule.BASE)).isEqualTo(expected(ReplayRule.BASE));
        assertThat(Zip2ZipConfigFile.parse(naming.replace("_id\": 9", "_id\": null"), 9, ReplayRule.BASE))
                .isEqualTo(expected(ReplayRule.BASE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Zip2ZipConfigFile.parse(naming, 3, ReplayRule.BASE))
                .withMessage("compression.pad_token_id: must be the padId that was given, 3, is 9");
        assertRefused(
                naming.replace("_id\": 9", "_id\": \"<pad>\""),
                "compression.pad_token_id: must be an integer, is a string");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''    | the document: must be an object, is empty
                    '  '  | the document: must be an object, is empty
                    []    | the document: must be an object, is an array
                    7     | the document: must be an object, is 7
                    null  | the document: must be an object, is null
                    "x"   | the document: must be an object, is a string
                    {"compression": 7}  | compression: must be an object, is 7
                    {"compression": []} | compression: must be an object, is an array
                    """)
    void aDocumentThatIsNoObjectIsRefused(String document, String message) {
        assertRefused(document, message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    7  | {"a": }
                    2  | {'a': 1}
                    8  | {"a": 01}
                    8  | {"a": +1}
                    9  | {"a": 1,}
                    10 | {"a": NaN}
                    9  | {"a": 1 /* one */}
                    """)
    void aDocumentThatIsNotJsonIsRefusedWithItsPlace(int column, String document) {
        assertMalformed(document, 1, column, "");
    }

    @Test
    void thePlaceIsCountedInLines() {
        assertMalformed(OLD.replace("20,", "20"), 7, 5, "comma");
    }

    @Test
    void everyDocumentThatIsCutShortIsRefused() {
        String document = NEW.strip();
        for (int length = 1; length < document.length(); length++) {
            String cut = document.substring(0, length);
            assertThatIllegalArgumentException()
                    .as(cut)
                    .isThrownBy(() -> Zip2ZipConfigFile.parse(cut, 9, ReplayRule.BASE))
                    .withMessageStartingWith("not a JSON document: line ");
        }
        assertRefused("{\"compression\"", "not a JSON document: line 1, column 15: the document ends too early");
    }

    @Test
    void aDocumentWithOneCharacterChangedIsReadOrRefused() {
        int read = 0;
        for (int at = 0; at < NEW.length(); at++) {
            for (char other : "{}[],:\"\\0-.eE n\u0000\u00e9\ud800".toCharArray()) {
                String changed = NEW.substring(0, at) + other + NEW.substring(at + 1);
                try {
                    Zip2ZipConfigFile.parse(changed, 9, ReplayRule.BASE);
                    read++;
                } catch (IllegalArgumentException refused) {
                    assertThat(refused).hasMessageContaining(": ");
                }
            }
        }
        assertThat(read).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "7", "x", "]", "null", ","})
    void moreAfterTheEndIsRefused(String more) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Zip2ZipConfigFile.parse(NEW + more, 9, ReplayRule.BASE))
                .withMessageStartingWith("not a JSON document: line 14, column ");
    }

    @Test
    void aNameThatComesTwiceIsRefused() {
        assertMalformed(NEW.replace("subtokens\": 5", "subtokens\": 5, \"max_subtokens\": 5"), 10, 40, "max_subtokens");
        assertMalformed(NEW.replace("encoder_type", "encoder"), 6, 12, "encoder");
    }

    @Test
    void manyDisabledIdsAreRead() {
        int[] ids = IntStream.range(0, 250_000).map(i -> 7 * i).toArray();
        String document = OLD.replace("100", "1750000")
                .replace(
                        "[9, 3, 4]",
                        IntStream.of(ids).mapToObj(Integer::toString).collect(Collectors.joining(",\n", "[", "]")));
        assertThat(Zip2ZipConfigFile.parse(document, 9, ReplayRule.BASE).disabledIds())
                .isEqualTo(ids);
    }

    @Test
    void deepNestingIsRefused() {
        String inside = "[".repeat(95) + "]".repeat(95);
        assertThat(Zip2ZipConfigFile.parse(OLD.replace("null", inside), 9, ReplayRule.BASE))
                .isEqualTo(expected(ReplayRule.BASE));
        for (int depth : new int[] {100, 1_000_000}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () -> Zip2ZipConfigFile.parse(OLD.replace("null", "[".repeat(depth)), 9, ReplayRule.BASE))
                    .withMessageStartingWith("not a JSON document: line 9, column ")
                    .withMessageContaining("nesting depth");
        }
    }

    /** The stream never ends; the document is refused as soon as it is too long. */
    @ParameterizedTest
    @ValueSource(strings = {"7,", "  ", "\"name\",", "[{}],"})
    void hugeDocumentsAreRefused(String forever) {
        for (String start : new String[] {"{\"other\": [", "{\"compression\": {\"disabled_ids\": ["}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Zip2ZipConfigFile.read(new EndlessStream(start, forever), 9, ReplayRule.BASE));
        }
    }

    /** A start, and then the same for ever. */
    private static final class EndlessStream extends InputStream {
        private final byte[] start;
        private final byte[] forever;
        private long at;

        EndlessStream(String start, String forever) {
            this.start = start.getBytes(StandardCharsets.UTF_8);
            this.forever = forever.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public int read() {
            long now = at++;
            return now < start.length ? start[(int) now] : forever[(int) ((now - start.length) % forever.length)];
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            for (int i = 0; i < length; i++) {
                bytes[offset + i] = (byte) read();
            }
            return length;
        }
    }

    @Test
    void aLongDocumentIsRefusedAsSuch() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Zip2ZipConfigFile.parse(OLD + " ".repeat(1 << 24), 9, ReplayRule.BASE))
                .withMessageContaining("16777216");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Zip2ZipConfigFile.parse(OLD.replace("100", "1".repeat(101)), 9, ReplayRule.BASE))
                .withMessageStartingWith("not a JSON document: line 5, column ")
                .withMessageContaining("101");
    }

    @Test
    void whatIsNotUtf8IsRefused() {
        byte[] bytes = OLD.replace("someone", "s\u00e9").getBytes(StandardCharsets.ISO_8859_1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Zip2ZipConfigFile.read(new ByteArrayInputStream(bytes), 9, ReplayRule.BASE))
                .withMessage("not UTF-8");
        byte[] wide = OLD.getBytes(StandardCharsets.UTF_16);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Zip2ZipConfigFile.read(new ByteArrayInputStream(wide), 9, ReplayRule.BASE));
    }

    private static void assertMalformed(String document, int line, int column, String what) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Zip2ZipConfigFile.parse(document, 9, ReplayRule.BASE))
                .withMessageStartingWith("not a JSON document: line " + line + ", column " + column + ": ")
                .withMessageContaining(what);
    }

    private static void assertRefused(String document, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Zip2ZipConfigFile.parse(document, 9, ReplayRule.BASE))
                .withMessage(message);
    }
}
