package io.tokenlz.frames;

/** The constants of the model (FORMAT.md, section 8.2), made by integer arithmetic so that every machine has the same. */
final class ModelTables {
    /** The logistic function to the base 2: of −4096 … 4095 in 1/256, a probability in 1/65536. */
    private static final int[] SQUASH = new int[8192];

    /** Its inverse, of probabilities in 1/4096. */
    private static final short[] STRETCH = new short[4096];

    /** How far a counter moves, after so many observations. */
    private static final int[] STEP = new int[256];

    private static final int ONE = 1 << 30;

    /** 2³⁰ · 2^(1/256). */
    private static final long ROOT = 1_076_653_033L;

    static {
        long[] powers = new long[256];
        powers[0] = ONE;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = (powers[i - 1] * ROOT) >> 30;
        }
        for (int x = -4096; x < 4096; x++) {
            SQUASH[x + 4096] = squash(x, powers);
        }
        int x = 0;
        for (int i = 0; i < STRETCH.length; i++) {
            while (x < SQUASH.length - 1 && SQUASH[x] < i * 16 + 8) {
                x++;
            }
            STRETCH[i] = (short) (x - 4096);
        }
        for (int i = 0; i < STEP.length; i++) {
            STEP[i] = 655_360 / (10 * i + 15);
        }
    }

    private ModelTables() {}

    private static int squash(int x, long[] powers) {
        long power = powers[x & 255];
        long one = ONE;
        int whole = x >> 8;
        if (whole >= 0) {
            power <<= whole;
        } else {
            one <<= -whole;
        }
        return (int) Math.max(1, Math.min(65_535, (power << 16) / (power + one)));
    }

    static int squash(int x) {
        return SQUASH[Math.max(-4096, Math.min(4095, x)) + 4096];
    }

    static int stretch(int counter) {
        return STRETCH[counter >>> 20];
    }

    /** A counter that has seen one bit more. Its upper 22 bits are the probability of a one, its lower ten what it has seen. */
    static int learn(int counter, int bit, int most) {
        int seen = counter & 1023;
        int chance = counter >>> 10;
        chance += (int) (((long) ((bit << 22) - bit - chance) * STEP[seen]) >> 16);
        return (chance << 10) | Math.min(seen + 1, most);
    }

    /** A counter's experience, in four classes. */
    static int experience(int counter) {
        int seen = counter & 255;
        return seen == 0 ? 0 : seen < 3 ? 1 : seen < 8 ? 2 : 3;
    }
}
