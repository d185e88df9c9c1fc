package io.tokenlz.cli.explore;

import io.tokenlz.core.TokenCodec;
import io.tokenlz.hypertokens.HypertokenCodec;
import io.tokenlz.hypertokens.HypertokenConfig;
import io.tokenlz.hypertokens.ReplayRule;
import io.tokenlz.metatokens.MetaTokenCodec;
import io.tokenlz.metatokens.MetaTokenConfig;
import io.tokenlz.metatokens.MetaTokenForm;

/** The codecs that can be looked at. */
enum ExploreCodec {
    HYPERTOKENS("hypertokens") {
        @Override
        Exploration exploration(int vocabularySize) {
            return hypertokens(vocabularySize, ReplayRule.BASE);
        }
    },
    HYPERTOKENS_EMITTED("hypertokens, emitted replay") {
        @Override
        Exploration exploration(int vocabularySize) {
            return hypertokens(vocabularySize, ReplayRule.EMITTED);
        }
    },
    META_FLAT("meta-tokens, flat") {
        @Override
        Exploration exploration(int vocabularySize) {
            return metaTokens(vocabularySize, MetaTokenForm.FLAT);
        }
    },
    META_NESTED("meta-tokens, nested") {
        @Override
        Exploration exploration(int vocabularySize) {
            return metaTokens(vocabularySize, MetaTokenForm.NESTED);
        }
    };

    /**
     * A codec, and what tells what its IDs mean.
     *
     * @param codec encodes the stream
     * @param reading follows it, ID by ID; for one stream
     */
    record Exploration(TokenCodec codec, IdReading reading) {}

    private final String label;

    ExploreCodec(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /** Begins a stream of a vocabulary. */
    abstract Exploration exploration(int vocabularySize);

    private static Exploration hypertokens(int vocabularySize, ReplayRule replay) {
        HypertokenConfig config =
                HypertokenConfig.builder(vocabularySize, replay).build();
        return new Exploration(new HypertokenCodec(config), new HypertokenReading(config));
    }

    private static Exploration metaTokens(int vocabularySize, MetaTokenForm form) {
        MetaTokenConfig config =
                MetaTokenConfig.builder(vocabularySize).form(form).build();
        return new Exploration(new MetaTokenCodec(config), new MetaTokenReading(config));
    }
}
