package io.tokenlz.hypertokens.embedding;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** How numbers are held in weights and tables. */
public enum ElementType {
    /** IEEE 754, 32 bits. */
    F32(Float.BYTES),

    /** IEEE 754, 16 bits: 11 bits of precision, at most 65504. */
    F16(Short.BYTES),

    /** The upper half of an F32: 8 bits of precision, its whole range. */
    BF16(Short.BYTES);

    private static final int INFINITY = 0x7F80_0000;

    /** Half-way between the largest F16 and what would come next. */
    private static final int F16_OVERFLOW = 0x477F_F000;

    /** 2⁻¹⁴, the least F16 that is not subnormal. */
    private static final int F16_NORMAL = 0x3880_0000;

    private static final int F16_INFINITY = 0x7C00;

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    /**
     * Size of a number.
     *
     * @return bytes, 2 or 4
     */
    public int bytes() {
        return bytes;
    }

    /** Rounds to what this type can hold: to nearest, ties to even; what is too large becomes infinite. */
    float round(float value) {
        return this == F32 ? value : fromBits(toBits(value));
    }

    /** The number that the bits of a type of 16 bits stand for. */
    float fromBits(short bits) {
        return this == F16 ? fromF16(bits) : Float.intBitsToFloat(bits << Short.SIZE);
    }

    /** The same, the other way round, rounded. */
    short toBits(float value) {
        return this == F16 ? toF16(value) : toBf16(value);
    }

    /** Takes numbers from the start of a buffer, in the machine's order. */
    void read(ByteBuffer source, int count, float[] target, int offset) {
        ByteBuffer bytes = source.duplicate().clear().order(ByteOrder.nativeOrder());
        if (this == F32) {
            bytes.asFloatBuffer().get(target, offset, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            target[offset + i] = fromBits(bytes.getShort(i * Short.BYTES));
        }
    }

    // Float.float16ToFloat and its inverse came with Java 20
    private static float fromF16(short half) {
        int sign = (half & 0x8000) << 16;
        int exponent = (half >>> 10) & 0x1F;
        int fraction = half & 0x3FF;
        if (exponent == 0) {
            return Float.intBitsToFloat(sign | Float.floatToRawIntBits(fraction * 0x1p-24f));
        }
        int wide = exponent == 0x1F ? INFINITY : (exponent + 112) << 23;
        return Float.intBitsToFloat(sign | wide | (fraction << 13));
    }

    private static short toF16(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = (bits >>> 16) & 0x8000;
        int magnitude = bits & 0x7FFF_FFFF;
        if (magnitude > INFINITY) {
            return (short) (sign | F16_INFINITY | 0x200 | ((magnitude >>> 13) & 0x3FF));
        }
        if (magnitude >= F16_OVERFLOW) {
            return (short) (sign | F16_INFINITY);
        }
        if (magnitude < F16_NORMAL) {
            // beside a half a float's last bit is worth 2⁻²⁴, as a subnormal's: the addition rounds
            float aligned = Float.intBitsToFloat(magnitude) + 0.5f;
            return (short) (sign | (Float.floatToRawIntBits(aligned) - Float.floatToRawIntBits(0.5f)));
        }
        int rounded = magnitude + 0xFFF + ((magnitude >>> 13) & 1);
        return (short) (sign | ((rounded - (112 << 23)) >>> 13));
    }

    private static short toBf16(float value) {
        int bits = Float.floatToRawIntBits(value);
        if ((bits & 0x7FFF_FFFF) > INFINITY) {
            return (short) ((bits >>> Short.SIZE) | 0x40);
        }
        return (short) ((bits + 0x7FFF + ((bits >>> Short.SIZE) & 1)) >>> Short.SIZE);
    }
}
