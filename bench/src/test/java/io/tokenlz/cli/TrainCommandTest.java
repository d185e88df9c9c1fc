package io.tokenlz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenlz.metatokens.MetaTokenDictionary;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrainCommandTest extends InProcessCommandLine {
    private static final int TURN_END = 99;

    /** Conversations of turns that all end in the same token, made of the same few phrases. */
    private String conversations(int count) throws IOException {
        Random random = new Random(11);
        int[][] phrases = IntStream.range(0, 12)
                .mapToObj(p -> random.ints(4 + p, 0, 90).toArray())
                .toArray(int[][]::new);
        IntStream.Builder tokens = IntStream.builder();
        ByteBuffer starts = ByteBuffer.allocate(8 * (count + 1)).order(ByteOrder.LITTLE_ENDIAN);
        long length = 0;
        for (int c = 0; c < count; c++) {
            starts.putLong(length);
            for (int part = 0; part < 60; part++) {
                int[] phrase = phrases[random.nextInt(phrases.length)];
                Arrays.stream(phrase).forEach(tokens);
                tokens.add(part % 5 == 4 ? TURN_END : random.nextInt(90));
                length += phrase.length + 1;
            }
        }
        starts.putLong(length);
        Files.write(folder.resolve("chat.idx"), starts.array());
        return file("chat.u32", tokens.build().toArray());
    }

    private MetaTokenDictionary dictionary(String file) throws IOException {
        return MetaTokenDictionary.read(Files.readAllBytes(Path.of(file)));
    }

    @Test
    void learnsFromDocumentsAndMeasuresOnThoseHeldOut() throws IOException {
        String samples = conversations(40);
        String out = folder.resolve("chat.tlzd").toString();
        assertThat(run("train", "--vocab-size=100", "--turn-end=99", "--json", "--out", out, samples))
                .isZero();
        JsonNode report = new ObjectMapper().readTree(printed);
        assertThat(report.get("samples").intValue()).isEqualTo(36);
        assertThat(report.get("heldOutSamples").intValue()).isEqualTo(4);
        assertThat(report.get("tokens").longValue()
                        + report.get("heldOutTokens").longValue())
                .isEqualTo(ids(samples).length);
        assertThat(report.get("heldOut").findValuesAsText("form"))
                .containsExactly("shared", "nested", "shared, then nested");
        JsonNode shared = report.get("heldOut").get(0);
        assertThat(shared.get("removed").doubleValue()).isGreaterThan(0.7);
        assertThat(shared.get("turns").intValue()).isEqualTo(4 * 11);
        assertThat(shared.get("keptFromTurnToTurn").doubleValue()).isGreaterThan(0.95);
        JsonNode nested = report.get("heldOut").get(1);
        assertThat(nested.get("keptFromTurnToTurn").doubleValue()).isLessThan(0.7);
        assertThat(nested.get("exact").booleanValue()).isTrue();

        assertThat(dictionary(out).size()).isEqualTo(report.get("entries").intValue());
        assertThat(dictionary(out).revision()).isOne();
        String packed = folder.resolve("packed.u32").toString();
        assertThat(run("encode", "--codec=meta", "--vocab-size=100", "--dictionary", out, samples, packed))
                .isZero();
        assertThat(ids(packed).length).isLessThan(ids(samples).length / 3);
    }

    @Test
    void printsATable() throws IOException {
        String out = folder.resolve("chat.tlzd").toString();
        assertThat(run("train", "--vocab-size=100", "--hold-out=20", "--out", out, conversations(40)))
                .isZero();
        assertThat(printed)
                .contains("chat.tlzd: ", "learnt from 38 samples", "| shared ", "| nested ", "All came back exactly.");
        assertThat(run("train", "--vocab-size=100", "--hold-out=0", "--out", out, conversations(5)))
                .isZero();
        assertThat(printed).contains("learnt from 5 samples", "No sample was held out.");
    }

    /** Where no entry crosses the end of a turn, nothing is pending there. */
    @Test
    void protectedTurnEndsKeepAllFromTurnToTurn() throws IOException {
        String out = folder.resolve("chat.tlzd").toString();
        String options = "train --vocab-size=100 --turn-end=99 --protect=99 --out=" + out;
        assertThat(run((options + " " + conversations(40)).split(" "))).isZero();
        assertThat(printed).containsPattern("shared +\\|.*100\\.00 % \\| +0 \\|");
    }

    @Test
    void textIsTokenizedAndItsTokenizerNamed() throws IOException {
        String out = folder.resolve("tools.tlzd").toString();
        List<String> arguments = new ArrayList<>(List.of("train", "--entries=3", "--revision=5", "--out", out));
        for (int i = 0; i < 12; i++) {
            Path schema = folder.resolve("schema" + i + ".json");
            Files.writeString(
                    schema,
                    "{\"type\": \"function\", \"function\": {\"name\": \"tool" + i + "\", \"parameters\": {}}}");
            arguments.add(schema.toString());
        }
        assertThat(run(arguments.toArray(new String[0]))).isZero();
        assertThat(dictionary(out).size()).isBetween(1, 3);
        assertThat(dictionary(out).revision()).isEqualTo(5);
        assertThat(dictionary(out).vocabularySize()).isEqualTo(200_019);
        assertThat(dictionary(out).vocabularyFingerprint()).isEqualTo("o200k_base".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void aFileWithoutAnIndexIsCutAndReservedIdsCanBeInside() throws IOException {
        int[] tokens = IntStream.range(0, 4000).map(i -> i * i % 61 % 50).toArray();
        String samples = file("plain.u32", tokens);
        String out = folder.resolve("d.tlzd").toString();
        String options = "train --vocab-size=100 --document=100 --delimiters=98,99 --pool=60-79 --longest=12"
                + " --tokenizer=ABCD --out " + out + " " + samples;
        assertThat(run(options.split(" "))).isZero();
        assertThat(dictionary(out).size()).isBetween(1, 20);
        assertThat(dictionary(out).longestEntry()).isLessThanOrEqualTo(12);
        assertThat(dictionary(out).vocabularyFingerprint()).containsExactly(0xAB, 0xCD);
        assertThat(printed).contains("learnt from 36 samples");
    }

    @Test
    void whatCannotBeLearntFromIsOneClearLine() throws IOException {
        String samples = conversations(4);
        String out = folder.resolve("d.tlzd").toString();
        assertRefused("--out", "train", "--vocab-size=100", samples);
        assertRefused("needs --vocab-size", "train", "--out", out, samples);
        assertRefused("is not below --vocab-size 50", "train", "--vocab-size=50", "--out", out, samples);
        assertRefused("must be a file", "train", "--vocab-size=100", "--out=-", samples);
        assertRefused("exclude", "train", "--vocab-size=100", "--entries=3", "--pool=200-300", "--out", out, samples);
        assertRefused("--entries must", "train", "--vocab-size=100", "--entries=0", "--out", out, samples);
        assertRefused("--hold-out must", "train", "--vocab-size=100", "--hold-out=1", "--out", out, samples);
        assertRefused("--document must", "train", "--vocab-size=100", "--document=0", "--out", out, samples);
        assertRefused("--longest must", "train", "--vocab-size=100", "--longest=0", "--out", out, samples);
        assertRefused("--revision must", "train", "--vocab-size=100", "--revision=-1", "--out", out, samples);
        assertRefused("one behind the other", "train", "--vocab-size=100", "--pool=50-60", "--out", out, samples);
        String once = file("once.u32", IntStream.range(0, 90).toArray());
        assertRefused("nothing to learn", "train", "--vocab-size=100", "--out", out, once);
        assertThat(Path.of(out)).doesNotExist();
    }
}
