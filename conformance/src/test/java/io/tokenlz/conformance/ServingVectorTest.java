package io.tokenlz.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tokenlz.core.MalformedTokenStreamException;
import io.tokenlz.hypertokens.HypertokenBatch;
import io.tokenlz.hypertokens.HypertokenCodec;
import io.tokenlz.hypertokens.HypertokenConfig;
import io.tokenlz.hypertokens.HypertokenStream;
import io.tokenlz.hypertokens.ReplayRule;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What zip2zip-compression 0.3.4 gave the embedding side, step by step, and how it cut and padded texts. */
class ServingVectorTest {
    /** Streams fed in chunks, each a batch of one; those that the reference takes without a flag, or flags as non-greedy. */
    @ParameterizedTest
    @CsvSource({"small-decode, 1272", "realistic, 30"})
    void everyStepTellsTheNewEntries(String name, int vectors) throws IOException {
        int compared = 0;
        for (JsonNode vector : Vectors.read(name)) {
            if (vector.get("kind").textValue().equals("decode")
                    && !vector.has("manager_error")
                    && !vector.has("error")) {
                compared += stepsAreEqual(vector) ? 1 : 0;
            }
        }
        assertThat(compared).isEqualTo(vectors);
    }

    /** False if it was refused, where the reference takes an ID that can't be known. */
    private static boolean stepsAreEqual(JsonNode vector) {
        try {
            assertStepsAreEqual(vector);
            return true;
        } catch (MalformedTokenStreamException malformed) {
            assertThat(vector.get("group").textValue()).isIn("invalid-unknown-id", "ft-pad-inside");
            return false;
        }
    }

    private static void assertStepsAreEqual(JsonNode vector) {
        HypertokenConfig config = config(vector);
        HypertokenBatch batch = new HypertokenBatch(config, 1);
        int[] ids = ints(vector.get("ids"));
        int at = 0;
        for (int step = 0; step < vector.get("steps").size(); step++) {
            int length = vector.get("chunks").get(step).intValue();
            boolean fed = feed(batch, 0, Arrays.copyOfRange(ids, at, at + length));
            at += length;
            JsonNode expected = vector.get("steps").get(step);
            int[] updates = new int[batch.paddedEntries() * config.maxSubtokens()];
            int[] counts = new int[1];
            int[] slots = new int[1];
            batch.takePadded(counts, slots, updates);
            String as = vector.get("id").textValue() + " step " + step;
            if (!fed) {
                // even the first time, when ours pads to C
                assertThat(expected.get("n").intValue()).as(as).isZero();
                assertThat(counts[0]).as(as).isZero();
                continue;
            }
            assertThat(updates.length).as(as).isEqualTo(expected.get("n").intValue());
            int[] unpadded = ints(expected.get("u"));
            int[] padded = Arrays.copyOf(unpadded, updates.length);
            Arrays.fill(padded, unpadded.length, padded.length, config.padId());
            assertThat(updates).as(as).isEqualTo(padded);
            assertThat(slots(slots[0], counts[0])).as(as).isEqualTo(ints(expected.get("idx")));
        }
    }

    /** Whether the row takes the chunk: the reference passes over one of a single padding ID, which a row that has ended gets. */
    private static boolean feed(HypertokenBatch batch, int row, int[] chunk) {
        HypertokenStream stream = batch.stream(row);
        if (chunk.length == 0
                || (chunk.length == 1 && chunk[0] == stream.config().padId())) {
            return false;
        }
        stream.accept(chunk, 0, chunk.length);
        return true;
    }

    private static int[] slots(int first, int count) {
        return IntStream.range(first, first + count).toArray();
    }

    @Test
    void everyBatchTellsTheNewEntriesInBothLayouts() throws IOException {
        int compared = 0;
        for (JsonNode vector : Vectors.read("manager-batch")) {
            HypertokenConfig config = config(vector);
            int rows = vector.get("codebooks").size();
            HypertokenBatch padded = new HypertokenBatch(config, rows);
            HypertokenBatch compact = new HypertokenBatch(config, rows);
            for (int step = 0; step < vector.get("steps_in").size(); step++) {
                for (int row = 0; row < rows; row++) {
                    int[] chunk = ints(vector.get("steps_in").get(step).get(row));
                    feed(padded, row, chunk);
                    feed(compact, row, chunk);
                }
                assertPaddedEqual(padded, vector, step);
                assertCompactEqual(compact, vector, step);
            }
            for (int row = 0; row < rows; row++) {
                assertThat(Vectors.codebook(padded.stream(row).codebook()))
                        .as(vector.get("id") + " row " + row)
                        .isEqualTo(Vectors.codebook(vector.get("codebooks").get(row)));
            }
            compared++;
        }
        assertThat(compared).isEqualTo(160);
    }

    private static void assertPaddedEqual(HypertokenBatch batch, JsonNode vector, int step) {
        int rows = batch.rows();
        int rowSize = batch.paddedEntries() * batch.stream(0).config().maxSubtokens();
        int[] counts = new int[rows];
        int[] slots = new int[rows];
        int[] updates = new int[rows * rowSize];
        batch.takePadded(counts, slots, updates);
        for (int row = 0; row < rows; row++) {
            String as = vector.get("id") + " step " + step + " row " + row;
            assertThat(Arrays.copyOfRange(updates, row * rowSize, (row + 1) * rowSize))
                    .as(as)
                    .isEqualTo(ints(vector.get("updates").get(step).get(row)));
            assertThat(slots(slots[row], counts[row]))
                    .as(as)
                    .isEqualTo(ints(vector.get("indices").get(step).get(row)));
        }
    }

    private static void assertCompactEqual(HypertokenBatch batch, JsonNode vector, int step) {
        int rows = batch.rows();
        int width = batch.stream(0).config().maxSubtokens();
        int[] counts = new int[rows];
        int[] slots = new int[rows];
        int[] subtokens = new int[batch.newEntries() * width];
        int entries = batch.takeCompact(counts, slots, subtokens);
        int at = 0;
        for (int row = 0; row < rows; row++) {
            int[] expected = ints(vector.get("updates").get(step).get(row));
            int size = counts[row] * width;
            assertThat(Arrays.copyOfRange(subtokens, at, at + size)).isEqualTo(Arrays.copyOf(expected, size));
            at += size;
        }
        assertThat(at).isEqualTo(entries * width);
    }

    /** The reference reads a token more than its IDs cover, and loses it; ours says just what they cover. */
    @Test
    void truncatesAndPadsLikeTheReferenceButLosesNothing() throws IOException {
        int compared = 0;
        for (JsonNode vector : Vectors.read("options")) {
            if (vector.get("kind").textValue().equals("encode_opts")) {
                assertTruncated(vector);
                compared++;
            }
        }
        assertThat(compared).isEqualTo(150);
    }

    private static void assertTruncated(JsonNode vector) {
        String as = vector.get("id").textValue();
        HypertokenConfig config = config(vector);
        int[] tokens = ints(vector.get("ids"));
        int offset = vector.path("offset").asInt(0);
        boolean truncated = vector.path("truncation").asBoolean(false);
        int most = truncated ? vector.get("max_length").intValue() : tokens.length;
        HypertokenStream stream = new HypertokenStream(config);
        int[] ids = new int[tokens.length];
        int count = stream.encode(tokens, offset, tokens.length - offset, ids, 0, most);
        int covered = (int) stream.baseTokens();
        int[] expected = ints(vector.get("encoded"));
        int pads = expected.length - count;
        assertThat(pads).as(as).isGreaterThanOrEqualTo(0);
        assertThat(pads == 0 || vector.has("padding")).as(as).isTrue();
        int[] padded = new int[expected.length];
        Arrays.fill(padded, 0, pads, config.padId());
        System.arraycopy(ids, 0, padded, pads, count);
        assertThat(padded).as(as).isEqualTo(expected);
        int lost = vector.get("consumed").intValue() - offset - covered;
        assertThat(lost).as(as).isBetween(0, truncated ? config.maxSubtokens() : 0);
        assertThat(new HypertokenCodec(config).decode(Arrays.copyOf(ids, count)))
                .as(as)
                .isEqualTo(Arrays.copyOfRange(tokens, offset, offset + covered));
    }

    /** Chunks, each with a codebook of its own; the reference's first is ours, and between its chunks it loses tokens. */
    @Test
    void chunksCoverTheWholeText() throws IOException {
        int compared = 0;
        for (JsonNode vector : Vectors.read("options")) {
            if (vector.get("kind").textValue().equals("continuous")) {
                assertChunked(vector);
                compared++;
            }
        }
        assertThat(compared).isEqualTo(77);
    }

    private static void assertChunked(JsonNode vector) {
        HypertokenConfig config = config(vector);
        int most = vector.get("max_length").intValue();
        HypertokenStream stream = new HypertokenStream(config);
        HypertokenCodec codec = new HypertokenCodec(config);
        int[] ids = new int[most];
        for (int text = 0; text < vector.get("batch").size(); text++) {
            int[] tokens = ints(vector.get("batch").get(text));
            for (int at = 0; at < tokens.length; at += (int) stream.baseTokens()) {
                stream.reset();
                int count = stream.encode(tokens, at, tokens.length - at, ids, 0, most);
                assertThat(stream.baseTokens()).isPositive();
                assertThat(codec.decode(Arrays.copyOf(ids, count)))
                        .isEqualTo(Arrays.copyOfRange(tokens, at, at + (int) stream.baseTokens()));
                if (at == 0 && text == 0 && count == most) {
                    assertThat(Arrays.copyOf(ids, count))
                            .as(vector.get("id").textValue())
                            .isEqualTo(ints(vector.get("encoded").get(0)));
                }
            }
        }
    }

    private static HypertokenConfig config(JsonNode vector) {
        JsonNode config = vector.get("config");
        return HypertokenConfig.builder(config.get("initial_vocab_size").intValue(), ReplayRule.EMITTED)
                .codebookSize(config.get("max_codebook_size").intValue())
                .maxSubtokens(config.get("max_subtokens").intValue())
                .padId(config.get("pad_token_id").intValue())
                .disabledIds(ints(config.get("disabled_ids")))
                .build();
    }

    private static int[] ints(JsonNode list) {
        int[] ints = new int[list.size()];
        Arrays.setAll(ints, i -> list.get(i).intValue());
        return ints;
    }
}
