package io.tokenlz.hypertokens.embedding;

/**
 * A backend's part of an {@link EmbeddingTable}: memory for the rows, and an in-order queue of launches that write them.
 *
 * <p>All memory is allocated when it is opened. The table above calls it from one thread at a time, has checked every number
 * that it gives, and has at most two launches underway. Launches are numbered 1, 2, 3 … and take effect in that order. A call
 * may return before its launch is done; the listener is told then. An exception thrown from a call is as good as
 * {@link LaunchListener#failed}: either way nothing but {@link #close} follows.
 */
public interface DeviceTable extends AutoCloseable {
    /**
     * Computes entries' rows, of the input side and, if there is one, of the output side, and writes them. No row comes twice.
     *
     * @param rows row number of each entry; these and the subtokens are left unchanged until the launch is done
     * @param subtokens m base tokens of each entry, padded
     * @param offset the first entry: its row is {@code rows[offset]}, its base tokens begin at {@code subtokens[offset · m]}
     * @param count entries, 1 … {@link TableLayout#launchEntries}
     * @param launch its number
     */
    void encode(int[] rows, int[] subtokens, int offset, int count, long launch);

    /**
     * Copies rows of one stream to another, on all sides.
     *
     * @param fromRow number of the first row
     * @param toRow number of the row that it goes to
     * @param count rows, 1 … C
     * @param launch its number
     */
    void copy(int fromRow, int toRow, int count, long launch);

    /**
     * Reads rows, as they are after all launches before: waits for these.
     *
     * @param side 0 for the input side, 1 for the output side
     * @param row number of the first row
     * @param count rows, 1 … C
     * @param target gets D numbers for each
     * @param offset where the first of them goes
     */
    void read(int side, int row, int count, float[] target, int offset);

    /** Waits for the launches underway or gives them up, and frees all memory. The listener is told nothing any more. */
    @Override
    void close();
}
