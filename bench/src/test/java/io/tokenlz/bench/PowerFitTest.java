package io.tokenlz.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tokenlz.bench.PowerFit.Point;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class PowerFitTest {
    private static double fitted(DoubleUnaryOperator time) {
        return PowerFit.of(DoubleStream.of(256, 1024, 4096, 16_384)
                        .mapToObj(length -> new Point(length, time.applyAsDouble(length)))
                        .toList())
                .exponent();
    }

    @Test
    void thePowerIsFound() {
        assertThat(fitted(length -> 3 * length)).isCloseTo(1, within(1e-9));
        assertThat(fitted(length -> 0.001 * length * length)).isCloseTo(2, within(1e-9));
        assertThat(fitted(length -> 7)).isCloseTo(0, within(1e-9));
        assertThat(fitted(length -> length * Math.log(length))).isBetween(1.05, 1.3);
    }

    @Test
    void onePointTellsNothing() {
        assertThat(PowerFit.of(List.of(new Point(8, 3))).exponent()).isNaN();
        assertThat(PowerFit.of(List.of()).exponent()).isNaN();
    }
}
