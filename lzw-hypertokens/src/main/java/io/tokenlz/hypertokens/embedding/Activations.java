package io.tokenlz.hypertokens.embedding;

/** What the layers of an encoder work on, for as many tokens as are computed at a time; shared by all layers. */
final class Activations {
    /** Entries computed at a time. */
    static final int ENTRIES = 16;

    /** [tokens, hidden]. */
    final double[] x;

    final double[] normalised;
    final double[] queries;
    final double[] keys;
    final double[] values;
    final double[] mixed;

    /** [tokens, intermediate]. */
    final double[] intermediate;

    /** Whether a slot is no padding. */
    final boolean[] valid;

    /** Of one query: the share of each slot. */
    final double[] shares;

    Activations(EncoderConfig config, HostDevice device) {
        int tokens = ENTRIES * config.maxSubtokens();
        int size = tokens * config.hiddenSize();
        x = device.doubles(size);
        normalised = device.doubles(size);
        queries = device.doubles(size);
        keys = device.doubles(size);
        values = device.doubles(size);
        mixed = device.doubles(size);
        intermediate = device.doubles(tokens * config.intermediateSize());
        valid = new boolean[tokens];
        shares = new double[config.maxSubtokens()];
    }
}
