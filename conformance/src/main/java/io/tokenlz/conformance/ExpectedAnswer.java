package io.tokenlz.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * The one right answer to a job, as an oracle has it.
 *
 * @param refused whether the job must be refused
 * @param position the position that the error must have; null for none
 * @param fields what the answer must say, if the job is right
 */
record ExpectedAnswer(boolean refused, @Nullable Integer position, ObjectNode fields) {
    /** The job is right, and these fields are the answer. */
    static ExpectedAnswer fields(ObjectNode fields) {
        return new ExpectedAnswer(false, null, fields);
    }

    /** The job must be refused for this token, frame or byte. */
    static ExpectedAnswer refusedAt(int position) {
        return new ExpectedAnswer(true, position, JsonNodeFactory.instance.objectNode());
    }

    /** The job must be refused, and no token is to blame. */
    static ExpectedAnswer refusedJob() {
        return new ExpectedAnswer(true, null, JsonNodeFactory.instance.objectNode());
    }

    Verdict judge(JsonNode answer) {
        return refused ? judgeRefusal(answer) : judgeFields(answer);
    }

    private Verdict judgeRefusal(JsonNode answer) {
        if (!answer.has("error")) {
            return Verdict.failed("taken, but must be refused at position " + position + ": " + Verdict.shown(answer));
        }
        JsonNode found = answer.path("position");
        boolean same = position == null
                ? answer.has("position") && found.isNull()
                : found.isIntegralNumber() && found.longValue() == position;
        return same
                ? Verdict.PASSED
                : Verdict.failed("refused at position " + (found.isMissingNode() ? "(none stated)" : found)
                        + ", must be at " + position + ": " + Verdict.shown(answer.get("error")));
    }

    private Verdict judgeFields(JsonNode answer) {
        Verdict refusal = Verdict.ofRefusal(answer);
        if (refusal != null) {
            return refusal;
        }
        for (var field : fields.properties()) {
            JsonNode found = answer.path(field.getKey());
            if (!found.equals(field.getValue())) {
                return Verdict.failed("\"" + field.getKey() + "\" is "
                        + (found.isMissingNode() ? "missing" : Verdict.shown(found)) + ", must be "
                        + Verdict.shown(field.getValue()));
            }
        }
        return Verdict.PASSED;
    }
}
