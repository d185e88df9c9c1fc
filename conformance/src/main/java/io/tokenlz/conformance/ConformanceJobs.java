package io.tokenlz.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenlz.core.MalformedTokenStreamException;
import io.tokenlz.core.TokenCodec;
import io.tokenlz.hypertokens.Codebook;
import io.tokenlz.hypertokens.HypertokenCodec;
import io.tokenlz.hypertokens.HypertokenConfig;
import io.tokenlz.hypertokens.HypertokenDecoder;
import io.tokenlz.hypertokens.HypertokenEncoder;
import io.tokenlz.hypertokens.ReplayRule;
import io.tokenlz.metatokens.MetaTokenCodec;
import io.tokenlz.metatokens.MetaTokenConfig;
import io.tokenlz.metatokens.MetaTokenEffort;
import io.tokenlz.metatokens.MetaTokenForm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/**
 * Answers conformance jobs with this project's codecs: a job a line in, a result a line out, in order
 * ({@code conformance/PROTOCOL.md}). Not thread-safe.
 */
public final class ConformanceJobs {
    /** A job's codebook may hold so many base tokens; more is refused before it is allocated. */
    private static final long MOST_CODEBOOK_SUBTOKENS = 1L << 24;

    /** A job's codebook may hold so many hypertokens. */
    private static final int MOST_CODEBOOK_ENTRIES = 1 << 20;

    /** A job's block may hold so many tokens. */
    private static final int LARGEST_WINDOW = 1 << 20;

    /** A job's result may hold so many tokens. */
    private static final int MOST_TOKENS = 1 << 24;

    /** So much of a wrong value is shown in an error. */
    private static final int MOST_SHOWN = 60;

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
                return error(result, "not a JSON object: " + shown(job), null);
            }
            result.set("id", job.get("id"));
            try {
                answer(job, result);
            } catch (MalformedTokenStreamException malformed) {
                return error(result, malformed.getMessage(), malformed.position());
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
        String kind = text(job, "kind", null);
        int[] ids = ids(required(job, "ids"));
        JsonNode config = required(job, "config");
        if (!config.isObject()) {
            throw new IllegalArgumentException("field \"config\" must be an object, is " + shown(config));
        }
        result.put("kind", kind);
        switch (kind) {
            case "encode" -> encode(hypertokens(config, ReplayRule.BASE), ids, result);
            case "decode" -> decode(hypertokens(config, replay(job)), ids, result);
            case "meta-encode" ->
                result.set("encoded", array(result, metaTokens(config).encode(ids)));
            case "meta-decode" ->
                result.set("decoded", array(result, metaTokens(config).decode(ids, MOST_TOKENS)));
            default -> throw new IllegalArgumentException("unknown kind \"" + kind + "\"");
        }
    }

    /** Greedy and never flushed, a stream is the same under both rules. */
    private static void encode(HypertokenCodec codec, int[] ids, ObjectNode result) {
        HypertokenEncoder encoder = codec.newEncoder();
        result.set("encoded", array(result, encoder.codeWhole(ids, MOST_TOKENS)));
        result.set("codebook", codebook(encoder.codebook(), result));
    }

    private static void decode(HypertokenCodec codec, int[] ids, ObjectNode result) {
        HypertokenDecoder decoder = codec.newDecoder();
        result.set("decoded", array(result, decoder.codeWhole(ids, MOST_TOKENS)));
        result.set("codebook", codebook(decoder.codebook(), result));
    }

    private static ArrayNode codebook(Codebook codebook, ObjectNode factory) {
        ArrayNode entries = factory.arrayNode();
        for (int id = codebook.firstId(); codebook.contains(id); id++) {
            ArrayNode entry = entries.addArray().add(id);
            for (int i = 0; i < codebook.length(id); i++) {
                entry.add(codebook.subtoken(id, i));
            }
        }
        return entries;
    }

    private static HypertokenCodec hypertokens(JsonNode config, ReplayRule replay) {
        int codebookSize = integer(config, "max_codebook_size");
        int maxSubtokens = integer(config, "max_subtokens");
        if (codebookSize > MOST_CODEBOOK_ENTRIES || (long) codebookSize * maxSubtokens > MOST_CODEBOOK_SUBTOKENS) {
            throw new IllegalArgumentException(
                    "max_codebook_size, or that times max_subtokens, is too large for a job");
        }
        HypertokenConfig.Builder builder = HypertokenConfig.builder(integer(config, "initial_vocab_size"), replay)
                .codebookSize(codebookSize)
                .maxSubtokens(maxSubtokens);
        if (config.hasNonNull("pad_token_id")) {
            builder.padId(integer(config, "pad_token_id"));
        }
        if (config.hasNonNull("disabled_ids")) {
            builder.disabledIds(disabledIds(config.get("disabled_ids")));
        }
        return new HypertokenCodec(builder.build());
    }

    private static int[] disabledIds(JsonNode list) {
        try {
            return ids(list);
        } catch (MalformedTokenStreamException notAnId) {
            // no token of the stream is to blame
            throw new IllegalArgumentException("field \"disabled_ids\" must hold IDs, holds " + notAnId.found());
        }
    }

    private static ReplayRule replay(JsonNode job) {
        String replay = text(job, "replay", "emitted");
        return switch (replay) {
            case "emitted" -> ReplayRule.EMITTED;
            case "base" -> ReplayRule.BASE;
            default ->
                throw new IllegalArgumentException("replay must be \"emitted\" or \"base\", is \"" + replay + '"');
        };
    }

    private static TokenCodec metaTokens(JsonNode config) {
        MetaTokenConfig.Builder builder = MetaTokenConfig.builder(integer(config, "vocab_size"));
        String form = text(config, "form", "flat");
        builder.form(
                switch (form) {
                    case "flat" -> MetaTokenForm.FLAT;
                    case "nested" -> MetaTokenForm.NESTED;
                    default ->
                        throw new IllegalArgumentException("form must be \"flat\" or \"nested\", is \"" + form + '"');
                });
        if (config.hasNonNull("window")) {
            int window = integer(config, "window");
            if (window > LARGEST_WINDOW) {
                throw new IllegalArgumentException("window must be at most " + LARGEST_WINDOW + " in a job");
            }
            builder.window(window);
        }
        if (config.hasNonNull("longest_run")) {
            // only LTSC's search knows a longest run
            builder.effort(MetaTokenEffort.LTSC);
            builder.longestRun(integer(config, "longest_run"));
        }
        if (config.hasNonNull("seed")) {
            JsonNode seed = required(config, "seed");
            if (!seed.isIntegralNumber() || !seed.canConvertToLong()) {
                throw new IllegalArgumentException("field \"seed\" must be a 64-bit integer, is " + shown(seed));
            }
            builder.shuffled(seed.longValue());
        }
        if (config.hasNonNull("dict_start") || config.hasNonNull("dict_end")) {
            builder.delimiters(integer(config, "dict_start"), integer(config, "dict_end"));
        }
        if (config.hasNonNull("pool")) {
            addPool(builder, config.get("pool"));
        }
        return new MetaTokenCodec(builder.build());
    }

    private static void addPool(MetaTokenConfig.Builder builder, JsonNode ranges) {
        if (!ranges.isArray() || ranges.isEmpty()) {
            throw new IllegalArgumentException("field \"pool\" must be a list of [first, last]");
        }
        for (JsonNode range : ranges) {
            if (!range.isArray() || range.size() != 2 || !isInt(range.get(0)) || !isInt(range.get(1))) {
                throw new IllegalArgumentException(
                        "field \"pool\" must be a list of [first, last], holds " + shown(range));
            }
            builder.addPool(range.get(0).intValue(), range.get(1).intValue());
        }
    }

    private static JsonNode required(JsonNode object, String field) {
        JsonNode value = object.get(field);
        if (value == null || value.isNull()) {
            throw new IllegalArgumentException("field \"" + field + "\" is missing");
        }
        return value;
    }

    private static String text(JsonNode object, String field, @Nullable String preset) {
        JsonNode value = object.get(field);
        if (value == null && preset != null) {
            return preset;
        }
        if (value == null || !value.isTextual()) {
            throw new IllegalArgumentException("field \"" + field + "\" must be a string");
        }
        return value.textValue();
    }

    private static boolean isInt(JsonNode value) {
        return value.isIntegralNumber() && value.canConvertToInt();
    }

    private static int integer(JsonNode object, String field) {
        JsonNode value = required(object, field);
        if (!isInt(value)) {
            throw new IllegalArgumentException(
                    "field \"" + field + "\" must be an integer below 2^31, is " + shown(value));
        }
        return value.intValue();
    }

    private static int[] ids(JsonNode list) {
        if (!list.isArray()) {
            throw new IllegalArgumentException("IDs must be a list, are " + shown(list));
        }
        int[] ids = new int[list.size()];
        for (int i = 0; i < ids.length; i++) {
            JsonNode id = list.get(i);
            if (!isInt(id)) {
                throw new MalformedTokenStreamException(i, "an ID of 0 to 2^31-1", shown(id));
            }
            ids[i] = id.intValue();
        }
        return ids;
    }

    private static ArrayNode array(ObjectNode factory, int[] tokens) {
        ArrayNode array = factory.arrayNode(tokens.length);
        for (int token : tokens) {
            array.add(token);
        }
        return array;
    }

    private static String shown(JsonNode value) {
        String text = value.toString();
        return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "...";
    }
}
