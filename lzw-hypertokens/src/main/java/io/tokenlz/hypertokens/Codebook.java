package io.tokenlz.hypertokens;

import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The hypertokens of one stream so far, both ways: from ID to base tokens and from base tokens to ID.
 *
 * <p>IDs are handed out in rising order from {@link #firstId()}. A view of a coder's state, which changes as the coder
 * goes on; no method allocates. Not thread-safe.
 */
public final class Codebook {
    /** What {@link #find(int[], int, int)} returns if there is no such hypertoken. */
    public static final int ABSENT = -1;

    /** Key of an entry that is not found by its prefix; no prefix is negative. */
    private static final long ORPHAN = -1;

    /** Below every {@link #epoch}. */
    private static final int FREE = 0;

    private final int firstId;
    private final int capacity;

    /** Distance between two entries in {@link #phrases}: a length, then as many tokens as there may be. */
    private final int stride;

    private final int[] phrases;

    /** For each entry, the ID of the phrase without its last token, and that token. */
    private final long[] keys;

    /**
     * Open addressing from a key to its entry. A slot holds the entry's number above {@link #epoch}; if what it holds is
     * not a live entry so, it is free. So nothing is ever cleared, and a reset only moves the epoch.
     */
    private final int[] slots;

    /** The same for orphans, by their tokens; none under base replay, where every prefix of a phrase is a phrase. */
    private final int[] orphanSlots;

    /** Random and odd: against a known one, a stream could be made whose phrases all fall into the same slots. */
    private final long hashMultiplier = ThreadLocalRandom.current().nextLong() | 1;

    private final int slotShift;

    /** For each entry, which insertion it came by. */
    private final long[] insertions;

    private long insertionCount;
    private long resetAt;
    private int epoch = 1;
    private int size;
    private int orphans;

    Codebook(HypertokenConfig config) {
        firstId = config.vocabularySize();
        capacity = capacity(config);
        stride = 1 + config.longestPhrase();
        phrases = new int[capacity * stride];
        keys = new long[capacity];
        insertions = new long[capacity];
        slots = new int[slotCount(capacity)];
        slotShift = Long.SIZE - Integer.numberOfTrailingZeros(slots.length);
        orphanSlots = new int[config.replayRule() == ReplayRule.EMITTED ? slots.length : 0];
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
        return phrases[Objects.checkIndex(id - firstId, size) * stride];
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
        return rawSubtoken(id, Objects.checkIndex(index, length(id)));
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
        if (length < 2 || tokens[offset] < 0 || tokens[offset] >= firstId) {
            return ABSENT;
        }
        int id = tokens[offset]; // a single token is its own ID
        for (int i = 1; i < length; i++) {
            int token = tokens[offset + i];
            id = id < 0 || token < 0 ? ABSENT : find(id, token);
            if (id == ABSENT && orphans > 0) {
                id = findOrphan(tokens, offset, i, token);
            }
        }
        return id;
    }

    boolean isFull() {
        return size == capacity;
    }

    boolean hasOrphans() {
        return orphans > 0;
    }

    /** ID that the next new hypertoken gets, if there is room for one. */
    int nextId() {
        return firstId + size;
    }

    /** Looks up a phrase that has an ID (a single token is its own) followed by one more token; not among orphans. */
    int find(int prefixId, int token) {
        long key = key(prefixId, token);
        int mask = slots.length - 1;
        int slot = (int) ((key * hashMultiplier) >>> slotShift);
        while (true) {
            int entry = slots[slot] - epoch;
            if (entry < 0 || entry >= size) {
                return ABSENT;
            }
            if (keys[entry] == key) {
                return firstId + entry;
            }
            slot = (slot + 1) & mask;
        }
    }

    private static long key(int prefixId, int token) {
        return ((long) prefixId << Integer.SIZE) | token;
    }

    /** Adds a phrase that has an ID followed by one more token, which is not in the codebook; there must be room. */
    void add(int prefixId, int token) {
        long key = key(prefixId, token);
        int mask = slots.length - 1;
        int slot = (int) ((key * hashMultiplier) >>> slotShift);
        int entry = slots[slot] - epoch;
        while (entry >= 0 && entry < size) {
            slot = (slot + 1) & mask;
            entry = slots[slot] - epoch;
        }
        slots[slot] = epoch + size;
        keys[size] = key;
        insertions[size] = ++insertionCount;
        int at = size++ * stride;
        int length = 1;
        if (prefixId < firstId) {
            phrases[at + 1] = prefixId;
        } else {
            int from = (prefixId - firstId) * stride;
            length = phrases[from];
            for (int i = 1; i <= length; i++) { // too short for a call of arraycopy to pay
                phrases[at + i] = phrases[from + i];
            }
        }
        phrases[at] = length + 1;
        phrases[at + length + 1] = token;
    }

    /** Looks up tokens followed by one more token among the entries whose prefix had no ID when they were added. */
    int findOrphan(int[] prefix, int offset, int prefixLength, int token) {
        int slot = orphanSlot(prefix, offset, prefixLength, token);
        while (true) {
            int entry = orphanSlots[slot] - epoch;
            if (entry < 0 || entry >= size) {
                return ABSENT;
            }
            if (holds(entry * stride, prefix, offset, prefixLength, token)) {
                return firstId + entry;
            }
            slot = (slot + 1) & (orphanSlots.length - 1);
        }
    }

    private int orphanSlot(int[] prefix, int offset, int prefixLength, int token) {
        long hash = 0;
        for (int i = offset; i < offset + prefixLength; i++) {
            hash = (hash ^ prefix[i]) * hashMultiplier;
            hash ^= hash >>> Integer.SIZE;
        }
        return (int) (((hash ^ token) * hashMultiplier) >>> slotShift);
    }

    private boolean holds(int at, int[] prefix, int offset, int prefixLength, int token) {
        if (phrases[at] != prefixLength + 1 || phrases[at + prefixLength + 1] != token) {
            return false;
        }
        for (int i = 0; i < prefixLength; i++) {
            if (phrases[at + 1 + i] != prefix[offset + i]) {
                return false;
            }
        }
        return true;
    }

    /** Adds tokens that have no ID followed by one more token, which is not in the codebook; there must be room. */
    void addOrphan(int[] prefix, int prefixLength, int token) {
        int slot = orphanSlot(prefix, 0, prefixLength, token);
        int entry = orphanSlots[slot] - epoch;
        while (entry >= 0 && entry < size) {
            slot = (slot + 1) & (orphanSlots.length - 1);
            entry = orphanSlots[slot] - epoch;
        }
        orphanSlots[slot] = epoch + size;
        keys[size] = ORPHAN;
        insertions[size] = ++insertionCount;
        int at = size++ * stride;
        phrases[at] = prefixLength + 1;
        System.arraycopy(prefix, 0, phrases, at + 1, prefixLength);
        phrases[at + prefixLength + 1] = token;
        orphans++;
    }

    /** Token {@code index} of a live hypertoken, without a check. */
    int rawSubtoken(int id, int index) {
        return phrases[(id - firstId) * stride + 1 + index];
    }

    int rawLength(int id) {
        return phrases[(id - firstId) * stride];
    }

    void copySubtokens(int id, int from, int[] target, int targetOffset, int count) {
        int at = (id - firstId) * stride + 1 + from;
        for (int i = 0; i < count; i++) { // too short for a call of arraycopy to pay
            target[targetOffset + i] = phrases[at + i];
        }
    }

    /** Which insertion the last of the first {@code size} entries came by; told from those before a reset, even if it is 0. */
    long insertion(int size) {
        return size == 0 ? resetAt : insertions[size - 1];
    }

    /** Removes the entries behind the first {@code newSize}. */
    void truncate(int newSize) {
        while (size > newSize) {
            removeLast();
        }
    }

    /**
     * Frees the last entry's slot. No other entry is found by way of it, for all that were inserted earlier found their slots
     * before it was taken.
     */
    private void removeLast() {
        int last = size - 1;
        int[] table = slots;
        int slot;
        if (keys[last] == ORPHAN) {
            int at = last * stride;
            int length = phrases[at];
            table = orphanSlots;
            slot = orphanSlot(phrases, at + 1, length - 1, phrases[at + length]);
            orphans--;
        } else {
            slot = (int) ((keys[last] * hashMultiplier) >>> slotShift);
        }
        while (table[slot] != epoch + last) {
            slot = (slot + 1) & (table.length - 1);
        }
        table[slot] = FREE;
        size = last;
    }

    /** Writes entries {@code from} … {@code to}−1, each filled up to {@code width} numbers. */
    void writePadded(int from, int to, int pad, int width, int[] target, int offset) {
        Objects.checkFromIndexSize(offset, Math.multiplyExact(to - from, width), target.length);
        int at = offset;
        for (int entry = from; entry < to; entry++) {
            int length = phrases[entry * stride];
            System.arraycopy(phrases, entry * stride + 1, target, at, length);
            Arrays.fill(target, at + length, at + width, pad);
            at += width;
        }
    }

    void clear() {
        resetAt = ++insertionCount;
        epoch += size;
        size = 0;
        orphans = 0;
        if (epoch > Integer.MAX_VALUE - capacity) {
            // once in two thousand million entries
            Arrays.fill(slots, 0);
            Arrays.fill(orphanSlots, 0);
            epoch = 1;
        }
    }

    long stateBytes() {
        return 4L * (phrases.length + slots.length + orphanSlots.length) + 8L * keys.length;
    }

    /** What a codebook of a configuration will hold. */
    static long stateBytes(HypertokenConfig config) {
        int capacity = capacity(config);
        long tables = config.replayRule() == ReplayRule.EMITTED ? 2 : 1;
        return 4L * (capacity * (1L + config.longestPhrase()) + tables * slotCount(capacity)) + 8L * capacity;
    }

    private static int capacity(HypertokenConfig config) {
        return config.maxSubtokens() == 1 ? 0 : config.codebookSize(); // no entry is a single token
    }

    private static int slotCount(int capacity) {
        return Integer.highestOneBit(Math.max(1, capacity)) * 4;
    }
}
