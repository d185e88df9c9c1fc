package io.tokenlz.frames;

import java.util.Arrays;

/** Tokens of the shapes that make a difference to a writer, by arithmetic alone: the same wherever and whenever they are made. */
enum TokenShape {
    /** Frequent small IDs and rare large ones, and copies from near and far. */
    TEXT(128_256) {
        @Override
        void fill(int[] tokens) {
            for (int i = 0, piece = 0; i < tokens.length; piece++) {
                int run = Math.min(1 + (int) (mixed(3L * piece) % 12), tokens.length - i);
                boolean copied = i > 40 && mixed(3L * piece + 1) % 3 > 0;
                int from = copied ? (int) (mixed(3L * piece + 2) % (i - 12)) : 0;
                for (int k = 0; k < run; k++, i++) {
                    tokens[i] = copied ? tokens[from + k] : skewed(i, 128_256);
                }
            }
        }
    },

    /** The same frequencies without copies but those of chance. */
    SKEWED(4000) {
        @Override
        void fill(int[] tokens) {
            Arrays.setAll(tokens, i -> skewed(i, 4000));
        }
    },

    /** Nothing repeats. */
    RISING(Integer.MAX_VALUE) {
        @Override
        void fill(int[] tokens) {
            Arrays.setAll(tokens, i -> 3 * i);
        }
    },

    /** Numbers of all 32 bit lengths, each as often. */
    WIDE(Integer.MAX_VALUE) {
        @Override
        void fill(int[] tokens) {
            Arrays.setAll(tokens, i -> (int) (mixed(i) & Integer.MAX_VALUE) % Integer.MAX_VALUE >>> (i % 32));
        }
    },

    /** Nine bit lengths, one more than a packed list has widths, of which some are rare. */
    NINE_WIDTHS(1 << 24) {
        @Override
        void fill(int[] tokens) {
            Arrays.setAll(tokens, i -> 1 << (3 * Math.min(8, Long.numberOfTrailingZeros(mixed(i)))) >>> 1);
        }
    },

    /** A period of 37 with a change in each hundred tokens. */
    PERIODIC(50_000) {
        @Override
        void fill(int[] tokens) {
            Arrays.setAll(tokens, i -> i % 100 == 99 ? 40_000 + i % 10_000 : (int) (mixed(i % 37) % 50_000) & 0x3FFF);
        }
    },

    /** One token, of which a few are another. */
    RUNS(300) {
        @Override
        void fill(int[] tokens) {
            Arrays.setAll(tokens, i -> mixed(i) % 29 == 0 ? 299 : 7);
        }
    },

    /** One token alone, the largest there is. */
    CONSTANT(Integer.MAX_VALUE) {
        @Override
        void fill(int[] tokens) {
            Arrays.fill(tokens, Integer.MAX_VALUE - 1);
        }
    },

    /** The only token of its vocabulary. */
    ONE(1) {
        @Override
        void fill(int[] tokens) {
            // it is 0
        }
    },

    /** Three tokens, each sequence of which comes again and again. */
    THREE(3) {
        @Override
        void fill(int[] tokens) {
            Arrays.setAll(tokens, i -> (int) (mixed(i) % 3));
        }
    },

    /** As many distinct tokens as a prefix code has places, each about twice. */
    MANY_TWICE(1 << 20) {
        @Override
        void fill(int[] tokens) {
            Arrays.setAll(tokens, i -> (int) (mixed(i % (tokens.length / 2 + 1)) % (1 << 20)));
        }
    },

    /** Weights that double: the longest codes. */
    DOUBLING(100) {
        @Override
        void fill(int[] tokens) {
            Arrays.setAll(tokens, i -> 40 + Long.numberOfTrailingZeros(mixed(i) | 1L << 40));
        }
    },

    /** Long parts of two kinds that begin alike: what followed the last time is wrong, what followed the time before is right. */
    FORKED(100_000) {
        @Override
        void fill(int[] tokens) {
            Arrays.setAll(tokens, i -> {
                int place = i % 551;
                int kind = place < 50 ? 0 : 1 + (i / 551 & 1);
                return (int) (mixed(1000L * kind + place) % 100_000);
            });
        }
    },

    /** A period of 97 in which every tenth token is another. */
    NOISY(30_000) {
        @Override
        void fill(int[] tokens) {
            Arrays.setAll(tokens, i -> (int) (mixed(i % 10 == 9 ? i + 1000L : i % 97) % 30_000));
        }
    };

    private final int vocabularySize;

    TokenShape(int vocabularySize) {
        this.vocabularySize = vocabularySize;
    }

    int vocabularySize() {
        return vocabularySize;
    }

    int[] tokens(int count) {
        int[] tokens = new int[count];
        fill(tokens);
        return tokens;
    }

    abstract void fill(int[] tokens);

    /** A number of 63 bits that hangs on all bits of another: Sebastiano Vigna's finalizer of SplitMix64. */
    static long mixed(long number) {
        long bits = number * 0x9E3779B97F4A7C15L + 0x9E3779B97F4A7C15L;
        bits = (bits ^ bits >>> 30) * 0xBF58476D1CE4E5B9L;
        bits = (bits ^ bits >>> 27) * 0x94D049BB133111EBL;
        return (bits ^ bits >>> 31) >>> 1;
    }

    /** An ID below a limit; half of the IDs are below the square root of it, or so. */
    private static int skewed(int place, int limit) {
        long bits = mixed(place + 1_000_000L);
        return (int) ((bits >>> 8) % limit) >>> (int) (bits & 0xFF) % 17;
    }
}
