package io.tokenlz.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenlz.frames.StreamHeader;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** What FORMAT.md asks of {@code wire-write} and {@code wire-read}. */
final class WireSuite {
    static final String NAME = "wire";

    private static final int MOST_TOKENS = 300;

    private WireSuite() {}

    static List<CheckProperty> properties() {
        Arbitrary<FrameCase> cases = Arbitraries.frequencyOf(
                        Tuple.of(19, FrameArbitraries.cases(MOST_TOKENS)), Tuple.of(1, FrameArbitraries.modelled()))
                .withoutEdgeCases();
        return List.of(
                new CheckProperty(
                        NAME, "write", cases.map(JobLine::wireWrite).map(Job::of), WireSuite::judgeWriting, true),
                new CheckProperty(
                        NAME, "write-refuses-aliens", aliens(cases).map(Job::of), WireSuite::judgeAlien, true),
                new CheckProperty(
                        NAME,
                        "read",
                        cases.map(WireSuite::bytes).map(JobLine::wireRead).map(Job::of),
                        WireSuite::judgeReading,
                        true),
                new CheckProperty(
                        NAME,
                        "read-damaged",
                        cases.flatMap(that -> TokenArbitraries.damaged(bytes(that)))
                                .map(JobLine::wireRead)
                                .map(Job::of),
                        WireSuite::judgeReading,
                        true),
                JobRefusals.property(NAME, configurations()));
    }

    private static byte[] bytes(FrameCase that) {
        return WireJobs.write(that.header(), that.options(), that.tokens(), that.flushes())
                .bytes();
    }

    private static Arbitrary<ObjectNode> aliens(Arbitrary<FrameCase> cases) {
        return Combinators.combine(
                        cases,
                        Arbitraries.integers().between(0, MOST_TOKENS),
                        Arbitraries.integers().between(0, 5))
                .as((that, place, kind) -> {
                    ObjectNode job = JobLine.wireWrite(that);
                    ArrayNode ids = (ArrayNode) job.get("ids");
                    ids.insert(
                            place % (ids.size() + 1),
                            JobRefusals.alien(kind, that.header().vocabularySize()));
                    return job;
                })
                .withoutEdgeCases();
    }

    private static Arbitrary<ObjectNode> configurations() {
        Map<String, List<Object>> changes = new TreeMap<>();
        changes.put("vocab_size", JobRefusals.values(0, -1, "10", null, 1L << 31));
        changes.put("window", JobRefusals.values(-1, "x", 1L << 40));
        changes.put("stored", JobRefusals.values(1, "yes"));
        changes.put("tokenizer", JobRefusals.values("", "0", "xy", "00".repeat(33), 7));
        ObjectNode good = JsonNodeFactory.instance.objectNode().put("kind", "wire-write");
        good.putObject("config").put("vocab_size", 10);
        good.putArray("ids").add(1);
        ObjectNode flushed = good.deepCopy();
        flushed.putArray("flushes").add(2);
        ObjectNode reading = JsonNodeFactory.instance.objectNode().put("kind", "wire-read");
        return Arbitraries.oneOf(
                JobRefusals.changed(good, changes),
                Arbitraries.of(
                        flushed,
                        reading,
                        reading.deepCopy().put("bytes", "544c5"),
                        reading.deepCopy().put("bytes", "xx"),
                        reading.deepCopy().put("bytes", 12)));
    }

    private static Verdict judgeReading(Job job, JsonNode answer) {
        FrameOracle oracle = new FrameOracle(
                HexFormat.of().parseHex(job.requireFields().path("bytes").asText()));
        int refused = oracle.read();
        if (refused >= 0) {
            return ExpectedAnswer.refusedAt(refused).judge(answer);
        }
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        fields.set("decoded", JobFields.array(TokenArbitraries.unboxed(oracle.tokens())));
        fields.put("vocab_size", oracle.vocabularySize());
        return ExpectedAnswer.fields(fields).judge(answer);
    }

    private static Verdict judgeAlien(Job job, JsonNode answer) {
        JsonNode ids = job.requireFields().get("ids");
        int vocabularySize =
                job.requireFields().path("config").path("vocab_size").intValue();
        for (int i = 0; i < ids.size(); i++) {
            JsonNode id = ids.get(i);
            if (!JobFields.isInt(id) || id.intValue() < 0 || id.intValue() >= vocabularySize) {
                return ExpectedAnswer.refusedAt(i).judge(answer);
            }
        }
        return judgeWriting(job, answer);
    }

    private static Verdict judgeWriting(Job job, JsonNode answer) {
        Verdict refusal = Verdict.ofRefusal(answer);
        if (refusal != null) {
            return refusal;
        }
        byte[] bytes;
        try {
            bytes = HexFormat.of().parseHex(answer.path("bytes").asText());
        } catch (IllegalArgumentException noHex) {
            return Verdict.failed("\"bytes\" is no hexadecimal: " + noHex.getMessage());
        }
        FrameOracle oracle = new FrameOracle(bytes);
        int refused = oracle.read();
        JsonNode ids = job.requireFields().get("ids");
        if (refused >= 0) {
            return Verdict.failed("\"bytes\" is refused at byte " + refused + ": " + Verdict.shown(answer));
        }
        if (!JobFields.array(TokenArbitraries.unboxed(oracle.tokens())).equals(ids)) {
            return Verdict.failed("\"bytes\" is read as " + oracle.tokens());
        }
        StreamHeader header = WireJobs.header(job.requireFields().path("config"));
        boolean same = oracle.vocabularySize() == header.vocabularySize()
                && oracle.window() == header.window()
                && oracle.isStored() == header.stored()
                && Arrays.equals(oracle.tokenizer(), header.tokenizerFingerprint());
        return same
                ? judgeFlushes(job.requireFields(), bytes, answer)
                : Verdict.failed("the header says something else than \"config\": " + Verdict.shown(answer));
    }

    /** What was written when a flush was complete must hold all tokens before it. */
    private static Verdict judgeFlushes(ObjectNode job, byte[] bytes, JsonNode answer) {
        JsonNode ids = job.get("ids");
        int[] flushes = WireJobs.flushes(job, ids.size());
        JsonNode flushed = answer.path("flushed");
        if (flushes.length != flushed.size()) {
            return Verdict.failed("\"flushed\" must have " + flushes.length + " numbers, is " + Verdict.shown(flushed));
        }
        for (int i = 0; i < flushes.length; i++) {
            JsonNode length = flushed.get(i);
            if (!JobFields.isInt(length) || length.intValue() < 0 || length.intValue() > bytes.length) {
                return Verdict.failed("\"flushed\" holds " + Verdict.shown(length));
            }
            FrameOracle oracle = new FrameOracle(Arrays.copyOf(bytes, length.intValue()));
            oracle.read();
            if (oracle.tokens().size() < flushes[i]) {
                return Verdict.failed("behind the flush at token " + flushes[i] + " only "
                        + oracle.tokens().size() + " tokens can be read of " + length + " bytes");
            }
        }
        return Verdict.PASSED;
    }
}
