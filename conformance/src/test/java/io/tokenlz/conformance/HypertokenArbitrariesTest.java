package io.tokenlz.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenlz.hypertokens.HypertokenConfig;
import io.tokenlz.hypertokens.ReplayRule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/** What the generators promise: the cases that matter do come. */
class HypertokenArbitrariesTest {
    private static final Set<String> SEEN = new HashSet<>();

    @Provide
    Arbitrary<CodecCase> cases() {
        return HypertokenArbitraries.cases();
    }

    @Provide
    Arbitrary<EncodedCase> outputs() {
        return HypertokenArbitraries.modelOutputs(ReplayRule.EMITTED);
    }

    @Property(tries = 2000)
    void theCasesThatMatterCome(@ForAll("cases") CodecCase that) {
        HypertokenConfig config = HypertokenArbitraries.config(that);
        HypertokenOracle oracle = HypertokenArbitraries.oracle(config);
        List<Integer> tokens = TokenArbitraries.boxed(that.tokens());
        List<Integer> encoded = oracle.encode(tokens);
        boolean full = oracle.codebook().size() == config.codebookSize();
        see("an empty stream", tokens.isEmpty());
        see("a codebook that fills up", full && config.codebookSize() > 0);
        see("a codebook with room left", !full);
        see("none", config.codebookSize() == 0);
        see(
                "filled by the last token",
                full && config.codebookSize() > 0 && lastInsertedAt(config, tokens) == tokens.size());
        see("the highest ID", tokens.contains(Integer.MAX_VALUE - 41));
        see(
                "a hypertoken of the longest length",
                oracle.codebook().values().stream().anyMatch(phrase -> phrase.size() == 6));
        see("a protected token inside", tokens.stream().anyMatch(config::isProtected));
        see("compression", encoded.size() < tokens.size() / 2);
    }

    private static int lastInsertedAt(HypertokenConfig config, List<Integer> tokens) {
        HypertokenOracle oracle = HypertokenArbitraries.oracle(config);
        for (int length = 0; length <= tokens.size(); length++) {
            oracle = HypertokenArbitraries.oracle(config);
            oracle.encode(tokens.subList(0, length));
            if (oracle.codebook().size() == config.codebookSize()) {
                return length;
            }
        }
        return -1;
    }

    @Property(tries = 500)
    void modelOutputsAreAlwaysTaken(@ForAll("outputs") EncodedCase that) {
        HypertokenConfig config = HypertokenArbitraries.config(new CodecCase(that.codec(), that.ids()));
        HypertokenOracle oracle = HypertokenArbitraries.oracle(config);
        List<Integer> decoded = new ArrayList<>();
        assertThat(oracle.decode(config.replayRule(), TokenArbitraries.boxed(that.ids()), decoded))
                .isEqualTo(-1);
        HypertokenOracle greedy = HypertokenArbitraries.oracle(config);
        see("another stream than the greedy one", !greedy.encode(decoded).equals(TokenArbitraries.boxed(that.ids())));
    }

    private static void see(String what, boolean is) {
        if (is) {
            SEEN.add(what);
        }
    }

    @AfterContainer
    static void allWereSeen() {
        assertThat(new TreeSet<>(SEEN)).hasSize(10);
    }
}
