package io.tokenlz.hypertokens;

import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The hypertokens of one stream so far, both ways: from ID to base tokens and from base tokens to ID.
 *
 * <p>IDs are handed out in rising order from {@link #firstId()}. A view of a coder's state, which changes as the coder
 * goes on; no method allocates. Not thread-safe.
 */
public final class Codebook {
    /** What {@link #find} returns if there is no such hypertoken. */
    public static final int ABSENT = -1;

    /** Random and odd: against a known one, a stream could be made whose phrases all fall into the same slots. */
    private final int hashMultiplier = ThreadLocalRandom.current().nextInt() | 1;

    private final int firstId;
    private final int capacity;

    /** Distance between two phrases in {@link #phrases}. */
    private final int stride;

    private final int[] phrases;
    private final int[] lengths;
    private final int[] hashes;

    /**
     * Open addressing from a phrase's hash to its entry, and from each entry back to its slot. A slot is in use only if
     * the entry that it names is live and names it back: so neither is ever cleared, and forgetting the newest entries
     * costs nothing.
     */
    private final int[] slots;

    private final int[] slotOfEntry;
    private final int slotMask;
    private int size;

    Codebook(HypertokenConfig config) {
        firstId = config.vocabularySize();
        capacity = config.maxSubtokens() == 1 ? 0 : config.codebookSize(); // no entry is a single token
        stride = config.longestPhrase();
        phrases = new int[capacity * stride];
        lengths = new int[capacity];
        hashes = new int[capacity];
        slotOfEntry = new int[capacity];
        slots = new int[Integer.highestOneBit(Math.max(1, capacity)) * 4];
        slotMask = slots.length - 1;
    }

    /**
     * ID of the first hypertoken: the base vocabulary's size.
     *
     * @return a token ID
     */
    public int firstId() {
        return firstId;
    }

    /**
     * Hypertokens that are live: their IDs are {@link #firstId()} … {@link #firstId()} + size − 1.
     *
     * @return 0 … {@link #capacity()}
     */
    public int size() {
        return size;
    }

    /**
     * The most hypertokens that this codebook can hold.
     *
     * @return C; 0 if a hypertoken may stand for one token only, so that there can be none
     */
    public int capacity() {
        return capacity;
    }

    /**
     * Whether an ID is a live hypertoken.
     *
     * @param id any number
     * @return whether it can be looked up
     */
    public boolean contains(int id) {
        return id >= firstId && id - firstId < size;
    }

    /**
     * Base tokens that a hypertoken stands for.
     *
     * @param id a live hypertoken
     * @return 2 … m
     * @throws IndexOutOfBoundsException if it is not live
     */
    public int length(int id) {
        return lengths[Objects.checkIndex(id - firstId, size)];
    }

    /**
     * One of the base tokens that a hypertoken stands for.
     *
     * @param id a live hypertoken
     * @param index 0 … {@link #length}−1
     * @return a base token
     * @throws IndexOutOfBoundsException if the hypertoken is not live or the index outside of it
     */
    public int subtoken(int id, int index) {
        return phrases[(id - firstId) * stride + Objects.checkIndex(index, length(id))];
    }

    /**
     * Looks a phrase up.
     *
     * @param tokens holds the phrase; only read
     * @param offset index of its first token
     * @param length tokens in the phrase
     * @return the hypertoken that stands for it, or {@link #ABSENT}
     * @throws IndexOutOfBoundsException if the range is not inside the array
     */
    public int find(int[] tokens, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, tokens.length);
        if (length < 2) {
            return ABSENT;
        }
        int hash = 0;
        for (int i = offset; i < offset + length; i++) {
            hash = extendHash(hash, tokens[i]);
        }
        return find(hash, tokens, offset, length - 1, tokens[offset + length - 1]);
    }

    /** Hash of a phrase and one more token, from the hash of the phrase; that of no tokens is 0. */
    int extendHash(int hash, int token) {
        int mixed = (hash ^ token) * hashMultiplier;
        return mixed ^ (mixed >>> 15);
    }

    boolean isFull() {
        return size == capacity;
    }

    /** ID that the next new hypertoken gets, if there is room for one. */
    int nextId() {
        return firstId + size;
    }

    /** Looks up the phrase followed by one more token. */
    int findExtended(Phrase phrase, int token) {
        int hash = extendHash(phrase.hash, token);
        return find(hash, phrase.tokens, 0, phrase.length, token);
    }

    private int find(int hash, int[] prefix, int prefixOffset, int prefixLength, int last) {
        int slot = hash & slotMask;
        while (true) {
            int entry = slots[slot];
            if (entry >= size || slotOfEntry[entry] != slot) {
                return ABSENT;
            }
            if (hashes[entry] == hash
                    && lengths[entry] == prefixLength + 1
                    && holds(entry * stride, prefix, prefixOffset, prefixLength, last)) {
                return firstId + entry;
            }
            slot = (slot + 1) & slotMask;
        }
    }

    private boolean holds(int at, int[] prefix, int prefixOffset, int prefixLength, int last) {
        for (int i = 0; i < prefixLength; i++) {
            if (phrases[at + i] != prefix[prefixOffset + i]) {
                return false;
            }
        }
        return phrases[at + prefixLength] == last;
    }

    /** Adds the phrase followed by one more token, which is not in the codebook; there must be room. */
    void addExtended(Phrase phrase, int token) {
        int hash = extendHash(phrase.hash, token);
        int slot = hash & slotMask;
        while (slots[slot] < size && slotOfEntry[slots[slot]] == slot) {
            slot = (slot + 1) & slotMask;
        }
        int entry = size++;
        slots[slot] = entry;
        slotOfEntry[entry] = slot;
        hashes[entry] = hash;
        lengths[entry] = phrase.length + 1;
        System.arraycopy(phrase.tokens, 0, phrases, entry * stride, phrase.length);
        phrases[entry * stride + phrase.length] = token;
    }

    /** Token {@code index} of a live hypertoken, without a check. */
    int rawSubtoken(int id, int index) {
        return phrases[(id - firstId) * stride + index];
    }

    int rawLength(int id) {
        return lengths[id - firstId];
    }

    /** Hash of a live hypertoken's phrase, as {@link #extendHash} computes it. */
    int rawHash(int id) {
        return hashes[id - firstId];
    }

    void copySubtokens(int id, int from, int[] target, int targetOffset, int count) {
        System.arraycopy(phrases, (id - firstId) * stride + from, target, targetOffset, count);
    }

    void clear() {
        size = 0;
    }

    long stateBytes() {
        return 4L * (phrases.length + lengths.length + hashes.length + slots.length + slotOfEntry.length);
    }
}
