package io.tokenlz.conformance;

/** What is wrong with a {@link BrokenRunLengthCodec}, and a property of the contract that must see it. */
enum CodecBug {
    NONE(""),

    ENCODER_LOSES_THE_RUN_AT_A_FLUSH("allThatWasFlushedCanBeDecoded"),
    ENCODER_LOSES_THE_RUN_AT_THE_END("whatComesOutIsWhatWentIn"),
    FLUSH_WRITES_THE_RUN_AND_KEEPS_IT("everyFlushPositionIsDecodable"),
    RUN_ONE_TOO_LONG("whatComesOutIsWhatWentIn"),
    VOCABULARY_ONE_TOO_SMALL("aDecoderRefusesWhatIsNotOfItsVocabulary"),
    NAME_WITH_A_SPACE("aCodecSaysWhatItIs"),

    ENCODER_RESET_FORGETS_NOTHING("resetBeginsAnewWhateverWasBefore"),
    DECODER_RESET_FORGETS_NOTHING("resetBeginsAnewWhateverWasBefore"),
    DECODER_RESET_KEEPS_WHAT_IT_OWES("resetBeginsAnewWhateverWasBefore"),
    ONE_ENCODER_FOR_ALL("codersDoNotDisturbOneAnother"),
    STATE_SHARED_BY_DECODERS("codersDoNotDisturbOneAnother"),
    CHOOSES_AT_RANDOM("theSameTokensGiveTheSameStream"),

    WRITES_BEHIND_WHAT_IT_REPORTS("splittingNeverChangesWhatComesOut"),
    WRITES_BEFORE_THE_ROOM("splittingNeverChangesWhatComesOut"),
    REPORTS_WHAT_IT_DID_NOT_WRITE("splittingNeverChangesWhatComesOut"),
    IGNORES_WHERE_THE_INPUT_BEGINS("everySplitIsTheSame"),
    IGNORES_WHERE_THE_OUTPUT_BEGINS("everyKindOfMemoryIsTheSame"),
    READS_BEHIND_THE_INPUT("splittingNeverChangesWhatComesOut"),
    READS_ITS_OWN_OUTPUT("oneTokenAtATimeIsTheSame"),
    KEEPS_THE_CALLERS_ARRAY("splittingNeverChangesWhatComesOut"),
    CHANGES_ITS_INPUT("whatComesOutIsWhatWentIn"),

    ENDS_RUNS_WITH_THE_INPUT("splittingNeverChangesWhatComesOut"),
    ENDS_RUNS_WITH_THE_ROOM("splittingNeverChangesWhatComesOut"),
    LOSES_WHAT_IT_OWES_WHEN_ROOM_ENDS("oneTokenAtATimeIsTheSame"),
    STOPS_WITH_ROOM_LEFT("splittingNeverChangesWhatComesOut"),
    DECODER_HOLDS_A_TOKEN_BACK("allThatWasFlushedCanBeDecoded"),

    ENCODER_TAKES_ALIENS("anEncoderRefusesWhatIsNotOfItsVocabulary"),
    ENCODER_REFUSES_WITH_ANOTHER_EXCEPTION("anEncoderRefusesWhatIsNotOfItsVocabulary"),
    ENCODER_BLAMES_THE_TOKEN_BEHIND("anEncoderRefusesWhatIsNotOfItsVocabulary"),
    ENCODER_IS_HARMED_BY_AN_ALIEN("anEncoderRefusesWhatIsNotOfItsVocabulary"),
    DECODER_TAKES_ALIENS("aDecoderRefusesWhatIsNotOfItsVocabulary"),
    DECODER_FAILS_WITH_ANOTHER_EXCEPTION("aDecoderRefusesWhatIsNotOfItsVocabulary"),
    DECODER_BLAMES_THE_TOKEN_BEFORE("whatADecoderDoesNotRefuseItDecodesAlike"),
    DECODER_BLAMES_THE_TOKEN_BEHIND("whatADecoderDoesNotRefuseItDecodesAlike"),
    DECODER_LOSES_TOKENS_BEFORE_WHAT_IT_REFUSES("aDecoderRefusesWhatIsNotOfItsVocabulary"),
    DECODER_TAKES_A_REPEAT_OF_NOTHING("whateverADecoderGetsItDoesAsTheOracleDoes"),
    DECODER_REFUSES_THE_LONGEST_RUN("whatComesOutIsWhatWentIn"),
    DECODER_REFUSES_A_CUT_IN_THE_WRONG_PLACE("aStreamCutShortGivesAPrefixOrIsRefusedAtItsEnd"),

    STATE_GROWS("memoryIsFixedWhenACoderIsMade"),
    ALLOCATES_EACH_TIME("codingAllocatesNothing"),
    DECODES_MORE_THAN_ALLOWED("decodingStopsAtItsBound"),
    DECODES_UP_TO_A_NEGATIVE_BOUND("decodingStopsAtItsBound"),
    FINISH_IS_NEVER_DONE("misuseIsToldApartFromMalformedInput");

    final String property;

    CodecBug(String property) {
        this.property = property;
    }
}
