package io.tokenlz.metatokens;

import io.tokenlz.core.MalformedTokenStreamException;
import java.util.List;
import java.util.Optional;

/** Learns shared dictionaries from samples (META-TOKENS.md, section 8). Thread-safe. */
public final class MetaTokenTraining {
    /** The most tokens of all samples together: 2²⁴. Learning takes some 250 bytes for each. */
    public static final int MOST_TOKENS = 1 << 24;

    private MetaTokenTraining() {}

    /**
     * Learns a dictionary: the runs that save most in samples other than the one that showed them. The result hangs on the
     * arguments alone.
     *
     * @param config the vocabulary, the reserved and the protected IDs, the pool, which says how many entries there are at most, and the window,
     *     which says how long one is at most; nothing else of it matters
     * @param samples documents, prompts, tool schemas; only read; no entry crosses the border of two
     * @param revision a number that the maker counts up, not negative
     * @param vocabularyFingerprint names the tokenizer, at most {@link MetaTokenDictionary#MOST_FINGERPRINT_BYTES}; empty if
     *     nobody says; copied
     * @return a dictionary, or nothing if no run occurs in two samples (of one sample: twice in it)
     * @throws MalformedTokenStreamException if a token is not of the vocabulary or reserved; its position is counted over all
     *     samples one behind the other
     * @throws IllegalArgumentException if there are more than {@link #MOST_TOKENS}, or a number is out of range
     */
    public static Optional<MetaTokenDictionary> learn(
            MetaTokenConfig config, List<int[]> samples, int revision, byte[] vocabularyFingerprint) {
        long total = samples.stream().mapToLong(sample -> sample.length).sum();
        if (total + samples.size() > MOST_TOKENS) {
            throw new IllegalArgumentException("samples must have at most " + MOST_TOKENS
                    + " tokens, with one more for each sample, have " + total);
        }
        if (total == 0) {
            return Optional.empty();
        }
        int[] text = new int[(int) total + samples.size()];
        int[] sampleEnd = new int[samples.size()];
        int at = 0;
        for (int s = 0; s < sampleEnd.length; s++) {
            for (int token : samples.get(s)) {
                if (!config.reserved().isBase(token)) {
                    throw new MalformedTokenStreamException(
                            at - (long) s,
                            "a base token below the vocabulary's size and not reserved",
                            config.reserved().describe(token));
                }
                text[at] = config.protectedIds().contains(token) ? Block.barrier(at) : token;
                at++;
            }
            text[at] = Block.barrier(at);
            sampleEnd[s] = ++at;
        }
        int mostEntries = Math.min(config.poolSize(), MetaTokenDictionary.MOST_ENTRIES);
        List<int[]> entries = new DictionaryTraining(text, sampleEnd, mostEntries, config.window()).learn();
        return entries.isEmpty()
                ? Optional.empty()
                : Optional.of(MetaTokenDictionary.of(
                        config.vocabularySize(), revision, vocabularyFingerprint, entries.toArray(new int[0][])));
    }
}
