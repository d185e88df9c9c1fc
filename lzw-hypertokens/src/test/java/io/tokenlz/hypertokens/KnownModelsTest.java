package io.tokenlz.hypertokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import com.knuddels.jtokkit.api.IntArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The catalogue (HYPERTOKENS.md, section 9) beside the same in the form of a model's own file. */
class KnownModelsTest {
    private static final String PHI_SPECIAL =
            "0, 1, 2, 32000, 32001, 32002, 32003, 32004, 32005, 32006, 32007, 32008, 32009, 32010";

    private static String file(int vocabulary, int codebook, String disabled) {
        return """
                {
                  "base_model_name_or_path": ".",
                  "encoder_type": "transformer",
                  "encoder": {"hidden_size": 3072},
                  "compression": {
                    "initial_vocab_size": %d,
                    "max_codebook_size": %d,
                    "max_subtokens": 4,
                    "disabled_ids": [%s]
                  }
                }
                """.formatted(vocabulary, codebook, disabled);
    }

    private static String joined(IntStream ids) {
        return ids.mapToObj(Integer::toString).collect(Collectors.joining(", "));
    }

    @Test
    void zip2zipOfPhi3() {
        assertThat(KnownModels.ZIP2ZIP_PHI_3_5_MINI)
                .isEqualTo(Zip2ZipConfigFile.parse(file(32011, 2048, PHI_SPECIAL), 32000, ReplayRule.EMITTED));
        assertThat(KnownModels.ZIP2ZIP_PHI_3_MEDIUM)
                .isEqualTo(Zip2ZipConfigFile.parse(file(32011, 1024, PHI_SPECIAL), 32000, ReplayRule.EMITTED));
    }

    @Test
    void zip2zipPlusPlusOfPhi3() {
        String digits = "29896, 29900, 29906, 29929, 29941, 29945, 29946, 29947, 29953, 29955";
        assertThat(KnownModels.ZIP2ZIP_PLUS_PLUS_PHI_3)
                .isEqualTo(Zip2ZipConfigFile.parse(
                        file(32064, 4096, PHI_SPECIAL + ", " + digits), 32000, ReplayRule.BASE));
        assertThat(KnownModels.ZIP2ZIP_PLUS_PLUS_PHI_3.disabledIds())
                .hasSize(24)
                .doesNotHaveDuplicates();
    }

    @Test
    void zip2zipOfLlama3() {
        String file = file(128256, 2048, joined(IntStream.range(128000, 128256)));
        for (int pad : new int[] {128001, 128009}) {
            assertThat(KnownModels.zip2zipLlama3(2048, 4, pad))
                    .isEqualTo(Zip2ZipConfigFile.parse(file, pad, ReplayRule.EMITTED));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KnownModels.zip2zipLlama3(2048, 0, 128009))
                .withMessageContaining("maxSubtokens");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KnownModels.zip2zipLlama3(-1, 4, 128009))
                .withMessageContaining("codebookSize");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KnownModels.zip2zipLlama3(2048, 4, 128256))
                .withMessageContaining("padId");
    }

    @Test
    void zip2zipPlusPlusOfLlama3() {
        IntStream disabled = IntStream.concat(IntStream.range(128000, 128256), digitPieces());
        assertThat(KnownModels.ZIP2ZIP_PLUS_PLUS_LLAMA_3_2)
                .isEqualTo(Zip2ZipConfigFile.parse(file(128256, 4096, joined(disabled)), 128001, ReplayRule.BASE));
        assertThat(KnownModels.ZIP2ZIP_PLUS_PLUS_LLAMA_3_2.disabledIds())
                .hasSize(1366)
                .doesNotHaveDuplicates();
    }

    /** Every string of one to three digits, by an implementation of the vocabulary that Llama 3's begins with. */
    private static IntStream digitPieces() {
        Encoding cl100k = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.CL100K_BASE);
        return IntStream.of(1, 2, 3)
                .flatMap(length -> IntStream.range(0, power10(length))
                        .map(value -> onlyToken(cl100k, ("%0" + length + "d").formatted(value))));
    }

    private static int power10(int exponent) {
        return exponent == 0 ? 1 : 10 * power10(exponent - 1);
    }

    private static int onlyToken(Encoding encoding, String text) {
        IntArrayList tokens = encoding.encode(text);
        assertThat(tokens.size()).as(text).isOne();
        return tokens.get(0);
    }

    @Test
    void theDigitsOfLlama3AreInOrder() {
        assertThat(Llama3Digits.ids()).isEqualTo(digitPieces().toArray());
    }

    /** Digits stay single: a number twice in a prompt makes no hypertoken of it. */
    @Test
    void zip2zipPlusPlusLeavesNumbersAlone() {
        int[] numbers = {29896, 29900, 29900, 29896, 29900, 29900, 29896, 29900, 29900};
        assertThat(new HypertokenCodec(KnownModels.ZIP2ZIP_PLUS_PLUS_PHI_3).encode(numbers))
                .isEqualTo(numbers);
        assertThat(new HypertokenCodec(KnownModels.ZIP2ZIP_PHI_3_5_MINI).encode(numbers))
                .hasSizeLessThan(numbers.length);
    }
}
