package io.tokenlz.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of conformance/PROTOCOL.md, and what happens to jobs that cannot be done. */
class ConformanceJobsTest {
    private static final String HYPER =
            "\"config\":{\"initial_vocab_size\":64,\"max_codebook_size\":32,\"max_subtokens\":4,\"pad_token_id\":0,"
                    + "\"disabled_ids\":[]}";

    private final ConformanceJobs jobs = new ConformanceJobs();

    /** Jobs and answers stand in PROTOCOL.md below one another, each on a line of its own. */
    static List<Arguments> examples() throws IOException {
        Path protocol = Path.of(System.getProperty("basedir", "")).resolve("PROTOCOL.md");
        List<String> lines = Files.readAllLines(protocol).stream()
                .filter(line -> line.startsWith("    {"))
                .map(String::strip)
                .toList();
        List<Arguments> examples = new ArrayList<>();
        for (int i = 0; i < lines.size(); i += 2) {
            examples.add(Arguments.of(lines.get(i), i + 1 < lines.size() ? lines.get(i + 1) : "no answer"));
        }
        return examples;
    }

    @ParameterizedTest
    @MethodSource("examples")
    void answersAsTheProtocolSays(String job, String answer) {
        assertThat(jobs.answer(job)).isEqualTo(answer);
    }

    @Test
    void theProtocolHasAnExampleOfEveryKindAndOfAnError() throws IOException {
        assertThat(examples())
                .extracting(example -> (String) example.get()[1])
                .extracting(answer ->
                        answer.contains("\"error\"") ? "error" : answer.replaceFirst(".*\"kind\":\"([^\"]*)\".*", "$1"))
                .containsExactlyInAnyOrder(
                        "encode", "decode", "meta-encode", "meta-decode", "wire-write", "wire-read", "error");
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
