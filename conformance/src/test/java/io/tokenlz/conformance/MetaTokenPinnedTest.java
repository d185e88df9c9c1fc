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
    private static final int SAMPLES = 5;

    private static int[] stream(String name, int length) {
        return switch (name) {
            case "words" -> words(length);
            case "patterns" -> patterns(length);
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

    private static int[] patterns(int length) {
        List<Integer> vocabulary = IntStream.range(0, 12).boxed().toList();
        int[] all = TokenPatterns.all(1 + length / TokenPatterns.count(), vocabulary);
        return Arrays.copyOf(all, length);
    }

    private static int[] encoded(String name, MetaTokenEffort effort, MetaTokenForm form, int window, int length) {
        int[] tokens = stream(name, length);
        MetaTokenCodec codec = new MetaTokenCodec(MetaTokenConfig.builder(VOCABULARY)
                .form(form)
                .effort(effort)
                .window(window)
                .protect(193, 195)
                .build());
        int[] encoded = codec.encode(tokens);
        assertThat(codec.decode(encoded)).isEqualTo(tokens);
        return encoded;
    }

    private static byte[] learned(String name, int entries, int length) {
        int[] tokens = stream(name, SAMPLES * length);
        List<int[]> samples = IntStream.range(0, SAMPLES)
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
            words, LTSC, FLAT, 300, 700, 510, 472581872
            words, LTSC, FLAT, 700, 700, 438, 1099095127
            words, LTSC, FLAT, 4000, 2500, 1293, 1312554973
            words, LTSC, NESTED, 300, 700, 458, 589888285
            words, LTSC, NESTED, 700, 700, 351, 1183529323
            words, LTSC, NESTED, 4000, 2500, 961, 131791999
            words, FAST, FLAT, 300, 700, 422, -297720152
            words, FAST, FLAT, 700, 700, 331, 1828172461
            words, FAST, FLAT, 4000, 2500, 844, -823124864
            words, FAST, NESTED, 300, 700, 416, 1239632914
            words, FAST, NESTED, 700, 700, 324, -690597790
            words, FAST, NESTED, 4000, 2500, 758, -1868744189
            words, DEFAULT, FLAT, 300, 700, 422, -297720152
            words, DEFAULT, FLAT, 700, 700, 331, 1828172461
            words, DEFAULT, FLAT, 4000, 2500, 838, 1184655011
            words, DEFAULT, NESTED, 300, 700, 415, 1460393457
            words, DEFAULT, NESTED, 700, 700, 318, -192733698
            words, DEFAULT, NESTED, 4000, 2500, 731, 1406867067
            words, BEST, FLAT, 300, 700, 422, -297720152
            words, BEST, FLAT, 700, 700, 327, 324993947
            words, BEST, FLAT, 4000, 2500, 814, 688110818
            words, BEST, NESTED, 300, 700, 415, 1460393457
            words, BEST, NESTED, 700, 700, 316, 1733234941
            words, BEST, NESTED, 4000, 2500, 730, -733715242
            patterns, LTSC, FLAT, 300, 700, 345, 559278513
            patterns, LTSC, FLAT, 700, 700, 319, 1347063164
            patterns, LTSC, FLAT, 4000, 2500, 679, -1985129899
            patterns, LTSC, NESTED, 300, 700, 270, -2102844817
            patterns, LTSC, NESTED, 700, 700, 238, -140211327
            patterns, LTSC, NESTED, 4000, 2500, 393, 1734387069
            patterns, FAST, FLAT, 300, 700, 305, -1341192205
            patterns, FAST, FLAT, 700, 700, 269, 1989462376
            patterns, FAST, FLAT, 4000, 2500, 523, -1590150254
            patterns, FAST, NESTED, 300, 700, 272, 1315432282
            patterns, FAST, NESTED, 700, 700, 234, 1999469293
            patterns, FAST, NESTED, 4000, 2500, 398, 1474647746
            patterns, DEFAULT, FLAT, 300, 700, 289, -726715928
            patterns, DEFAULT, FLAT, 700, 700, 262, -1831481196
            patterns, DEFAULT, FLAT, 4000, 2500, 513, -27042952
            patterns, DEFAULT, NESTED, 300, 700, 264, 1256718540
            patterns, DEFAULT, NESTED, 700, 700, 220, 96677173
            patterns, DEFAULT, NESTED, 4000, 2500, 333, 1954815076
            patterns, BEST, FLAT, 300, 700, 282, 1290381501
            patterns, BEST, FLAT, 700, 700, 255, 1528897278
            patterns, BEST, FLAT, 4000, 2500, 506, 755998064
            patterns, BEST, NESTED, 300, 700, 248, -369842186
            patterns, BEST, NESTED, 700, 700, 213, 465444802
            patterns, BEST, NESTED, 4000, 2500, 317, -1871851337
            """)
    void theSearchWritesTheSameEverywhere(
            String name, MetaTokenEffort effort, MetaTokenForm form, int window, int length, int written, int hash) {
        int[] encoded = encoded(name, effort, form, window, length);
        assertThat(encoded).hasSize(written);
        assertThat(Arrays.hashCode(encoded)).isEqualTo(hash);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            words, 1, 12, 86, 1047211303
            words, 1, 150, 0, 1
            words, 1, 800, 0, 1
            words, 5, 12, 86, 1047211303
            words, 5, 150, 174, -1716272021
            words, 5, 800, 174, 1406779782
            words, 300, 12, 86, 1047211303
            words, 300, 150, 446, 1190157251
            words, 300, 800, 3002, -1273554941
            patterns, 1, 12, 70, 2086108458
            patterns, 1, 150, 0, 1
            patterns, 1, 800, 0, 1
            patterns, 5, 12, 70, 2086108458
            patterns, 5, 150, 374, -1815333192
            patterns, 5, 800, 894, 489999093
            patterns, 300, 12, 70, 2086108458
            patterns, 300, 150, 374, -1815333192
            patterns, 300, 800, 894, 489999093
            """)
    void trainingLearnsTheSameEverywhere(String name, int entries, int length, int fileBytes, int hash) {
        byte[] file = learned(name, entries, length);
        assertThat(file).hasSize(fileBytes);
        assertThat(Arrays.hashCode(file)).isEqualTo(hash);
    }
}
