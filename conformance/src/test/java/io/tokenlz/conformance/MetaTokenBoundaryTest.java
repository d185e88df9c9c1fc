package io.tokenlz.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenlz.metatokens.MetaTokenCodec;
import io.tokenlz.metatokens.MetaTokenConfig;
import io.tokenlz.metatokens.MetaTokenDictionary;
import io.tokenlz.metatokens.MetaTokenEffort;
import io.tokenlz.metatokens.MetaTokenForm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The codec beside the oracle where something ends or fills up: windows and pools that are just large enough, dictionaries up to the
 * window and beyond, expansions that end with the room. Nothing is drawn, so that a mutant meets what the others met.
 */
class MetaTokenBoundaryTest {
    private static final List<MetaTokenForm> OWN_DICTIONARY = List.of(MetaTokenForm.FLAT, MetaTokenForm.NESTED);
    private static final int RESERVED_FROM = 6;
    private static final int TOKENS = 90;

    private final MetaTokenCodecProperties contract = new MetaTokenCodecProperties();
    private final SharedDictionaryProperties sharedContract = new SharedDictionaryProperties();

    private static List<MetaTokenConfig> configurations(MetaTokenForm form, MetaTokenEffort effort) {
        List<MetaTokenConfig> all = new ArrayList<>();
        for (int[] sizes :
                new int[][] {{1, 1}, {2, 1}, {3, 2}, {13, 2}, {16, 8}, {17, 3}, {45, 40}, {90, 1}, {200, 20}}) {
            all.add(builder(form, effort, sizes).build());
        }
        all.add(builder(form, effort, 60, 9).longestRun(2).build());
        all.add(builder(form, effort, 45, 9).shuffled(5).protect(1, 1).build());
        all.add(builder(form, effort, 64, 9).protect(0, 0).protect(4, 5).build());
        // reserved IDs between the base tokens, the pool in pieces and not in order
        all.add(MetaTokenConfig.builder(12)
                .form(form)
                .effort(effort)
                .window(50)
                .delimiters(11, 6)
                .addPool(40, 44)
                .addPool(8, 9)
                .addPool(7, 7)
                .build());
        return all;
    }

    private static MetaTokenConfig.Builder builder(MetaTokenForm form, MetaTokenEffort effort, int... sizes) {
        return MetaTokenConfig.builder(RESERVED_FROM)
                .form(form)
                .effort(effort)
                .window(sizes[0])
                .addPool(RESERVED_FROM + 2, RESERVED_FROM + 1 + sizes[1]);
    }

    private static List<Integer> vocabulary() {
        return IntStream.range(0, RESERVED_FROM).boxed().toList();
    }

    @ParameterizedTest
    @EnumSource
    void encodersKeepTheContract(MetaTokenEffort effort) {
        for (MetaTokenForm form : OWN_DICTIONARY) {
            for (MetaTokenConfig config : configurations(form, effort)) {
                for (int pattern = 0; pattern < TokenPatterns.count(); pattern++) {
                    int[] tokens = TokenPatterns.tokens(pattern, TOKENS, vocabulary());
                    CodecCase that = new CodecCase(new MetaTokenCodec(config), tokens);
                    contract.whatComesOutIsWhatWentIn(that);
                    contract.outputIsNeverLongerThanInput(that);
                    contract.noEntryAndNoReplacedRunHoldsAProtectedId(that);
                    contract.splittingNeverChangesWhatComesOut(that, List.of(7, 1), List.of(2, 5));
                    contract.allThatWasFlushedCanBeDecoded(that, List.of(21, 0, 30), List.of(9));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FLAT", "NESTED"})
    void codersAreAsNewAfterAReset(MetaTokenForm form) {
        for (MetaTokenConfig config : configurations(form, MetaTokenEffort.FAST)) {
            int[] tokens = TokenPatterns.all(30, vocabulary());
            CodecCase that = new CodecCase(new MetaTokenCodec(config), tokens);
            for (TokenCodecContract.Before before : TokenCodecContract.Before.values()) {
                for (int cut : new int[] {1, 20, 60}) {
                    contract.resetBeginsAnewWhateverWasBefore(
                            that, cut, before, List.of(new StreamDamage(StreamDamage.Kind.LOST, 9, 0)));
                }
            }
            contract.anEncoderRefusesWhatIsNotOfItsVocabulary(that, 31, List.of(5, 8));
            contract.aDecoderRefusesWhatIsNotOfItsVocabulary(that, 12, List.of(9, 1));
            contract.memoryIsFixedWhenACoderIsMade(that);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FLAT", "NESTED"})
    void whatAnEncoderWroteIsDecodedOrRefusedLikeTheOracleWhateverHappenedToIt(MetaTokenForm form) {
        for (MetaTokenConfig config : configurations(form, MetaTokenEffort.DEFAULT)) {
            MetaTokenCodec codec = new MetaTokenCodec(config);
            for (int pattern = 0; pattern < TokenPatterns.count(); pattern++) {
                int[] encoded = codec.encode(TokenPatterns.tokens(pattern, TOKENS, vocabulary()));
                for (StreamDamage.Kind kind : StreamDamage.Kind.values()) {
                    for (int place : new int[] {0, 1, 2, 3, 5, 8, 13, encoded.length - 1}) {
                        int value = (place * 5 + pattern) % ((int) config.encodedVocabularySize() + 1);
                        requireLikeTheOracle(config, new StreamDamage(kind, place, value).damage(encoded));
                    }
                }
            }
        }
    }

    /** Of mostly valid grammar: entries that refer to one another, names of names, dictionaries that replace one another. */
    @ParameterizedTest
    @EnumSource(names = {"FLAT", "NESTED"})
    void grammarIsDecodedOrRefusedLikeTheOracle(MetaTokenForm form) {
        for (int window : new int[] {3, 4, 5, 6, 7, 8, 9, 12, 16, 24, 40, 100}) {
            for (int pool : new int[] {1, 2, 3, 20}) {
                MetaTokenConfig config =
                        builder(form, MetaTokenEffort.FAST, window, pool).build();
                for (int variant = 0; variant < 60; variant++) {
                    requireLikeTheOracle(config, grammarLike(config, variant));
                }
            }
        }
    }

    private static int[] grammarLike(MetaTokenConfig config, int variant) {
        List<Integer> stream = new ArrayList<>();
        boolean inDictionary = false;
        int entries = 1 + variant % 5;
        for (int i = 0; i < 50; i++) {
            int step = (i * i + 3 * i * variant + variant) % 23;
            if (step < 2) {
                stream.add(inDictionary ? config.dictionaryEnd() : config.dictionaryStart());
                inDictionary = !inDictionary;
                if (inDictionary) {
                    stream.add(config.metaToken(i % config.poolSize()));
                }
            } else if (step < 10 - variant % 4) {
                stream.add(config.metaToken((i + step) % Math.min(entries, config.poolSize())));
            } else if (step == 22 && variant % 7 == 6) {
                stream.add((i + variant) % ((int) config.encodedVocabularySize() + 1));
            } else {
                stream.add((i + step) % config.vocabularySize());
            }
        }
        if (inDictionary && variant % 4 > 0) {
            stream.add(config.dictionaryEnd());
        }
        return TokenArbitraries.unboxed(stream);
    }

    private static void requireLikeTheOracle(MetaTokenConfig config, int[] ids) {
        List<Integer> expected = new ArrayList<>();
        int refused = MetaTokenArbitraries.oracle(config).decode(TokenArbitraries.boxed(ids), expected);
        TokenCoderContract.Outcome outcome = new TokenCoderContract.Outcome(expected, refused);
        MetaTokenCodec codec = new MetaTokenCodec(config);
        assertThat(TokenCoderContract.outcome(codec.newDecoder(), ids, Windows.whole()))
                .as("%s of %s", Arrays.toString(ids), config)
                .isEqualTo(outcome);
        for (List<Integer> rooms : List.of(List.of(1), List.of(3, 4), List.of(7))) {
            assertThat(TokenCoderContract.outcome(codec.newDecoder(), ids, new Windows(List.of(6, 1), rooms, -1)))
                    .as("%s of %s in pieces", Arrays.toString(ids), config)
                    .isEqualTo(outcome);
        }
    }

    /** Entries with a token of their own at the end, so many that the dictionary is as long as the window, and one longer. */
    @ParameterizedTest
    @EnumSource(names = {"FLAT", "NESTED"})
    void aDictionaryMayBeAsLongAsTheWindow(MetaTokenForm form) {
        for (int window = 4; window < 20; window++) {
            MetaTokenConfig config =
                    builder(form, MetaTokenEffort.FAST, window, 20).build();
            for (int length = 1; length < 24; length++) {
                for (int entryLength = 1; entryLength < 5; entryLength++) {
                    List<Integer> stream = new ArrayList<>(List.of(config.dictionaryStart()));
                    for (int i = 0; i < length; i++) {
                        int entry = i / (entryLength + 1);
                        stream.add(i % (entryLength + 1) == 0 ? config.metaToken(entry % 20) : i % RESERVED_FROM);
                    }
                    stream.add(config.dictionaryEnd());
                    stream.add(config.metaToken(0));
                    stream.add(config.metaToken(1));
                    requireLikeTheOracle(config, TokenArbitraries.unboxed(stream));
                }
            }
        }
    }

    /** Entries that hold a short one again and again, which a decoder may write out as long as the dictionary has room for that. */
    @Test
    void entriesMadeOfAnEntryMayStandForMoreThanTheDictionaryHolds() {
        for (int window : new int[] {130, 200, 520}) {
            for (int length : new int[] {1, 7, 8, 9, 60, 63, 64, 65}) {
                for (int uses : new int[] {1, 2, 3, window / length, window / length + 1}) {
                    MetaTokenConfig config = builder(MetaTokenForm.NESTED, MetaTokenEffort.FAST, window, 30)
                            .build();
                    List<Integer> stream = new ArrayList<>(List.of(config.dictionaryStart(), config.metaToken(0)));
                    IntStream.range(0, length).forEach(i -> stream.add(i % RESERVED_FROM));
                    for (int entry = 1; entry < 12; entry++) {
                        stream.add(config.metaToken(entry));
                        for (int use = 0; use < uses; use++) {
                            stream.add(config.metaToken(entry % 5 == 4 ? 1 : 0));
                        }
                    }
                    stream.add(config.dictionaryEnd());
                    IntStream.range(0, 24).forEach(i -> stream.add(config.metaToken(i * 5 % 12)));
                    requireLikeTheOracle(config, TokenArbitraries.unboxed(stream));
                }
            }
        }
    }

    private static List<MetaTokenConfig> sharedConfigurations() {
        List<MetaTokenConfig> all = new ArrayList<>();
        int[][][] dictionaries = {
            {{0, 1}},
            {{0, 0}, {0, 0, 0, 0}, {1, 0}},
            {{0, 1, 2}, {1, 2}, {2, 0, 1, 2}, {3, 3}, {0, 1, 2, 3, 4}},
            {{0, 1, 0}, {1, 0, 1}, {0, 1, 0, 1, 0, 1, 0}, {5, 4}, {4, 5, 4}, {2, 2}},
            {{0, 2, 4, 1, 3, 5}, {4, 1}, {1, 3, 5, 0}, {3, 5}, {5, 0, 2}, {2, 4, 1}},
        };
        for (int[][] entries : dictionaries) {
            MetaTokenDictionary dictionary = MetaTokenDictionary.of(RESERVED_FROM, 1, new byte[0], entries);
            for (int window : new int[] {7, 64, 300}) {
                all.add(MetaTokenConfig.builder(RESERVED_FROM)
                        .dictionary(dictionary)
                        .window(window)
                        .addPool(20, 22)
                        .addPool(9, 13)
                        .build());
            }
        }
        return all;
    }

    @Test
    void sharedDictionariesKeepTheContract() {
        for (MetaTokenConfig config : sharedConfigurations()) {
            for (int pattern = 0; pattern <= TokenPatterns.count(); pattern++) {
                int[] tokens = pattern == TokenPatterns.count()
                        ? TokenPatterns.all(40, vocabulary())
                        : TokenPatterns.tokens(pattern, 200, vocabulary());
                CodecCase that = new CodecCase(new MetaTokenCodec(config), tokens);
                sharedContract.whatComesOutIsWhatWentIn(that);
                sharedContract.aTokenOfNoEntryLeavesNothingPending(that);
                sharedContract.splittingNeverChangesWhatComesOut(that, List.of(7, 1), List.of(2, 5));
                sharedContract.allThatWasFlushedCanBeDecoded(that, List.of(71, 0, 9), List.of(9));
                sharedContract.resetBeginsAnewWhateverWasBefore(
                        that,
                        30,
                        TokenCodecContract.Before.CUT_SHORT,
                        List.of(new StreamDamage(StreamDamage.Kind.SWAPPED, 9, 4)));
                int fewest = sharedOracle(config).fewest(TokenArbitraries.boxed(tokens));
                assertThat(that.codec().encode(tokens))
                        .hasSizeBetween(fewest, config.window() < 200 ? 200 * 2 : fewest);
                requireSharedLikeTheOracle(config, that.codec().encode(tokens));
            }
        }
    }

    private static SharedDictionaryOracle sharedOracle(MetaTokenConfig config) {
        Map<Integer, List<Integer>> entries = new HashMap<>();
        MetaTokenDictionary dictionary = config.dictionary();
        for (int i = 0; dictionary != null && i < dictionary.size(); i++) {
            entries.put(
                    config.metaToken(i),
                    Arrays.stream(dictionary.entry(i)).boxed().toList());
        }
        return new SharedDictionaryOracle(vocabulary(), entries);
    }

    private static void requireSharedLikeTheOracle(MetaTokenConfig config, int[] encoded) {
        for (int alien : new int[] {-1, RESERVED_FROM, 8, 9, 13, 14, 19, 20, 22, 23, config.dictionaryStart()}) {
            int[] ids = encoded.clone();
            ids[ids.length / 2] = alien;
            List<Integer> expected = new ArrayList<>();
            int refused = sharedOracle(config).decode(TokenArbitraries.boxed(ids), expected);
            for (List<Integer> sizes : List.of(List.of(1 << 12), List.of(3, 2))) {
                assertThat(TokenCoderContract.outcome(
                                new MetaTokenCodec(config).newDecoder(), ids, new Windows(sizes, sizes, 5)))
                        .isEqualTo(new TokenCoderContract.Outcome(expected, refused));
            }
        }
    }
}
