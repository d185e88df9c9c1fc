package io.tokenlz.conformance;

import java.util.Arrays;

/** All sequences of a small alphabet up to some length, the shorter ones before those that begin with them. */
final class EverySequence {
    /** What is done with a sequence. */
    @FunctionalInterface
    interface Visitor {
        /**
         * Tries a sequence.
         *
         * @param sequence not to be changed or kept
         * @return whether sequences that begin with this one shall be tried, too
         */
        boolean visit(int[] sequence);
    }

    private EverySequence() {}

    /**
     * Visits each of them.
     *
     * @param alphabet what sequences are made of, each once
     * @param longest tokens of the longest ones
     * @param visitor what is done with each
     * @return how many were visited
     */
    static long of(int[] alphabet, int longest, Visitor visitor) {
        return extend(new int[0], alphabet, longest, visitor);
    }

    private static long extend(int[] sequence, int[] alphabet, int longest, Visitor visitor) {
        long visited = 1;
        if (visitor.visit(sequence) && sequence.length < longest) {
            for (int next : alphabet) {
                int[] longer = Arrays.copyOf(sequence, sequence.length + 1);
                longer[sequence.length] = next;
                visited += extend(longer, alphabet, longest, visitor);
            }
        }
        return visited;
    }

    /** Says on the standard output what a test has covered. */
    static void print(String what, long configurations, long sequences) {
        System.out.printf(
                "every small model: %s: %,d configurations, %,d sequences%n", what, configurations, sequences);
    }
}
