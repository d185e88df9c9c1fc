package io.tokenlz.bench;

import java.util.List;

/**
 * The power of x that y grows with: the slope of the line through the logarithms with the least squares. 1 is linear growth,
 * 2 quadratic.
 *
 * @param exponent the power; no number where less than two different x are known
 */
public record PowerFit(double exponent) {
    /** A measurement: both above 0. */
    public record Point(double x, double y) {}

    public static PowerFit of(List<Point> points) {
        double meanX = points.stream()
                .mapToDouble(point -> Math.log(point.x()))
                .average()
                .orElse(Double.NaN);
        double meanY = points.stream()
                .mapToDouble(point -> Math.log(point.y()))
                .average()
                .orElse(Double.NaN);
        double together = 0;
        double spread = 0;
        for (Point point : points) {
            double fromMean = Math.log(point.x()) - meanX;
            together += fromMean * (Math.log(point.y()) - meanY);
            spread += fromMean * fromMean;
        }
        return new PowerFit(together / spread);
    }
}
