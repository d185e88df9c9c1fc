package io.tokenlz.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * A line that a program is asked.
 *
 * @param line what is sent; empty lines may be before it
 * @param fields what it says, if it is a job at all
 */
record Job(String line, @Nullable ObjectNode fields) {
    /** A job without an ID. */
    static Job of(ObjectNode fields) {
        return new Job(fields.toString(), fields);
    }

    /** Something that is no JSON object. */
    static Job nonsense(String line) {
        return new Job(line, null);
    }

    /** The same with an ID of its own, so that its answer can be told from others. */
    Job numbered(long number) {
        return fields == null ? this : of(fields.deepCopy().put("id", number));
    }

    /** The same, behind an empty line. */
    Job behindEmptyLine() {
        return new Job("\n" + line, fields);
    }

    /** Whether an answer has this job's ID, or null if there is none. */
    boolean isAnsweredBy(JsonNode answer) {
        JsonNode id = fields == null ? NullNode.getInstance() : fields.path("id");
        JsonNode found = answer.path("id");
        return id.isNumber()
                ? found.isIntegralNumber() && found.longValue() == id.longValue()
                : found.isNull() || found.isMissingNode();
    }

    ObjectNode requireFields() {
        if (fields == null) {
            throw new IllegalStateException("no job: " + line);
        }
        return fields;
    }
}
