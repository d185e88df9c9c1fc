package io.tokenlz.hypertokens.embedding;

import java.util.Arrays;

/** Scaled dot-product attention among the slots of each entry. */
final class SelfAttention {
    private final Linear query;
    private final Linear key;
    private final Linear value;
    private final Linear output;
    private final AttentionMask mask;
    private final Activations activations;
    private final int slots;
    private final int size;
    private final int headSize;
    private final double scale;

    /** Of weights whose names are the pattern with q, k, v and o for {@code %s}. */
    SelfAttention(
            HyperEncoder encoder, String pattern, AttentionMask mask, Activations activations, HostDevice device) {
        query = new Linear(encoder.weight(pattern.replace("%s", "q")), device);
        key = new Linear(encoder.weight(pattern.replace("%s", "k")), device);
        value = new Linear(encoder.weight(pattern.replace("%s", "v")), device);
        output = new Linear(encoder.weight(pattern.replace("%s", "o")), device);
        this.mask = mask;
        this.activations = activations;
        slots = encoder.config().maxSubtokens();
        size = encoder.config().hiddenSize();
        headSize = size / encoder.config().heads();
        scale = 1 / Math.sqrt(headSize);
    }

    /** x [entries, slots, size] to y, which may be the same array. */
    void apply(double[] x, int entries, double[] y) {
        int tokens = entries * slots;
        query.apply(x, tokens, activations.queries);
        key.apply(x, tokens, activations.keys);
        value.apply(x, tokens, activations.values);
        Arrays.fill(activations.mixed, 0, tokens * size, 0);
        for (int first = 0; first < tokens; first += slots) {
            for (int slot = 0; slot < slots; slot++) {
                for (int head = 0; head < size; head += headSize) {
                    attend(first, slot, head);
                }
            }
        }
        output.apply(activations.mixed, tokens, y);
    }

    /** One query of one head; without an allowed key the result stays zero. */
    private void attend(int first, int slot, int head) {
        double[] shares = activations.shares;
        double highest = Double.NEGATIVE_INFINITY;
        for (int other = 0; other < slots; other++) {
            if (mask.allows(slot, other, activations.valid, first)) {
                shares[other] = score(first + slot, first + other, head);
                highest = Math.max(highest, shares[other]);
            }
        }
        double sum = 0;
        for (int other = 0; other < slots; other++) {
            boolean allowed = mask.allows(slot, other, activations.valid, first);
            shares[other] = allowed ? StrictMath.exp(shares[other] - highest) : 0;
            sum += shares[other];
        }
        for (int other = 0; other < slots; other++) {
            if (shares[other] != 0) {
                addValue(shares[other] / sum, first + other, first + slot, head);
            }
        }
    }

    private double score(int queryToken, int keyToken, int head) {
        int queryAt = queryToken * size + head;
        int keyAt = keyToken * size + head;
        double sum = 0;
        for (int i = 0; i < headSize; i++) {
            sum += activations.queries[queryAt + i] * activations.keys[keyAt + i];
        }
        return sum * scale;
    }

    private void addValue(double share, int from, int to, int head) {
        int fromAt = from * size + head;
        int toAt = to * size + head;
        for (int i = 0; i < headSize; i++) {
            activations.mixed[toAt + i] += share * activations.values[fromAt + i];
        }
    }
}
