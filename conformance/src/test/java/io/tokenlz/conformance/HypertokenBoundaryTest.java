package io.tokenlz.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenlz.core.TokenDecoder;
import io.tokenlz.core.TokenEncoder;
import io.tokenlz.hypertokens.Codebook;
import io.tokenlz.hypertokens.CodebookSnapshot;
import io.tokenlz.hypertokens.HypertokenCodec;
import io.tokenlz.hypertokens.HypertokenConfig;
import io.tokenlz.hypertokens.HypertokenDecoder;
import io.tokenlz.hypertokens.HypertokenEncoder;
import io.tokenlz.hypertokens.HypertokenStream;
import io.tokenlz.hypertokens.ReplayRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The codec beside the oracle where something ends or fills up: lengths around those from which its loops run, room around what a
 * phrase needs, codebooks that are full one entry earlier or later, protected IDs at both ends of their span. Nothing is drawn, so
 * that a mutant meets what the others met.
 */
class HypertokenBoundaryTest {
    private static final int[] LENGTHS = {0, 1, 2, 3, 4, 5, 7, 8, 9, 17, 40, 300};
    private static final List<Integer> WHOLE = List.of(1 << 12);
    private static final int MODEL_IDS = 150;

    private final HypertokenCodecProperties contract = new HypertokenCodecProperties();

    /** Sizes and protected IDs: each bound that the codec treats in its own way, and one to each side of it. */
    private static List<HypertokenConfig> configurations(ReplayRule rule) {
        List<HypertokenConfig> all = new ArrayList<>();
        int[][] codebooks = {
            {0, 4}, {1, 4}, {2, 2}, {3, 1}, {5, 3}, {8, 4}, {15, 5}, {16, 16}, {17, 17}, {40, 4}, {64, 16}, {300, 6}
        };
        for (int[] sizes : codebooks) {
            all.add(builder(6, rule, sizes).build());
        }
        all.add(builder(6, rule, 20, 4).padId(0).build());
        all.add(builder(6, rule, 20, 4).disabledIds(1, 4).build());
        all.add(builder(6, rule, 20, 5).padId(5).disabledIds(2).build());
        all.add(builder(6, rule, 3, 4).disabledIds(2, 1).build());
        all.add(builder(200_019, rule, 40, 4).disabledIds(200_017, 1).build());
        all.add(builder(Integer.MAX_VALUE - 39, rule, 40, 3)
                .padId(Integer.MAX_VALUE - 40)
                .build());
        return all;
    }

    private static HypertokenConfig.Builder builder(int vocabularySize, ReplayRule rule, int... sizes) {
        return HypertokenConfig.builder(vocabularySize, rule)
                .codebookSize(sizes[0])
                .maxSubtokens(sizes[1]);
    }

    private static List<Integer> vocabulary(HypertokenConfig config) {
        return TokenArbitraries.edges(config.vocabularySize());
    }

    private static List<CodecCase> cases(ReplayRule rule, int length) {
        List<CodecCase> cases = new ArrayList<>();
        for (HypertokenConfig config : configurations(rule)) {
            HypertokenCodec codec = new HypertokenCodec(config);
            for (int pattern = 0; pattern < TokenPatterns.count(); pattern++) {
                cases.add(new CodecCase(codec, TokenPatterns.tokens(pattern, length, vocabulary(config))));
            }
        }
        return cases;
    }

    @ParameterizedTest
    @EnumSource
    void bothSidesAreLikeTheOracleAtEachLength(ReplayRule rule) {
        for (int length : LENGTHS) {
            for (CodecCase that : cases(rule, length)) {
                HypertokenOracle oracle = HypertokenArbitraries.oracle(HypertokenArbitraries.config(that));
                int[] expected = TokenArbitraries.unboxed(oracle.encode(TokenArbitraries.boxed(that.tokens())));
                HypertokenCodec codec = (HypertokenCodec) that.codec();
                HypertokenEncoder encoder = codec.newEncoder();
                assertThat(TokenCoderContract.drive(encoder, that.tokens(), Windows.whole()))
                        .isEqualTo(expected);
                HypertokenDecoder decoder = codec.newDecoder();
                assertThat(TokenCoderContract.drive(decoder, expected, Windows.whole()))
                        .isEqualTo(that.tokens());
                assertThat(HypertokenCases.entries(encoder.codebook())).isEqualTo(oracle.codebook());
                assertThat(HypertokenCases.entries(decoder.codebook())).isEqualTo(oracle.codebook());
            }
        }
    }

    /** Both streams behind one another: what a loop leaves is what the next one begins with. */
    @ParameterizedTest
    @EnumSource
    void windowsAroundTheLoopsBoundsChangeNothing(ReplayRule rule) {
        for (HypertokenConfig config : configurations(rule)) {
            CodecCase that = new CodecCase(new HypertokenCodec(config), TokenPatterns.all(40, vocabulary(config)));
            int longest = Math.min(config.maxSubtokens(), config.codebookSize() + 1);
            contract.splittingNeverChangesWhatComesOut(that, List.of(3), List.of(1, 2));
            contract.splittingNeverChangesWhatComesOut(that, List.of(4), List.of(2, 5));
            contract.splittingNeverChangesWhatComesOut(that, List.of(4, 0), List.of(0, 1));
            contract.splittingNeverChangesWhatComesOut(that, List.of(5, 1), List.of(3));
            contract.splittingNeverChangesWhatComesOut(that, List.of(7, 9), List.of(8 * longest - 1));
            contract.splittingNeverChangesWhatComesOut(that, List.of(8, 1), List.of(8 * longest));
            contract.splittingNeverChangesWhatComesOut(that, List.of(255, 257), List.of(9 * longest + 1, 1));
        }
    }

    /** More than one run of the loop decodes, a protected token before, in and behind each. */
    @ParameterizedTest
    @EnumSource
    void longStreamsAreDecodedRunByRun(ReplayRule rule) {
        for (int codebookSize : new int[] {10, 700}) {
            for (int maxSubtokens : new int[] {4, 16}) {
                HypertokenConfig config =
                        builder(50, rule, codebookSize, maxSubtokens).padId(7).build();
                HypertokenCodec codec = new HypertokenCodec(config);
                int[] tokens = IntStream.range(0, 5000)
                        .map(i -> i * i % 23 + i / 700 % 2 * 20)
                        .toArray();
                HypertokenOracle oracle = HypertokenArbitraries.oracle(config);
                int[] expected = TokenArbitraries.unboxed(oracle.encode(TokenArbitraries.boxed(tokens)));
                assertThat(codec.encode(tokens)).isEqualTo(expected);
                assertThat(TokenCoderContract.drive(codec.newDecoder(), expected, Windows.whole()))
                        .isEqualTo(tokens);
                List<Integer> rooms = List.of(256 * maxSubtokens, 256 * maxSubtokens - 1, 257 * maxSubtokens);
                assertThat(TokenCoderContract.drive(
                                codec.newDecoder(), expected, new Windows(List.of(5000, 256), rooms, -1)))
                        .isEqualTo(tokens);
            }
        }
    }

    /** What a model puts out, which the loops leave to the replay rules at each ID that isn't greedy, and refusals at any place. */
    @ParameterizedTest
    @EnumSource
    void modelsAreDecodedAndRefusedLikeTheOracle(ReplayRule rule) {
        for (HypertokenConfig config : configurations(rule)) {
            for (int pattern = 0; pattern < TokenPatterns.count(); pattern++) {
                int[] ids = modelIds(config, pattern);
                requireLikeTheOracle(config, ids);
                for (int length : new int[] {0, 1, 2, 7, 8, 9, 16, 17, 25, 60, MODEL_IDS}) {
                    requireRefusedLikeTheOracle(config, Arrays.copyOf(ids, length));
                }
            }
        }
    }

    /** Greedy for a while, then any ID that there is, in turns. */
    private static int[] modelIds(HypertokenConfig config, int pattern) {
        List<Integer> vocabulary = vocabulary(config);
        int[] greedy = new HypertokenCodec(config).encode(TokenPatterns.tokens(pattern, MODEL_IDS, vocabulary));
        HypertokenOracle oracle = HypertokenArbitraries.oracle(config);
        int[] ids = new int[MODEL_IDS];
        for (int i = 0; i < ids.length; i++) {
            int live = oracle.codebook().size();
            int chosen = i < 4 * pattern || i % 40 > 20 ? greedy[i % greedy.length] : 0;
            if (chosen == 0) {
                long hypertoken = config.vocabularySize() + (long) (i % 5 == 4 ? live : i * i % Math.max(1, live));
                chosen = hypertoken > Integer.MAX_VALUE || i % 3 == pattern % 3 ? -1 : (int) hypertoken;
            }
            ids[i] = oracle.accepts(chosen) ? chosen : vocabulary.get((i * 7 + pattern) % vocabulary.size());
            oracle.decode(config.replayRule(), List.of(ids[i]), new ArrayList<>());
        }
        return ids;
    }

    private static void requireRefusedLikeTheOracle(HypertokenConfig config, int[] ids) {
        HypertokenOracle oracle = HypertokenArbitraries.oracle(config);
        oracle.decode(config.replayRule(), TokenArbitraries.boxed(ids), new ArrayList<>());
        long next = config.vocabularySize() + (long) oracle.codebook().size();
        long[] tails = {-1, Integer.MIN_VALUE, next, next + 1, config.encodedVocabularySize(), Integer.MAX_VALUE};
        for (long tail : tails) {
            // what comes behind the ID shows whether it was taken, and has a loop run over it
            int[] longer = Arrays.copyOf(ids, ids.length + 12);
            Arrays.fill(longer, ids.length, longer.length, vocabulary(config).get(0));
            longer[ids.length] = (int) Math.min(Integer.MAX_VALUE, tail);
            requireLikeTheOracle(config, longer);
        }
    }

    private static void requireLikeTheOracle(HypertokenConfig config, int[] ids) {
        HypertokenOracle oracle = HypertokenArbitraries.oracle(config);
        List<Integer> expected = new ArrayList<>();
        int refused = oracle.decode(config.replayRule(), TokenArbitraries.boxed(ids), expected);
        HypertokenDecoder decoder = new HypertokenCodec(config).newDecoder();
        assertThat(TokenCoderContract.outcome(decoder, ids, Windows.whole()))
                .isEqualTo(new TokenCoderContract.Outcome(expected, refused));
        assertThat(HypertokenCases.entries(decoder.codebook())).isEqualTo(oracle.codebook());
    }

    @ParameterizedTest
    @EnumSource
    void flushedAnywhereItIsDecodable(ReplayRule rule) {
        for (CodecCase that : cases(rule, 24)) {
            contract.everyFlushPositionIsDecodable(that);
        }
        for (CodecCase that : cases(rule, 90)) {
            contract.allThatWasFlushedCanBeDecoded(that, List.of(11, 2, 0, 17), List.of(9));
            contract.allThatWasFlushedCanBeDecoded(that, List.of(30, 1), WHOLE);
        }
    }

    /** Two ways to the same IDs: an encoder that is flushed, and a stream that encodes part by part. */
    @ParameterizedTest
    @EnumSource
    void flushedPartsAreWhatAStreamMakesOfThem(ReplayRule rule) {
        for (CodecCase that : cases(rule, 90)) {
            for (int part : new int[] {1, 3, 4, 7, 13, 30}) {
                HypertokenCodec codec = (HypertokenCodec) that.codec();
                HypertokenEncoder encoder = codec.newEncoder();
                HypertokenStream stream = new HypertokenStream(codec.config());
                Windows windows = Windows.whole();
                int[] ids = new int[that.tokens().length];
                int count = 0;
                for (int at = 0; at < that.tokens().length; at += part) {
                    int length = Math.min(part, that.tokens().length - at);
                    windows.transform(encoder, that.tokens(), at, at + length);
                    windows.flush(encoder);
                    count += stream.encode(that.tokens(), at, length, ids, count);
                }
                assertThat(windows.collected()).as("%s", that).isEqualTo(Arrays.copyOf(ids, count));
                assertThat(encoder.codebook().toJson())
                        .isEqualTo(stream.codebook().toJson());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void resetsAndRefusalsLeaveNothingBehind(ReplayRule rule) {
        for (CodecCase that : cases(rule, 60)) {
            for (TokenCodecContract.Before before : TokenCodecContract.Before.values()) {
                List<StreamDamage> damage = List.of(new StreamDamage(StreamDamage.Kind.REPLACED, 9, 8));
                contract.resetBeginsAnewWhateverWasBefore(that, 23, before, damage);
            }
            contract.anEncoderRefusesWhatIsNotOfItsVocabulary(that, 31, List.of(5, 8));
            contract.aDecoderRefusesWhatIsNotOfItsVocabulary(that, 12, List.of(9, 1));
            for (StreamDamage.Kind kind : StreamDamage.Kind.values()) {
                contract.whatADecoderDoesNotRefuseItDecodesAlike(
                        that, List.of(new StreamDamage(kind, 21, 7)), List.of(9, 40));
            }
        }
    }

    /** Marks, rollbacks, forks and resets, one after the other; the numbers are the same each time. */
    @ParameterizedTest
    @EnumSource
    void streamsAreWhereTheIdsThatCountLead(ReplayRule rule) {
        HypertokenStreamProperties properties = new HypertokenStreamProperties();
        int seed = 0;
        for (CodecCase that : cases(rule, 40)) {
            properties.isWhereTheIdsThatCountLead(that, new Random(seed++));
        }
    }

    /** Codecs that start from what a stream has learned, part of which is shared with others, or from phrases without prefixes. */
    @ParameterizedTest
    @EnumSource
    void codecsThatStartFromACodebookKeepTheContract(ReplayRule rule) {
        List<Integer> vocabulary = vocabulary(builder(6, rule, 40, 5).build());
        for (int pattern = 0; pattern < TokenPatterns.count(); pattern++) {
            for (int learned : new int[] {2, 30, 90}) {
                HypertokenStream stream =
                        new HypertokenStream(builder(6, rule, 40, 5).build());
                stream.accept(TokenPatterns.tokens(pattern, learned, vocabulary), 0, learned);
                requireContract(stream.snapshot().codebook(), TokenPatterns.tokens(pattern, 70, vocabulary));
            }
        }
        if (rule == ReplayRule.EMITTED) {
            int[][] orphans = {{0, 1, 0}, {0, 1}, {2, 0, 1, 2}, {0, 0, 0}, {0, 1, 0, 1}};
            for (int pattern = 0; pattern < TokenPatterns.count(); pattern++) {
                requireContract(
                        CodebookSnapshot.of(builder(6, rule, 12, 4).build(), orphans),
                        TokenPatterns.tokens(pattern, 70, vocabulary));
            }
        }
    }

    private void requireContract(CodebookSnapshot start, int[] tokens) {
        CodecCase that = new CodecCase(new HypertokenCodec(start), tokens);
        contract.whatComesOutIsWhatWentIn(that);
        contract.splittingNeverChangesWhatComesOut(that, List.of(5), List.of(3, 50));
        contract.allThatWasFlushedCanBeDecoded(that, List.of(5, 12), WHOLE);
        contract.resetBeginsAnewWhateverWasBefore(
                that, 20, TokenCodecContract.Before.SUCCESS, List.of(new StreamDamage(StreamDamage.Kind.LOST, 3, 0)));
        TokenEncoder encoder = that.codec().newEncoder();
        TokenDecoder decoder = that.codec().newDecoder();
        int[] encoded = TokenCoderContract.drive(encoder, tokens, Windows.whole());
        TokenCoderContract.drive(decoder, encoded, Windows.whole());
        Codebook codebook = ((HypertokenDecoder) decoder).codebook();
        assertThat(HypertokenCases.entries(((HypertokenEncoder) encoder).codebook()))
                .isEqualTo(HypertokenCases.entries(codebook));
        assertThat(codebook.size()).isGreaterThanOrEqualTo(start.size());
    }
}
