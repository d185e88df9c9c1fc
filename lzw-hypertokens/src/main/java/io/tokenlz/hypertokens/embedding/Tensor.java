package io.tokenlz.hypertokens.embedding;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/**
 * Numbers with a shape, the last dimension running fastest: a weight, or the rows of a vocabulary's embedding.
 *
 * <p>Held as they are in a file, so that F16 and BF16 take half the memory of F32. Immutable and thread-safe, as long as the
 * array that it was made of is left alone.
 */
public final class Tensor {
    private final ElementType type;
    private final int[] shape;
    private final int elements;

    /** The numbers if they are F32, else empty. */
    private final float[] floats;

    /** The numbers' bits if they are of 16 bits, else empty. */
    private final short[] halves;

    private Tensor(ElementType type, int[] shape, float[] floats, short[] halves) {
        this.type = type;
        this.shape = shape.clone();
        this.floats = floats;
        this.halves = halves;
        elements = type == ElementType.F32 ? floats.length : halves.length;
        if (elements(shape) != elements) {
            throw new IllegalArgumentException(
                    "shape " + Arrays.toString(shape) + " needs other than " + elements + " elements");
        }
    }

    /**
     * Makes an F32 tensor.
     *
     * @param elements kept, not copied: must not be changed any more
     * @param shape sizes of the dimensions, 0 or more each
     * @return a tensor
     * @throws IllegalArgumentException if the shape has not as many elements
     */
    public static Tensor of(float[] elements, int... shape) {
        return new Tensor(ElementType.F32, shape, elements, new short[0]);
    }

    /**
     * Makes a tensor of 16-bit numbers.
     *
     * @param type F16 or BF16
     * @param bits kept, not copied: must not be changed any more
     * @param shape sizes of the dimensions, 0 or more each
     * @return a tensor
     * @throws IllegalArgumentException if the type is another, or the shape has not as many elements
     */
    public static Tensor ofBits(ElementType type, short[] bits, int... shape) {
        if (type == ElementType.F32) {
            throw new IllegalArgumentException("type must have 16 bits, is " + type);
        }
        return new Tensor(type, shape, new float[0], bits);
    }

    private static long elements(int[] shape) {
        long product = 1;
        for (int size : shape) {
            if (size < 0) {
                throw new IllegalArgumentException("shape must not be negative, is " + Arrays.toString(shape));
            }
            product = Math.multiplyExact(product, (long) size);
        }
        return product;
    }

    /**
     * What its numbers are.
     *
     * @return a type
     */
    public ElementType type() {
        return type;
    }

    /**
     * Sizes of the dimensions.
     *
     * @return a new array
     */
    public int[] shape() {
        return shape.clone();
    }

    /**
     * How many numbers there are.
     *
     * @return the product of the sizes
     */
    public int elements() {
        return elements;
    }

    /** Size of a dimension, without a copy. */
    int size(int dimension) {
        return shape[dimension];
    }

    boolean hasShape(int... expected) {
        return Arrays.equals(shape, expected);
    }

    /** One number. */
    float element(int index) {
        return type == ElementType.F32 ? floats[index] : type.fromBits(halves[index]);
    }

    /**
     * Copies numbers, exactly.
     *
     * @param first index of the first one
     * @param count how many
     * @param target gets them
     * @param offset where the first one goes
     * @throws IndexOutOfBoundsException if one of the ranges is not inside
     */
    public void copyTo(int first, int count, float[] target, int offset) {
        Objects.checkFromIndexSize(first, count, elements);
        Objects.checkFromIndexSize(offset, count, target.length);
        for (int i = 0; i < count; i++) {
            target[offset + i] = element(first + i);
        }
    }

    /** The same, for sums; the ranges are the caller's. */
    void copyTo(int first, int count, double[] target, int offset) {
        for (int i = 0; i < count; i++) {
            target[offset + i] = element(first + i);
        }
    }

    /** Adds numbers; the ranges are the caller's. */
    void addTo(int first, int count, double[] target, int offset) {
        for (int i = 0; i < count; i++) {
            target[offset + i] += element(first + i);
        }
    }

    /**
     * Writes numbers as they are held, little-endian: what a device is fed with.
     *
     * @param first index of the first one
     * @param count how many
     * @param target gets count times {@link ElementType#bytes} bytes from its position on, which moves; its order is left alone
     * @throws IndexOutOfBoundsException if the range is not inside
     * @throws java.nio.BufferOverflowException if the target has no room for them
     */
    public void writeTo(int first, int count, ByteBuffer target) {
        Objects.checkFromIndexSize(first, count, elements);
        ByteBuffer bytes = target.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        if (type == ElementType.F32) {
            bytes.asFloatBuffer().put(floats, first, count);
        } else {
            bytes.asShortBuffer().put(halves, first, count);
        }
        target.position(target.position() + count * type.bytes());
    }

    /**
     * The same numbers, rounded to another type.
     *
     * @param other F32, F16 or BF16
     * @return this tensor if it is of that type, else a new one
     */
    public Tensor as(ElementType other) {
        if (other == type) {
            return this;
        }
        if (other == ElementType.F32) {
            float[] wide = new float[elements];
            copyTo(0, elements, wide, 0);
            return of(wide, shape);
        }
        short[] bits = new short[elements];
        for (int i = 0; i < elements; i++) {
            bits[i] = other.toBits(element(i));
        }
        return ofBits(other, bits, shape);
    }

    @Override
    public String toString() {
        return type + Arrays.toString(shape);
    }
}
