package io.tokenlz.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenlz.core.MalformedTokenStreamException;
import io.tokenlz.core.TokenDecoder;
import io.tokenlz.metatokens.MetaTokenCodec;
import io.tokenlz.metatokens.MetaTokenConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class MetaTokenCodecProperties extends TokenCodecContract {
    @Override
    protected Arbitrary<CodecCase> cases() {
        return MetaTokenCases.any();
    }

    /** META-TOKENS.md, section 2. */
    @Property
    void outputIsNeverLongerThanInput(@ForAll("cases") CodecCase that) {
        assertThat(that.codec().encode(that.tokens())).hasSizeLessThanOrEqualTo(that.tokens().length);
    }

    /** META-TOKENS.md, section 1: each protected token stands in the body, and none in a dictionary. */
    @Property(tries = 2000)
    void noEntryAndNoReplacedRunHoldsAProtectedId(@ForAll("cases") CodecCase that) {
        MetaTokenConfig config = ((MetaTokenCodec) that.codec()).config();
        boolean inDictionary = false;
        List<Integer> bodies = new ArrayList<>();
        for (int id : that.codec().encode(that.tokens())) {
            inDictionary = (inDictionary || id == config.dictionaryStart()) && id != config.dictionaryEnd();
            if (config.isProtected(id)) {
                assertThat(inDictionary).as("%d in a dictionary", id).isFalse();
                bodies.add(id);
            }
        }
        assertThat(bodies)
                .isEqualTo(IntStream.of(that.tokens())
                        .filter(config::isProtected)
                        .boxed()
                        .toList());
    }

    /** META-TOKENS.md, sections 3 and 5: streams of mostly valid grammar, with every kind of offence now and then. */
    @Property(tries = 5000)
    void decodesAnythingLikeTheOracle(@ForAll("cases") CodecCase that, @ForAll Random random) {
        MetaTokenConfig config = ((MetaTokenCodec) that.codec()).config();
        List<Integer> stream = grammarLike(that, config, random);
        List<Integer> expected = new ArrayList<>();
        int refused = MetaTokenCases.oracle(config).decode(stream, expected);

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
        assertThat(IntStream.of(windows.collected()).boxed().toList()).isEqualTo(expected);
    }

    private static List<Integer> grammarLike(CodecCase that, MetaTokenConfig config, Random random) {
        List<Integer> stream = new ArrayList<>();
        boolean inDictionary = false;
        int length = random.nextInt(60);
        for (int i = 0; i < length; i++) {
            int choice = random.nextInt(100);
            if (choice < 8) {
                stream.add(inDictionary ? config.dictionaryEnd() : config.dictionaryStart());
                inDictionary = !inDictionary;
                if (inDictionary) {
                    stream.add(config.metaToken(random.nextInt(config.poolSize())));
                }
            } else if (choice < 50) {
                stream.add(config.metaToken(random.nextInt(Math.min(3, config.poolSize()))));
            } else if (choice < 51) {
                stream.add(random.nextInt((int) config.encodedVocabularySize() + 1));
            } else if (that.tokens().length > 0) {
                stream.add(that.tokens()[random.nextInt(that.tokens().length)]);
            }
        }
        if (inDictionary && random.nextInt(8) > 0) {
            stream.add(config.dictionaryEnd());
        }
        return stream;
    }
}
