package io.tokenlz.hypertokens.embedding;

import io.tokenlz.hypertokens.embedding.KernelStep.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds the steps of an encoder, kernel by kernel, for the kind of device: a CPU gets long rows of numbers for each work-item and
 * a matrix product without barriers, a GPU neighbouring numbers for neighbouring work-items, groups and tiles.
 */
final class KernelSteps {
    /** Numbers that a work-item of a CPU does in a row. */
    private static final int CPU_SPAN = 4096;

    /** Work-items of a GPU's group; kernels.cl has room for no more where they share something. */
    private static final int GPU_GROUP = 64;

    /** What kernels.cl computes at a time: outputs of a CPU's work-item, sides of a GPU's tile and work-items along them. */
    private static final int CPU_OUTPUTS = 4;

    private static final int TILE = 64;
    private static final int TILE_ITEMS = 16;

    private final OpenClMemory memory;
    private final HyperEncoder encoder;
    private final boolean cpu;
    private final long entries;
    private final long base;
    private final int slots;
    private final int padId;
    private final List<KernelStep> steps = new ArrayList<>();

    KernelSteps(OpenClMemory memory, HyperEncoder encoder, long entries) {
        this.memory = memory;
        this.encoder = encoder;
        this.entries = entries;
        cpu = memory.driver().isCpu();
        base = memory.upload(encoder.baseRows());
        slots = encoder.config().maxSubtokens();
        padId = encoder.padId();
    }

    KernelStep[] steps() {
        return steps.toArray(KernelStep[]::new);
    }

    private KernelStep add(ElementType weights, String name, Shape shape) {
        KernelStep step = new KernelStep(memory.driver(), memory.kernel(weights, name), shape);
        steps.add(step);
        return step;
    }

    /** Number by number, so many rows for each entry. */
    private Shape rowShape(int size, int rowsPerEntry) {
        long group = cpu ? 1 : GPU_GROUP;
        long items = ceiling(ceiling(size, span()), group) * group;
        return new Shape(items, group, 1, rowsPerEntry, 1);
    }

    private int span() {
        return cpu ? CPU_SPAN : 1;
    }

    private static long ceiling(long number, long divisor) {
        return (number + divisor - 1) / divisor;
    }

    private ElementType baseType() {
        return encoder.baseRows().type();
    }

    void mean(long rows) {
        int size = encoder.config().modelSize();
        add(baseType(), "mean_rows", rowShape(size, 1))
                .buffers(entries, base, rows)
                .numbers(slots, size, padId, span());
    }

    void gather(long x) {
        int size = encoder.config().modelSize();
        add(baseType(), "gather", rowShape(size, slots))
                .buffers(entries, base, x)
                .numbers(slots, size, span());
    }

    void addPositions(String name, long x) {
        Tensor positions = encoder.weight(name);
        int size = positions.size(1);
        add(baseType(), "add_positions", rowShape(size, slots))
                .buffers(memory.uploadFloats(positions), x)
                .numbers(slots, size, span());
    }

    /** x [entries, rows, in] to result [entries, rows, out], or added to it. */
    void linear(String name, long x, long result, int rows, boolean adds) {
        Tensor weight = encoder.weight(name);
        int outputs = weight.size(0);
        Shape shape = cpu
                ? new Shape(ceiling(outputs, CPU_OUTPUTS), 1, 1, 1, Integer.MAX_VALUE)
                : new Shape(ceiling(outputs, TILE) * TILE_ITEMS, TILE_ITEMS, TILE_ITEMS, rows, TILE);
        add(weight.type(), cpu ? "gemm_rows" : "gemm_tiles", shape)
                .buffers(memory.upload(weight), x, result)
                .numbers(rows, weight.size(1), outputs, adds ? 1 : 0);
    }

    void attention(long queries, long keys, long values, long result, AttentionMask mask) {
        int heads = encoder.config().heads();
        long group = cpu ? 1 : GPU_GROUP;
        add(baseType(), "attention", new Shape(ceiling(heads, group) * group, group, 1, slots, 1))
                .buffers(entries, queries, keys, values, result)
                .numbers(slots, heads, encoder.config().hiddenSize() / heads, padId, mask.kernelNumber());
    }

    /** From and to may be the same. */
    void norm(String name, long from, long to) {
        Tensor weight = encoder.weight(name + ".weight");
        long group = cpu ? 1 : GPU_GROUP;
        add(baseType(), "layer_norm", new Shape(group, group, 1, slots, 1))
                .buffers(memory.uploadFloats(weight), memory.uploadFloats(encoder.weight(name + ".bias")), from, to)
                .numbers(slots, weight.elements());
    }

    void gelu(long x) {
        int size = encoder.config().intermediateSize();
        add(baseType(), "gelu", rowShape(size, slots)).buffers(x).numbers(slots, size, span());
    }

    void pool(long x, long pooled, Pooling pooling) {
        int size = encoder.config().hiddenSize();
        add(baseType(), "pool", rowShape(size, 1))
                .buffers(entries, x, pooled)
                .numbers(slots, size, padId, pooling.kernelNumber, span());
    }

    void scatter(long results, long rows) {
        EncoderConfig config = encoder.config();
        add(baseType(), "scatter", rowShape(config.modelSize(), 1))
                .buffers(entries, base, results, rows)
                .numbers(slots, config.modelSize(), config.residual() ? 1 : 0, span());
    }

    /** What a row is made of. */
    enum Pooling {
        MEAN_OF_ALL(0),
        MEAN_OF_VALID(1),
        LAST_VALID(2);

        /** What kernels.cl calls it. */
        private final int kernelNumber;

        Pooling(int kernelNumber) {
            this.kernelNumber = kernelNumber;
        }
    }
}
