package io.tokenlz.hypertokens;

import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Entries of a codebook, numbered as they came, and what finds them: all of them or, above entries that are shared with other
 * codebooks and never change any more, the later ones.
 *
 * <p>The last entry may be removed again, at the cost of looking it up. Entries are added up to the room that there is;
 * {@link #grow} makes more.
 */
final class CodebookEntries {
    /** Key of an entry that is not found by its prefix; no prefix is negative. */
    private static final long ORPHAN = -1;

    /** Below every {@link #epoch}. */
    private static final int FREE = 0;

    /** Number of the first entry here: those before it are {@link #below}. */
    final int first;

    /** Where the entries before the first one are; it may have more than those, which are none of ours. */
    final @Nullable CodebookEntries below;

    /** Distance between two entries in {@link #phrases}: a length, then as many tokens as there may be. */
    private final int stride;

    private final boolean mayHaveOrphans;
    private int[] phrases;

    /** For each entry, the ID of the phrase without its last token, and that token. */
    private long[] keys;

    /**
     * Open addressing from a key to its entry. A slot holds the entry's place here above {@link #epoch}; if what it holds is
     * not a live entry so, it is free. So nothing is ever cleared, and a reset only moves the epoch.
     */
    private int[] slots;

    /** The same for orphans, by their tokens; none under base replay, where every prefix of a phrase is a phrase. */
    private int[] orphanSlots;

    /** Random and odd: against a known one, a stream could be made whose phrases all fall into the same slots. */
    private long hashMultiplier = ThreadLocalRandom.current().nextLong() | 1;

    private int epoch = 1;
    private int count;
    private int orphans;

    CodebookEntries(int first, @Nullable CodebookEntries below, int stride, boolean mayHaveOrphans, int room) {
        this.first = first;
        this.below = below;
        this.stride = stride;
        this.mayHaveOrphans = mayHaveOrphans;
        phrases = new int[room * stride];
        keys = new long[room];
        slots = new int[slotCount(room)];
        orphanSlots = new int[mayHaveOrphans ? orphanSlotCount(room) : 0];
    }

    private static int slotCount(int room) {
        return Integer.highestOneBit(Math.max(1, room)) * 4;
    }

    /** Fewer, for orphans are rare. */
    private static int orphanSlotCount(int room) {
        return Integer.highestOneBit(Math.max(1, 2 * room - 1)) * 2;
    }

    static long stateBytes(int stride, boolean mayHaveOrphans, int room) {
        long allSlots = slotCount(room) + (mayHaveOrphans ? orphanSlotCount(room) : 0L);
        return Integer.BYTES * ((long) room * stride + allSlots) + (long) Long.BYTES * room;
    }

    /** Number of the next entry: how many there are, those below included. */
    int end() {
        return first + count;
    }

    /** Entries that are here. */
    int count() {
        return count;
    }

    boolean hasRoom() {
        return count < keys.length;
    }

    boolean hasOrphans() {
        return orphans > 0 || (below != null && below.hasOrphans());
    }

    static long key(int prefixId, int token) {
        return ((long) prefixId << Integer.SIZE) | token;
    }

    /** Number of the entry of a key, or {@link Codebook#ABSENT}; here only. */
    int find(long key) {
        int mask = slots.length - 1;
        int slot = slot(key, slots);
        while (true) {
            int entry = slots[slot] - epoch;
            if (entry < 0 || entry >= count) {
                return Codebook.ABSENT;
            }
            if (keys[entry] == key) {
                return first + entry;
            }
            slot = (slot + 1) & mask;
        }
    }

    /** The same among the entries below. */
    int findBelow(long key) {
        int most = first;
        for (CodebookEntries entries = below; entries != null; entries = entries.below) {
            int number = entries.find(key);
            if (number != Codebook.ABSENT && number < most) {
                return number;
            }
            most = Math.min(most, entries.first);
        }
        return Codebook.ABSENT;
    }

    /** Adds a single token and one more. */
    void addPair(int token, int next) {
        int at = addKey(key(token, next));
        phrases[at] = 2;
        phrases[at + 1] = token;
        phrases[at + 2] = next;
    }

    /** Adds the phrase of an entry, and one more token. */
    void addLonger(long key, int prefix, int token) {
        CodebookEntries holder = holder(prefix);
        int from = (prefix - holder.first) * stride;
        int[] source = holder.phrases;
        int at = addKey(key);
        int length = source[from];
        for (int i = 1; i <= length; i++) { // too short for a call of arraycopy to pay
            phrases[at + i] = source[from + i];
        }
        phrases[at] = length + 1;
        phrases[at + length + 1] = token;
    }

    /** Adds tokens that have no ID, and one more. */
    void addOrphan(int[] prefix, int offset, int prefixLength, int token) {
        int slot = freeSlot(orphanSlots, orphanSlot(prefix, offset, prefixLength, token));
        orphanSlots[slot] = epoch + count;
        int at = append(ORPHAN);
        phrases[at] = prefixLength + 1;
        System.arraycopy(prefix, offset, phrases, at + 1, prefixLength);
        phrases[at + prefixLength + 1] = token;
        orphans++;
    }

    /** Returns where the phrase goes. */
    private int addKey(long key) {
        int slot = freeSlot(slots, slot(key, slots));
        slots[slot] = epoch + count;
        return append(key);
    }

    private int append(long key) {
        keys[count] = key;
        return count++ * stride;
    }

    /** The upper bits of the product, as many as number the table's slots; a shift by −n is one by 64−n. */
    private int slot(long hashed, int[] table) {
        return (int) ((hashed * hashMultiplier) >>> -Integer.numberOfTrailingZeros(table.length));
    }

    private int freeSlot(int[] table, int from) {
        int slot = from;
        int entry = table[slot] - epoch;
        while (entry >= 0 && entry < count) {
            slot = (slot + 1) & (table.length - 1);
            entry = table[slot] - epoch;
        }
        return slot;
    }

    /** Looks up tokens followed by one more token among the entries whose prefix had no ID when they were added. */
    int findOrphan(int[] prefix, int offset, int prefixLength, int token) {
        int most = Integer.MAX_VALUE;
        for (@Nullable CodebookEntries entries = this; entries != null; entries = entries.below) {
            int number = entries.findOrphanHere(prefix, offset, prefixLength, token);
            if (number != Codebook.ABSENT && number < most) {
                return number;
            }
            most = Math.min(most, entries.first);
        }
        return Codebook.ABSENT;
    }

    private int findOrphanHere(int[] prefix, int offset, int prefixLength, int token) {
        int slot = orphanSlot(prefix, offset, prefixLength, token);
        while (true) {
            int entry = orphanSlots[slot] - epoch;
            if (entry < 0 || entry >= count) {
                return Codebook.ABSENT;
            }
            if (holds(entry * stride, prefix, offset, prefixLength, token)) {
                return first + entry;
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
        return slot(hash ^ token, orphanSlots);
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

    /** Where an entry's phrase lies: here or below. */
    private CodebookEntries holder(int number) {
        CodebookEntries holder = this;
        while (number < holder.first) {
            holder = Objects.requireNonNull(holder.below);
        }
        return holder;
    }

    int length(int number) {
        CodebookEntries holder = holder(number);
        return holder.phrases[(number - holder.first) * stride];
    }

    int subtoken(int number, int index) {
        CodebookEntries holder = holder(number);
        return holder.phrases[(number - holder.first) * stride + 1 + index];
    }

    void copySubtokens(int number, int from, int[] target, int targetOffset, int length) {
        CodebookEntries holder = holder(number);
        int[] source = holder.phrases;
        int at = (number - holder.first) * stride + 1 + from;
        for (int i = 0; i < length; i++) { // too short for a call of arraycopy to pay
            target[targetOffset + i] = source[at + i];
        }
    }

    /**
     * Removes the last entry. No other is found by way of its slot, for all that were added earlier found theirs before it was
     * taken.
     */
    void removeLast() {
        int last = count - 1;
        int[] table = slots;
        int slot;
        if (keys[last] == ORPHAN) {
            int at = last * stride;
            int length = phrases[at];
            table = orphanSlots;
            slot = orphanSlot(phrases, at + 1, length - 1, phrases[at + length]);
            orphans--;
        } else {
            slot = slot(keys[last], slots);
        }
        while (table[slot] != epoch + last) {
            slot = (slot + 1) & (table.length - 1);
        }
        table[slot] = FREE;
        count = last;
    }

    /** Removes all entries that are here, at a cost that does not depend on how many they are. */
    void clear() {
        epoch += count;
        count = 0;
        orphans = 0;
        if (epoch > Integer.MAX_VALUE - keys.length) {
            // once in two thousand million entries
            Arrays.fill(slots, FREE);
            Arrays.fill(orphanSlots, FREE);
            epoch = 1;
        }
    }

    /** Makes room for more entries: twice as many, but not more than {@code most}. */
    void grow(int most) {
        int room = (int) Math.min(most, 2L * keys.length);
        CodebookEntries larger = new CodebookEntries(first, below, stride, mayHaveOrphans, room);
        larger.addAll(this, first, end());
        phrases = larger.phrases;
        keys = larger.keys;
        slots = larger.slots;
        orphanSlots = larger.orphanSlots;
        hashMultiplier = larger.hashMultiplier;
        epoch = larger.epoch;
    }

    /**
     * These entries and those right below as one, which is found in one look-up. Costs as much as adding them all.
     *
     * @param end number after the last entry to take
     */
    CodebookEntries joinedWithBelow(int end) {
        CodebookEntries lower = Objects.requireNonNull(below);
        CodebookEntries joined =
                new CodebookEntries(lower.first, lower.below, stride, mayHaveOrphans, end - lower.first);
        joined.addAll(this, lower.first, end);
        return joined;
    }

    private void addAll(CodebookEntries source, int from, int end) {
        for (int number = from; number < end; number++) {
            CodebookEntries holder = source.holder(number);
            int place = number - holder.first;
            int at = place * stride;
            int length = holder.phrases[at];
            if (holder.keys[place] == ORPHAN) {
                addOrphan(holder.phrases, at + 1, length - 1, holder.phrases[at + length]);
            } else {
                System.arraycopy(holder.phrases, at, phrases, addKey(holder.keys[place]), length + 1);
            }
        }
    }
}
