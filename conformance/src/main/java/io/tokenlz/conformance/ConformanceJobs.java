package io.tokenlz.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenlz.core.MalformedTokenStreamException;
import io.tokenlz.frames.MalformedFrameException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/**
 * Answers conformance jobs with this project's codecs: a job a line in, a result a line out, in order
 * ({@code conformance/PROTOCOL.md}). Not thread-safe.
 */
public final class ConformanceJobs {
    /** A job's result may hold so many tokens. */
    static final int MOST_TOKENS = 1 << 24;

    private final ObjectMapper json = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Makes a runner of jobs. */
    public ConformanceJobs() {}

    /**
     * Answers all jobs, each as soon as it is read.
     *
     * @param jobs JSON lines; empty lines are passed over
     * @param results gets a JSON line for each job
     * @throws IOException if reading or writing fails
     */
    public void run(BufferedReader jobs, Writer results) throws IOException {
        for (String line = jobs.readLine(); line != null; line = jobs.readLine()) {
            if (!line.isBlank()) {
                results.write(answer(line));
                results.write('\n');
                results.flush();
            }
        }
    }

    /**
     * Answers one job.
     *
     * @param line a JSON object
     * @return a JSON object on one line: the result, or the error with its position
     */
    public String answer(String line) {
        ObjectNode result = json.createObjectNode();
        try {
            JsonNode job = json.readTree(line);
            if (!job.isObject()) {
                return error(result, "not a JSON object: " + JobFields.shown(job), null);
            }
            result.set("id", job.get("id"));
            try {
                answer(job, result);
            } catch (MalformedTokenStreamException malformed) {
                return error(result, malformed.getMessage(), malformed.position());
            } catch (MalformedFrameException malformed) {
                return error(result, malformed.getMessage(), malformed.bytePosition());
            } catch (IllegalArgumentException refused) {
                return error(result, refused.getMessage(), null);
            }
        } catch (JsonProcessingException noJson) {
            return error(result, "not a JSON object: " + noJson.getOriginalMessage(), null);
        }
        return result.toString();
    }

    private static String error(ObjectNode result, @Nullable String message, @Nullable Long position) {
        ObjectNode answer = result.objectNode();
        answer.set("id", result.get("id"));
        answer.put("error", message);
        answer.put("position", position);
        return answer.toString();
    }

    private static void answer(JsonNode job, ObjectNode result) {
        String kind = JobFields.text(job, "kind", null);
        result.put("kind", kind);
        switch (kind) {
            case "encode" -> HypertokenJobs.encode(job, result);
            case "decode" -> HypertokenJobs.decode(job, result);
            case "meta-encode" -> MetaTokenJobs.encode(job, result);
            case "meta-decode" -> MetaTokenJobs.decode(job, result);
            case "wire-write" -> WireJobs.write(job, result);
            case "wire-read" -> WireJobs.read(job, result);
            default -> throw new IllegalArgumentException("unknown kind \"" + kind + "\"");
        }
    }
}
