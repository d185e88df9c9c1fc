package io.tokenlz.hypertokens.embedding;

import java.util.List;

/** The reference backend's rows, and who computes them. */
final class ReferenceTable implements DeviceTable {
    private final ReferenceSide[] sides;
    private final LaunchListener listener;
    private final HostDevice device;

    ReferenceTable(TableLayout layout, List<HyperEncoder> encoders, LaunchListener listener, HostDevice device) {
        this.listener = listener;
        this.device = device;
        sides = new ReferenceSide[encoders.size()];
        for (int side = 0; side < sides.length; side++) {
            sides[side] = new ReferenceSide(layout, encoders.get(side), device);
        }
    }

    @Override
    public void encode(int[] rows, int[] subtokens, int offset, int count, long launch) {
        device.launching(launch);
        for (ReferenceSide side : sides) {
            side.encode(rows, subtokens, offset, count);
        }
        device.completed(launch, listener);
    }

    @Override
    public void copy(int fromRow, int toRow, int count, long launch) {
        device.launching(launch);
        for (ReferenceSide side : sides) {
            side.rows().copy(fromRow, toRow, count);
        }
        device.completed(launch, listener);
    }

    @Override
    public void read(int side, int row, int count, float[] target, int offset) {
        sides[side].rows().read(row, count, target, offset);
    }

    @Override
    public void close() {} // the heap frees itself
}
