package io.tokenlz.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenlz.core.MalformedTokenStreamException;
import io.tokenlz.core.TokenCodec;
import io.tokenlz.hypertokens.HypertokenCodec;
import io.tokenlz.hypertokens.HypertokenConfig;
import io.tokenlz.hypertokens.ReplayRule;
import io.tokenlz.metatokens.MetaTokenCodec;
import io.tokenlz.metatokens.MetaTokenConfig;
import java.util.HexFormat;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The job that a failing case prints does what the case did. */
class JobLineProperties {
    private static final String BEGIN = "the job ";

    private final ObjectMapper json = new ObjectMapper();
    private final ConformanceJobs jobs = new ConformanceJobs();

    @Provide
    Arbitrary<CodecCase> cases() {
        return Arbitraries.oneOf(HypertokenArbitraries.casesFromAnyStart(), MetaTokenArbitraries.cases());
    }

    @Provide
    Arbitrary<EncodedCase> encoded() {
        return Arbitraries.oneOf(
                Arbitraries.of(ReplayRule.class)
                        .flatMap(rule -> Arbitraries.oneOf(
                                HypertokenArbitraries.modelOutputs(rule), HypertokenArbitraries.damaged(rule))),
                MetaTokenArbitraries.grammarLike(),
                MetaTokenArbitraries.damaged());
    }

    @Provide
    Arbitrary<CodecCase> sharedDictionaries() {
        return SharedDictionaryCases.any();
    }

    @Provide
    Arbitrary<FrameCase> frames() {
        return FrameArbitraries.cases(300);
    }

    private JsonNode answer(String printed) throws JsonProcessingException {
        assertThat(printed).startsWith(BEGIN);
        return json.readTree(jobs.answer(printed.substring(BEGIN.length())));
    }

    @Property(tries = 200)
    void encodesTheSame(@ForAll("cases") CodecCase that) throws JsonProcessingException {
        boolean started = that.codec() instanceof HypertokenCodec hypertokens
                && hypertokens.newDecoder().codebook().size() > 0;
        if (started) {
            assertThat(that.toString()).as("no job can say what it starts from").contains("over [");
            return;
        }
        assertThat(answer(that.toString()).get("encoded"))
                .isEqualTo(JobFields.array(that.codec().encode(that.tokens())));
    }

    @Property(tries = 200)
    void decodesTheSame(@ForAll("encoded") EncodedCase that) throws JsonProcessingException {
        JsonNode answer = answer(that.toString());
        try {
            assertThat(answer.get("decoded"))
                    .isEqualTo(JobFields.array(that.codec().decode(that.ids())));
        } catch (MalformedTokenStreamException malformed) {
            assertThat(answer.get("position").longValue()).isEqualTo(malformed.position());
        }
    }

    @Property(tries = 100)
    void theSharedFormHasNoJob(@ForAll("sharedDictionaries") CodecCase that) {
        assertThat(that.toString()).startsWith("meta-tokens(SHARED, ");
        assertThat(new EncodedCase(that.codec(), that.tokens()).toString()).startsWith("meta-tokens(SHARED, ");
    }

    /** The runner refuses windows and codebooks that could take its memory away. */
    @Example
    void whatTheRunnerRefusesIsNoJob() {
        assertThat(hasJob(metaTokens(1 << 20))).isTrue();
        assertThat(hasJob(metaTokens((1 << 20) + 1))).isFalse();
        assertThat(hasJob(hypertokens(1 << 20, 16))).isTrue();
        assertThat(hasJob(hypertokens(1 << 20, 17))).isFalse();
        assertThat(hasJob(hypertokens((1 << 20) + 1, 2))).isFalse();
    }

    private static boolean hasJob(TokenCodec codec) {
        return JobLine.encode(codec, new int[0]).isPresent()
                || JobLine.decode(codec, new int[0]).isPresent();
    }

    private static TokenCodec metaTokens(int window) {
        return new MetaTokenCodec(MetaTokenConfig.builder(10).window(window).build());
    }

    private static TokenCodec hypertokens(int codebookSize, int maxSubtokens) {
        return new HypertokenCodec(HypertokenConfig.builder(10, ReplayRule.BASE)
                .codebookSize(codebookSize)
                .maxSubtokens(maxSubtokens)
                .build());
    }

    @Property(tries = 100)
    void writesTheSame(@ForAll("frames") FrameCase that) throws JsonProcessingException {
        byte[] bytes = WireJobs.write(that.header(), that.options(), that.tokens(), that.flushes())
                .bytes();
        assertThat(answer(that.toString()).get("bytes").textValue())
                .isEqualTo(HexFormat.of().formatHex(bytes));
    }
}
