package io.tokenlz.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenlz.core.MalformedTokenStreamException;
import io.tokenlz.core.TokenDecoder;
import io.tokenlz.core.TokenEncoder;
import io.tokenlz.metatokens.MetaTokenCodec;
import io.tokenlz.metatokens.MetaTokenConfig;
import io.tokenlz.metatokens.MetaTokenDictionary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** META-TOKENS.md: the shared form. */
class SharedDictionaryProperties extends TokenCodecContract {
    @Override
    protected Arbitrary<CodecCase> cases() {
        return SharedDictionaryCases.any();
    }

    @Property(tries = 3000)
    void writesTheFewestTokens(@ForAll("cases") CodecCase that) {
        MetaTokenConfig config = config(that);
        int fewest = SharedDictionaryCases.oracle(config).fewest(boxed(that.tokens()));
        int[] encoded = that.codec().encode(that.tokens());
        assertThat(encoded).hasSizeBetween(fewest, that.tokens().length);
        if (that.tokens().length <= config.window()) {
            assertThat(encoded).hasSize(fewest);
        }
    }

    /** What is written before a token is seen doesn't depend on it, and at most a window of tokens is held back. */
    @Property(tries = 3000)
    void isCausal(@ForAll("cases") CodecCase that, @ForAll @IntRange(max = 250) int cut, @ForAll Random random) {
        int[] tokens = that.tokens();
        int length = Math.min(cut, tokens.length);
        Windows before = Windows.whole();
        before.transform(that.codec().newEncoder(), tokens, 0, length);
        int[] written = before.collected();
        int held = length - that.codec().decode(written).length;
        assertThat(held).isBetween(0, config(that).window());

        assertStartsWith(written, that.codec().encode(tokens));
        int[] otherwise = tokens.clone();
        for (int i = length; i < tokens.length; i++) {
            otherwise[i] = tokens[random.nextInt(tokens.length)];
        }
        assertStartsWith(written, that.codec().encode(otherwise));
    }

    private static void assertStartsWith(int[] beginning, int[] encoded) {
        assertThat(encoded).hasSizeGreaterThanOrEqualTo(beginning.length);
        assertThat(Arrays.copyOf(encoded, beginning.length)).isEqualTo(beginning);
    }

    /** A token of no entry can't be part of what comes later. */
    @Property
    void aTokenOfNoEntryLeavesNothingPending(@ForAll("cases") CodecCase that) {
        TokenEncoder encoder = that.codec().newEncoder();
        Windows windows = Windows.whole();
        for (int i = 0; i < that.tokens().length; i++) {
            windows.transform(encoder, that.tokens(), i, i + 1);
            if (!isInAnEntry(that, that.tokens()[i])) {
                assertThat(that.codec().decode(windows.collected())).hasSize(i + 1);
            }
        }
    }

    private static boolean isInAnEntry(CodecCase that, int token) {
        MetaTokenDictionary dictionary = Objects.requireNonNull(config(that).dictionary());
        return IntStream.range(0, dictionary.size())
                .flatMap(entry -> IntStream.of(dictionary.entry(entry)))
                .anyMatch(other -> other == token);
    }

    /** Streams of any IDs, most of them valid. */
    @Property(tries = 3000)
    void decodesAnythingLikeTheOracle(@ForAll("cases") CodecCase that, @ForAll Random random) {
        MetaTokenConfig config = config(that);
        List<Integer> stream = new ArrayList<>();
        int length = random.nextInt(40);
        for (int i = 0; i < length; i++) {
            int choice = random.nextInt(30);
            if (choice == 0) {
                stream.add(random.nextInt(1003));
            } else if (choice < 12) {
                stream.add(config.metaToken(random.nextInt(dictionarySize(that))));
            } else {
                stream.add(2 * random.nextInt(config.vocabularySize() / 2));
            }
        }
        List<Integer> expected = new ArrayList<>();
        int refused = SharedDictionaryCases.oracle(config).decode(stream, expected);

        Windows windows = Windows.whole();
        TokenDecoder decoder = that.codec().newDecoder();
        long position = -1;
        try {
            windows.transform(
                    decoder, stream.stream().mapToInt(Integer::intValue).toArray(), 0, stream.size());
            windows.finish(decoder);
        } catch (MalformedTokenStreamException malformed) {
            windows.salvage();
            position = malformed.position();
        }
        assertThat(position).isEqualTo(refused);
        assertThat(boxed(windows.collected())).isEqualTo(expected);
    }

    private static MetaTokenConfig config(CodecCase that) {
        return ((MetaTokenCodec) that.codec()).config();
    }

    private static int dictionarySize(CodecCase that) {
        return Objects.requireNonNull(config(that).dictionary()).size();
    }

    private static List<Integer> boxed(int[] tokens) {
        return IntStream.of(tokens).boxed().toList();
    }
}
