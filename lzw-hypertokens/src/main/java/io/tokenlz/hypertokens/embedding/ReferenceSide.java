package io.tokenlz.hypertokens.embedding;

/** One side of a table: an encoder and its rows. */
final class ReferenceSide {
    private final RowEncoder encoder;
    private final HostRows rows;
    private final double[] results;
    private final int modelSize;
    private final int maxSubtokens;

    ReferenceSide(TableLayout layout, HyperEncoder encoder, HostDevice device) {
        this.encoder = RowEncoder.of(encoder, device);
        rows = new HostRows(layout, device);
        modelSize = layout.modelSize();
        maxSubtokens = layout.maxSubtokens();
        results = device.doubles(Activations.ENTRIES * modelSize);
    }

    HostRows rows() {
        return rows;
    }

    void encode(int[] rowNumbers, int[] subtokens, int offset, int count) {
        for (int done = 0; done < count; done += Activations.ENTRIES) {
            int first = offset + done;
            int entries = Math.min(Activations.ENTRIES, count - done);
            encoder.encode(subtokens, first * maxSubtokens, entries, results);
            for (int entry = 0; entry < entries; entry++) {
                rows.write(rowNumbers[first + entry], results, entry * modelSize);
            }
        }
    }
}
