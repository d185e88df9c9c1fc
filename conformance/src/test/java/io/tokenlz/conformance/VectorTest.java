package io.tokenlz.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What zip2zip-compression 0.3.4 did, case by case, through the job protocol. */
class VectorTest {
    private final ObjectMapper json = new ObjectMapper();
    private final ConformanceJobs jobs = new ConformanceJobs();

    @ParameterizedTest
    @CsvSource({"small-encode, 2374", "small-decode, 1457", "realistic, 69"})
    void everyVectorIsEqualOrRefused(String name, int cases) throws IOException {
        int seen = 0;
        for (String line : Vectors.lines(name)) {
            check(json.readTree(line), json.readTree(jobs.answer(line)));
            seen++;
        }
        assertThat(seen).isEqualTo(cases);
    }

    private static void check(JsonNode vector, JsonNode result) {
        String id = vector.get("id").textValue();
        String group = vector.get("group").textValue();
        assertThat(result.get("id").textValue()).isEqualTo(id);
        switch (group) {
            // the configuration itself is refused: no position in the stream
            case "invalid-pad-hyper", "invalid-disabled-hyper", "invalid-subtokens0" -> {
                assertThat(result.get("error")).as(id).isNotNull();
                assertThat(result.get("position").isNull()).as(id).isTrue();
            }
            case "invalid-ids" -> {
                assertThat(result.get("error")).as(id).isNotNull();
                assertThat(result.get("position").isIntegralNumber()).as(id).isTrue();
            }
            // some of these the reference takes rightly; the others an ID that can't be known makes impossible
            case "invalid-unknown-id", "ft-pad-inside" -> {
                if (!result.has("error")) {
                    assertSame(vector, result, id);
                } else {
                    assertThat(result.get("position").isIntegralNumber()).as(id).isTrue();
                }
            }
            default -> assertSame(vector, result, id);
        }
    }

    private static void assertSame(JsonNode vector, JsonNode result, String id) {
        assertThat(result.get("error")).as(id).isNull();
        for (String field : new String[] {"encoded", "decoded", "codebook"}) {
            // of an encoding, "decoded" is what the reference's own decoder got wrong
            if (result.has(field)) {
                assertThat(result.get(field)).as(id + " " + field).isEqualTo(vector.get(field));
            }
        }
    }
}
