package io.tokenlz.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenlz.metatokens.MetaTokenCodec;
import io.tokenlz.metatokens.MetaTokenConfig;
import io.tokenlz.metatokens.MetaTokenDictionary;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PrefixMeasurementTest {
    @Test
    void countsWhatStays() {
        // from turn to turn the tokens are the same, but the last one is new
        PrefixMeasurement measurement = new PrefixMeasurement(tokens -> {
            int[] encoded = tokens.clone();
            encoded[encoded.length - 1] = -1;
            return encoded;
        });
        measurement.add(new int[100], 10, 30, 60);
        PrefixMeasurement.Result result = measurement.result();
        assertThat(result).isEqualTo(new PrefixMeasurement.Result(2, 10 + 30, 9 + 29, 1));
        assertThat(result.share()).isEqualTo(38 / 40.0);
    }

    @Test
    void oneTurnHasNothingToFollowOn() {
        PrefixMeasurement measurement = new PrefixMeasurement(tokens -> tokens);
        measurement.add(new int[10], 10);
        measurement.add(new int[10]);
        assertThat(measurement.result()).isEqualTo(new PrefixMeasurement.Result(0, 0, 0, 0));
        assertThat(measurement.result().share()).isOne();
    }

    /** Conversations that grow, as a gateway sees them: a shared dictionary keeps the prefix, the flat form loses it. */
    @Test
    void aSharedDictionaryKeepsThePrefixOfSyntheticConversations() {
        Random random = new Random(4);
        int[][] phrases = IntStream.range(0, 50)
                .mapToObj(p -> random.ints(2 + p % 12, 0, 300).toArray())
                .toArray(int[][]::new);
        MetaTokenDictionary dictionary = MetaTokenDictionary.of(1000, 1, new byte[0], phrases);
        MetaTokenCodec shared = new MetaTokenCodec(
                MetaTokenConfig.builder(1000).dictionary(dictionary).build());
        MetaTokenCodec flat = new MetaTokenCodec(MetaTokenConfig.of(1000));
        PrefixMeasurement withShared = new PrefixMeasurement(shared::encode);
        PrefixMeasurement withFlat = new PrefixMeasurement(flat::encode);
        for (int conversation = 0; conversation < 10; conversation++) {
            int[] ends = new int[20];
            IntStream.Builder tokens = IntStream.builder();
            int length = 0;
            for (int turn = 0; turn < ends.length; turn++) {
                for (int part = 0; part < 15; part++) {
                    int[] phrase = phrases[random.nextInt(phrases.length)];
                    Arrays.stream(phrase).forEach(tokens);
                    tokens.add(900 + random.nextInt(100));
                    length += phrase.length + 1;
                }
                ends[turn] = length;
            }
            int[] all = tokens.build().toArray();
            withShared.add(all, ends);
            withFlat.add(all, ends);
        }
        assertThat(withShared.result().turns()).isEqualTo(190);
        // every turn ends behind a token of no entry, so that nothing was pending
        assertThat(withShared.result().share()).isOne();
        assertThat(withShared.result().mostRewritten()).isZero();
        assertThat(withFlat.result().share()).isLessThan(0.5);
    }
}
