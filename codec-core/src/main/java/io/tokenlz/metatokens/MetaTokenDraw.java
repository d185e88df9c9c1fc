package io.tokenlz.metatokens;

/** Hands out meta-tokens of the pool, in order or drawn without replacement, for one block after the other. */
final class MetaTokenDraw {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private final ReservedIds reserved;
    private final boolean shuffled;
    private final long seed;

    /** The pool's indices, of which the first ones are drawn; in order again after each block. */
    private final int[] order;

    /** Where each draw came from, so that it can be put back. */
    private final int[] drawnFrom;

    private long block;
    private long random;

    MetaTokenDraw(MetaTokenConfig config, int mostEntries) {
        reserved = config.reserved();
        shuffled = config.assignment() == MetaTokenAssignment.SHUFFLED;
        seed = config.seed();
        order = new int[shuffled ? reserved.poolSize() : 0];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        drawnFrom = new int[shuffled ? mostEntries : 0];
    }

    void reset() {
        block = 0;
    }

    /** Fills {@code metaTokens} with the first {@code count} meta-tokens of the next block. */
    void draw(int[] metaTokens, int count) {
        random = seed ^ mix(++block);
        for (int k = 0; k < count; k++) {
            if (shuffled) {
                int from = k + nextBelow(order.length - k);
                swap(k, from);
                drawnFrom[k] = from;
            }
            metaTokens[k] = reserved.metaToken(shuffled ? order[k] : k);
        }
        for (int k = count - 1; shuffled && k >= 0; k--) {
            swap(k, drawnFrom[k]);
        }
    }

    private void swap(int a, int b) {
        int index = order[a];
        order[a] = order[b];
        order[b] = index;
    }

    private int nextBelow(int bound) {
        random += GOLDEN_GAMMA;
        return (int) (((mix(random) >>> 32) * bound) >>> 32);
    }

    /** SplitMix64's finalizer, written out so that a stream is the same on every JVM. */
    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    long stateBytes() {
        return 4L * (order.length + drawnFrom.length);
    }
}
