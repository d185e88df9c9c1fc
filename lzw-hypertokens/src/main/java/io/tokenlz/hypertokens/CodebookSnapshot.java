package io.tokenlz.hypertokens;

import org.jspecify.annotations.Nullable;

/**
 * A codebook that was trained, or that a stream had at some time, for others to start from. Streams and codecs that start from
 * one share it.
 *
 * <p>Both sides of a stream must start from the same one; a framed stream can't name it. Immutable and thread-safe.
 */
public final class CodebookSnapshot {
    private final HypertokenConfig config;
    private final @Nullable CodebookEntries entries;
    private final int size;

    CodebookSnapshot(HypertokenConfig config, @Nullable CodebookEntries entries, int size) {
        this.config = config;
        this.entries = entries;
        this.size = size;
    }

    /**
     * Makes a codebook of phrases: the first gets ID V, and so on.
     *
     * @param config what it is a codebook of
     * @param phrases base tokens of each entry; only read. Under {@link ReplayRule#BASE} a phrase of three tokens and more must
     *     come after that of all its tokens but the last
     * @return a codebook
     * @throws IllegalArgumentException naming the first phrase that can't be an entry there
     */
    public static CodebookSnapshot of(HypertokenConfig config, int[]... phrases) {
        Codebook codebook = new Codebook(config);
        for (int i = 0; i < phrases.length; i++) {
            require(!codebook.isFull(), i, "is one more than the codebook holds: " + codebook.capacity());
            add(codebook, config, phrases[i], i);
        }
        return codebook.snapshot();
    }

    private static void add(Codebook codebook, HypertokenConfig config, int[] phrase, int number) {
        int longest = config.maxSubtokens();
        require(
                phrase.length >= 2 && phrase.length <= longest,
                number,
                "must have 2 to " + longest + " tokens, has " + phrase.length);
        for (int token : phrase) {
            require(
                    token >= 0 && token < config.vocabularySize(),
                    number,
                    "must have base tokens below " + config.vocabularySize() + ", has " + token);
            require(!config.isProtected(token), number, "has the protected token " + token);
        }
        require(codebook.find(phrase, 0, phrase.length) == Codebook.ABSENT, number, "was there before");
        int last = phrase.length - 1;
        int prefix = last == 1 ? phrase[0] : codebook.find(phrase, 0, last);
        if (prefix != Codebook.ABSENT) {
            codebook.add(prefix, phrase[last]);
        } else {
            require(
                    config.replayRule() == ReplayRule.EMITTED,
                    number,
                    "must come after the phrase of all its tokens but the last");
            codebook.addOrphan(phrase, last, phrase[last]);
        }
    }

    private static void require(boolean condition, int number, String problem) {
        if (!condition) {
            throw new IllegalArgumentException("phrase " + number + " " + problem);
        }
    }

    /**
     * What it is a codebook of.
     *
     * @return the configuration
     */
    public HypertokenConfig config() {
        return config;
    }

    /**
     * How many hypertokens it has.
     *
     * @return 0 … C
     */
    public int size() {
        return size;
    }

    /** A codebook that goes on from this one, and comes back to it when it is cleared. */
    Codebook open() {
        return new Codebook(config, entries, size);
    }
}
