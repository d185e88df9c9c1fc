package io.tokenlz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** embed, in process. */
class EmbedCommandTest extends InProcessCommandLine {
    static final String VECTOR = """
            {"config": {"encoder_type": "mean", "hidden_size": 2, "pad_token_id": 0, "max_subtokens": 3},
             "subtokens": [[1, 2, 0], [1, 2, 2]], "expected": [[2.0, 20.0], [2.3333333333, 23.333333333]]}""";

    @BeforeEach
    void writeWeights() throws IOException {
        write("mean.safetensors", weights());
    }

    static byte[] weights() {
        byte[] header = "{\"base_embedding.weight\":{\"dtype\":\"F32\",\"shape\":[3,2],\"data_offsets\":[0,24]}}"
                .getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + header.length + 24).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(header.length).put(header);
        for (float number : new float[] {9, 9, 1, 10, 3, 30}) {
            bytes.putFloat(number);
        }
        return bytes.array();
    }

    private String write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes).toString();
    }

    private String vector(String json) throws IOException {
        return Files.writeString(folder.resolve("mean.json"), json).toString();
    }

    @Test
    void rowsWithinTheBoundAreFine() throws IOException {
        String file = vector(VECTOR);
        assertThat(run("embed", file)).as(complained).isZero();
        assertThat(printed)
                .contains("2 entries, mean, D = 2, F32 on reference: largest relative error ")
                .contains("within 1e-05");
        assertThat(run("embed", "--dtype", "bf16", "--backend", "reference", file))
                .isZero();
        assertThat(printed).contains("BF16 on reference").contains("within 0.02");
    }

    @Test
    void rowsAboveTheBoundGiveStatus1() throws IOException {
        String file = vector(VECTOR.replace("20.0]", "20.01]"));
        assertThat(run("embed", file)).isEqualTo(TokenLz.NOT_EXACT);
        assertThat(printed).contains("largest relative error 0.00050, above 1e-05");
        assertThat(run("embed", "--dtype", "f16", file)).isZero();
    }

    @Test
    void whatIsNoVectorIsRefused() throws IOException {
        assertRefused(
                "must end in .json", "embed", folder.resolve("mean.safetensors").toString());
        assertRefused("no such file", "embed", folder.resolve("other.json").toString());
        assertRefused("not JSON", "embed", vector("{"));
        assertRefused("config.hidden_size must be an integer", "embed", vector("{}"));
        assertRefused("encoder_type must be", "embed", vector(VECTOR.replace("\"mean\"", "\"sum\"")));
        assertRefused("must be of 3 numbers each", "embed", vector(VECTOR.replace("_size\": 2", "_size\": 3")));
        assertRefused("and as many expected rows", "embed", vector(VECTOR.replace("[[1, 2, 0], ", "[")));
        assertRefused("subtokens[0] must have 3 numbers", "embed", vector(VECTOR.replace("[1, 2, 0]", "[1, 2]")));
        assertRefused("expected[0] must have 2 numbers", "embed", vector(VECTOR.replace("20.0]", "true]")));
        assertRefused("subtokens[1] must be 0 to 2, is 3", "embed", vector(VECTOR.replace("[1, 2, 0]", "[1, 3, 0]")));
        assertRefused("no backend abacus", "embed", "--backend", "abacus", vector(VECTOR));
        write("mean.safetensors", new byte[7]);
        assertRefused("malformed safetensors file at byte 7", "embed", vector(VECTOR));
        Files.delete(Path.of(folder.toString(), "mean.safetensors"));
        assertRefused("no such file", "embed", vector(VECTOR));
    }
}
