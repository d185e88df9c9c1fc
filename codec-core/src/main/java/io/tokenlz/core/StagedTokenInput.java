package io.tokenlz.core;

/**
 * An input whose memory is not an array: tokens cross in bulk through a piece of array that stays in the L1 cache, since
 * kernels on {@code int[]} run faster than kernels that reach through a buffer's interface for each token.
 */
abstract class StagedTokenInput extends TokenInput {
    /** Tokens that cross at once: 4 KiB. */
    static final int STAGE = 1024;

    private final int[] stage = new int[STAGE];
    private int staged;
    private int consumed;

    /** Copies tokens from the caller's memory: {@code count} of them, from the window's token {@code from} on. */
    abstract void read(long from, int[] target, int count);

    @Override
    final void beginCall() {
        staged = 0;
        consumed = 0;
    }

    @Override
    final int load(int atMost) {
        if (consumed == staged) {
            int count = (int) Math.min(Math.min(atMost, STAGE), remaining());
            read(position, stage, count);
            consumed = 0;
            staged = count;
        }
        return staged - consumed;
    }

    @Override
    final int[] array() {
        return stage;
    }

    @Override
    final int arrayOffset() {
        return consumed;
    }

    @Override
    final void consume(int count) {
        consumed += count;
        position += count;
    }
}
