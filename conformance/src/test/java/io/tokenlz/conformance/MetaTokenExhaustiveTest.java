package io.tokenlz.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenlz.core.TokenCoder;
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

/** Small models of the codec, every one of them: nothing is drawn, so nothing is missed. */
class MetaTokenExhaustiveTest {
    private static final List<MetaTokenForm> OWN_DICTIONARY = List.of(MetaTokenForm.FLAT, MetaTokenForm.NESTED);
    private static final int[] TWO = {0, 1};
    private static final int[] THREE = {0, 1, 2};

    /** No sequence of fewer than twelve tokens becomes shorter. */
    private static final int MOST_OF_TWO = 15;

    private static final int MOST_OF_THREE = 6;
    private static final int MOST_IDS = 7;
    private static final int MOST_SHARED = 8;
    private static final int MOST_SHARED_IDS = 6;

    private final SmallModelCoder coder = new SmallModelCoder();

    /** All sequences of up to fifteen of two tokens, which is where meta-tokens begin to pay. */
    @ParameterizedTest
    @EnumSource
    void everySequenceOfTwoTokensComesBackNoLonger(MetaTokenEffort effort) {
        long sequences = 0;
        int[] shorter = {0};
        for (MetaTokenForm form : OWN_DICTIONARY) {
            MetaTokenCodec codec = new MetaTokenCodec(small(2, form, effort, 16, 3));
            TokenCoder encoder = codec.newEncoder();
            TokenCoder decoder = codec.newDecoder();
            sequences += EverySequence.of(TWO, MOST_OF_TWO, tokens -> {
                int length = coder.encode(encoder, tokens, SmallModelCoder.NO_FLUSH);
                if (length > tokens.length) {
                    throw new AssertionError(form + ": " + Arrays.toString(tokens) + " became longer");
                }
                shorter[0] += length < tokens.length ? 1 : 0;
                coder.requireBack(codec.config(), decoder, tokens, length);
                return true;
            });
        }
        assertThat(shorter[0]).as("sequences that became shorter").isPositive();
        EverySequence.print("meta-tokens, " + effort + ", two tokens", OWN_DICTIONARY.size(), sequences);
    }

    /** All sequences of up to six of three tokens at every place of a flush, windows of 1 to 6, pools of 1 and 2, a token protected or not. */
    @ParameterizedTest
    @EnumSource
    void everySequenceOfThreeTokensComesBackFlushedOrNot(MetaTokenEffort effort) {
        List<MetaTokenConfig> configurations = new ArrayList<>();
        for (MetaTokenForm form : OWN_DICTIONARY) {
            for (int window = 1; window <= MOST_OF_THREE; window++) {
                configurations.add(small(3, form, effort, window, 1));
                configurations.add(smallBuilder(3, form, effort, window, 2)
                        .protect(1, 1)
                        .shuffled(window)
                        .build());
            }
        }
        long sequences = 0;
        for (MetaTokenConfig config : configurations) {
            MetaTokenCodec codec = new MetaTokenCodec(config);
            TokenCoder encoder = codec.newEncoder();
            TokenCoder decoder = codec.newDecoder();
            sequences += EverySequence.of(THREE, MOST_OF_THREE, tokens -> {
                for (int flush = -1; flush <= tokens.length; flush++) {
                    coder.requireBack(config, decoder, tokens, coder.encode(encoder, tokens, flush));
                }
                return true;
            });
        }
        EverySequence.print("meta-tokens, " + effort + ", flushed anywhere", configurations.size(), sequences);
    }

    /** All streams of up to seven of two tokens, both delimiters, two meta-tokens and what is neither: as the oracle does. */
    @ParameterizedTest
    @EnumSource(names = {"FLAT", "NESTED"})
    void everyShortStreamIsDecodedOrRefusedLikeTheOracle(MetaTokenForm form) {
        long sequences = 0;
        int windows = 7;
        for (int window = 1; window <= windows; window++) {
            MetaTokenConfig config = small(2, form, MetaTokenEffort.FAST, window, 2);
            TokenCoder decoder = new MetaTokenCodec(config).newDecoder();
            int[] ids = IntStream.rangeClosed(0, (int) config.encodedVocabularySize())
                    .toArray();
            MetaTokenOracle oracle = MetaTokenArbitraries.oracle(config);
            sequences += EverySequence.of(
                    ids, MOST_IDS, stream -> decodesLikeTheOracle(config, decoder, stream, oracle::decode));
        }
        EverySequence.print("meta-tokens, " + form + ", any stream", windows, sequences);
    }

    /** All dictionaries of one or two entries of two or three of two tokens, all sequences of up to eight: never more than is needed. */
    @Test
    void everySequenceIsWrittenWithTheFewestTokensOfEverySharedDictionary() {
        List<MetaTokenConfig> configurations = sharedConfigurations();
        long sequences = 0;
        for (MetaTokenConfig config : configurations) {
            MetaTokenCodec codec = new MetaTokenCodec(config);
            TokenCoder encoder = codec.newEncoder();
            TokenCoder decoder = codec.newDecoder();
            SharedDictionaryOracle oracle = sharedOracle(config);
            sequences += EverySequence.of(TWO, MOST_SHARED, tokens -> {
                int length = coder.encode(encoder, tokens, SmallModelCoder.NO_FLUSH);
                coder.requireBack(config, decoder, tokens, length);
                int fewest = oracle.fewest(Arrays.stream(tokens).boxed().toList());
                if (length != fewest) {
                    throw new AssertionError(
                            config + ": " + Arrays.toString(tokens) + " became " + length + " tokens, not " + fewest);
                }
                return true;
            });
        }
        EverySequence.print("meta-tokens, SHARED, there and back", configurations.size(), sequences);
    }

    /** All streams of up to six of two tokens, both delimiters, every meta-token and what is none: as the oracle does. */
    @Test
    void everyShortStreamOfASharedDictionaryIsDecodedOrRefusedLikeTheOracle() {
        List<MetaTokenConfig> configurations = sharedConfigurations();
        long sequences = 0;
        for (MetaTokenConfig config : configurations) {
            TokenCoder decoder = new MetaTokenCodec(config).newDecoder();
            SharedDictionaryOracle oracle = sharedOracle(config);
            int[] ids = IntStream.rangeClosed(0, (int) config.encodedVocabularySize())
                    .toArray();
            sequences += EverySequence.of(
                    ids, MOST_SHARED_IDS, stream -> decodesLikeTheOracle(config, decoder, stream, oracle::decode));
        }
        EverySequence.print("meta-tokens, SHARED, any stream", configurations.size(), sequences);
    }

    private static MetaTokenConfig small(int tokens, MetaTokenForm form, MetaTokenEffort effort, int window, int pool) {
        return smallBuilder(tokens, form, effort, window, pool).build();
    }

    private static MetaTokenConfig.Builder smallBuilder(
            int tokens, MetaTokenForm form, MetaTokenEffort effort, int window, int pool) {
        return MetaTokenConfig.builder(tokens)
                .form(form)
                .effort(effort)
                .window(window)
                .addPool(tokens + 2, tokens + 1 + pool);
    }

    private static List<MetaTokenConfig> sharedConfigurations() {
        List<int[]> entries = new ArrayList<>();
        EverySequence.of(TWO, 3, entry -> {
            if (entry.length >= 2) {
                entries.add(entry.clone());
            }
            return true;
        });
        List<MetaTokenConfig> all = new ArrayList<>();
        for (int first = 0; first < entries.size(); first++) {
            all.add(shared(entries.get(first)));
            for (int second = first + 1; second < entries.size(); second++) {
                all.add(shared(entries.get(first), entries.get(second)));
            }
        }
        return all;
    }

    private static MetaTokenConfig shared(int[]... entries) {
        MetaTokenDictionary dictionary = MetaTokenDictionary.of(2, 1, new byte[0], entries);
        return MetaTokenConfig.builder(2)
                .dictionary(dictionary)
                .window(MOST_SHARED)
                .addPool(4, 3 + entries.length)
                .build();
    }

    private static SharedDictionaryOracle sharedOracle(MetaTokenConfig config) {
        Map<Integer, List<Integer>> entries = new HashMap<>();
        MetaTokenDictionary dictionary = config.dictionary();
        for (int i = 0; dictionary != null && i < dictionary.size(); i++) {
            entries.put(
                    config.metaToken(i),
                    Arrays.stream(dictionary.entry(i)).boxed().toList());
        }
        return new SharedDictionaryOracle(List.of(0, 1), entries);
    }

    /** Whether the stream was decoded or may go on: what follows a refused ID need not be tried. */
    private boolean decodesLikeTheOracle(MetaTokenConfig config, TokenCoder decoder, int[] ids, StreamOracle oracle) {
        List<Integer> expected = new ArrayList<>();
        List<Integer> stream = Arrays.stream(ids).boxed().toList();
        int refused = oracle.decode(stream, expected);
        coder.requireDecoded(config, decoder, ids, refused, expected);
        return refused < 0 || refused == ids.length;
    }
}
