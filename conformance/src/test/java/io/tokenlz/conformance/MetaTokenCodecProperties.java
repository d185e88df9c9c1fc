package io.tokenlz.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenlz.core.MalformedTokenStreamException;
import io.tokenlz.core.TokenCodec;
import io.tokenlz.core.TokenDecoder;
import io.tokenlz.metatokens.MetaTokenCodec;
import io.tokenlz.metatokens.MetaTokenConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class MetaTokenCodecProperties extends TokenCodecContract {
    @Override
    protected Arbitrary<CodecCase> cases() {
        return MetaTokenArbitraries.cases();
    }

    @Override
    protected Optional<StreamOracle> oracle(TokenCodec codec) {
        return Optional.of(MetaTokenArbitraries.oracle(((MetaTokenCodec) codec).config())::decode);
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

    @Provide
    Arbitrary<EncodedCase> streams() {
        return Arbitraries.oneOf(MetaTokenArbitraries.grammarLike(), MetaTokenArbitraries.damaged());
    }

    /** META-TOKENS.md, sections 3 and 5: streams of mostly valid grammar, with every kind of offence now and then. */
    @Property(tries = 5000)
    void decodesAnythingLikeTheOracle(@ForAll("streams") EncodedCase that) {
        MetaTokenCodec codec = (MetaTokenCodec) that.codec();
        List<Integer> expected = new ArrayList<>();
        int refused = MetaTokenArbitraries.oracle(codec.config()).decode(TokenArbitraries.boxed(that.ids()), expected);

        Windows windows = Windows.whole();
        TokenDecoder decoder = codec.newDecoder();
        long position = -1;
        try {
            windows.transform(decoder, that.ids(), 0, that.ids().length);
            windows.finish(decoder);
        } catch (MalformedTokenStreamException malformed) {
            windows.salvage();
            position = malformed.position();
        }
        assertThat(position).isEqualTo(refused);
        assertThat(TokenArbitraries.boxed(windows.collected())).isEqualTo(expected);
    }
}
