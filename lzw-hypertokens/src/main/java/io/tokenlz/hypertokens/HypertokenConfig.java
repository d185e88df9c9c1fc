package io.tokenlz.hypertokens;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that an encoder and a decoder of hypertokens must agree upon (HYPERTOKENS.md, section 1). Immutable and
 * thread-safe.
 *
 * <p>{@link Zip2ZipConfigFile} reads a model's own, {@link KnownModels} holds those known to be in use.
 */
public final class HypertokenConfig {
    /** Entries of a codebook unless configured otherwise: what the published models were trained with. */
    public static final int DEFAULT_CODEBOOK_SIZE = 2048;

    /** Base tokens in a hypertoken unless configured otherwise. */
    public static final int DEFAULT_MAX_SUBTOKENS = 4;

    /** Bounds the memory of one stream, whose phrases and what finds them then take less than 2 GiB. */
    private static final long MOST_STORED_SUBTOKENS = 1L << 26;

    private static final int MOST_PROTECTED_BITS = 1 << 22;

    private static final int NO_PAD = -1;

    private final int vocabularySize;
    private final int codebookSize;
    private final int maxSubtokens;
    private final int padId;
    private final int[] disabledIds;
    private final ReplayRule replayRule;

    /** A bit for each protected ID below {@link #MOST_PROTECTED_BITS}, as far as the highest of them. */
    private final long[] protectedBits;

    /** The protected IDs above, ascending: no vocabulary in use is as large. */
    private final int[] protectedAbove;

    private final int firstProtected;
    private final int protectedSpan;

    private HypertokenConfig(Builder builder) {
        vocabularySize = builder.vocabularySize;
        codebookSize = builder.codebookSize;
        maxSubtokens = builder.maxSubtokens;
        padId = builder.padId;
        disabledIds = builder.disabledIds.clone();
        replayRule = builder.replayRule;
        IntStream all = IntStream.of(disabledIds);
        int[] ids = (padId == NO_PAD ? all : IntStream.concat(all, IntStream.of(padId)))
                .sorted()
                .distinct()
                .toArray();
        protectedAbove =
                IntStream.of(ids).filter(id -> id >= MOST_PROTECTED_BITS).toArray();
        int below = ids.length - protectedAbove.length;
        protectedBits = new long[below == 0 ? 0 : (ids[below - 1] >> 6) + 1];
        for (int i = 0; i < below; i++) {
            protectedBits[ids[i] >> 6] |= 1L << ids[i];
        }
        firstProtected = ids.length == 0 ? 0 : ids[0];
        protectedSpan = ids.length == 0 ? 0 : ids[ids.length - 1] - ids[0] + 1;
    }

    /**
     * Begins a configuration.
     *
     * @param vocabularySize base IDs are 0 … vocabularySize−1 ({@code initial_vocab_size}, V); taken from the model's
     *     configuration, never derived from a tokenizer
     * @param replayRule how decoders rebuild the codebook
     * @return a builder with every default set
     */
    public static Builder builder(int vocabularySize, ReplayRule replayRule) {
        return new Builder(vocabularySize, replayRule);
    }

    /**
     * Size of the base vocabulary (V).
     *
     * @return 1 … 2³¹−1
     */
    public int vocabularySize() {
        return vocabularySize;
    }

    /**
     * Size of the vocabulary with all hypertokens.
     *
     * @return V+C
     */
    public long encodedVocabularySize() {
        return vocabularySize + (long) codebookSize;
    }

    /**
     * The most entries of a codebook (C): hypertokens are V … V+C−1.
     *
     * @return 0 or more
     */
    public int codebookSize() {
        return codebookSize;
    }

    /**
     * The most base tokens that one hypertoken stands for (m).
     *
     * @return 1 or more
     */
    public int maxSubtokens() {
        return maxSubtokens;
    }

    /**
     * The padding ID, which is protected.
     *
     * @return an ID below V, or −1 if there is none
     */
    public int padId() {
        return padId;
    }

    /**
     * The IDs that are never part of a hypertoken, besides the padding ID.
     *
     * @return a new array, in the order in which they were configured
     */
    public int[] disabledIds() {
        return disabledIds.clone();
    }

    /**
     * How decoders rebuild the codebook.
     *
     * @return the rule
     */
    public ReplayRule replayRule() {
        return replayRule;
    }

    /**
     * Whether a base token is never part of a hypertoken.
     *
     * @param token an ID of the base vocabulary
     * @return whether it is disabled or the padding ID
     */
    public boolean isProtected(int token) {
        int word = token >> 6;
        if (word >= 0 && word < protectedBits.length) {
            return (protectedBits[word] & (1L << token)) != 0;
        }
        return protectedAbove.length > 0 && Arrays.binarySearch(protectedAbove, token) >= 0;
    }

    /** The lowest protected ID; 0 if there is none. */
    int firstProtected() {
        return firstProtected;
    }

    /** No ID is protected so far or farther above the first one; 0 if there is none. */
    int protectedSpan() {
        return protectedSpan;
    }

    /**
     * What an ID that a model puts out is.
     *
     * @param id an ID of a model's output, 0 or more
     * @return its kind
     * @throws IllegalArgumentException if it is negative
     */
    public OutputIdKind kindOf(int id) {
        if (id < 0) {
            throw new IllegalArgumentException("id must not be negative, is " + id);
        }
        if (id < vocabularySize) {
            return OutputIdKind.BASE_TOKEN;
        }
        return id < encodedVocabularySize() ? OutputIdKind.HYPERTOKEN : OutputIdKind.TAIL_ROW;
    }

    /**
     * Which row of the base embedding table a {@link OutputIdKind#TAIL_ROW} is.
     *
     * @param id an ID of a model's output, V+C or more
     * @return its row, V or more
     * @throws IllegalArgumentException if it is none
     */
    public int tailRow(int id) {
        if (kindOf(id) != OutputIdKind.TAIL_ROW) {
            throw new IllegalArgumentException(
                    "id must be a tail row, at least " + encodedVocabularySize() + ", is " + id);
        }
        return id - codebookSize;
    }

    /** The padding ID, for layouts that can't do without. */
    int requirePadId() {
        if (padId == NO_PAD) {
            throw new IllegalStateException("the configuration has no padding ID: padId was not set");
        }
        return padId;
    }

    /** No phrase is longer, for each entry is at most one token longer than one before it. */
    int longestPhrase() {
        return (int) Math.min(maxSubtokens, codebookSize + 1L);
    }

    /** Whether both are the same in every respect, the order of the disabled IDs apart. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof HypertokenConfig that && hasSameFields(that));
    }

    private boolean hasSameFields(HypertokenConfig that) {
        return vocabularySize == that.vocabularySize
                && codebookSize == that.codebookSize
                && maxSubtokens == that.maxSubtokens
                && padId == that.padId
                && replayRule == that.replayRule
                && Arrays.equals(protectedBits, that.protectedBits)
                && Arrays.equals(protectedAbove, that.protectedAbove);
    }

    @Override
    public int hashCode() {
        return Objects.hash(vocabularySize, codebookSize, maxSubtokens, padId, replayRule);
    }

    @Override
    public String toString() {
        return "hypertokens(vocabulary " + vocabularySize + ", codebook " + codebookSize + ", subtokens " + maxSubtokens
                + ", pad " + (padId == NO_PAD ? "none" : padId) + ", " + disabledIds.length + " disabled, "
                + replayRule + " replay)";
    }

    /** Builds a {@link HypertokenConfig}. Not thread-safe. */
    public static final class Builder {
        private final int vocabularySize;
        private final ReplayRule replayRule;
        private int codebookSize = DEFAULT_CODEBOOK_SIZE;
        private int maxSubtokens = DEFAULT_MAX_SUBTOKENS;
        private int padId = NO_PAD;
        private int[] disabledIds = {};

        private Builder(int vocabularySize, ReplayRule replayRule) {
            this.vocabularySize = vocabularySize;
            this.replayRule = Objects.requireNonNull(replayRule);
        }

        /**
         * Sets the most entries of a codebook ({@code max_codebook_size}, C); {@value #DEFAULT_CODEBOOK_SIZE} by default.
         *
         * @param entries 0 or more; V+C is at most 2³¹
         * @return this
         */
        public Builder codebookSize(int entries) {
            this.codebookSize = entries;
            return this;
        }

        /**
         * Sets the most base tokens of a hypertoken ({@code max_subtokens}, m); {@value #DEFAULT_MAX_SUBTOKENS} by
         * default.
         *
         * @param tokens 1 or more
         * @return this
         */
        public Builder maxSubtokens(int tokens) {
            this.maxSubtokens = tokens;
            return this;
        }

        /**
         * Sets the padding ID ({@code pad_token_id}); none by default.
         *
         * @param id an ID of the base vocabulary
         * @return this
         * @throws IllegalArgumentException if it is not one
         */
        public Builder padId(int id) {
            requireBaseId("padId", id);
            this.padId = id;
            return this;
        }

        /**
         * Sets the IDs that are never part of a hypertoken ({@code disabled_ids}); none by default.
         *
         * @param ids IDs of the base vocabulary; copied; they replace those set before
         * @return this
         * @throws IllegalArgumentException if one of them is not of the base vocabulary
         */
        public Builder disabledIds(int... ids) {
            for (int id : ids) {
                requireBaseId("disabledIds", id);
            }
            this.disabledIds = Arrays.copyOf(ids, ids.length);
            return this;
        }

        /**
         * Checks everything and makes the configuration.
         *
         * @return a configuration
         * @throws IllegalArgumentException naming the field that is out of range
         */
        public HypertokenConfig build() {
            require(vocabularySize >= 1, "vocabularySize must be at least 1, is " + vocabularySize);
            require(codebookSize >= 0, "codebookSize must not be negative, is " + codebookSize);
            require(
                    vocabularySize + (long) codebookSize <= 1L << 31,
                    "codebookSize must leave every ID below 2^31, is " + codebookSize + " above a vocabulary of "
                            + vocabularySize);
            require(maxSubtokens >= 1, "maxSubtokens must be at least 1, is " + maxSubtokens);
            HypertokenConfig config = new HypertokenConfig(this);
            require(
                    (long) codebookSize * config.longestPhrase() <= MOST_STORED_SUBTOKENS,
                    "codebookSize times maxSubtokens must be at most 2^26, is " + codebookSize + " times "
                            + maxSubtokens);
            return config;
        }

        private void requireBaseId(String field, int id) {
            require(
                    id >= 0 && id < vocabularySize,
                    field + " must be below the vocabulary's size of " + vocabularySize + ", is " + id);
        }

        private static void require(boolean condition, String message) {
            if (!condition) {
                throw new IllegalArgumentException(message);
            }
        }
    }
}
