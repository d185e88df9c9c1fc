package io.tokenlz.hypertokens.embedding;

/**
 * A kernel with all its arguments but the first two, which entries of a launch it works on: a launch sets nothing else, and these
 * only where they changed.
 */
final class KernelStep {
    /**
     * How work-items are laid out.
     *
     * @param items0 in dimension 0
     * @param group0 in each group in dimension 0; divides items0
     * @param group1 in each group in dimension 1
     * @param perEntry what dimension 1 counts for each entry, such as slots
     * @param perGroup how much of that a group in dimension 1 does
     */
    record Shape(long items0, long group0, long group1, int perEntry, int perGroup) {}

    private static final int FIRST = 0;
    private static final int COUNT = 1;

    private final OpenClDriver driver;
    private final long kernel;
    private final Shape shape;
    private int arguments = 2;
    private int lastFirst = -1;
    private int lastCount = -1;

    KernelStep(OpenClDriver driver, long kernel, Shape shape) {
        this.driver = driver;
        this.kernel = kernel;
        this.shape = shape;
    }

    /** Sets the next arguments. */
    KernelStep buffers(long... buffers) {
        for (long buffer : buffers) {
            driver.setBuffer(kernel, arguments++, buffer);
        }
        return this;
    }

    /** Sets the next arguments. */
    KernelStep numbers(int... numbers) {
        for (int number : numbers) {
            driver.setInt(kernel, arguments++, number);
        }
        return this;
    }

    void run(int first, int count, boolean signals) {
        if (first != lastFirst) {
            driver.setInt(kernel, FIRST, first);
            lastFirst = first;
        }
        if (count != lastCount) {
            driver.setInt(kernel, COUNT, count);
            lastCount = count;
        }
        long groups1 = ((long) count * shape.perEntry + shape.perGroup - 1) / shape.perGroup;
        driver.run(kernel, shape.items0, groups1 * shape.group1, shape.group0, shape.group1, signals);
    }
}
