package io.tokenlz.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenlz.core.MalformedTokenStreamException;
import io.tokenlz.hypertokens.HypertokenCodec;
import io.tokenlz.hypertokens.HypertokenDecoder;
import io.tokenlz.hypertokens.HypertokenEncoder;
import io.tokenlz.hypertokens.ReplayRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The codec beside the plain oracle, token by token, and what HYPERTOKENS.md says of codebooks. */
class HypertokenOracleProperties {
    @Provide
    Arbitrary<CodecCase> cases() {
        return HypertokenArbitraries.cases();
    }

    @Provide
    Arbitrary<CodecCase> baseReplayCases() {
        return HypertokenArbitraries.cases(ReplayRule.BASE);
    }

    @Property
    void encodesLikeTheOracle(@ForAll("cases") CodecCase that) {
        HypertokenOracle oracle = HypertokenArbitraries.oracle(HypertokenArbitraries.config(that));
        assertThat(boxed(that.codec().encode(that.tokens()))).isEqualTo(oracle.encode(boxed(that.tokens())));
    }

    /** Section 5, 2: on greedy streams both rules end with the encoder's codebook. */
    @Property
    void decodersHoldTheGreedyEncodersCodebook(@ForAll("cases") CodecCase that) {
        HypertokenOracle oracle = HypertokenArbitraries.oracle(HypertokenArbitraries.config(that));
        oracle.encode(boxed(that.tokens()));
        HypertokenCodec codec = (HypertokenCodec) that.codec();
        HypertokenEncoder encoder = codec.newEncoder();
        Windows encoding = Windows.whole();
        encoding.transform(encoder, that.tokens(), 0, that.tokens().length);
        encoding.finish(encoder);
        HypertokenDecoder decoder = codec.newDecoder();
        Windows decoding = Windows.whole();
        decoding.transform(decoder, encoding.collected(), 0, encoding.collectedCount());
        assertThat(HypertokenCases.entries(encoder.codebook())).isEqualTo(oracle.codebook());
        assertThat(HypertokenCases.entries(decoder.codebook())).isEqualTo(oracle.codebook());
    }

    /** What a model emits: any base token or live hypertoken, the next one, and now and then garbage. */
    @Property(tries = 3000)
    void decodesWhatAModelEmitsLikeTheOracle(@ForAll("cases") CodecCase that, @ForAll Random random) {
        HypertokenCodec codec = (HypertokenCodec) that.codec();
        HypertokenDecoder decoder = codec.newDecoder();
        HypertokenOracle oracle = HypertokenArbitraries.oracle(codec.config());
        boolean base = codec.config().replayRule() == ReplayRule.BASE;
        List<Integer> expected = new ArrayList<>();
        Windows windows = Windows.whole();
        for (int at = 0; at < 120; at++) {
            int id = HypertokenCases.modelLike(that, decoder.codebook(), random);
            int refused = base
                    ? oracle.decodeBaseReplay(List.of(id), expected)
                    : oracle.decodeEmittedReplay(List.of(id), expected);
            try {
                windows.transform(decoder, new int[] {id}, 0, 1);
                assertThat(refused)
                        .as("refused by the oracle: %s at %s", id, at)
                        .isEqualTo(-1);
            } catch (MalformedTokenStreamException malformed) {
                assertThat(refused)
                        .as("refused only by the codec: %s", malformed)
                        .isZero();
                assertThat(malformed.position()).isEqualTo(at);
                return;
            }
            assertThat(boxed(windows.collected())).isEqualTo(expected);
            assertThat(HypertokenCases.entries(decoder.codebook())).isEqualTo(oracle.codebook());
        }
    }

    /** Section 5, 3: under base replay a flush changes neither the base tokens nor the codebook. */
    @Property
    void flushesLeaveTheCodebookOfBaseReplayAsItIs(
            @ForAll("baseReplayCases") CodecCase that,
            @ForAll @Size(max = 40) List<@IntRange(max = 200) Integer> flushes) {
        HypertokenOracle oracle = HypertokenArbitraries.oracle(HypertokenArbitraries.config(that));
        oracle.encode(boxed(that.tokens()));
        HypertokenEncoder encoder = ((HypertokenCodec) that.codec()).newEncoder();
        Windows windows = Windows.whole();
        int at = 0;
        for (int flush : new TreeSet<>(flushes)) {
            int until = Math.min(flush, that.tokens().length);
            windows.transform(encoder, that.tokens(), at, until);
            windows.flush(encoder);
            at = until;
        }
        windows.transform(encoder, that.tokens(), at, that.tokens().length);
        windows.finish(encoder);
        assertThat(HypertokenCases.entries(encoder.codebook())).isEqualTo(oracle.codebook());
    }

    private static List<Integer> boxed(int[] tokens) {
        return IntStream.of(tokens).boxed().toList();
    }
}
