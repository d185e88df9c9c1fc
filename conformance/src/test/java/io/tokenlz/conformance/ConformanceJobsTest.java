package io.tokenlz.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of conformance/PROTOCOL.md, and what happens to jobs that cannot be done. */
class ConformanceJobsTest {
    private static final String HYPER =
            "\"config\":{\"initial_vocab_size\":64,\"max_codebook_size\":32,\"max_subtokens\":4,\"pad_token_id\":0,"
                    + "\"disabled_ids\":[]}";
    private static final String META = "\"config\":{\"vocab_size\":100,\"form\":\"nested\"}";

    private final ConformanceJobs jobs = new ConformanceJobs();

    @Test
    void answersEveryKind() {
        assertThat(jobs.answer("{\"id\":\"a\",\"kind\":\"encode\"," + HYPER + ",\"ids\":[1,2,1,2]}"))
                .isEqualTo("{\"id\":\"a\",\"kind\":\"encode\",\"encoded\":[1,2,64],"
                        + "\"codebook\":[[64,1,2],[65,2,1]]}");
        assertThat(jobs.answer("{\"id\":7,\"kind\":\"decode\"," + HYPER + ",\"ids\":[1,2,64]}"))
                .isEqualTo("{\"id\":7,\"kind\":\"decode\",\"decoded\":[1,2,1,2],\"codebook\":[[64,1,2],[65,2,1]]}");
        assertThat(jobs.answer("{\"id\":\"c\",\"kind\":\"meta-encode\"," + META
                        + ",\"ids\":[1,2,3,4,5,6,7,8,0,1,2,3,4,5,6,7,8]}"))
                .isEqualTo("{\"id\":\"c\",\"kind\":\"meta-encode\","
                        + "\"encoded\":[100,102,1,2,3,4,5,6,7,8,101,102,0,102]}");
        assertThat(jobs.answer("{\"id\":\"d\",\"kind\":\"meta-decode\"," + META
                        + ",\"ids\":[100,102,1,2,3,103,102,4,101,103,0,102]}"))
                .isEqualTo("{\"id\":\"d\",\"kind\":\"meta-decode\",\"decoded\":[1,2,3,4,0,1,2,3]}");
    }

    @Test
    void theReplayRuleIsEmittedUnlessTheJobSaysBase() {
        String parted = "\"config\":{\"initial_vocab_size\":10,\"max_codebook_size\":20,\"max_subtokens\":4},"
                + "\"ids\":[1,2,10,2,12,14]}";
        String preset = jobs.answer("{\"id\":1,\"kind\":\"decode\"," + parted);
        String emitted = jobs.answer("{\"id\":1,\"kind\":\"decode\",\"replay\":\"emitted\"," + parted);
        String base = jobs.answer("{\"id\":1,\"kind\":\"decode\",\"replay\":\"base\"," + parted);
        assertThat(preset).isEqualTo(emitted).isNotEqualTo(base);
        assertThat(jobs.answer("{\"id\":1,\"kind\":\"decode\",\"replay\":\"x\"," + parted))
                .isEqualTo("{\"id\":1,\"error\":\"replay must be one of \\\"base\\\", \\\"emitted\\\", is \\\"x\\\"\","
                        + "\"position\":null}");
    }

    @Test
    void aMalformedStreamIsAnErrorWithItsPosition() {
        assertThat(jobs.answer("{\"id\":\"x\",\"kind\":\"decode\"," + HYPER + ",\"ids\":[1,99]}"))
                .startsWith("{\"id\":\"x\",\"error\":\"malformed token stream at position 1: ")
                .endsWith("\"position\":1}");
        assertThat(jobs.answer("{\"id\":\"x\",\"kind\":\"encode\"," + HYPER + ",\"ids\":[1,2,4294967296]}"))
                .endsWith("\"position\":2}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "null",
                "3",
                "\"text\"",
                "{}",
                "{\"id\":1}",
                "{\"id\":1,\"kind\":3}",
                "{\"id\":1,\"kind\":\"encode\"}",
                "{\"id\":1,\"kind\":\"encode\",\"ids\":null,\"config\":{}}",
                "{\"id\":1,\"kind\":\"encode\",\"ids\":[1],\"config\":[]}",
                "{\"id\":1,\"kind\":\"encode\",\"ids\":[1],\"config\":{\"initial_vocab_size\":\"64\"}}",
                "{\"id\":1,\"kind\":\"encode\",\"ids\":[1.5],\"config\":{\"initial_vocab_size\":64,"
                        + "\"max_codebook_size\":1,\"max_subtokens\":1}}",
                "{\"id\":1,\"kind\":\"encode\",\"ids\":[1],\"config\":{\"initial_vocab_size\":64,"
                        + "\"max_codebook_size\":100000000,\"max_subtokens\":2}}",
                "{\"id\":1,\"kind\":\"encode\",\"ids\":[1],\"config\":{\"initial_vocab_size\":64,"
                        + "\"max_codebook_size\":1,\"max_subtokens\":2,\"disabled_ids\":[\"x\"]}}",
                "{\"id\":1} {\"id\":2}",
                "{\"id\":1,\"kind\":\"meta-encode\",\"ids\":[1],\"config\":{\"vocab_size\":9,"
                        + "\"pool\":[{\"a\":10,\"b\":20}]}}",
                "{\"id\":1,\"kind\":\"meta-encode\",\"ids\":[1],\"config\":{\"vocab_size\":9,\"pool\":[[11.5,12.5]]}}",
                "{\"id\":1,\"kind\":\"encode\",\"ids\":[1],\"config\":{\"initial_vocab_size\":64,"
                        + "\"max_codebook_size\":8000000,\"max_subtokens\":2}}",
                "{\"id\":1,\"id\":2}",
                "{\"id\":1,\"kind\":\"meta-encode\",\"ids\":[1],\"config\":{\"vocab_size\":9,\"seed\":1e300}}",
                "{\"id\":1,\"kind\":\"no-such-kind\",\"ids\":[1],\"config\":{}}",
                "{\"id\":1,\"kind\":\"meta-encode\",\"ids\":[1],\"config\":{\"vocab_size\":9,\"form\":\"x\"}}",
                "{\"id\":1,\"kind\":\"meta-encode\",\"ids\":[1],\"config\":{\"vocab_size\":9,\"pool\":[[1]]}}",
                "{\"id\":1,\"kind\":\"meta-encode\",\"ids\":[1],\"config\":{\"vocab_size\":9,\"pool\":3}}",
                "{\"id\":1,\"kind\":\"meta-encode\",\"ids\":[1],\"config\":{\"vocab_size\":9,\"window\":16000000}}",
            })
    void aJobThatCannotBeDoneIsAnErrorAndTheRestGoOn(String job) throws IOException {
        StringWriter results = new StringWriter();
        String good = "{\"id\":\"good\",\"kind\":\"encode\"," + HYPER + ",\"ids\":[5]}";
        jobs.run(new BufferedReader(new StringReader(job + "\n\n" + good)), results);
        String[] lines = results.toString().split("\n", -1);
        assertThat(lines).hasSize(3);
        assertThat(lines[0]).contains("\"error\":\"");
        assertThat(lines[1]).isEqualTo("{\"id\":\"good\",\"kind\":\"encode\",\"encoded\":[5],\"codebook\":[]}");
        assertThat(lines[2]).isEmpty();
    }

    @Test
    void aBombIsRefusedBeforeItTakesTheMemory() {
        StringBuilder ids = new StringBuilder("100,102,1,1");
        for (int e = 1; e < 20; e++) {
            ids.append(',').append(102 + e).append(("," + (101 + e)).repeat(2));
        }
        ids.append(",101").append(",121".repeat(2000));
        assertThat(jobs.answer("{\"id\":1,\"kind\":\"meta-decode\",\"config\":{\"vocab_size\":100,"
                        + "\"form\":\"nested\",\"window\":1048576},\"ids\":[" + ids + "]}"))
                .contains("at most 16777216 tokens");
    }

    /** However the result's length falls to the room that it is written to: the last token comes out only at the end. */
    @Test
    void resultsOfEveryLengthAreAnswered() {
        StringBuilder ids = new StringBuilder("0");
        for (int length = 1; length <= 1100; length++) {
            assertThat(jobs.answer("{\"id\":1,\"kind\":\"encode\",\"config\":{\"initial_vocab_size\":5000,"
                            + "\"max_codebook_size\":0,\"max_subtokens\":4},\"ids\":[" + ids + "]}"))
                    .contains("\"encoded\":[" + ids + "]");
            ids.append(',').append(length);
        }
    }
}
