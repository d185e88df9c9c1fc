package io.tokenlz.bench;

/**
 * Tokens that need no memory: any of them can be made without those before it. Like text's, few of them are most of all
 * (an ID's chance falls about as its rank rises) and phrases of 16 come again, some often and most never.
 */
public final class GeneratedTokens {
    /** That of o200k. */
    public static final int VOCABULARY_SIZE = 200_019;

    private static final int PHRASE_BITS = 4;
    private static final int PHRASE_MASK = (1 << PHRASE_BITS) - 1;
    private static final int PHRASES = 1 << 24;

    private final long seed;

    /** A stream without an end; another seed makes another one. */
    public GeneratedTokens(long seed) {
        this.seed = seed;
    }

    /** Makes tokens from one on. */
    public void read(long from, int[] target, int offset, int count) {
        long place = -1;
        long phrase = 0;
        for (int i = 0; i < count; i++) {
            long token = from + i;
            if (token >>> PHRASE_BITS != place) {
                place = token >>> PHRASE_BITS;
                phrase = seed + skewed(mixed(seed ^ place), PHRASES);
            }
            target[offset + i] = skewed(mixed((phrase << PHRASE_BITS) | (token & PHRASE_MASK)), VOCABULARY_SIZE);
        }
    }

    /** A number below a limit: each octave has the same chance, as all have where chances fall as ranks rise. */
    private static int skewed(long random, int limit) {
        int octaves = Integer.SIZE - Integer.numberOfLeadingZeros(limit);
        int least = 1 << (int) (((random >>> 32) * octaves) >>> 32);
        int width = Math.min(least, limit + 1 - least);
        return least - 1 + (int) (((random & 0xFFFF_FFFFL) * width) >>> 32);
    }

    /** SplitMix64's last step: every bit hangs on every bit. */
    private static long mixed(long value) {
        long bits = value + 0x9E37_79B9_7F4A_7C15L;
        bits = (bits ^ (bits >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        bits = (bits ^ (bits >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return bits ^ (bits >>> 31);
    }
}
