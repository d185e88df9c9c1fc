package io.tokenlz.hypertokens.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Conversions, against what the formats say. */
class ElementTypeTest {
    @ParameterizedTest
    @EnumSource(names = {"F16", "BF16"})
    void everyNumberComesBack(ElementType type) {
        for (int bits = 0; bits < 1 << 16; bits++) {
            float value = type.fromBits((short) bits);
            if (Float.isNaN(value)) {
                assertThat(type.fromBits(type.toBits(value))).isNaN();
            } else {
                assertThat(type.toBits(value)).as("%x", bits).isEqualTo((short) bits);
            }
        }
    }

    @Test
    void halvesAreWhatTheFormatSays() {
        for (int bits = 0; bits < 0x7C00; bits++) {
            int exponent = bits >> 10;
            int fraction = bits & 0x3FF;
            double wanted = exponent == 0 ? fraction * 0x1p-24 : (1024 + fraction) * Math.pow(2, exponent - 25);
            assertThat((double) ElementType.F16.fromBits((short) bits)).isEqualTo(wanted);
            assertThat((double) ElementType.F16.fromBits((short) (bits | 0x8000)))
                    .isEqualTo(-wanted);
        }
        assertThat(ElementType.F16.fromBits((short) 0x7C00)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(ElementType.BF16.fromBits((short) 0xC040)).isEqualTo(-3f);
    }

    /** Of two neighbours the nearer one, half-way the even one. */
    @ParameterizedTest
    @EnumSource(names = {"F16", "BF16"})
    void roundsToNearestTiesToEven(ElementType type) {
        int infinity = type == ElementType.F16 ? 0x7C00 : 0x7F80;
        for (int bits = 0; bits < infinity - 1; bits++) {
            float low = type.fromBits((short) bits);
            float high = type.fromBits((short) (bits + 1));
            float middle = (float) (((double) low + high) / 2); // exact but among BF16's subnormals
            short even = (short) (bits + (bits & 1));
            if (middle > low && middle < high) {
                assertThat(type.toBits(middle)).as("%x", bits).isEqualTo(even);
                assertThat(type.toBits(Math.nextDown(middle))).isEqualTo((short) bits);
                assertThat(type.toBits(Math.nextUp(middle))).isEqualTo((short) (bits + 1));
                assertThat(type.toBits(-middle)).isEqualTo((short) (even | 0x8000));
            }
        }
        assertThat(type.fromBits(type.toBits(Float.MAX_VALUE))).isEqualTo(Float.POSITIVE_INFINITY);
    }

    @Test
    void halvesOverflowHalfWay() {
        assertThat(ElementType.F16.round(65519.99f)).isEqualTo(65504);
        assertThat(ElementType.F16.round(65520)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(ElementType.F16.round(-65520)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(ElementType.F16.round(Float.MIN_VALUE)).isZero();
    }

    @Test
    void tensorsOfAllTypesHoldTheSame() {
        float[] numbers = new float[60];
        Random random = new Random(1);
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = random.nextInt(200) - 100;
        }
        Tensor tensor = Tensor.of(numbers, 5, 12);
        for (ElementType type : ElementType.values()) {
            float[] back = new float[60];
            tensor.as(type).copyTo(0, 60, back, 0);
            assertThat(back).containsExactly(numbers);
            assertThat(tensor.as(type).as(ElementType.F32).shape()).containsExactly(5, 12);
        }
    }

    /** Abramowitz and Stegun, table 7.1, and where the series ends. */
    @Test
    void erfIsExact() {
        assertThat(Gelu.erf(0.5)).isEqualTo(0.5204998778130465, within(1e-15));
        assertThat(Gelu.erf(-1)).isEqualTo(-0.8427007929497149, within(1e-15));
        assertThat(Gelu.erf(2)).isEqualTo(0.9953222650189527, within(1e-15));
        assertThat(Gelu.erf(5.9)).isEqualTo(1, within(1e-15));
        assertThat(Gelu.erf(0)).isZero();
        assertThat(Gelu.erf(40)).isEqualTo(1);
        assertThat(Gelu.erf(Double.NaN)).isNaN();
    }
}
