package io.tokenlz.metatokens;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Everything that an encoder and a decoder of meta-tokens must agree upon, and the encoder's search.
 *
 * <p>Immutable and thread-safe. Base IDs are those below {@link #vocabularySize()} that are not reserved; reserved are
 * the two delimiters and the pool, which may lie above the vocabulary (the default: right above it) or inside it (a
 * checkpoint's added tokens).
 */
public final class MetaTokenConfig {
    /** Tokens in a block unless configured otherwise. */
    public static final int DEFAULT_WINDOW = 8192;

    /** Meta-tokens in the pool unless configured otherwise: as many as a block of the default window can use. */
    public static final int DEFAULT_POOL_SIZE = 1024;

    /** The longest run that {@link MetaTokenEffort#LTSC} looks for unless configured otherwise. */
    public static final int DEFAULT_LONGEST_RUN = 8;

    private static final int LARGEST_WINDOW = 1 << 24;
    private static final int LARGEST_LONGEST_RUN = 256;

    private final int vocabularySize;
    private final MetaTokenForm form;
    private final int window;
    private final MetaTokenEffort effort;
    private final int longestRun;
    private final MetaTokenAssignment assignment;
    private final long seed;
    private final @Nullable MetaTokenDictionary dictionary;
    private final ReservedIds reserved;
    private final ProtectedIds protectedIds;

    private MetaTokenConfig(Builder builder, ReservedIds reserved, ProtectedIds protectedIds) {
        this.vocabularySize = builder.vocabularySize;
        this.form = builder.form;
        this.window = builder.window;
        this.effort = builder.effort;
        this.longestRun = builder.longestRun;
        this.assignment = builder.assignment;
        this.seed = builder.seed;
        this.dictionary = builder.dictionary;
        this.reserved = reserved;
        this.protectedIds = protectedIds;
    }

    /**
     * The default configuration for a vocabulary, delimiters and pool right above it.
     *
     * @param vocabularySize base IDs are 0 … vocabularySize−1
     * @return a configuration
     * @throws IllegalArgumentException if the vocabulary is empty or leaves no IDs above it
     */
    public static MetaTokenConfig of(int vocabularySize) {
        return builder(vocabularySize).build();
    }

    /**
     * Begins a configuration.
     *
     * @param vocabularySize base IDs are 0 … vocabularySize−1
     * @return a builder with every default set
     */
    public static Builder builder(int vocabularySize) {
        return new Builder(vocabularySize);
    }

    /**
     * Size of the base vocabulary, reserved IDs inside it included.
     *
     * @return 1 … 2³¹−1
     */
    public int vocabularySize() {
        return vocabularySize;
    }

    /**
     * Size of the vocabulary with the reserved IDs.
     *
     * @return one above the highest ID in use
     */
    public long encodedVocabularySize() {
        return Math.max(vocabularySize, reserved.highest() + 1L);
    }

    /**
     * Where dictionaries are, and how they are written.
     *
     * @return the form
     */
    public MetaTokenForm form() {
        return form;
    }

    /**
     * The dictionary that both sides hold.
     *
     * @return a dictionary in the form {@link MetaTokenForm#SHARED}, or null in the others
     */
    public @Nullable MetaTokenDictionary dictionary() {
        return dictionary;
    }

    /**
     * The most base tokens in one block, or in an entry of a shared dictionary: how long an encoder may hold tokens back, unless
     * it is flushed.
     *
     * @return tokens
     */
    public int window() {
        return window;
    }

    /**
     * How hard the encoder looks for what to replace. The form {@link MetaTokenForm#SHARED} doesn't care.
     *
     * @return the effort
     */
    public MetaTokenEffort effort() {
        return effort;
    }

    /**
     * The longest run that {@link MetaTokenEffort#LTSC} looks for, in symbols of the form. The other efforts don't care.
     *
     * @return 2 … 256
     */
    public int longestRun() {
        return longestRun;
    }

    /**
     * How entries get their meta-tokens.
     *
     * @return the policy
     */
    public MetaTokenAssignment assignment() {
        return assignment;
    }

    /**
     * Seed of {@link MetaTokenAssignment#SHUFFLED}.
     *
     * @return any number
     */
    public long seed() {
        return seed;
    }

    /**
     * The ID that begins a block's dictionary.
     *
     * @return a token ID
     */
    public int dictionaryStart() {
        return reserved.dictionaryStart();
    }

    /**
     * The ID that ends a block's dictionary.
     *
     * @return a token ID
     */
    public int dictionaryEnd() {
        return reserved.dictionaryEnd();
    }

    /**
     * Number of meta-tokens in the pool.
     *
     * @return at least 1
     */
    public int poolSize() {
        return reserved.poolSize();
    }

    /**
     * A meta-token of the pool, in the pool's order.
     *
     * @param index 0 … {@link #poolSize()}−1
     * @return a token ID
     * @throws IndexOutOfBoundsException if there is no such meta-token
     */
    public int metaToken(int index) {
        Objects.checkIndex(index, reserved.poolSize());
        return reserved.metaToken(index);
    }

    /**
     * Whether an ID is a meta-token of the pool.
     *
     * @param id any ID
     * @return whether it is {@link #metaToken} of some index
     */
    public boolean isMetaToken(int id) {
        return reserved.poolIndex(id) >= 0;
    }

    /**
     * Whether an encoder leaves an ID alone: no entry holds it, and no run that is replaced.
     *
     * @param id any ID
     * @return whether it is protected
     */
    public boolean isProtected(int id) {
        return protectedIds.contains(id);
    }

    ReservedIds reserved() {
        return reserved;
    }

    ProtectedIds protectedIds() {
        return protectedIds;
    }

    private List<@Nullable Object> state() {
        return Arrays.asList(
                vocabularySize, form, window, effort, longestRun, assignment, seed, dictionary, reserved, protectedIds);
    }

    /** Whether both are the same in every respect. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MetaTokenConfig that && state().equals(that.state());
    }

    @Override
    public int hashCode() {
        return state().hashCode();
    }

    @Override
    public String toString() {
        String kept = "meta-tokens(" + form + ", vocabulary " + vocabularySize + ", " + reserved
                + (protectedIds.isEmpty() ? "" : ", " + protectedIds) + ", window " + window;
        if (dictionary != null) {
            return kept + ", " + dictionary + ")";
        }
        return kept + ", effort " + effort
                + (effort == MetaTokenEffort.LTSC ? " with runs up to " + longestRun : "") + ", " + assignment
                + (assignment == MetaTokenAssignment.SHUFFLED ? " by seed " + seed : "") + ")";
    }

    /** Builds a {@link MetaTokenConfig}. Not thread-safe. */
    public static final class Builder {
        private final int vocabularySize;
        private final List<int[]> pool = new ArrayList<>();
        private final List<int[]> protectedRanges = new ArrayList<>();
        private MetaTokenForm form = MetaTokenForm.FLAT;
        private int window = DEFAULT_WINDOW;
        private MetaTokenEffort effort = MetaTokenEffort.DEFAULT;
        private int longestRun = DEFAULT_LONGEST_RUN;
        private MetaTokenAssignment assignment = MetaTokenAssignment.SEQUENTIAL;
        private long seed;
        private int @Nullable [] delimiters;
        private @Nullable MetaTokenDictionary dictionary;

        private Builder(int vocabularySize) {
            this.vocabularySize = vocabularySize;
        }

        /**
         * Sets how dictionaries are written; {@link MetaTokenForm#FLAT} by default.
         *
         * @param newForm the form; {@link MetaTokenForm#SHARED} needs a {@link #dictionary} too
         * @return this
         */
        public Builder form(MetaTokenForm newForm) {
            this.form = Objects.requireNonNull(newForm);
            return this;
        }

        /**
         * Sets the dictionary that both sides hold, and the form to {@link MetaTokenForm#SHARED}. Its entries have the pool's
         * meta-tokens in order.
         *
         * @param shared the dictionary, of this vocabulary and without a reserved ID in it
         * @return this
         */
        public Builder dictionary(MetaTokenDictionary shared) {
            this.dictionary = Objects.requireNonNull(shared);
            this.form = MetaTokenForm.SHARED;
            return this;
        }

        /**
         * Sets the most base tokens in one block; {@value #DEFAULT_WINDOW} by default.
         *
         * @param tokens 1 … 2²⁴
         * @return this
         */
        public Builder window(int tokens) {
            this.window = tokens;
            return this;
        }

        /**
         * Sets how hard the encoder looks for what to replace; {@link MetaTokenEffort#DEFAULT} by default.
         *
         * @param newEffort the effort
         * @return this
         */
        public Builder effort(MetaTokenEffort newEffort) {
            this.effort = Objects.requireNonNull(newEffort);
            return this;
        }

        /**
         * Sets the longest run that {@link MetaTokenEffort#LTSC} looks for; {@value #DEFAULT_LONGEST_RUN} by default.
         *
         * @param symbols 2 … 256
         * @return this
         */
        public Builder longestRun(int symbols) {
            this.longestRun = symbols;
            return this;
        }

        /**
         * Draws meta-tokens from the pool at random instead of in order.
         *
         * @param newSeed decides the draw, together with a block's number
         * @return this
         */
        public Builder shuffled(long newSeed) {
            this.assignment = MetaTokenAssignment.SHUFFLED;
            this.seed = newSeed;
            return this;
        }

        /**
         * Sets the IDs that begin and end a dictionary; by default the two right above the vocabulary.
         *
         * @param dictionaryStart a token ID
         * @param dictionaryEnd another one
         * @return this
         */
        public Builder delimiters(int dictionaryStart, int dictionaryEnd) {
            this.delimiters = new int[] {dictionaryStart, dictionaryEnd};
            return this;
        }

        /**
         * Adds a range of IDs to the pool of meta-tokens. Without any, the pool is the {@value #DEFAULT_POOL_SIZE} IDs
         * (for a shared dictionary: as many as it has entries) that follow the vocabulary and its two default delimiters.
         *
         * @param firstId the first ID
         * @param lastId the last ID, itself in the range; all ranges together hold at most 2²⁴ IDs
         * @return this
         */
        public Builder addPool(int firstId, int lastId) {
            pool.add(new int[] {firstId, lastId});
            return this;
        }

        /**
         * Protects a range of IDs, such as special tokens, ends of messages, digits: no entry holds one of them, and no run that
         * is replaced. A decoder does not care. None by default.
         *
         * @param firstId the first ID
         * @param lastId the last ID, itself in the range, below the vocabulary's size
         * @return this
         */
        public Builder protect(int firstId, int lastId) {
            protectedRanges.add(new int[] {firstId, lastId});
            return this;
        }

        /**
         * Checks everything and makes the configuration.
         *
         * @return a configuration
         * @throws IllegalArgumentException naming the field that is out of range or in conflict
         */
        public MetaTokenConfig build() {
            requireRange("vocabularySize", vocabularySize, 1, Integer.MAX_VALUE);
            requireRange("window", window, 1, LARGEST_WINDOW);
            requireRange("longestRun", longestRun, 2, LARGEST_LONGEST_RUN);
            int defaultPoolSize = dictionary == null ? DEFAULT_POOL_SIZE : dictionary.size();
            ReservedIds reserved = ReservedIds.of(vocabularySize, delimiters, pool, defaultPoolSize);
            ProtectedIds protectedIds = new ProtectedIds(protectedRanges, vocabularySize);
            requireDictionary(reserved, protectedIds);
            return new MetaTokenConfig(this, reserved, protectedIds);
        }

        private void requireDictionary(ReservedIds reserved, ProtectedIds protectedIds) {
            if ((form == MetaTokenForm.SHARED) != (dictionary != null)) {
                throw new IllegalArgumentException("dictionary must be given for the form SHARED, and for no other");
            }
            if (dictionary != null && assignment == MetaTokenAssignment.SHUFFLED) {
                throw new IllegalArgumentException("shuffled meta-tokens have no place in the form SHARED");
            }
            if (dictionary != null) {
                dictionary.requireFit(vocabularySize, window, reserved, protectedIds);
            }
        }

        private static void requireRange(String field, int value, int least, int most) {
            if (value < least || value > most) {
                throw new IllegalArgumentException(field + " must be " + least + " to " + most + ", is " + value);
            }
        }
    }
}
