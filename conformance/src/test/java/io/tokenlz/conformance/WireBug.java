package io.tokenlz.conformance;

/** What is wrong with a {@link BrokenWireCodec}, and a property of the contract that must see it. */
enum WireBug {
    NONE(""),
    WRITES_ANOTHER_LEVEL_EACH_TIME("whatIsWrittenIsRead"),
    FLUSH_DOES_NOTHING("allThatWasFlushedCanBeRead"),
    FLUSHES_WITH_EACH_WINDOW("cuttingWindowsChangesNothing"),
    FLUSHES_WITH_EACH_TOKEN_GIVEN_ALONE("oneByOneIsTheSame"),
    READER_DOES_NOT_ASK_FOR_AN_END("everyCutIsRefused"),
    READER_TAKES_DAMAGE_FOR_THE_END("damageNeverGivesOtherTokensUnnoticed"),
    READER_FAILS_WITH_ANOTHER_EXCEPTION("damageNeverGivesOtherTokensUnnoticed"),
    READER_GOES_ON_AFTER_A_FAILURE("damageNeverGivesOtherTokensUnnoticed"),
    READER_BLAMES_THE_BYTE_BEHIND("refusesWhereTheOracleDoes"),
    READER_TAKES_ALL_THE_BYTES_THERE_ARE("noByteBehindTheEndIsTaken"),
    READS_BUFFERS_ALONE("everyKindOfMemoryIsTheSame"),
    WRITES_OTHERWISE_TO_OTHER_MEMORY("everyKindOfMemoryIsTheSame"),
    WRITER_ALLOCATES_EACH_TIME("codingAllocatesNothing"),
    READER_ALLOCATES_EACH_TIME("codingAllocatesNothing"),
    WRITER_RESET_DOES_NOTHING("resetBeginsAnew"),
    READER_RESET_DOES_NOTHING("resetBeginsAnew"),
    AN_ALIEN_EMPTIES_THE_WRITER("anAlienIsRefusedAndTheWriterGoesOn"),
    ONE_WRITER_FOR_ALL("streamsDoNotDisturbOneAnother"),
    FINISHING_AGAIN_FAILS("misuseIsToldApart"),
    CLOSING_AGAIN_FAILS("misuseIsToldApart"),
    WRITES_AFTER_CLOSE("misuseIsToldApart");

    final String property;

    WireBug(String property) {
        this.property = property;
    }
}
