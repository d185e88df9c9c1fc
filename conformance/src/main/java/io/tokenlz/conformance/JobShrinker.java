package io.tokenlz.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Makes a job as small as it gets: leaves parts of its lists out, and lowers numbers, as long as its outcome stays the same. */
final class JobShrinker {
    /** Whether a smaller job still has the outcome that is looked for. */
    interface Trial {
        boolean staysTheSame(ObjectNode job);
    }

    private static final List<String> LISTS = List.of("ids", "flushes", "config.disabled_ids", "config.pool");
    private static final List<String> OPTIONAL =
            List.of("config.pad_token_id", "config.seed", "config.tokenizer", "config.stored", "config.check_all");
    private static final List<String> NUMBERS =
            List.of("config.max_codebook_size", "config.max_subtokens", "config.window", "config.restart_tokens");
    private static final int HEX_DIGITS = 2;

    private final Trial trial;
    private ObjectNode best;
    private int left;

    JobShrinker(ObjectNode job, int mostTrials, Trial trial) {
        this.best = job;
        this.left = mostTrials;
        this.trial = trial;
    }

    ObjectNode shrink() {
        boolean smaller = true;
        while (smaller && left > 0) {
            smaller = shortenBytes();
            for (String list : LISTS) {
                smaller |= shorten(list);
            }
            for (String field : OPTIONAL) {
                smaller |= leaveOut(field);
            }
            for (String field : NUMBERS) {
                smaller |= lower(field);
            }
            smaller |= lowerElements();
        }
        return best;
    }

    private boolean take(ObjectNode candidate) {
        if (left == 0) {
            return false;
        }
        left--;
        if (trial.staysTheSame(candidate)) {
            best = candidate;
            return true;
        }
        return false;
    }

    private static ObjectNode parent(ObjectNode job, String path) {
        return path.startsWith("config.") && job.get("config") instanceof ObjectNode config ? config : job;
    }

    private static String name(String path) {
        return path.substring(path.indexOf('.') + 1);
    }

    /** Leaves out ever shorter parts, from half of the list down to one element. */
    private boolean shorten(String path) {
        boolean shorter = false;
        for (int part = size(path) / 2 + 1; part > 0; part /= 2) {
            for (int at = 0; at < size(path); ) {
                ObjectNode candidate = best.deepCopy();
                ArrayNode list = (ArrayNode) parent(candidate, path).get(name(path));
                for (int i = Math.min(part, list.size() - at); i > 0; i--) {
                    list.remove(at);
                }
                boolean taken = take(candidate);
                shorter |= taken;
                at += taken ? 0 : part;
            }
        }
        return shorter;
    }

    private int size(String path) {
        return parent(best, path).get(name(path)) instanceof ArrayNode list ? list.size() : 0;
    }

    private boolean shortenBytes() {
        boolean shorter = false;
        int length = best.path("bytes").asText().length();
        for (int part = length / 4 * HEX_DIGITS; part > 0; part = part / 4 * HEX_DIGITS) {
            for (int at = 0; at < best.path("bytes").asText().length(); ) {
                String digits = best.path("bytes").asText();
                ObjectNode candidate = best.deepCopy();
                candidate.put(
                        "bytes", digits.substring(0, at) + digits.substring(Math.min(digits.length(), at + part)));
                boolean taken = take(candidate);
                shorter |= taken;
                at += taken ? 0 : part;
            }
        }
        return shorter;
    }

    private boolean leaveOut(String path) {
        ObjectNode candidate = best.deepCopy();
        return parent(candidate, path).remove(name(path)) != null && take(candidate);
    }

    private boolean lower(String path) {
        JsonNode value = parent(best, path).path(name(path));
        for (int lower : lowerThan(value)) {
            ObjectNode candidate = best.deepCopy();
            parent(candidate, path).put(name(path), lower);
            if (take(candidate)) {
                return true;
            }
        }
        return false;
    }

    private static List<Integer> lowerThan(JsonNode value) {
        if (!JobFields.isInt(value) || value.intValue() <= 0) {
            return List.of();
        }
        int number = value.intValue();
        return number == 1 ? List.of(0) : List.of(0, number / 2, number - 1);
    }

    private boolean lowerElements() {
        boolean lowered = false;
        for (int at = 0; at < size("ids"); at++) {
            for (int lower : lowerThan(best.get("ids").get(at))) {
                ObjectNode candidate = best.deepCopy();
                ((ArrayNode) candidate.get("ids")).set(at, JsonNodeFactory.instance.numberNode(lower));
                if (take(candidate)) {
                    lowered = true;
                    break;
                }
            }
        }
        return lowered;
    }
}
