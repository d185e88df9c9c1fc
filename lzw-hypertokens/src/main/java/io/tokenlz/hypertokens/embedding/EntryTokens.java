package io.tokenlz.hypertokens.embedding;

/** What encoders begin and end with: base tokens' rows, positions, and means over the slots of an entry. */
final class EntryTokens {
    private final Tensor baseRows;
    private final int modelSize;
    private final int hiddenSize;
    private final int slots;
    private final int padId;

    EntryTokens(HyperEncoder encoder) {
        baseRows = encoder.baseRows();
        modelSize = encoder.config().modelSize();
        hiddenSize = encoder.config().hiddenSize();
        slots = encoder.config().maxSubtokens();
        padId = encoder.padId();
    }

    /** Looks base rows up, pads' included, and tells which slots are no pads. */
    void gather(int[] subtokens, int offset, int tokens, double[] target, boolean[] valid) {
        for (int i = 0; i < tokens; i++) {
            int token = subtokens[offset + i];
            baseRows.copyTo(token * modelSize, modelSize, target, i * modelSize);
            valid[i] = token != padId;
        }
    }

    /** Adds to each slot the row of its place. */
    void addPositions(Tensor positions, int entries, double[] x) {
        for (int entry = 0; entry < entries; entry++) {
            positions.addTo(0, slots * hiddenSize, x, entry * slots * hiddenSize);
        }
    }

    /** The mean over all slots, pads included. */
    void meanOfAll(double[] x, int entries, double[] rows) {
        for (int entry = 0; entry < entries; entry++) {
            for (int i = 0; i < hiddenSize; i++) {
                double sum = 0;
                for (int slot = 0; slot < slots; slot++) {
                    sum += x[(entry * slots + slot) * hiddenSize + i];
                }
                rows[entry * hiddenSize + i] = sum / slots;
            }
        }
    }

    /** The mean over the slots that are no pads. */
    void meanOfValid(double[] x, boolean[] valid, int entries, double[] rows) {
        for (int entry = 0; entry < entries; entry++) {
            int count = validSlots(valid, entry);
            for (int i = 0; i < hiddenSize; i++) {
                double sum = 0;
                for (int slot = 0; slot < slots; slot++) {
                    sum += valid[entry * slots + slot] ? x[(entry * slots + slot) * hiddenSize + i] : 0;
                }
                rows[entry * hiddenSize + i] = sum / count;
            }
        }
    }

    /** The last slot that is no pad. */
    void lastValid(double[] x, boolean[] valid, int entries, double[] rows) {
        for (int entry = 0; entry < entries; entry++) {
            int last = entry * slots + validSlots(valid, entry) - 1;
            System.arraycopy(x, last * hiddenSize, rows, entry * hiddenSize, hiddenSize);
        }
    }

    private int validSlots(boolean[] valid, int entry) {
        int count = 0;
        for (int slot = 0; slot < slots; slot++) {
            count += valid[entry * slots + slot] ? 1 : 0;
        }
        return count;
    }

    /** Adds the first base token's row to each entry's. */
    void addFirst(int[] subtokens, int offset, int entries, double[] rows) {
        for (int entry = 0; entry < entries; entry++) {
            baseRows.addTo(subtokens[offset + entry * slots] * modelSize, modelSize, rows, entry * modelSize);
        }
    }

    static void add(double[] x, double[] more, int count) {
        for (int i = 0; i < count; i++) {
            x[i] += more[i];
        }
    }
}
