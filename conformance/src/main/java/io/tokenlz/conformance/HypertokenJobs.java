package io.tokenlz.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenlz.core.MalformedTokenStreamException;
import io.tokenlz.hypertokens.Codebook;
import io.tokenlz.hypertokens.HypertokenCodec;
import io.tokenlz.hypertokens.HypertokenConfig;
import io.tokenlz.hypertokens.HypertokenDecoder;
import io.tokenlz.hypertokens.HypertokenEncoder;
import io.tokenlz.hypertokens.ReplayRule;

/** Jobs of the kinds {@code encode} and {@code decode}, and what their fields say. */
final class HypertokenJobs {
    /** A job's codebook may hold so many base tokens; more is refused before it is allocated. */
    private static final long MOST_CODEBOOK_SUBTOKENS = 1L << 24;

    /** A job's codebook may hold so many hypertokens. */
    private static final int MOST_CODEBOOK_ENTRIES = 1 << 20;

    private HypertokenJobs() {}

    /** Greedy and never flushed, a stream is the same under both rules. */
    static void encode(JsonNode job, ObjectNode result) {
        HypertokenEncoder encoder = new HypertokenCodec(config(job, ReplayRule.BASE)).newEncoder();
        int[] encoded = JobFields.overIds(
                JobFields.list(job, "ids"), ids -> encoder.codeWhole(ids, ConformanceJobs.MOST_TOKENS));
        result.set("encoded", JobFields.array(encoded));
        result.set("codebook", codebook(encoder.codebook()));
    }

    static void decode(JsonNode job, ObjectNode result) {
        HypertokenDecoder decoder = new HypertokenCodec(config(job, replay(job))).newDecoder();
        int[] decoded = JobFields.overIds(
                JobFields.list(job, "ids"), ids -> decoder.codeWhole(ids, ConformanceJobs.MOST_TOKENS));
        result.set("decoded", JobFields.array(decoded));
        result.set("codebook", codebook(decoder.codebook()));
    }

    private static ArrayNode codebook(Codebook codebook) {
        ArrayNode entries = JsonNodeFactory.instance.arrayNode();
        for (int id = codebook.firstId(); codebook.contains(id); id++) {
            ArrayNode entry = entries.addArray().add(id);
            for (int i = 0; i < codebook.length(id); i++) {
                entry.add(codebook.subtoken(id, i));
            }
        }
        return entries;
    }

    static ReplayRule replay(JsonNode job) {
        return JobFields.oneOf(job, "replay", ReplayRule.EMITTED, ReplayRule.values());
    }

    static HypertokenConfig config(JsonNode job, ReplayRule replay) {
        JsonNode config = JobFields.config(job);
        int codebookSize = JobFields.integer(config, "max_codebook_size");
        int maxSubtokens = JobFields.integer(config, "max_subtokens");
        if (isTooLarge(codebookSize, maxSubtokens)) {
            throw new IllegalArgumentException(
                    "max_codebook_size, or that times max_subtokens, is too large for a job");
        }
        HypertokenConfig.Builder builder = HypertokenConfig.builder(
                        JobFields.integer(config, "initial_vocab_size"), replay)
                .codebookSize(codebookSize)
                .maxSubtokens(maxSubtokens);
        if (config.hasNonNull("pad_token_id")) {
            builder.padId(JobFields.integer(config, "pad_token_id"));
        }
        if (config.hasNonNull("disabled_ids")) {
            builder.disabledIds(disabledIds(config));
        }
        return builder.build();
    }

    private static boolean isTooLarge(int codebookSize, int maxSubtokens) {
        return codebookSize > MOST_CODEBOOK_ENTRIES || (long) codebookSize * maxSubtokens > MOST_CODEBOOK_SUBTOKENS;
    }

    /** Whether a job can have this configuration, as far as its size goes. */
    static boolean canSay(HypertokenConfig config) {
        return !isTooLarge(config.codebookSize(), config.maxSubtokens());
    }

    private static int[] disabledIds(JsonNode config) {
        try {
            return JobFields.overIds(JobFields.list(config, "disabled_ids"), ids -> ids);
        } catch (MalformedTokenStreamException notAnId) {
            // no token of the stream is to blame
            throw new IllegalArgumentException("field \"disabled_ids\" must hold IDs, holds " + notAnId.found());
        }
    }

    /** The fields that say this configuration, if a job can have it. */
    static ObjectNode fields(HypertokenConfig config) {
        ObjectNode fields = JsonNodeFactory.instance
                .objectNode()
                .put("initial_vocab_size", config.vocabularySize())
                .put("max_codebook_size", config.codebookSize())
                .put("max_subtokens", config.maxSubtokens());
        if (config.padId() >= 0) {
            fields.put("pad_token_id", config.padId());
        }
        fields.set("disabled_ids", JobFields.array(config.disabledIds()));
        return fields;
    }
}
