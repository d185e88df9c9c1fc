package io.tokenlz.hypertokens.embedding;

/**
 * Sizes of a table: for each stream, C rows of D numbers. Row number stream · C + slot belongs to a stream's slot (ID − V).
 *
 * @param streams streams that have rows at one time, 1 or more
 * @param codebookSize rows of each (C), 1 or more
 * @param modelSize numbers of a row (D)
 * @param maxSubtokens base tokens of an entry, pads included (m)
 * @param elementType what a row's numbers are
 * @param launchEntries the most entries of one launch, 1 or more
 */
public record TableLayout(
        int streams, int codebookSize, int modelSize, int maxSubtokens, ElementType elementType, int launchEntries) {
    /**
     * Checks the sizes.
     *
     * @param streams as above
     * @param codebookSize as above
     * @param modelSize as above
     * @param maxSubtokens as above
     * @param elementType as above
     * @param launchEntries as above
     * @throws IllegalArgumentException naming the size that is out of range
     */
    public TableLayout {
        requirePositive("streams", streams);
        requirePositive("codebookSize", codebookSize);
        requirePositive("modelSize", modelSize);
        requirePositive("maxSubtokens", maxSubtokens);
        requirePositive("launchEntries", launchEntries);
        requireInt("streams · codebookSize", (long) streams * codebookSize);
        requireInt("codebookSize · modelSize", (long) codebookSize * modelSize);
        requireInt("launchEntries · maxSubtokens", (long) launchEntries * maxSubtokens);
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, is " + value);
        }
    }

    private static void requireInt(String name, long value) {
        if (value > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(name + " must be below 2^31, is " + value);
        }
    }

    /**
     * Rows of all streams.
     *
     * @return streams · C
     */
    public int rows() {
        return streams * codebookSize;
    }
}
