package io.tokenlz.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenlz.metatokens.MetaTokenAssignment;
import io.tokenlz.metatokens.MetaTokenCodec;
import io.tokenlz.metatokens.MetaTokenConfig;
import io.tokenlz.metatokens.MetaTokenEffort;
import io.tokenlz.metatokens.MetaTokenForm;

/** Jobs of the kinds {@code meta-encode} and {@code meta-decode}, and what their fields say. */
final class MetaTokenJobs {
    /** A job's block may hold so many tokens. */
    private static final int LARGEST_WINDOW = 1 << 20;

    private MetaTokenJobs() {}

    static void encode(JsonNode job, ObjectNode result) {
        MetaTokenCodec codec = new MetaTokenCodec(config(job));
        result.set("encoded", JobFields.array(JobFields.overIds(JobFields.list(job, "ids"), codec::encode)));
    }

    static void decode(JsonNode job, ObjectNode result) {
        MetaTokenCodec codec = new MetaTokenCodec(config(job));
        int[] decoded =
                JobFields.overIds(JobFields.list(job, "ids"), ids -> codec.decode(ids, ConformanceJobs.MOST_TOKENS));
        result.set("decoded", JobFields.array(decoded));
    }

    static MetaTokenConfig config(JsonNode job) {
        JsonNode config = JobFields.config(job);
        MetaTokenConfig.Builder builder = MetaTokenConfig.builder(JobFields.integer(config, "vocab_size"));
        builder.form(JobFields.oneOf(config, "form", MetaTokenForm.FLAT, MetaTokenForm.values()));
        if (config.hasNonNull("window")) {
            int window = JobFields.integer(config, "window");
            if (window > LARGEST_WINDOW) {
                throw new IllegalArgumentException("window must be at most " + LARGEST_WINDOW + " in a job");
            }
            builder.window(window);
        }
        if (config.hasNonNull("longest_run")) {
            // only LTSC's search knows a longest run
            builder.effort(MetaTokenEffort.LTSC);
            builder.longestRun(JobFields.integer(config, "longest_run"));
        } else {
            builder.effort(JobFields.oneOf(config, "effort", MetaTokenEffort.DEFAULT, MetaTokenEffort.values()));
        }
        if (config.hasNonNull("seed")) {
            builder.shuffled(JobFields.longInteger(config, "seed", 0));
        }
        if (config.hasNonNull("dict_start") || config.hasNonNull("dict_end")) {
            builder.delimiters(JobFields.integer(config, "dict_start"), JobFields.integer(config, "dict_end"));
        }
        if (config.hasNonNull("pool")) {
            addRanges("pool", config.get("pool"), builder::addPool);
        }
        if (config.hasNonNull("protected")) {
            addRanges("protected", config.get("protected"), builder::protect);
        }
        return builder.build();
    }

    /** Takes the first and the last ID of a range. */
    @FunctionalInterface
    private interface RangeTaker {
        MetaTokenConfig.Builder take(int firstId, int lastId);
    }

    private static void addRanges(String field, JsonNode ranges, RangeTaker taker) {
        String expected = "field \"" + field + "\" must be a list of [first, last]";
        if (!ranges.isArray() || ranges.isEmpty()) {
            throw new IllegalArgumentException(expected);
        }
        for (JsonNode range : ranges) {
            if (!range.isArray()
                    || range.size() != 2
                    || !JobFields.isInt(range.get(0))
                    || !JobFields.isInt(range.get(1))) {
                throw new IllegalArgumentException(expected + ", holds " + JobFields.shown(range));
            }
            taker.take(range.get(0).intValue(), range.get(1).intValue());
        }
    }

    /** Whether a job can have this configuration: none holds a shared dictionary, or so large a window. */
    static boolean canSay(MetaTokenConfig config) {
        return config.form() != MetaTokenForm.SHARED && config.window() <= LARGEST_WINDOW;
    }

    /** The fields that say this configuration, if a job can have it. */
    static ObjectNode fields(MetaTokenConfig config) {
        ObjectNode fields = JsonNodeFactory.instance
                .objectNode()
                .put("vocab_size", config.vocabularySize())
                .put("form", JobFields.name(config.form()))
                .put("window", config.window())
                .put("dict_start", config.dictionaryStart())
                .put("dict_end", config.dictionaryEnd());
        fields.set("pool", poolRanges(config));
        if (config.effort() == MetaTokenEffort.LTSC) {
            fields.put("longest_run", config.longestRun());
        } else {
            fields.put("effort", JobFields.name(config.effort()));
        }
        if (config.assignment() == MetaTokenAssignment.SHUFFLED) {
            fields.put("seed", config.seed());
        }
        ArrayNode protectedRanges = protectedRanges(config);
        if (!protectedRanges.isEmpty()) {
            fields.set("protected", protectedRanges);
        }
        return fields;
    }

    private static ArrayNode poolRanges(MetaTokenConfig config) {
        ArrayNode ranges = JsonNodeFactory.instance.arrayNode();
        int first = 0;
        for (int i = 1; i <= config.poolSize(); i++) {
            if (i == config.poolSize() || config.metaToken(i) != config.metaToken(i - 1) + 1) {
                ranges.addArray().add(config.metaToken(first)).add(config.metaToken(i - 1));
                first = i;
            }
        }
        return ranges;
    }

    private static ArrayNode protectedRanges(MetaTokenConfig config) {
        ArrayNode ranges = JsonNodeFactory.instance.arrayNode();
        int first = 0;
        for (int id = 0; id <= config.vocabularySize(); id++) {
            if (id == config.vocabularySize() || !config.isProtected(id)) {
                if (first < id) {
                    ranges.addArray().add(first).add(id - 1);
                }
                first = id + 1;
            }
        }
        return ranges;
    }
}
