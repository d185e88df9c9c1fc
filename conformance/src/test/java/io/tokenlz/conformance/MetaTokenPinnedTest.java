package io.tokenlz.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenlz.metatokens.MetaTokenCodec;
import io.tokenlz.metatokens.MetaTokenConfig;
import io.tokenlz.metatokens.MetaTokenDictionary;
import io.tokenlz.metatokens.MetaTokenEffort;
import io.tokenlz.metatokens.MetaTokenForm;
import io.tokenlz.metatokens.MetaTokenTraining;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the searches wrote when these numbers were noted: the result hangs on nothing but the input and the configuration, so that a
 * change that shows here is one of the search and has to be meant.
 */
class MetaTokenPinnedTest {
    private static final int VOCABULARY = 200;

    private static int[] stream(String name, int length) {
        return switch (name) {
            case "words" -> words(length);
            case "patterns" -> patterns(length);
            case "phrases" -> phrases(length);
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** Words of a text, each of its own length, the first ones oftener: an arithmetic of the place, not drawn. */
    private static int[] words(int length) {
        int[] tokens = new int[length];
        int at = 0;
        for (int i = 0; at < length; i++) {
            int place = (i * 2_654_435 + i * i * 31) >>> 4;
            int word = place % 5 < 3 ? place % 7 : place % 41;
            for (int j = 0; j <= 1 + word % 6 && at < length; j++) {
                tokens[at++] = (word * 37 + j * 11) % VOCABULARY;
            }
        }
        return tokens;
    }

    /** Phrases of words, rare ones and frequent ones, drawn by a generator with a fixed seed; numbers in between. */
    private static int[] phrases(int length) {
        int[] tokens = new int[length + 16];
        long random = 1;
        for (int at = 0; at < length; ) {
            random = random * 6364136223846793005L + 1442695040888963407L;
            int word = (int) (random >>> 58) * (int) (random >>> 52 & 63) / 40;
            for (int j = 0; j <= 1 + word % 9; j++) {
                tokens[at++] = (word * 53 + j * (1 + word % 3)) % 150;
            }
            if ((random >>> 40 & 3) == 0) {
                tokens[at++] = 150 + (int) (random >>> 44 & 31);
            }
        }
        return Arrays.copyOf(tokens, length);
    }

    private static int[] patterns(int length) {
        List<Integer> vocabulary = IntStream.range(0, 12).boxed().toList();
        int[] all = TokenPatterns.all(1 + length / TokenPatterns.count(), vocabulary);
        return Arrays.copyOf(all, length);
    }

    private static int[] encoded(
            String name, MetaTokenEffort effort, MetaTokenForm form, int window, int pool, int length) {
        int[] tokens = stream(name, length);
        MetaTokenCodec codec = new MetaTokenCodec(MetaTokenConfig.builder(VOCABULARY)
                .form(form)
                .effort(effort)
                .window(window)
                .addPool(300, 299 + pool)
                .protect(193, 195)
                .build());
        int[] encoded = codec.encode(tokens);
        assertThat(codec.decode(encoded)).isEqualTo(tokens);
        return encoded;
    }

    private static byte[] learned(String name, int count, int entries, int length) {
        int[] tokens = stream(name, count * length);
        List<int[]> samples = IntStream.range(0, count)
                .mapToObj(i -> Arrays.copyOfRange(tokens, i * length, (i + 1) * length))
                .toList();
        MetaTokenConfig config = MetaTokenConfig.builder(VOCABULARY)
                .addPool(300, 299 + entries)
                .protect(193, 195)
                .build();
        return MetaTokenTraining.learn(config, samples, 1, new byte[0])
                .map(MetaTokenDictionary::toBytes)
                .orElse(new byte[0]);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            words, LTSC, FLAT, 300, 900, 700, 510, 769800672
            words, LTSC, FLAT, 700, 900, 700, 438, -1250300823
            words, LTSC, FLAT, 4000, 900, 2500, 1293, -772521359
            words, LTSC, FLAT, 4000, 3, 2500, 2256, -2060264408
            words, LTSC, FLAT, 1000, 11, 2500, 2108, 2093394631
            words, LTSC, NESTED, 300, 900, 700, 458, 1254818285
            words, LTSC, NESTED, 700, 900, 700, 351, 532515899
            words, LTSC, NESTED, 4000, 900, 2500, 961, 1473578887
            words, LTSC, NESTED, 4000, 3, 2500, 2256, -2060264408
            words, LTSC, NESTED, 1000, 11, 2500, 2108, 1509346962
            words, FAST, FLAT, 300, 900, 700, 422, 1671865294
            words, FAST, FLAT, 700, 900, 700, 330, -1547873710
            words, FAST, FLAT, 4000, 900, 2500, 846, 1611645171
            words, FAST, FLAT, 4000, 3, 2500, 1574, -976813858
            words, FAST, FLAT, 1000, 11, 2500, 1188, -1861137030
            words, FAST, FLAT, 4000, 40, 2500, 864, 248812022
            words, FAST, NESTED, 300, 900, 700, 416, -1846434865
            words, FAST, NESTED, 700, 900, 700, 324, 1216350061
            words, FAST, NESTED, 4000, 900, 2500, 755, 1204662740
            words, FAST, NESTED, 4000, 3, 2500, 1574, -976813858
            words, FAST, NESTED, 1000, 11, 2500, 1180, 220655947
            words, FAST, NESTED, 4000, 40, 2500, 788, -2033964889
            words, DEFAULT, FLAT, 300, 900, 700, 422, 1671865294
            words, DEFAULT, FLAT, 700, 900, 700, 331, 911032085
            words, DEFAULT, FLAT, 4000, 900, 2500, 840, 482602399
            words, DEFAULT, FLAT, 4000, 3, 2500, 1574, -976813858
            words, DEFAULT, FLAT, 1000, 11, 2500, 1180, 1024213855
            words, DEFAULT, FLAT, 4000, 40, 2500, 839, -1272359707
            words, DEFAULT, NESTED, 300, 900, 700, 415, 467599555
            words, DEFAULT, NESTED, 700, 900, 700, 318, -2107194920
            words, DEFAULT, NESTED, 4000, 900, 2500, 731, -1261563245
            words, DEFAULT, NESTED, 4000, 3, 2500, 1574, -976813858
            words, DEFAULT, NESTED, 1000, 11, 2500, 1176, -811772457
            words, DEFAULT, NESTED, 4000, 40, 2500, 789, -1805417951
            words, BEST, FLAT, 300, 900, 700, 422, 1671865294
            words, BEST, FLAT, 700, 900, 700, 327, 1104843299
            words, BEST, FLAT, 4000, 900, 2500, 814, -792099890
            words, BEST, FLAT, 4000, 3, 2500, 1574, -976813858
            words, BEST, FLAT, 1000, 11, 2500, 1176, 1222142714
            words, BEST, FLAT, 4000, 40, 2500, 816, -1800564058
            words, BEST, NESTED, 300, 900, 700, 415, 467599555
            words, BEST, NESTED, 700, 900, 700, 316, -1034204167
            words, BEST, NESTED, 4000, 900, 2500, 730, -630529136
            words, BEST, NESTED, 4000, 3, 2500, 1574, -976813858
            words, BEST, NESTED, 1000, 11, 2500, 1172, -667325676
            words, BEST, NESTED, 4000, 40, 2500, 783, -1835058178
            patterns, LTSC, FLAT, 300, 900, 700, 345, -65479485
            patterns, LTSC, FLAT, 700, 900, 700, 319, -211857630
            patterns, LTSC, FLAT, 4000, 900, 2500, 679, 1996008925
            patterns, LTSC, FLAT, 4000, 3, 2500, 1836, 1519888456
            patterns, LTSC, FLAT, 1000, 11, 2500, 816, -1771776239
            patterns, LTSC, NESTED, 300, 900, 700, 270, 920249817
            patterns, LTSC, NESTED, 700, 900, 700, 238, 1581487519
            patterns, LTSC, NESTED, 4000, 900, 2500, 393, -436086109
            patterns, LTSC, NESTED, 4000, 3, 2500, 1836, 1519888456
            patterns, LTSC, NESTED, 1000, 11, 2500, 733, 492630168
            patterns, FAST, FLAT, 300, 900, 700, 307, 440316838
            patterns, FAST, FLAT, 700, 900, 700, 265, 805759066
            patterns, FAST, FLAT, 4000, 900, 2500, 536, -1243941750
            patterns, FAST, FLAT, 4000, 3, 2500, 1787, 1470930887
            patterns, FAST, FLAT, 1000, 11, 2500, 588, -1246025702
            patterns, FAST, FLAT, 4000, 40, 2500, 528, 1390362240
            patterns, FAST, NESTED, 300, 900, 700, 272, -1660141769
            patterns, FAST, NESTED, 700, 900, 700, 231, -598821677
            patterns, FAST, NESTED, 4000, 900, 2500, 405, -762085206
            patterns, FAST, NESTED, 4000, 3, 2500, 1787, 1470930887
            patterns, FAST, NESTED, 1000, 11, 2500, 483, -486903633
            patterns, FAST, NESTED, 4000, 40, 2500, 395, -489934371
            patterns, DEFAULT, FLAT, 300, 900, 700, 289, 556588298
            patterns, DEFAULT, FLAT, 700, 900, 700, 262, -777722144
            patterns, DEFAULT, FLAT, 4000, 900, 2500, 513, -1899613164
            patterns, DEFAULT, FLAT, 4000, 3, 2500, 1786, 1921739358
            patterns, DEFAULT, FLAT, 1000, 11, 2500, 569, 155869223
            patterns, DEFAULT, FLAT, 4000, 40, 2500, 513, -1899613164
            patterns, DEFAULT, NESTED, 300, 900, 700, 264, 1180186030
            patterns, DEFAULT, NESTED, 700, 900, 700, 220, -1867683361
            patterns, DEFAULT, NESTED, 4000, 900, 2500, 333, 572222032
            patterns, DEFAULT, NESTED, 4000, 3, 2500, 1787, 1470930887
            patterns, DEFAULT, NESTED, 1000, 11, 2500, 429, -1550873649
            patterns, DEFAULT, NESTED, 4000, 40, 2500, 348, -1350049645
            patterns, BEST, FLAT, 300, 900, 700, 282, -888074943
            patterns, BEST, FLAT, 700, 900, 700, 255, 987058450
            patterns, BEST, FLAT, 4000, 900, 2500, 506, 188370056
            patterns, BEST, FLAT, 4000, 3, 2500, 1781, 1854037119
            patterns, BEST, FLAT, 1000, 11, 2500, 550, 1482767977
            patterns, BEST, FLAT, 4000, 40, 2500, 506, 188370056
            patterns, BEST, NESTED, 300, 900, 700, 248, 2023528912
            patterns, BEST, NESTED, 700, 900, 700, 213, -406243698
            patterns, BEST, NESTED, 4000, 900, 2500, 317, -1155408301
            patterns, BEST, NESTED, 4000, 3, 2500, 1724, -1852337916
            patterns, BEST, NESTED, 1000, 11, 2500, 398, -23000315
            patterns, BEST, NESTED, 4000, 40, 2500, 311, -1264728193
            phrases, FAST, FLAT, 4000, 900, 6000, 2337, -12008036
            phrases, FAST, FLAT, 500, 900, 3000, 2152, 99018726
            phrases, FAST, FLAT, 4000, 25, 6000, 3112, 1147367381
            phrases, DEFAULT, FLAT, 4000, 900, 6000, 2328, 72055251
            phrases, DEFAULT, FLAT, 500, 900, 3000, 2134, -761933103
            phrases, DEFAULT, FLAT, 4000, 25, 6000, 3094, 372595789
            phrases, BEST, FLAT, 4000, 900, 6000, 2314, 1322717396
            phrases, BEST, FLAT, 500, 900, 3000, 2122, 1980468877
            phrases, BEST, FLAT, 4000, 25, 6000, 3094, 372595789
            phrases, FAST, NESTED, 4000, 900, 6000, 2227, -332108221
            phrases, FAST, NESTED, 500, 900, 3000, 2107, -125881588
            phrases, FAST, NESTED, 4000, 25, 6000, 3091, -1427054234
            phrases, DEFAULT, NESTED, 4000, 900, 6000, 2189, 1032807052
            phrases, DEFAULT, NESTED, 500, 900, 3000, 2099, 850954299
            phrases, DEFAULT, NESTED, 4000, 25, 6000, 3103, -972013355
            phrases, BEST, NESTED, 4000, 900, 6000, 2176, -1777390563
            phrases, BEST, NESTED, 500, 900, 3000, 2088, 1234912023
            phrases, BEST, NESTED, 4000, 25, 6000, 3085, 220070180
            """)
    void theSearchWritesTheSameEverywhere(
            String name,
            MetaTokenEffort effort,
            MetaTokenForm form,
            int window,
            int pool,
            int length,
            int written,
            int hash) {
        int[] encoded = encoded(name, effort, form, window, pool, length);
        assertThat(encoded).hasSize(written);
        assertThat(Arrays.hashCode(encoded)).isEqualTo(hash);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            words, 5, 1, 12, 86, 1047211303
            words, 5, 1, 150, 86, 1047211303
            words, 5, 1, 800, 86, 1047211303
            words, 5, 5, 12, 86, 1047211303
            words, 5, 5, 150, 174, -1716272021
            words, 5, 5, 800, 174, 1406779782
            words, 5, 300, 12, 86, 1047211303
            words, 5, 300, 150, 446, 1190157251
            words, 5, 300, 800, 3002, -1273554941
            patterns, 5, 1, 12, 70, 2086108458
            patterns, 5, 1, 150, 66, 751922114
            patterns, 5, 1, 800, 302, 1632150110
            patterns, 5, 5, 12, 70, 2086108458
            patterns, 5, 5, 150, 374, -1815333192
            patterns, 5, 5, 800, 894, 489999093
            patterns, 5, 300, 12, 70, 2086108458
            patterns, 5, 300, 150, 374, -1815333192
            patterns, 5, 300, 800, 894, 489999093
            words, 1, 2, 4000, 110, -1260403285
            words, 1, 20, 4000, 554, -1682970976
            words, 1, 60, 4000, 2406, -1484792541
            words, 2, 2, 2000, 110, -1260403285
            words, 2, 20, 2000, 538, -404034055
            words, 2, 60, 2000, 2654, -1810829582
            words, 12, 2, 333, 110, -1260403285
            words, 12, 20, 333, 538, -1854994334
            words, 12, 60, 333, 2318, 471079949
            patterns, 1, 2, 4000, 518, -821634137
            patterns, 1, 20, 4000, 7134, -315952152
            patterns, 1, 60, 4000, 7134, -315952152
            patterns, 2, 2, 2000, 930, -932964294
            patterns, 2, 20, 2000, 930, -932964294
            patterns, 2, 60, 2000, 930, -932964294
            patterns, 12, 2, 333, 938, -1662942732
            patterns, 12, 20, 333, 4790, -124257314
            patterns, 12, 60, 333, 4790, -124257314
            phrases, 1, 10, 9000, 426, 1571659949
            phrases, 1, 200, 9000, 2286, 1172289604
            phrases, 6, 10, 1500, 426, 1571659949
            phrases, 6, 200, 1500, 2286, 1039337508
            """)
    void trainingLearnsTheSameEverywhere(String name, int samples, int entries, int length, int fileBytes, int hash) {
        byte[] file = learned(name, samples, entries, length);
        assertThat(file).hasSize(fileBytes);
        assertThat(Arrays.hashCode(file)).isEqualTo(hash);
    }
}
