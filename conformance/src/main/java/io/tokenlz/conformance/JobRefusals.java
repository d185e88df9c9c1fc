package io.tokenlz.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** Lines that can't be done, whatever the tokens: each must get an error without a position, and nothing else may come of it. */
final class JobRefusals {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JobRefusals() {}

    /** Configurations of a suite that are out of range, and lines that are no job. */
    static CheckProperty property(String suite, Arbitrary<ObjectNode> configurations) {
        return new CheckProperty(
                suite,
                "refuses-what-is-no-job",
                Arbitraries.frequencyOf(Tuple.of(4, configurations.map(Job::of)), Tuple.of(1, noJobs())),
                (job, answer) -> ExpectedAnswer.refusedJob().judge(answer),
                false);
    }

    private static Arbitrary<Job> noJobs() {
        return Arbitraries.of(
                Job.nonsense("{"),
                Job.nonsense("nonsense"),
                Job.nonsense("[]"),
                Job.nonsense("null"),
                Job.nonsense("17"),
                Job.nonsense("\"encode\""),
                Job.nonsense("{\"kind\":\"encode\"} {}"),
                Job.nonsense("{\"kind\" \"encode\"}"),
                Job.of(JsonNodeFactory.instance.objectNode()),
                Job.of(JsonNodeFactory.instance.objectNode().put("kind", "no-such-kind")),
                Job.of(JsonNodeFactory.instance.objectNode().put("kind", 3)),
                Job.of(JsonNodeFactory.instance.objectNode().put("kind", 3)).behindEmptyLine());
    }

    /** Values of any JSON type; null stands for a field that is left out. */
    static List<Object> values(@Nullable Object... values) {
        List<Object> all = new ArrayList<>();
        for (Object value : values) {
            all.add(value == null ? JsonNodeFactory.instance.missingNode() : value);
        }
        return all;
    }

    /** A job with one field of its configuration changed, or with a field of its own left out or of another type. */
    static Arbitrary<ObjectNode> changed(ObjectNode job, Map<String, List<Object>> changes) {
        List<ObjectNode> changed = new ArrayList<>();
        changes.forEach((field, values) -> values.forEach(value -> {
            ObjectNode copy = job.deepCopy();
            set((ObjectNode) copy.get("config"), field, value);
            changed.add(copy);
        }));
        for (String field : List.of("kind", "config", "ids")) {
            for (Object value : Arrays.asList("x", 1, JsonNodeFactory.instance.missingNode())) {
                ObjectNode copy = job.deepCopy();
                set(copy, field, value);
                changed.add(copy);
            }
        }
        return Arbitraries.of(changed);
    }

    private static void set(ObjectNode object, String field, Object value) {
        JsonNode node = value instanceof JsonNode known ? known : JSON.valueToTree(value);
        if (node.isMissingNode()) {
            object.remove(field);
        } else {
            object.set(field, node);
        }
    }

    /** Something among IDs that is none of the vocabulary. */
    static JsonNode alien(int kind, int vocabularySize) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (kind) {
            case 0 -> nodes.numberNode(-1);
            case 1 -> nodes.numberNode(vocabularySize);
            case 2 -> nodes.numberNode(1L << 31);
            case 3 -> nodes.numberNode(0.5);
            case 4 -> nodes.textNode("0");
            default -> nodes.numberNode(Integer.MAX_VALUE);
        };
    }
}
