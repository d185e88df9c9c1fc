package io.tokenlz.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenlz.metatokens.MetaTokenConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** What META-TOKENS.md asks of {@code meta-encode} and {@code meta-decode}. */
final class MetaTokenSuite {
    static final String NAME = "meta";

    private MetaTokenSuite() {}

    static List<CheckProperty> properties() {
        Arbitrary<ObjectNode> encodings = MetaTokenArbitraries.cases().map(MetaTokenSuite::encode);
        return List.of(
                property("encode", encodings),
                property("encode-refuses-aliens", aliens()),
                property(
                        "decode-encoded",
                        MetaTokenArbitraries.cases()
                                .map(that -> decode(new EncodedCase(
                                        that.codec(), that.codec().encode(that.tokens()))))),
                property("decode-grammar", MetaTokenArbitraries.grammarLike().map(MetaTokenSuite::decode)),
                property("decode-damaged", MetaTokenArbitraries.damaged().map(MetaTokenSuite::decode)),
                JobRefusals.property(NAME, configurations()));
    }

    private static CheckProperty property(String name, Arbitrary<ObjectNode> jobs) {
        return new CheckProperty(
                NAME, name, jobs.map(Job::of), (job, answer) -> judge(job.requireFields(), answer), true);
    }

    private static ObjectNode encode(CodecCase that) {
        return JobLine.metaTokens("meta-encode", MetaTokenArbitraries.config(that), that.tokens());
    }

    private static ObjectNode decode(EncodedCase that) {
        MetaTokenConfig config = MetaTokenArbitraries.config(new CodecCase(that.codec(), that.ids()));
        return JobLine.metaTokens("meta-decode", config, that.ids());
    }

    private static Arbitrary<ObjectNode> aliens() {
        return Combinators.combine(
                        MetaTokenArbitraries.cases(),
                        Arbitraries.integers().between(0, 200),
                        Arbitraries.integers().between(0, 8))
                .as((that, place, kind) -> {
                    MetaTokenConfig config = MetaTokenArbitraries.config(that);
                    ObjectNode job = encode(that);
                    ArrayNode ids = (ArrayNode) job.get("ids");
                    JsonNode alien = kind <= 5
                            ? JobRefusals.alien(kind, config.vocabularySize())
                            : JsonNodeFactory.instance.numberNode(
                                    kind == 6 ? config.dictionaryStart() : config.metaToken(0));
                    ids.insert(place % (ids.size() + 1), alien);
                    return job;
                })
                .withoutEdgeCases();
    }

    private static Arbitrary<ObjectNode> configurations() {
        Map<String, List<Object>> changes = new TreeMap<>();
        changes.put("vocab_size", JobRefusals.values(0, -1, "10", null, 2.5, 1L << 31));
        changes.put("form", JobRefusals.values("round", 1, ""));
        changes.put("window", JobRefusals.values(0, -1, "9", 1L << 40));
        changes.put("dict_start", JobRefusals.values(11, -1, "x"));
        changes.put(
                "pool",
                JobRefusals.values(3, List.of(), List.of(1), List.of(List.of(20, 19)), List.of(List.of(10, 11))));
        ObjectNode good = JsonNodeFactory.instance.objectNode().put("kind", "meta-encode");
        good.putObject("config").put("vocab_size", 10).put("dict_start", 10).put("dict_end", 11);
        good.putArray("ids").add(1);
        return Arbitraries.of("meta-encode", "meta-decode")
                .flatMap(kind -> JobRefusals.changed(good.deepCopy().put("kind", kind), changes));
    }

    static Verdict judge(ObjectNode job, JsonNode answer) {
        MetaTokenConfig config = MetaTokenJobs.config(job);
        MetaTokenOracle oracle = MetaTokenArbitraries.oracle(config);
        if (job.path("kind").asText().equals("meta-encode")) {
            return judgeEncoding(job, oracle, answer);
        }
        List<Integer> ids = new ArrayList<>();
        for (JsonNode id : job.get("ids")) {
            ids.add(id.intValue());
        }
        List<Integer> decoded = new ArrayList<>();
        int refused = oracle.decode(ids, decoded);
        if (refused >= 0) {
            return ExpectedAnswer.refusedAt(refused).judge(answer);
        }
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        fields.set("decoded", JobFields.array(TokenArbitraries.unboxed(decoded)));
        return ExpectedAnswer.fields(fields).judge(answer);
    }

    /** Whatever an encoder replaces: it must decode to the tokens and not be longer. */
    private static Verdict judgeEncoding(ObjectNode job, MetaTokenOracle oracle, JsonNode answer) {
        JsonNode tokens = job.get("ids");
        for (int i = 0; i < tokens.size(); i++) {
            JsonNode token = tokens.get(i);
            if (!JobFields.isInt(token) || !oracle.isBase(token.intValue())) {
                return ExpectedAnswer.refusedAt(i).judge(answer);
            }
        }
        Verdict refusal = Verdict.ofRefusal(answer);
        if (refusal != null) {
            return refusal;
        }
        JsonNode encoded = answer.path("encoded");
        List<Integer> ids = new ArrayList<>();
        for (JsonNode id : encoded) {
            if (!JobFields.isInt(id)) {
                return Verdict.failed("\"encoded\" holds " + Verdict.shown(id));
            }
            ids.add(id.intValue());
        }
        List<Integer> decoded = new ArrayList<>();
        int refused = oracle.decode(ids, decoded);
        if (!encoded.isArray()
                || refused >= 0
                || !JobFields.array(TokenArbitraries.unboxed(decoded)).equals(tokens)) {
            return Verdict.failed("\"encoded\" is " + Verdict.shown(encoded) + ", which a decoder "
                    + (refused >= 0 ? "must refuse at position " + refused : "takes for " + decoded));
        }
        return ids.size() <= tokens.size()
                ? Verdict.PASSED
                : Verdict.failed("\"encoded\" has " + ids.size() + " IDs for " + tokens.size() + " tokens");
    }
}
