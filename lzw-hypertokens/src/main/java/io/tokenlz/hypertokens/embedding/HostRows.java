package io.tokenlz.hypertokens.embedding;

/** A table's rows on the Java heap: an array for each stream, since all together may have more than 2³¹ numbers. */
final class HostRows {
    private final ElementType type;
    private final int size;
    private final int rowsPerStream;

    /** By stream; empty unless the type is F32. */
    private final float[][] floats;

    /** By stream; empty if the type is F32. */
    private final short[][] halves;

    HostRows(TableLayout layout, HostDevice device) {
        type = layout.elementType();
        size = layout.modelSize();
        rowsPerStream = layout.codebookSize();
        int numbers = rowsPerStream * size;
        floats = new float[type == ElementType.F32 ? layout.streams() : 0][];
        halves = new short[type == ElementType.F32 ? 0 : layout.streams()][];
        for (int stream = 0; stream < floats.length; stream++) {
            floats[stream] = device.floats(numbers);
        }
        for (int stream = 0; stream < halves.length; stream++) {
            halves[stream] = device.shorts(numbers);
        }
    }

    /** Rounds a row: to F32, then to the table's type. */
    void write(int row, double[] values, int offset) {
        int stream = row / rowsPerStream;
        int at = row % rowsPerStream * size;
        for (int i = 0; i < size; i++) {
            float value = (float) values[offset + i];
            if (type == ElementType.F32) {
                floats[stream][at + i] = value;
            } else {
                halves[stream][at + i] = type.toBits(value);
            }
        }
    }

    void copy(int fromRow, int toRow, int count) {
        Object[] streams = type == ElementType.F32 ? floats : halves;
        System.arraycopy(
                streams[fromRow / rowsPerStream],
                fromRow % rowsPerStream * size,
                streams[toRow / rowsPerStream],
                toRow % rowsPerStream * size,
                count * size);
    }

    void read(int row, int count, float[] target, int offset) {
        int stream = row / rowsPerStream;
        int at = row % rowsPerStream * size;
        for (int i = 0; i < count * size; i++) {
            target[offset + i] =
                    type == ElementType.F32 ? floats[stream][at + i] : type.fromBits(halves[stream][at + i]);
        }
    }
}
