package io.tokenlz.metatokens;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A dictionary that both sides of a stream hold before it begins (META-TOKENS.md, section 3, the shared form): runs of base
 * tokens, in an order that says which meta-token stands for which. It is named by a {@link #fingerprint()} over everything in
 * it.
 *
 * <p>Immutable and thread-safe.
 */
public final class MetaTokenDictionary {
    /** The most entries: 2²⁰. */
    public static final int MOST_ENTRIES = 1 << 20;

    /** The most base tokens of all entries together: 2²⁴. */
    public static final int MOST_TOKENS = 1 << 24;

    /** The most bytes of a {@link #vocabularyFingerprint()}: 32. */
    public static final int MOST_FINGERPRINT_BYTES = 32;

    static final int LEAST_LENGTH = 2;

    private final int vocabularySize;
    private final int revision;
    private final byte[] vocabularyFingerprint;

    /** The entries' tokens, one entry behind the other; where each begins, and behind the last one the end. */
    private final int[] tokens;

    private final int[] start;
    private final int longestEntry;
    private final byte[] fingerprint;

    /** Made for the first encoder: decoders do without. */
    private volatile @Nullable EntryAutomaton automaton;

    /** Takes entries that were checked. */
    MetaTokenDictionary(int vocabularySize, int revision, byte[] vocabularyFingerprint, int[] tokens, int[] start) {
        this.vocabularySize = vocabularySize;
        this.revision = revision;
        this.vocabularyFingerprint = vocabularyFingerprint;
        this.tokens = tokens;
        this.start = start;
        int longest = 0;
        for (int entry = 0; entry < size(); entry++) {
            longest = Math.max(longest, length(entry));
        }
        longestEntry = longest;
        fingerprint = DictionaryFile.fingerprint(this);
    }

    /**
     * Makes a dictionary of given entries.
     *
     * @param vocabularySize size of the vocabulary, which every token is below; 1 … 2³¹−1
     * @param revision a number that the maker counts up, not negative
     * @param vocabularyFingerprint names the tokenizer, at most {@link #MOST_FINGERPRINT_BYTES}; empty if nobody says; copied
     * @param entries runs of at least two tokens, no two the same, in the order of their meta-tokens; copied
     * @return a dictionary
     * @throws IllegalArgumentException naming what is out of range
     */
    public static MetaTokenDictionary of(
            int vocabularySize, int revision, byte[] vocabularyFingerprint, int[]... entries) {
        require(vocabularySize >= 1, "vocabularySize must be at least 1, is " + vocabularySize);
        require(revision >= 0, "revision must not be negative, is " + revision);
        require(
                vocabularyFingerprint.length <= MOST_FINGERPRINT_BYTES,
                "vocabularyFingerprint must have at most 32 bytes, has " + vocabularyFingerprint.length);
        require(
                entries.length >= 1 && entries.length <= MOST_ENTRIES,
                "entries must be 1 to " + MOST_ENTRIES + ", are " + entries.length);
        int[] start = new int[entries.length + 1];
        long total = 0;
        for (int e = 0; e < entries.length; e++) {
            require(
                    entries[e].length >= LEAST_LENGTH,
                    "entry " + e + " must have at least two tokens, has " + entries[e].length);
            total += entries[e].length;
            require(total <= MOST_TOKENS, "entries must have at most " + MOST_TOKENS + " tokens together");
            start[e + 1] = (int) total;
        }
        int[] tokens = new int[(int) total];
        for (int e = 0; e < entries.length; e++) {
            for (int token : entries[e]) {
                require(
                        token >= 0 && token < vocabularySize,
                        "entry " + e + " must hold tokens below " + vocabularySize + ", holds " + token);
            }
            System.arraycopy(entries[e], 0, tokens, start[e], entries[e].length);
        }
        int doubled = DictionaryOrder.firstDoubled(tokens, start);
        require(doubled < 0, "entry " + doubled + " is the same as one before it");
        return new MetaTokenDictionary(vocabularySize, revision, vocabularyFingerprint.clone(), tokens, start);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    /**
     * Reads a dictionary from a file's bytes.
     *
     * @param file the whole file; only read
     * @return the dictionary
     * @throws MalformedDictionaryException if the bytes are not a dictionary's, before anything is allocated for what they claim
     */
    public static MetaTokenDictionary read(byte[] file) {
        return DictionaryFile.read(file);
    }

    /**
     * This dictionary as a file.
     *
     * @return a new array
     */
    public byte[] toBytes() {
        return DictionaryFile.write(this);
    }

    /**
     * Names the dictionary: another one has another fingerprint.
     *
     * @return a new array of 32 bytes
     */
    public byte[] fingerprint() {
        return fingerprint.clone();
    }

    /**
     * Size of the vocabulary that its tokens are of.
     *
     * @return 1 … 2³¹−1
     */
    public int vocabularySize() {
        return vocabularySize;
    }

    /**
     * Names the tokenizer that gives its tokens their meaning; nothing of this library depends on it.
     *
     * @return a new array, empty if nobody said
     */
    public byte[] vocabularyFingerprint() {
        return vocabularyFingerprint.clone();
    }

    /**
     * The number that its maker counts up.
     *
     * @return 0 or more
     */
    public int revision() {
        return revision;
    }

    /**
     * Number of entries.
     *
     * @return 1 … {@link #MOST_ENTRIES}
     */
    public int size() {
        return start.length - 1;
    }

    /**
     * What an entry stands for.
     *
     * @param entry 0 … {@link #size()}−1
     * @return a new array of at least two base tokens
     * @throws IndexOutOfBoundsException if there is no such entry
     */
    public int[] entry(int entry) {
        Objects.checkIndex(entry, size());
        return Arrays.copyOfRange(tokens, start[entry], start[entry + 1]);
    }

    /**
     * Length of the longest entry.
     *
     * @return base tokens
     */
    public int longestEntry() {
        return longestEntry;
    }

    /** Refuses a configuration that this dictionary can't be used with. */
    void requireFit(int configuredSize, int window, ReservedIds reserved, ProtectedIds protectedIds) {
        require(
                vocabularySize == configuredSize,
                "dictionary must be of the vocabulary of " + configuredSize + " IDs, is of " + vocabularySize);
        require(
                longestEntry <= window,
                "dictionary must have no entry longer than the window of " + window + ", has one of " + longestEntry);
        require(
                size() <= reserved.poolSize(),
                "dictionary must have at most as many entries as the pool has meta-tokens, " + reserved.poolSize()
                        + ", has " + size());
        for (int token : tokens) {
            require(reserved.isBase(token), "dictionary must have no reserved ID in an entry, has " + token);
            require(!protectedIds.contains(token), "dictionary must have no protected ID in an entry, has " + token);
        }
    }

    int length(int entry) {
        return start[entry + 1] - start[entry];
    }

    int[] tokens() {
        return tokens;
    }

    int[] start() {
        return start;
    }

    EntryAutomaton automaton() {
        EntryAutomaton made = automaton;
        if (made == null) {
            // two threads may each make one: they are alike
            made = new EntryAutomaton(this);
            automaton = made;
        }
        return made;
    }

    /** Whether both have the same fingerprint. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MetaTokenDictionary that && Arrays.equals(fingerprint, that.fingerprint);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(fingerprint);
    }

    @Override
    public String toString() {
        return "dictionary of " + size() + " entries, revision " + revision + ", fingerprint "
                + HexFormat.of().formatHex(fingerprint);
    }
}
