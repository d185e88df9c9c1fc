package io.tokenlz.conformance;

import io.tokenlz.core.TokenCoder;
import io.tokenlz.hypertokens.HypertokenCodec;
import io.tokenlz.hypertokens.HypertokenConfig;
import io.tokenlz.hypertokens.ReplayRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Small models of the codec, every one of them: nothing is drawn, so nothing is missed. */
class HypertokenExhaustiveTest {
    private static final int VOCABULARY = 3;
    private static final int MOST_TOKENS = 9;
    private static final int MOST_IDS = 6;

    private final SmallModelCoder coder = new SmallModelCoder();

    /** All sequences of up to nine of three tokens, C of 0 to 6, m of 1 to 4, with and without a protected token. */
    @ParameterizedTest
    @EnumSource
    void everyShortSequenceComesBackFlushedOrNot(ReplayRule rule) {
        List<HypertokenConfig> configurations = configurations(rule);
        long sequences = 0;
        for (HypertokenConfig config : configurations) {
            HypertokenCodec codec = new HypertokenCodec(config);
            TokenCoder encoder = codec.newEncoder();
            TokenCoder decoder = codec.newDecoder();
            sequences += EverySequence.of(idsBelow(VOCABULARY), MOST_TOKENS, tokens -> {
                int greedyLength = coder.encode(encoder, tokens, SmallModelCoder.NO_FLUSH);
                coder.requireBack(config, decoder, tokens, greedyLength);
                if (tokens.length <= MOST_IDS) {
                    for (int flush = 0; flush <= tokens.length; flush++) {
                        coder.requireBack(config, decoder, tokens, coder.encode(encoder, tokens, flush));
                    }
                }
                return true;
            });
        }
        EverySequence.print("hypertokens, " + rule + ", there and back", configurations.size(), sequences);
    }

    /** All sequences of up to six IDs, from the first token to one past the codebook: decoded or refused as by the oracle. */
    @ParameterizedTest
    @EnumSource
    void everyShortStreamIsDecodedOrRefusedLikeTheOracle(ReplayRule rule) {
        long sequences = 0;
        int configurations = 0;
        for (int codebookSize = 0; codebookSize <= 3; codebookSize++) {
            for (int maxSubtokens = 1; maxSubtokens <= 4; maxSubtokens++) {
                HypertokenConfig config = HypertokenConfig.builder(2, rule)
                        .codebookSize(codebookSize)
                        .maxSubtokens(maxSubtokens)
                        .build();
                TokenCoder decoder = new HypertokenCodec(config).newDecoder();
                configurations++;
                sequences += EverySequence.of(
                        idsBelow(2 + codebookSize + 1), MOST_IDS, ids -> decodesLikeTheOracle(config, decoder, ids));
            }
        }
        EverySequence.print("hypertokens, " + rule + ", any stream", configurations, sequences);
    }

    private static int[] idsBelow(int limit) {
        return IntStream.range(0, limit).toArray();
    }

    /** Whether the stream was decoded: what follows a refused ID need not be tried. */
    private boolean decodesLikeTheOracle(HypertokenConfig config, TokenCoder decoder, int[] ids) {
        HypertokenOracle oracle =
                new HypertokenOracle(config.vocabularySize(), config.codebookSize(), config.maxSubtokens(), Set.of());
        List<Integer> expected = new ArrayList<>();
        List<Integer> stream = Arrays.stream(ids).boxed().toList();
        int refused = config.replayRule() == ReplayRule.BASE
                ? oracle.decodeBaseReplay(stream, expected)
                : oracle.decodeEmittedReplay(stream, expected);
        coder.requireDecoded(config, decoder, ids, refused, expected);
        return refused < 0;
    }

    private static List<HypertokenConfig> configurations(ReplayRule rule) {
        List<HypertokenConfig> all = new ArrayList<>();
        for (int codebookSize = 0; codebookSize <= 6; codebookSize++) {
            for (int maxSubtokens = 1; maxSubtokens <= 4; maxSubtokens++) {
                HypertokenConfig.Builder builder = HypertokenConfig.builder(VOCABULARY, rule)
                        .codebookSize(codebookSize)
                        .maxSubtokens(maxSubtokens);
                all.add(builder.build());
                all.add(builder.padId(1).build());
            }
        }
        return all;
    }
}
