package io.tokenlz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenlz.metatokens.MetaTokenDictionary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanCommandTest extends InProcessCommandLine {
    private static final int[] TOKENS =
            IntStream.range(0, 900).map(i -> i * i % 61 % 19).toArray();

    private JsonNode plan(String options, String in) throws IOException {
        Path out = folder.resolve("plan.json");
        List<String> arguments = new ArrayList<>(List.of("plan"));
        arguments.addAll(List.of(options.split(" ")));
        arguments.addAll(List.of(in, out.toString()));
        assertThat(run(arguments.toArray(new String[0]))).as(complained).isZero();
        assertThat(printed + complained).isEmpty();
        return new ObjectMapper().readTree(Files.readString(out));
    }

    private static int[] numbers(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .mapToInt(JsonNode::intValue)
                .toArray();
    }

    @Test
    void aScriptLearnsWhichIdsAreTaken() throws IOException {
        JsonNode plan = plan("--vocab-size=20", file("tokens.u32", TOKENS));
        assertThat(plan.get("vocabulary").toString()).isEqualTo("{\"oldSize\":20,\"newSize\":1046,\"rowsToAdd\":1026}");
        assertThat(plan.get("reserved").toString())
                .isEqualTo("{\"dictionaryStart\":20,\"dictionaryEnd\":21,\"poolSize\":1024,"
                        + "\"pool\":[{\"first\":22,\"last\":1045}]}");
        assertThat(plan.get("form").textValue()).isEqualTo("flat");
        assertThat(plan.get("assignment").textValue()).isEqualTo("sequential");
        assertThat(plan.has("seed")).isFalse();
    }

    @Test
    void addedTokensOfACheckpointNeedNoRows() throws IOException {
        String options = "--vocab-size=100 --delimiters=98,99 --pool=90-95,60,61,40-50 --seed=7";
        JsonNode plan = plan(options, file("tokens.u32", TOKENS));
        assertThat(plan.at("/vocabulary/rowsToAdd").intValue()).isZero();
        assertThat(plan.at("/reserved/pool").toString())
                .isEqualTo("[{\"first\":90,\"last\":95},{\"first\":60,\"last\":61},{\"first\":40,\"last\":50}]");
        assertThat(plan.get("seed").intValue()).isEqualTo(7);
        assertThat(plan.at("/sample/dictionaries/0/entries"))
                .isNotEmpty()
                .allSatisfy(
                        entry -> assertThat(entry.get("metaToken").intValue()).isBetween(40, 95));
    }

    /** With its dictionaries alone, a script can undo the sample. */
    @ParameterizedTest
    @ValueSource(strings = {"--form=flat", "--form=nested", "--form=nested --pool=30-90 --delimiters=98,99"})
    void dictionariesSayWhatMetaTokensStandFor(String options) throws IOException {
        String in = file("tokens.u32", TOKENS);
        String packed = folder.resolve("packed.u32").toString();
        String all = "--vocab-size=100 --window=300 " + options;
        JsonNode sample = plan(all, in).get("sample");
        assertThat(run(("encode --codec=meta " + all + " " + in + " " + packed).split(" ")))
                .isZero();
        int[] encoded = ids(packed);
        assertThat(sample.get("tokens").intValue()).isEqualTo(TOKENS.length);
        assertThat(sample.get("encodedTokens").intValue()).isEqualTo(encoded.length);
        assertThat(sample.get("dictionaries")).hasSize(3);
        assertThat(undone(encoded, sample.get("dictionaries"))).isEqualTo(TOKENS);
    }

    private static int[] undone(int[] encoded, JsonNode dictionaries) {
        IntStream.Builder tokens = IntStream.builder();
        for (int d = 0; d < dictionaries.size(); d++) {
            int start = dictionaries.get(d).get("at").intValue();
            int end = d + 1 < dictionaries.size()
                    ? dictionaries.get(d + 1).get("at").intValue()
                    : encoded.length;
            int body = start + 1;
            while (encoded[body - 1] != encoded[start] + 1) {
                body++; // DICT_END is the ID behind DICT_START in these tests
            }
            for (int id : Arrays.copyOfRange(encoded, body, end)) {
                int[] subtokens = {id};
                for (JsonNode entry : dictionaries.get(d).get("entries")) {
                    if (entry.get("metaToken").intValue() == id) {
                        subtokens = numbers(entry.get("subtokens"));
                    }
                }
                IntStream.of(subtokens).forEach(tokens::add);
            }
        }
        return tokens.build().toArray();
    }

    @Test
    void entriesHaveTextWhereAVocabularyIsGiven() throws IOException {
        Path text = Files.writeString(
                folder.resolve("prompt.txt"), "the first of \u00e9toiles\nand the first of \u00e9toiles\n".repeat(5));
        JsonNode plan = plan("--effort=best", text.toString());
        assertThat(plan.at("/vocabulary/oldSize").intValue()).isEqualTo(200_019);
        assertThat(plan.at("/sample/dictionaries/0/entries/0/text").textValue())
                .contains("the first of \u00e9toiles\\n");
        assertThat(plan("--vocab-size=20", file("tokens.u32", TOKENS)).findValue("text"))
                .isNull();
    }

    @Test
    void aSharedDictionaryIsWrittenWhole() throws IOException {
        MetaTokenDictionary shared =
                MetaTokenDictionary.of(20, 3, new byte[0], new int[] {1, 2, 3}, new int[] {18, 18});
        Path held = Files.write(folder.resolve("d.tlzd"), shared.toBytes());
        JsonNode plan = plan("--vocab-size=20 --dictionary=" + held, file("tokens.u32", TOKENS));
        assertThat(plan.get("form").textValue()).isEqualTo("shared");
        JsonNode dictionary = plan.at("/sample/dictionaries/0");
        assertThat(dictionary.get("fingerprint").textValue())
                .isEqualTo(HexFormat.of().formatHex(shared.fingerprint()));
        assertThat(dictionary.get("entries").toString())
                .isEqualTo("[{\"metaToken\":22,\"subtokens\":[1,2,3]},{\"metaToken\":23,\"subtokens\":[18,18]}]");
    }

    @Test
    void badFlagsAndFilesAreOneClearLine() throws IOException {
        String in = file("tokens.u32", TOKENS);
        assertRefused("needs --vocab-size or --vocab", "plan", in);
        assertRefused("is not below the vocabulary's size 5", "plan", "--vocab-size=5", in);
        assertRefused("malformed token stream at position", "plan", "--vocab-size=20", "--pool=7", in);
        assertRefused("--window must be", "plan", "--vocab-size=20", "--window=0", in);
        assertRefused("form SHARED", "plan", "--vocab-size=20", "--form=shared", in);
    }
}
