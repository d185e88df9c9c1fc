package io.tokenlz.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenlz.hypertokens.HypertokenConfig;
import io.tokenlz.hypertokens.ReplayRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** What HYPERTOKENS.md asks of {@code encode} and {@code decode}. */
final class HypertokenSuite {
    static final String NAME = "hypertokens";

    private HypertokenSuite() {}

    static List<CheckProperty> properties() {
        List<CheckProperty> properties = new ArrayList<>();
        properties.add(property(
                "encode",
                HypertokenArbitraries.cases()
                        .map(that ->
                                JobLine.hypertokens("encode", HypertokenArbitraries.config(that), that.tokens()))));
        properties.add(property("encode-refuses-aliens", aliens()));
        for (ReplayRule rule : ReplayRule.values()) {
            String name = "decode-" + JobFields.name(rule);
            properties.add(
                    property(name + "-greedy", HypertokenArbitraries.cases(rule).map(HypertokenSuite::greedy)));
            properties.add(property(
                    name + "-model-output",
                    HypertokenArbitraries.modelOutputs(rule).map(HypertokenSuite::decode)));
            properties.add(property(
                    name + "-damaged", HypertokenArbitraries.damaged(rule).map(HypertokenSuite::decode)));
        }
        properties.add(JobRefusals.property(NAME, configurations()));
        return properties;
    }

    private static CheckProperty property(String name, Arbitrary<ObjectNode> jobs) {
        return new CheckProperty(
                NAME,
                name,
                jobs.map(Job::of),
                (job, answer) -> expected(job.requireFields()).judge(answer),
                true);
    }

    private static ObjectNode greedy(CodecCase that) {
        HypertokenConfig config = HypertokenArbitraries.config(that);
        List<Integer> encoded = HypertokenArbitraries.oracle(config).encode(TokenArbitraries.boxed(that.tokens()));
        return JobLine.hypertokens("decode", config, TokenArbitraries.unboxed(encoded));
    }

    private static ObjectNode decode(EncodedCase that) {
        return JobLine.hypertokens(
                "decode", HypertokenArbitraries.config(new CodecCase(that.codec(), that.ids())), that.ids());
    }

    /** One ID that is not of the vocabulary, or no ID at all, somewhere among those that are. */
    private static Arbitrary<ObjectNode> aliens() {
        Arbitrary<Integer> kinds = Arbitraries.integers().between(0, 5);
        return Combinators.combine(
                        HypertokenArbitraries.cases(), Arbitraries.integers().between(0, 100), kinds)
                .as((that, place, kind) -> {
                    ObjectNode job = JobLine.hypertokens("encode", HypertokenArbitraries.config(that), that.tokens());
                    ArrayNode ids = (ArrayNode) job.get("ids");
                    ids.insert(
                            place % (ids.size() + 1),
                            JobRefusals.alien(kind, that.codec().vocabularySize()));
                    return job;
                })
                .withoutEdgeCases();
    }

    /** Configurations that are out of range. */
    private static Arbitrary<ObjectNode> configurations() {
        HypertokenConfig good = HypertokenConfig.builder(10, ReplayRule.BASE)
                .codebookSize(5)
                .maxSubtokens(3)
                .build();
        Map<String, List<Object>> changes = new TreeMap<>();
        changes.put("initial_vocab_size", JobRefusals.values(0, -1, "10", null, 2.5, 1L << 31));
        changes.put("max_codebook_size", JobRefusals.values(-1, "5", null, Integer.MAX_VALUE, 1L << 40));
        changes.put("max_subtokens", JobRefusals.values(0, -1, true, null));
        changes.put("pad_token_id", JobRefusals.values(10, -1, "0", 1L << 31));
        changes.put("disabled_ids", JobRefusals.values(List.of(10), List.of(-1), List.of("a"), 3));
        return Arbitraries.of("encode", "decode")
                .flatMap(kind -> JobRefusals.changed(JobLine.hypertokens(kind, good, new int[] {1}), changes));
    }

    static ExpectedAnswer expected(ObjectNode job) {
        ReplayRule rule = HypertokenJobs.replay(job);
        HypertokenOracle oracle = HypertokenArbitraries.oracle(HypertokenJobs.config(job, rule));
        boolean encodes = job.path("kind").asText().equals("encode");
        List<Integer> ids = new ArrayList<>();
        List<Integer> done = new ArrayList<>();
        int vocabularySize = job.path("config").path("initial_vocab_size").intValue();
        for (JsonNode id : job.get("ids")) {
            boolean isId = id.isIntegralNumber() && id.canConvertToInt() && id.intValue() >= 0;
            if (!isId || (encodes && id.intValue() >= vocabularySize)) {
                int refused = encodes ? -1 : oracle.decode(rule, ids, done);
                return ExpectedAnswer.refusedAt(refused >= 0 ? refused : ids.size());
            }
            ids.add(id.intValue());
        }
        if (encodes) {
            done = oracle.encode(ids);
        } else {
            int refused = oracle.decode(rule, ids, done);
            if (refused >= 0) {
                return ExpectedAnswer.refusedAt(refused);
            }
        }
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        fields.set(encodes ? "encoded" : "decoded", JobFields.array(TokenArbitraries.unboxed(done)));
        fields.set("codebook", codebook(oracle));
        return ExpectedAnswer.fields(fields);
    }

    private static ArrayNode codebook(HypertokenOracle oracle) {
        ArrayNode entries = JsonNodeFactory.instance.arrayNode();
        new TreeMap<>(oracle.codebook()).forEach((id, phrase) -> {
            ArrayNode entry = entries.addArray().add(id);
            phrase.forEach(entry::add);
        });
        return entries;
    }
}
