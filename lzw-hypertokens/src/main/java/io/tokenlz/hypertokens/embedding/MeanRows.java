package io.tokenlz.hypertokens.embedding;

import java.util.Arrays;

/** The mean of the base tokens' rows, pads left out. */
final class MeanRows implements RowEncoder {
    private final Tensor baseRows;
    private final int size;
    private final int slots;
    private final int padId;

    MeanRows(HyperEncoder encoder) {
        baseRows = encoder.baseRows();
        size = encoder.config().modelSize();
        slots = encoder.config().maxSubtokens();
        padId = encoder.padId();
    }

    @Override
    public void encode(int[] subtokens, int offset, int entries, double[] rows) {
        Arrays.fill(rows, 0, entries * size, 0);
        for (int entry = 0; entry < entries; entry++) {
            int valid = 0;
            for (int slot = 0; slot < slots; slot++) {
                int token = subtokens[offset + entry * slots + slot];
                if (token != padId) {
                    baseRows.addTo(token * size, size, rows, entry * size);
                    valid++;
                }
            }
            for (int i = entry * size; i < (entry + 1) * size; i++) {
                rows[i] /= valid;
            }
        }
    }
}
