package io.tokenlz.bench;

/**
 * How contenders are timed.
 *
 * @param seconds how long in each direction, 0 for not at all
 * @param firstPass whether the first pass is timed instead: for what is too slow for more
 */
public record WireTiming(double seconds, boolean firstPass) {
    public static final WireTiming NONE = new WireTiming(0, false);
}
