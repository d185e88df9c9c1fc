package io.tokenlz.cli;

import io.tokenlz.bench.GeneratedTokens;

/** Generated tokens as one document, from the first one on. Its position is in tokens. */
final class GeneratedDocument implements DocumentSource {
    private final GeneratedTokens generator;
    private final long tokens;
    private boolean begun;
    private long position;

    GeneratedDocument(GeneratedTokens generator, long tokens) {
        this.generator = generator;
        this.tokens = tokens;
    }

    @Override
    public boolean nextDocument() {
        boolean first = !begun;
        begun = true;
        return first;
    }

    @Override
    public int read(int[] target) {
        int count = (int) Math.min(target.length, tokens - position);
        generator.read(position, target, 0, count);
        position += count;
        return count;
    }

    @Override
    public long position() {
        return position;
    }
}
