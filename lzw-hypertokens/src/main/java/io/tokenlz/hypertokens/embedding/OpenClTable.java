package io.tokenlz.hypertokens.embedding;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.List;

/** A table's rows on an OpenCL device, and who computes them there. */
final class OpenClTable implements DeviceTable {
    /** Launches underway: each has entries that are still being written to the device. */
    private static final int UNDERWAY = 2;

    private final OpenClMemory memory;
    private final OpenClDriver driver;
    private final LaunchListener listener;
    private final OpenClSide[] sides;
    private final ElementType type;
    private final int modelSize;
    private final int maxSubtokens;

    /** On the device: for each entry of a launch its row and its base tokens. */
    private final long entries;

    /** The same on the host, by launch. */
    private final ByteBuffer[] hostEntries = new ByteBuffer[UNDERWAY];

    private final IntBuffer[] hostInts = new IntBuffer[UNDERWAY];

    OpenClTable(TableLayout layout, List<HyperEncoder> encoders, LaunchListener listener, OpenClMemory memory) {
        this.memory = memory;
        this.listener = listener;
        driver = memory.driver();
        type = layout.elementType();
        modelSize = layout.modelSize();
        maxSubtokens = layout.maxSubtokens();
        int bytes = Math.multiplyExact(layout.launchEntries(), (1 + maxSubtokens) * Integer.BYTES);
        entries = memory.buffer(bytes);
        for (int i = 0; i < UNDERWAY; i++) {
            hostEntries[i] = ByteBuffer.allocateDirect(bytes);
            hostInts[i] = hostEntries[i].order(ByteOrder.nativeOrder()).asIntBuffer();
        }
        sides = new OpenClSide[encoders.size()];
        for (int side = 0; side < sides.length; side++) {
            sides[side] = new OpenClSide(memory, layout, encoders.get(side), entries);
        }
        memory.forgetUploads();
        driver.finish();
    }

    @Override
    public void encode(int[] rows, int[] subtokens, int offset, int count, long launch) {
        int place = (int) (launch % UNDERWAY);
        IntBuffer ints = hostInts[place].clear();
        for (int entry = offset; entry < offset + count; entry++) {
            ints.put(rows[entry]).put(subtokens, entry * maxSubtokens, maxSubtokens);
        }
        driver.write(entries, 0, hostEntries[place].clear().limit(ints.position() * Integer.BYTES));
        for (int side = 0; side < sides.length; side++) {
            sides[side].encode(count, side == sides.length - 1);
        }
        driver.whenDone(launch, listener);
    }

    @Override
    public void copy(int fromRow, int toRow, int count, long launch) {
        for (OpenClSide side : sides) {
            driver.copy(side.rows(), bytes(fromRow), bytes(toRow), bytes(count));
        }
        driver.whenDone(launch, listener);
    }

    private long bytes(int rows) {
        return (long) rows * modelSize * type.bytes();
    }

    @Override
    public void read(int side, int row, int count, float[] target, int offset) {
        memory.read(sides[side].rows(), (long) row * modelSize, count * modelSize, type, target, offset);
    }

    @Override
    public void close() {
        memory.close();
    }
}
