package io.tokenlz.conformance;

/** What is wrong with a {@link BrokenBackend}, and a property of the contract that must see it. */
enum BackendBug {
    NONE(""),
    WRITES_THE_ROW_BESIDE("rowsAreThoseOfTheReference"),
    IGNORES_THE_OFFSET("rowsAreThoseOfTheReference"),
    LOSES_THE_LAST_ENTRY("rowsAreThoseOfTheReference"),
    MIXES_THE_SIDES_UP("rowsAreThoseOfTheReference"),
    COMPUTES_TOO_COARSELY("rowsAreThoseOfTheReference"),
    COPIES_ONE_ROW_TOO_FEW("copiesAreExactAndLeaveTheRest"),
    COPIES_ONE_ROW_TOO_MANY("copiesAreExactAndLeaveTheRest"),
    COPIES_THE_OTHER_WAY("copiesAreExactAndLeaveTheRest"),
    READS_BEFORE_LAUNCHES_ARE_DONE("launchesTakeEffectInOrder"),
    TELLS_OF_LAUNCHES_TWICE("launchesTakeEffectInOrder"),
    FIRST_WRITER_WINS("launchesTakeEffectInOrder"),
    ENTRIES_DEPEND_ON_THEIR_LAUNCH("anEntrysRowIsTheSameInEveryLaunch"),
    CHANGES_ITS_INPUT("callsLeaveWhatIsNotTheirs"),
    READS_TOO_MUCH("callsLeaveWhatIsNotTheirs"),
    READS_TO_THE_START("callsLeaveWhatIsNotTheirs"),
    TABLES_SHARE_THEIR_MEMORY("tablesDoNotDisturbOneAnother"),
    FORKS_LOSE_THE_FIRST_ROW("aTableIsWhatAReferenceTableIs");

    final String property;

    BackendBug(String property) {
        this.property = property;
    }
}
