package io.tokenlz.metatokens;

/**
 * A run of tokens that occurs again, as {@link RepeatFinder} found it. Immutable.
 *
 * @param firstPlace where it occurs first: an index into the tokens that were searched
 * @param length tokens of the run, at least 2
 * @param places where it occurs, counting those that overlap, at least 2
 * @param placesApart how many of these don't overlap, taken from left to right
 */
public record RepeatedRun(int firstPlace, int length, int places, int placesApart) {
    /**
     * What a dictionary of the flat form saves by this run alone: N·K − (1 + N + K) for N tokens at K places that don't overlap.
     * The two delimiters, which a block pays once, are not counted. Runs share places, so what two save doesn't add up.
     *
     * @return tokens; not above 0 if the run doesn't pay
     */
    public long saved() {
        return savedBy(length, placesApart);
    }

    static long savedBy(int length, int placesApart) {
        return (long) length * placesApart - (1L + length + placesApart);
    }
}
