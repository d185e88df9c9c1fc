package io.tokenlz.hypertokens;

import java.util.Arrays;
import java.util.Objects;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The hypertokens of one stream so far, both ways: from ID to base tokens and from base tokens to ID.
 *
 * <p>IDs are handed out in rising order from {@link #firstId()}, so that this goes through all of them:
 *
 * <pre>{@code
 * for (int id = codebook.firstId(); codebook.contains(id); id++) {
 *     for (int i = 0; i < codebook.length(id); i++) {
 *         accept(id, codebook.subtoken(id, i));
 *     }
 * }
 * }</pre>
 *
 * <p>A view of a coder's state, which changes as the coder
 * goes on; no method allocates. Not thread-safe.
 */
public final class Codebook {
    /** What {@link #find(int[], int, int)} returns if there is no such hypertoken. */
    public static final int ABSENT = -1;

    /** Room for entries that a fork begins with. */
    private static final int FIRST_ROOM = 16;

    private final HypertokenConfig config;
    private final int firstId;
    private final int capacity;
    private final int stride;

    /** What this codebook has when it is cleared: the first so many of these entries, which are shared. */
    private final @Nullable CodebookEntries start;

    private final int startSize;

    /** All entries; after a fork those since then, above what the fork shares. */
    private CodebookEntries entries;

    private final Generations generations = new Generations();

    Codebook(HypertokenConfig config) {
        this(config, null, 0);
    }

    Codebook(HypertokenConfig config, @Nullable CodebookEntries start, int startSize) {
        this.config = config;
        this.start = start;
        this.startSize = startSize;
        firstId = config.vocabularySize();
        capacity = capacity(config);
        stride = stride(config);
        entries = above(start, startSize, capacity);
    }

    private Codebook(Codebook origin, @Nullable CodebookEntries shared) {
        this.config = origin.config;
        this.start = origin.start;
        this.startSize = origin.startSize;
        firstId = origin.firstId;
        capacity = origin.capacity;
        stride = origin.stride;
        entries = above(shared, origin.size(), FIRST_ROOM);
    }

    private static int stride(HypertokenConfig config) {
        return 1 + Math.max(ExpansionLoop.COPIED, config.longestPhrase());
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
        return entries.end();
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
        return id >= firstId && id - firstId < size();
    }

    /**
     * Base tokens that a hypertoken stands for.
     *
     * @param id a live hypertoken
     * @return 2 … m
     * @throws IndexOutOfBoundsException if it is not live
     */
    public int length(int id) {
        return entries.length(Objects.checkIndex(id - firstId, size()));
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
            if (id == ABSENT && token >= 0 && hasOrphans()) {
                id = findOrphan(tokens, offset, i, token);
            }
        }
        return id;
    }

    /**
     * Writes the whole table, as the embedding side holds it: for each slot (ID − V) m numbers, the base tokens of its entry and
     * then padding IDs.
     *
     * @param padId what fills up
     * @param target gets C · m numbers
     * @param offset where the first of them goes
     * @throws IndexOutOfBoundsException if they are not inside the array
     */
    public void writePaddedTable(int padId, int[] target, int offset) {
        int width = config.maxSubtokens();
        int numbers = Math.multiplyExact(config.codebookSize(), width);
        Objects.checkFromIndexSize(offset, numbers, target.length);
        writePadded(0, size(), padId, width, target, offset);
        Arrays.fill(target, offset + size() * width, offset + numbers, padId);
    }

    /**
     * All entries as they are by now, a copy.
     *
     * @return base tokens by hypertoken, in order of the IDs
     */
    public SortedMap<Integer, int[]> toMap() {
        SortedMap<Integer, int[]> map = new TreeMap<>();
        for (int id = firstId; id < nextId(); id++) {
            int[] phrase = new int[rawLength(id)];
            copySubtokens(id, 0, phrase, 0, phrase.length);
            map.put(id, phrase);
        }
        return map;
    }

    /**
     * All entries as they are by now, as the golden vectors have them: {@code [[id,subtoken,subtoken],…]}, in order of the IDs.
     *
     * @return JSON
     */
    public String toJson() {
        StringJoiner entriesJson = new StringJoiner(",", "[", "]");
        for (int id = firstId; id < nextId(); id++) {
            StringJoiner entry = new StringJoiner(",", "[", "]").add(Integer.toString(id));
            for (int i = 0; i < rawLength(id); i++) {
                entry.add(Integer.toString(rawSubtoken(id, i)));
            }
            entriesJson.add(entry.toString());
        }
        return entriesJson.toString();
    }

    HypertokenConfig config() {
        return config;
    }

    boolean isFull() {
        return size() == capacity;
    }

    /** All entries, if they are of one piece and have all the room that they may need; else null: no loop can work on them. */
    @Nullable
    CodebookEntries inOnePiece() {
        return entries.first == 0 && entries.room() == capacity ? entries : null;
    }

    boolean hasOrphans() {
        return entries.hasOrphans();
    }

    /** ID that the next new hypertoken gets, if there is room for one. */
    int nextId() {
        return firstId + size();
    }

    /** Looks up a phrase that has an ID (a single token is its own) followed by one more token; not among orphans. */
    int find(int prefixId, int token) {
        long key = CodebookEntries.key(prefixId, token);
        int number = entries.find(key);
        if (number == ABSENT && entries.below != null) {
            number = entries.findBelow(key);
        }
        return number == ABSENT ? ABSENT : firstId + number;
    }

    /**
     * Reads the memory that finding or adding a phrase and one more token is going to need.
     *
     * @return a number that says nothing, but has to be used, or nothing would be read
     */
    int touch(int prefixId, int token) {
        int prefix = prefixId < firstId ? 0 : entries.subtoken(prefixId - firstId, 0);
        return prefix + entries.touch(CodebookEntries.key(prefixId, token));
    }

    /** Adds a phrase that has an ID followed by one more token, which is not in the codebook; there must be room. */
    void add(int prefixId, int token) {
        makeRoom();
        entries.add(CodebookEntries.key(prefixId, token));
    }

    /** Looks up tokens followed by one more token among the entries whose prefix had no ID when they were added. */
    int findOrphan(int[] prefix, int offset, int prefixLength, int token) {
        int number = entries.findOrphan(prefix, offset, prefixLength, token);
        return number == ABSENT ? ABSENT : firstId + number;
    }

    /** Adds tokens that have no ID followed by one more token, which is not in the codebook; there must be room. */
    void addOrphan(int[] prefix, int prefixLength, int token) {
        makeRoom();
        entries.addOrphan(prefix, 0, prefixLength, token);
    }

    private void makeRoom() {
        if (entries.count == entries.room()) {
            entries.grow(capacity - entries.first);
        }
    }

    /** Takes back what {@link #add} did last, if it was that. */
    void removeIfLast(int prefixId, int token) {
        if (entries.lastIs(CodebookEntries.key(prefixId, token))) {
            entries.removeLast();
        }
    }

    /** First base token of an ID: a single token's or a live hypertoken's that was found by its prefixes. */
    int firstToken(int id) {
        return entries.firstToken(id);
    }

    /** Token {@code index} of a live hypertoken, without a check. */
    int rawSubtoken(int id, int index) {
        return entries.subtoken(id - firstId, index);
    }

    int rawLength(int id) {
        return entries.length(id - firstId);
    }

    void copySubtokens(int id, int from, int[] target, int targetOffset, int count) {
        entries.copySubtokens(id - firstId, from, target, targetOffset, count);
    }

    /** Writes entries {@code from} … {@code to}−1, each filled up to {@code width} numbers. */
    void writePadded(int from, int to, int pad, int width, int[] target, int offset) {
        Objects.checkFromIndexSize(offset, Math.multiplyExact(to - from, width), target.length);
        int at = offset;
        for (int entry = from; entry < to; entry++) {
            int length = entries.length(entry);
            entries.copySubtokens(entry, 0, target, at, length);
            Arrays.fill(target, at + length, at + width, pad);
            at += width;
        }
    }

    /** Tells the last of the first {@code count} entries from others that were in its slot before. */
    long generation(int count) {
        return generations.of(count - 1);
    }

    /**
     * A codebook that goes on from here by itself. What both have by now is shared and never changes any more; it costs no
     * more than what was added since the last fork, and each entry is moved a few times at most over all forks together.
     */
    Codebook fork() {
        share();
        return sharing();
    }

    /** The same, of one that has nothing of its own; this one isn't changed. */
    Codebook sharing() {
        return new Codebook(this, entries.below);
    }

    /** What this codebook has by now, for others to start from. */
    CodebookSnapshot snapshot() {
        share();
        return new CodebookSnapshot(config, entries.below, size());
    }

    /**
     * Moves the entries to below a table of its own. Tables that lie there are joined where one is not much smaller than the one
     * below, so that there are at most as many as the codebook's size has bits.
     */
    private void share() {
        if (entries.count == 0) {
            return;
        }
        entries.writePhrases(); // other threads may read them from now on, but must not write
        CodebookEntries shared = entries;
        int end = size();
        while (shared.below != null && 2L * (end - shared.first) >= shared.first - shared.below.first) {
            shared = shared.joinedWithBelow(end);
        }
        entries = above(shared, end, FIRST_ROOM);
    }

    private CodebookEntries above(@Nullable CodebookEntries shared, int first, int room) {
        return new CodebookEntries(first, shared, firstId, stride, Math.min(room, capacity - first));
    }

    /** Removes the entries behind the first {@code newSize}. */
    void truncate(int newSize) {
        if (newSize == size()) {
            return;
        }
        generations.truncated(newSize);
        while (size() > Math.max(newSize, entries.first)) {
            entries.removeLast();
        }
        if (newSize < size()) {
            @Nullable CodebookEntries shared = entries.below;
            while (shared != null && newSize <= shared.first) {
                shared = shared.below;
            }
            entries = above(shared, newSize, FIRST_ROOM);
        }
    }

    void clear() {
        generations.restart();
        if (entries.first == startSize && entries.below == start) {
            entries.clear();
        } else {
            entries = above(start, startSize, FIRST_ROOM); // what is there is shared with a fork
        }
    }

    /** What a codebook of a configuration holds at most. */
    static long stateBytes(HypertokenConfig config) {
        return CodebookEntries.stateBytes(stride(config), capacity(config));
    }

    private static int capacity(HypertokenConfig config) {
        return config.maxSubtokens() == 1 ? 0 : config.codebookSize(); // no entry is a single token
    }
}
