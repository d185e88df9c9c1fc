package io.tokenlz.bench;

import java.util.Random;
import java.util.stream.IntStream;

/** Inputs that make searches for repeats slow which are not made for them. */
public enum WorstCase {
    /** One token again and again: every run repeats, at every place, over itself. */
    ALL_EQUAL("all equal") {
        @Override
        public int[] tokens(int count, int vocabularySize) {
            return new int[count];
        }
    },

    /** A thousand tokens again and again. */
    PERIOD_1000("period 1000") {
        @Override
        public int[] tokens(int count, int vocabularySize) {
            int[] period = new Random(1).ints(1000, 0, vocabularySize).toArray();
            return IntStream.range(0, count).map(i -> period[i % period.length]).toArray();
        }
    },

    /** The Fibonacci word: as many different repeats as there can be. */
    FIBONACCI("Fibonacci") {
        @Override
        public int[] tokens(int count, int vocabularySize) {
            int[] word = new int[count];
            int last = 1;
            int longest = 2;
            for (int i = 0; i < count; i++) {
                if (i == last + longest) {
                    int next = last + longest;
                    last = longest;
                    longest = next;
                }
                // each word is the one before and the one before that
                word[i] = i < 2 ? Math.min(i, vocabularySize - 1) : word[i - longest];
            }
            return word;
        }
    },

    /** Tokens drawn at random: nothing repeats but single tokens. */
    RANDOM("random") {
        @Override
        public int[] tokens(int count, int vocabularySize) {
            return new Random(2).ints(count, 0, vocabularySize).toArray();
        }
    };

    private final String label;

    WorstCase(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /** So many tokens below a vocabulary's size, always the same ones. */
    public abstract int[] tokens(int count, int vocabularySize);
}
