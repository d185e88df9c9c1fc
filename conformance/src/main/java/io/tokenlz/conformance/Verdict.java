package io.tokenlz.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What is to be said of an answer.
 *
 * @param outcome whether it is right
 * @param reason what is wrong with it, for people; empty if it is right
 */
record Verdict(Outcome outcome, String reason) {
    static final Verdict PASSED = new Verdict(Outcome.PASSED, "");

    /** So much of a field is shown. */
    private static final int MOST_SHOWN = 300;

    static Verdict failed(String reason) {
        return new Verdict(Outcome.FAILED, reason);
    }

    boolean isFinding() {
        return outcome != Outcome.PASSED;
    }

    /** What is wrong with an answer to a job that is right as far as the protocol goes; null if it may be right. */
    static @Nullable Verdict ofRefusal(JsonNode answer) {
        JsonNode error = answer.get("error");
        if (error == null) {
            return null;
        }
        JsonNode position = answer.path("position");
        return position.isNull() || position.isMissingNode()
                ? new Verdict(Outcome.REFUSED, "refused: " + shown(error))
                : failed("refused at position " + position + ", but is right: " + shown(error));
    }

    static String shown(JsonNode value) {
        String text = value.toString();
        return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "...";
    }
}
