package io.tokenlz.conformance;

import io.tokenlz.core.TokenCodec;
import io.tokenlz.core.TokenDecoder;
import io.tokenlz.core.TokenEncoder;
import io.tokenlz.hypertokens.HypertokenCodec;
import io.tokenlz.hypertokens.HypertokenConfig;
import io.tokenlz.hypertokens.ReplayRule;

/** Codecs of which the two sides don't agree, and a property of the contract that must see it. */
enum HypertokenBug {
    DECODER_OF_THE_OTHER_REPLAY_RULE("allThatWasFlushedCanBeDecoded"),
    DECODER_CODEBOOK_LACKS_ROOM_FOR_THE_LAST("whatComesOutIsWhatWentIn"),
    DECODER_PHRASES_ONE_TOO_LONG("whatComesOutIsWhatWentIn"),
    DECODER_KNOWS_NO_PROTECTED_IDS("whatComesOutIsWhatWentIn");

    final String property;

    HypertokenBug(String property) {
        this.property = property;
    }

    TokenCodec breaking(HypertokenConfig config) {
        ReplayRule rule = config.replayRule();
        if (this == DECODER_OF_THE_OTHER_REPLAY_RULE) {
            rule = rule == ReplayRule.BASE ? ReplayRule.EMITTED : ReplayRule.BASE;
        }
        int fewer = this == DECODER_CODEBOOK_LACKS_ROOM_FOR_THE_LAST ? 1 : 0;
        HypertokenConfig.Builder decoding = HypertokenConfig.builder(config.vocabularySize(), rule)
                .codebookSize(Math.max(0, config.codebookSize() - fewer))
                .maxSubtokens(config.maxSubtokens() + (this == DECODER_PHRASES_ONE_TOO_LONG ? 1 : 0));
        if (this != DECODER_KNOWS_NO_PROTECTED_IDS) {
            decoding.disabledIds(config.disabledIds());
            if (config.padId() >= 0) {
                decoding.padId(config.padId());
            }
        }
        return new Sides(new HypertokenCodec(config), new HypertokenCodec(decoding.build()));
    }

    /** The encoder of one codec and the decoder of another one. */
    private record Sides(TokenCodec encoding, TokenCodec decoding) implements TokenCodec {
        @Override
        public String name() {
            return encoding.name();
        }

        @Override
        public int vocabularySize() {
            return encoding.vocabularySize();
        }

        @Override
        public long encodedVocabularySize() {
            return encoding.encodedVocabularySize();
        }

        @Override
        public TokenEncoder newEncoder() {
            return encoding.newEncoder();
        }

        @Override
        public TokenDecoder newDecoder() {
            return decoding.newDecoder();
        }
    }
}
