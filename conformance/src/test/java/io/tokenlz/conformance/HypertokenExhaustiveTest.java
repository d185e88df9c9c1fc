package io.tokenlz.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenlz.core.ArrayTokenInput;
import io.tokenlz.core.ArrayTokenOutput;
import io.tokenlz.core.CoderStatus;
import io.tokenlz.core.MalformedTokenStreamException;
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

    private final ArrayTokenInput input = new ArrayTokenInput();
    private final ArrayTokenOutput output = new ArrayTokenOutput();
    private final int[] encoded = new int[64];
    private final int[] decoded = new int[64];

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
                int greedyLength = code(encoder, tokens, tokens.length, -1, encoded);
                assertComesBack(config, decoder, tokens, greedyLength);
                if (tokens.length <= MOST_IDS) {
                    for (int flush = 0; flush <= tokens.length; flush++) {
                        assertComesBack(config, decoder, tokens, code(encoder, tokens, tokens.length, flush, encoded));
                    }
                }
                return true;
            });
        }
        EverySequence.print("hypertokens, " + rule + ", there and back", configurations.size(), sequences);
    }

    private void assertComesBack(HypertokenConfig config, TokenCoder decoder, int[] tokens, int encodedLength) {
        int length = code(decoder, encoded, encodedLength, -1, decoded);
        if (!Arrays.equals(decoded, 0, length, tokens, 0, tokens.length)) {
            throw new AssertionError(config + ": " + Arrays.toString(tokens) + " came back as "
                    + Arrays.toString(Arrays.copyOf(decoded, length)));
        }
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
        long position = -1;
        try {
            code(decoder, ids, ids.length, -1, decoded);
        } catch (MalformedTokenStreamException malformed) {
            position = malformed.position();
        }
        List<Integer> found =
                Arrays.stream(decoded, 0, (int) decoder.totalProduced()).boxed().toList();
        if (position != refused || !found.equals(expected)) {
            throw new AssertionError(config + ": " + stream + " gave " + found + " up to " + position + ", the oracle "
                    + expected + " up to " + refused);
        }
        return refused < 0;
    }

    private int code(TokenCoder coder, int[] source, int length, int flush, int[] target) {
        coder.reset();
        output.wrap(target);
        if (flush >= 0) {
            coder.transform(input.wrap(source, 0, flush), output);
            coder.flush(output);
        }
        int from = Math.max(0, flush);
        coder.transform(input.wrap(source, from, length - from), output);
        assertThat(coder.finish(output)).isEqualTo(CoderStatus.DONE);
        return (int) output.position();
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
