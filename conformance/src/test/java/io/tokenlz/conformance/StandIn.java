package io.tokenlz.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A program that answers jobs right, but for the one bug that its argument names: what the kit is tested with. */
final class StandIn {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What is wrong with a program, and where the kit must see it. */
    enum Bug {
        NONE("", Outcome.PASSED),

        ENCODER_LOSES_LAST_ID("hypertokens/encode", Outcome.FAILED),
        CODEBOOK_HAS_ROOM_FOR_ONE_MORE("hypertokens/encode", Outcome.FAILED),
        CODEBOOK_LACKS_ROOM_FOR_THE_LAST("hypertokens/decode-base-greedy", Outcome.FAILED),
        PHRASES_ONE_TOO_LONG("hypertokens/encode", Outcome.FAILED),
        IGNORES_THE_REPLAY_RULE("hypertokens/decode-base-model-output", Outcome.FAILED),
        KNOWS_NO_RULE_BUT_BASE("hypertokens/decode-emitted-model-output", Outcome.FAILED),
        IGNORES_PADS("hypertokens/encode", Outcome.FAILED),
        POSITION_OFF_BY_ONE("hypertokens/decode-emitted-damaged", Outcome.FAILED),
        NO_POSITION("hypertokens/encode-refuses-aliens", Outcome.FAILED),
        TAKES_WHAT_IS_MALFORMED("hypertokens/decode-base-damaged", Outcome.FAILED),
        REFUSES_LONG_STREAMS("hypertokens/encode", Outcome.REFUSED),
        REFUSES_SELF_REFERENCES("hypertokens/decode-emitted-greedy", Outcome.FAILED),
        TAKES_ANY_CONFIGURATION("hypertokens/refuses-what-is-no-job", Outcome.FAILED),
        STATE_STAYS_FOR_THE_NEXT_JOB("hypertokens/encode", Outcome.FAILED),
        ANSWERS_TWICE("hypertokens/encode", Outcome.FAILED),
        GREETS("hypertokens/encode", Outcome.FAILED),
        ANSWERS_NONSENSE("hypertokens/encode", Outcome.FAILED),
        CRASHES("hypertokens/encode", Outcome.CRASHED),
        CLOSES_ITS_OUTPUT("hypertokens/encode", Outcome.CRASHED),
        HANGS("hypertokens/encode", Outcome.HUNG),
        NEVER_ENDS_ITS_ANSWER("hypertokens/encode", Outcome.HUNG),

        WRITES_WHAT_IS_LONGER("meta/encode", Outcome.FAILED),
        USES_AN_ENTRY_IT_DID_NOT_DEFINE("meta/encode", Outcome.FAILED),
        TAKES_RESERVED_IDS("meta/encode-refuses-aliens", Outcome.FAILED),
        DECODER_LOSES_THE_LAST_OF_MANY("meta/decode-encoded", Outcome.FAILED),
        TAKES_NESTED_ENTRIES_IN_THE_FLAT_FORM("meta/decode-grammar", Outcome.FAILED),
        BLAMES_THE_ID_BEFORE("meta/decode-damaged", Outcome.FAILED),
        TAKES_ANY_WINDOW("meta/refuses-what-is-no-job", Outcome.FAILED),
        ANSWERS_ANOTHER_TIME_DIFFERENTLY("meta/answers-alike-again", Outcome.FAILED),

        COUNTS_A_FLUSH_TOO_EARLY("wire/write", Outcome.FAILED),
        FORGETS_THE_WINDOW("wire/write", Outcome.FAILED),
        CUTS_THE_END("wire/write", Outcome.FAILED),
        PASSES_OVER_ALIENS("wire/write-refuses-aliens", Outcome.FAILED),
        READER_LOSES_THE_LAST_TOKEN("wire/read", Outcome.FAILED),
        DOES_NOT_CHECK("wire/read-damaged", Outcome.FAILED),
        BLAMES_THE_NEXT_FRAME("wire/read-damaged", Outcome.FAILED),
        TAKES_HALF_A_BYTE("wire/refuses-what-is-no-job", Outcome.FAILED);

        final String property;
        final Outcome outcome;

        Bug(String property, Outcome outcome) {
            this.property = property;
            this.outcome = outcome;
        }

        String suite() {
            return property.substring(0, property.indexOf('/'));
        }
    }

    private final Bug bug;
    private final ConformanceJobs jobs = new ConformanceJobs();
    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final Set<JsonNode> encodedBefore = new HashSet<>();
    private int answered;

    private StandIn(Bug bug) {
        this.bug = bug;
    }

    static List<String> command(Bug bug) {
        return List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                StandIn.class.getName(),
                bug.name());
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        StandIn standIn = new StandIn(Bug.valueOf(arguments[0]));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        if (standIn.bug == Bug.GREETS) {
            standIn.out.println("ready");
        }
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (!line.isBlank()) {
                standIn.answer(line);
            }
        }
    }

    private void answer(String line) throws IOException, InterruptedException {
        answered++;
        ObjectNode job;
        try {
            job = (ObjectNode) JSON.readTree(line);
        } catch (IOException | ClassCastException noJob) {
            out.println(jobs.answer(line));
            return;
        }
        misbehave(job);
        JsonNode ids = job.path("ids").deepCopy();
        changeJob(job);
        ObjectNode answer = (ObjectNode) JSON.readTree(jobs.answer(job.toString()));
        changeAnswer(job.path("kind").asText(), ids, answer);
        out.println(answer);
        if (bug == Bug.ANSWERS_TWICE && ids.size() > 50) {
            out.println(answer);
        }
    }

    /** What is wrong before anything was answered. */
    private void misbehave(ObjectNode job) throws InterruptedException {
        boolean chosen =
                job.path("kind").asText().equals("encode") && job.path("ids").size() > 30;
        switch (bug) {
            case CRASHES -> {
                if (chosen) {
                    System.err.println("stand-in: out of luck");
                    System.exit(3);
                }
            }
            case CLOSES_ITS_OUTPUT -> {
                if (chosen) {
                    System.out.close();
                }
            }
            case HANGS -> {
                if (chosen) {
                    Thread.sleep(100_000);
                }
            }
            case NEVER_ENDS_ITS_ANSWER -> {
                while (chosen) {
                    out.print("{ ".repeat(1000));
                }
            }
            case ANSWERS_NONSENSE -> {
                if (chosen) {
                    out.println("42 is not " + answered);
                }
            }
            default -> {}
        }
    }

    private void changeJob(ObjectNode job) {
        String bytes = job.path("bytes").asText();
        if (bug == Bug.TAKES_HALF_A_BYTE && bytes.length() % 2 > 0) {
            job.put("bytes", bytes + "0");
        }
        if (!(job.get("config") instanceof ObjectNode config)) {
            return;
        }
        switch (bug) {
            case CODEBOOK_HAS_ROOM_FOR_ONE_MORE -> add(config, "max_codebook_size", 1);
            case CODEBOOK_LACKS_ROOM_FOR_THE_LAST -> add(config, "max_codebook_size", -1);
            case PHRASES_ONE_TOO_LONG -> add(config, "max_subtokens", 1);
            case IGNORES_THE_REPLAY_RULE -> job.put("replay", "emitted");
            case KNOWS_NO_RULE_BUT_BASE -> job.put("replay", "base");
            case IGNORES_PADS -> config.remove("pad_token_id");
            case TAKES_ANY_CONFIGURATION -> {
                if (config.path("max_subtokens").asInt() <= 0) {
                    config.put("max_subtokens", 1);
                }
            }
            case FORGETS_THE_WINDOW -> config.remove("window");
            default -> changeOtherJob(job.path("kind").asText(), job.path("ids"), config);
        }
    }

    private void changeOtherJob(String kind, JsonNode ids, ObjectNode config) {
        switch (bug) {
            case TAKES_NESTED_ENTRIES_IN_THE_FLAT_FORM -> {
                if (kind.equals("meta-decode") && config.path("form").asText().equals("flat")) {
                    config.put("form", "nested");
                }
            }
            case TAKES_ANY_WINDOW -> {
                if (!config.path("window").isInt() || config.path("window").intValue() <= 0) {
                    config.remove("window");
                }
            }
            case PASSES_OVER_ALIENS -> {
                for (int i = ids.size() - 1; i >= 0 && kind.equals("wire-write"); i--) {
                    JsonNode id = ids.get(i);
                    if (!id.isInt()
                            || id.intValue() < 0
                            || id.intValue() >= config.path("vocab_size").asInt()) {
                        ((ArrayNode) ids).remove(i);
                    }
                }
            }
            default -> {}
        }
    }

    private static void add(ObjectNode config, String field, int more) {
        if (config.path(field).isInt() && config.path(field).intValue() > 0) {
            config.put(field, config.path(field).intValue() + more);
        }
    }

    private void changeAnswer(String kind, JsonNode ids, ObjectNode answer) {
        boolean refused = answer.has("error");
        int position = answer.path("position").asInt(-1);
        switch (bug) {
            case ENCODER_LOSES_LAST_ID -> {
                if (answer.path("encoded").size() > 20) {
                    ((ArrayNode) answer.get("encoded"))
                            .remove(answer.get("encoded").size() - 1);
                }
            }
            case POSITION_OFF_BY_ONE -> {
                if (position > 2) {
                    answer.put("position", position + 1);
                }
            }
            case NO_POSITION -> answer.remove("position");
            case TAKES_WHAT_IS_MALFORMED, DOES_NOT_CHECK -> {
                if (position >= 0) {
                    answer.remove(List.of("error", "position"));
                    answer.put("kind", kind).putArray("decoded");
                }
            }
            case REFUSES_LONG_STREAMS -> {
                if (ids.size() > 40) {
                    refuse(answer, null);
                }
            }
            case REFUSES_SELF_REFERENCES -> {
                if (kind.equals("decode") && !refused && answer.path("codebook").size() > 3) {
                    refuse(answer, 1);
                }
            }
            case STATE_STAYS_FOR_THE_NEXT_JOB -> {
                if (answered % 5 == 0 && answer.path("codebook").size() > 0) {
                    ((ArrayNode) answer.get("codebook")).remove(0);
                }
            }
            default -> changeOtherAnswer(kind, ids, answer);
        }
    }

    private void changeOtherAnswer(String kind, JsonNode ids, ObjectNode answer) {
        boolean encodes = kind.equals("meta-encode") && answer.has("encoded");
        switch (bug) {
            case WRITES_WHAT_IS_LONGER -> {
                if (encodes) {
                    JsonNode config = metaDefaults(answer);
                    ((ArrayNode) answer.get("encoded")).insert(0, config.get(0)).insert(1, config.get(1));
                }
            }
            case USES_AN_ENTRY_IT_DID_NOT_DEFINE -> {
                if (encodes && ids.size() > 10) {
                    ((ArrayNode) answer.get("encoded"))
                            .set(9, answer.get("encoded").get(0).intValue() + 1);
                }
            }
            case TAKES_RESERVED_IDS -> {
                if (kind.equals("meta-encode") && answer.has("error")) {
                    answer.remove(List.of("error", "position"));
                    answer.put("kind", kind).set("encoded", ids);
                }
            }
            case ANSWERS_ANOTHER_TIME_DIFFERENTLY -> {
                if (encodes && !encodedBefore.add(ids)) {
                    answer.set("encoded", ids);
                }
            }
            case COUNTS_A_FLUSH_TOO_EARLY -> {
                JsonNode flushed = answer.path("flushed");
                for (int i = 0; i < flushed.size(); i++) {
                    ((ArrayNode) flushed).set(i, flushed.get(i).intValue() - 1);
                }
            }
            case CUTS_THE_END -> {
                String bytes = answer.path("bytes").asText();
                answer.put("bytes", bytes.substring(0, Math.max(0, bytes.length() - 2)));
            }
            default -> changeDecoding(kind, answer);
        }
    }

    private void changeDecoding(String kind, ObjectNode answer) {
        JsonNode decoded = answer.path("decoded");
        int position = answer.path("position").asInt();
        switch (bug) {
            case DECODER_LOSES_THE_LAST_OF_MANY -> {
                if (kind.equals("meta-decode") && decoded.size() > 60) {
                    ((ArrayNode) decoded).remove(decoded.size() - 1);
                }
            }
            case BLAMES_THE_ID_BEFORE -> {
                if (kind.equals("meta-decode") && position > 0) {
                    answer.put("position", position - 1);
                }
            }
            case READER_LOSES_THE_LAST_TOKEN -> {
                if (kind.equals("wire-read") && !decoded.isEmpty()) {
                    ((ArrayNode) decoded).remove(decoded.size() - 1);
                }
            }
            case BLAMES_THE_NEXT_FRAME -> {
                if (kind.equals("wire-read") && position > 0) {
                    answer.put("position", position + 1);
                }
            }
            default -> {}
        }
    }

    /** Two IDs that a decoder takes for an empty dictionary, where the delimiters are the default ones. */
    private static JsonNode metaDefaults(ObjectNode answer) {
        return JSON.createArrayNode()
                .addAll((ArrayNode) answer.get("encoded"))
                .add(0)
                .add(0);
    }

    private static void refuse(ObjectNode answer, @Nullable Integer position) {
        JsonNode id = answer.path("id");
        answer.removeAll();
        answer.set("id", id);
        answer.put("error", "stand-in: no").put("position", position);
    }
}
