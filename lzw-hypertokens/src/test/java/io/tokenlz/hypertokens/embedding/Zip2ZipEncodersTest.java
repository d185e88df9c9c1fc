package io.tokenlz.hypertokens.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A checkpoint's files (EMBEDDING.md, section 4). */
class Zip2ZipEncodersTest {
    private static final String CONFIG = """
            {"encoder_type": "res_latent_attn", "encoder": {"hidden_size": 8, "model_hidden_size": 12, "num_heads": 2,
             "num_hidden_layers": 2, "intermediate_size": 16, "position_encoding": null, "tie_encoders": %s},
             "compression": {"initial_vocab_size": 100, "max_subtokens": 3, "disabled_ids": [0]}}""";

    private static final Tensor ROWS = RandomEncoders.resLatent(1).baseRows();
    private static final Tensor OTHER_ROWS = RandomEncoders.tensor(new Random(7), 100, 12);

    @TempDir
    Path folder = Path.of("");

    private Zip2ZipEncoders read(String config, Tensor outputRows) throws IOException {
        Files.writeString(folder.resolve("zip2zip_config.json"), config);
        return Zip2ZipEncoders.read(folder, 0, ROWS, outputRows);
    }

    private SafetensorsBytes input() {
        return new SafetensorsBytes().addAll("input_encoder.", RandomEncoders.resLatent(1));
    }

    private Path weights() {
        return folder.resolve("zip2zip_encoders.safetensors");
    }

    @Test
    void untiedEncodersHaveWeightsOfTheirOwn() throws IOException {
        HyperEncoder output = RandomEncoders.resLatent(2);
        input().addAll("output_encoder.", output).write(weights());
        Zip2ZipEncoders encoders = read(CONFIG.formatted(false), output.baseRows());
        assertThat(encoders.tied()).isFalse();
        assertThat(RandomEncoders.rows(List.of(encoders.input(), encoders.output()), 4, 9, 0))
                .containsExactly(RandomEncoders.rows(List.of(RandomEncoders.resLatent(1), output), 4, 9, 0));
    }

    @Test
    void tiedEncodersAreOneWhereTheRowsAreOneToo() throws IOException {
        input().write(folder.resolve("encoders.safetensors")); // what older checkpoints call it
        assertThat(read(CONFIG.formatted(true), ROWS).tied()).isTrue();
        Zip2ZipEncoders encoders = read(CONFIG.formatted(true), OTHER_ROWS);
        assertThat(encoders.tied()).isFalse();
        assertThat(encoders.output().baseRows()).isSameAs(OTHER_ROWS);
        try (EmbeddingTable table = EmbeddingTable.builder(encoders).open()) {
            table.submit(new int[1], new int[1], new int[] {1, 2, 3}, 0, 1);
            float[] rows = new float[24];
            table.read(TableSide.INPUT, 0, 0, 1, rows, 0);
            table.read(TableSide.OUTPUT, 0, 0, 1, rows, 12);
            assertThat(rows)
                    .containsExactly(RandomEncoders.rows(List.of(encoders.input(), encoders.output()), 1, 2, 3));
        }
    }

    @Test
    void meanNeedsNoWeights() throws IOException {
        Zip2ZipEncoders encoders = read("""
                {"encoder_type": "mean", "encoder": {"hidden_size": 12}, "compression": {"max_subtokens": 3}}""", ROWS);
        assertThat(encoders.tied()).isTrue();
        assertThat(encoders.input().config().kind()).isEqualTo(EncoderKind.MEAN);
    }

    @Test
    void weightsMustBeThoseOfTheConfiguration() throws IOException {
        assertThatThrownBy(() -> read(CONFIG.formatted(true), ROWS)).isInstanceOf(NoSuchFileException.class);
        input().write(weights());
        assertMalformed(CONFIG.formatted(false), "a tensor output_encoder.");
        assertMalformed(
                CONFIG.formatted(true).replace("\"num_hidden_layers\": 2", "\"num_hidden_layers\": 3"), "layers.2.");
        assertMalformed(
                CONFIG.formatted(true).replace("\"num_hidden_layers\": 2", "\"num_hidden_layers\": 1"),
                "only weights of a res_latent_attn encoder");
        assertMalformed(
                CONFIG.formatted(true).replace("\"intermediate_size\": 16", "\"intermediate_size\": 17"), "[17, 8]");
        input().addAll("output_encoder.", RandomEncoders.resLatent(2)).write(weights());
        assertMalformed(CONFIG.formatted(true), "(tie_encoders)");
        input().add("something.else", ROWS).write(weights());
        assertMalformed(CONFIG.formatted(false), "names that begin with");
    }

    private void assertMalformed(String config, String expected) {
        assertThatThrownBy(() -> read(config, ROWS))
                .isInstanceOf(MalformedTensorFileException.class)
                .hasMessageContaining(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "hidden_size": 8 | "hidden_size": 8.5 | encoder.hidden_size: must be an integer of 32 bits
            "hidden_size": 8 | "hidden": 8 | encoder.hidden_size: missing
            "hidden_size": 8 | "hidden_size": 0 | hidden_size must be 1 to 32768, is 0
            "num_heads": 2 | "num_heads": 3 | encoder: num_heads must divide hidden_size, 8, is 3
            "num_heads": 2 | "num_heads": null | encoder.num_heads: missing
            "num_hidden_layers": 2 | "num_hidden_layers": 65 | num_hidden_layers must be 1 to 64
            "max_subtokens": 3 | "max_subtokens": 99999999999 | compression.max_subtokens: must be an integer of 32 bits
            "max_subtokens": 3 | "max_subtokens": 65 | max_subtokens must be 1 to 64
            "tie_encoders": true | "tie_encoders": 1 | encoder.tie_encoders: must be true or false
            "res_latent_attn" | "convolution" | encoder_type must be mean, attention
            "res_latent_attn" | "attention" | model_hidden_size must be hidden_size
            "position_encoding": null | "hidden_size": 9 | not a JSON document
            {"encoder_type" | [{"encoder_type" | the document: must be an object
            [0]}} | [0]}} {} | more after its end
            [0]}} | [0]} | not a JSON document: line
            """)
    void fieldsAreCheckedByName(String part, String instead, String why) {
        assertThat(CONFIG.formatted(true)).contains(part);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(CONFIG.formatted(true).replace(part, instead), ROWS))
                .withMessageContaining(why);
    }

    @Test
    void positionsOfATransformerAreLearnableOrNone() throws IOException {
        String config = """
                {"encoder_type": "transformer", "encoder": {"hidden_size": 12, "num_heads": 2, "num_hidden_layers": 1,
                 "position_encoding": "%s"}, "compression": {"max_subtokens": 3}}""";
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(config.formatted("rotary"), ROWS))
                .withMessageContaining("encoder.position_encoding: must be \"learnable\" or null");
        EncoderConfig learnt = EncoderConfig.builder(EncoderKind.TRANSFORMER, 12, 3)
                .heads(2)
                .positions(true)
                .build();
        new SafetensorsBytes()
                .addAll("input_encoder.", RandomEncoders.of(learnt, 100, 0, 3))
                .addAll("output_encoder.", RandomEncoders.of(learnt, 100, 0, 4))
                .write(weights());
        assertThat(read(config.formatted("learnable"), ROWS).input().config()).isEqualTo(learnt);
    }

    @Test
    void encodersArePutTogetherOfWhatFits() {
        HyperEncoder encoder = RandomEncoders.resLatent(1);
        assertThatIllegalArgumentException().isThrownBy(() -> HyperEncoder.mean(ROWS, 100, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> HyperEncoder.mean(ROWS, -1, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> HyperEncoder.mean(Tensor.of(new float[3], 3), 0, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> encoder.weight("wq"));
        assertThatIllegalArgumentException().isThrownBy(() -> new HyperEncoder(encoder.config(), Map.of(), ROWS, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HyperEncoder(HyperEncoder.mean(ROWS, 0, 3).config(), Map.of("w", ROWS), ROWS, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EmbeddingTableBuilder(
                        List.of(HyperEncoder.mean(ROWS, 0, 3), HyperEncoder.mean(ROWS, 1, 3))));
    }
}
