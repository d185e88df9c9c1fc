package io.tokenlz.core;

/** An output whose memory is not an array; see {@link StagedTokenInput}. */
abstract class StagedTokenOutput extends TokenOutput {
    private final int[] stage = new int[StagedTokenInput.STAGE];

    /** Copies {@code count} tokens to the caller's memory, to the window's token {@code to} and after it. */
    abstract void write(int[] source, int count, long to);

    @Override
    final int room() {
        return (int) Math.min(stage.length, remaining());
    }

    @Override
    final int[] array() {
        return stage;
    }

    @Override
    final int arrayOffset() {
        return 0;
    }

    @Override
    final void commit(int count) {
        write(stage, count, position);
        position += count;
    }
}
