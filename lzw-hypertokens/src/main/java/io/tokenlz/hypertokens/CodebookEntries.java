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
 * {@link #grow} makes more. The loops of encoders and decoders ({@link GreedyLoop}, {@link ExpansionLoop}) work on the arrays
 * themselves.
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

    /** ID of the codebook's first hypertoken. */
    private final int firstId;

    /** Distance between two records in {@link #phrases}: a length, then as many tokens as there may be. */
    final int stride;

    /**
     * The phrases, that of the first entry one stride from the start. Before it is a record of length 1 that stands for any
     * single token, so that a loop need not tell them apart.
     */
    int[] phrases;

    /** For each entry, the ID of the phrase without its last token, and that token. */
    long[] keys;

    /**
     * Open addressing from a key (or an orphan's tokens) to its entry. A slot holds the entry's place here above {@link #epoch};
     * if what it holds is below that, it is free. So nothing is ever cleared, and a reset only moves the epoch behind all that it
     * held. Most slots are free, since a second probe that can't be foreseen costs more than a larger table.
     */
    int[] slots;

    /** Random and odd: against a known one, a stream could be made whose phrases all fall into the same slots. */
    long hashMultiplier = ThreadLocalRandom.current().nextLong() | 1;

    /** Leaves as many bits of a product as number the slots. */
    int slotShift;

    int epoch = 1;

    /** Entries that are here. */
    int count;

    /** Entries whose phrases are written; an encoder needs none of them until someone asks. */
    int written;

    private int orphans;

    CodebookEntries(int first, @Nullable CodebookEntries below, int firstId, int stride, int room) {
        this.first = first;
        this.below = below;
        this.firstId = firstId;
        this.stride = stride;
        phrases = new int[(1 + room) * stride];
        phrases[0] = 1;
        keys = new long[room];
        slots = new int[slotCount(room)];
        slotShift = Long.SIZE - Integer.numberOfTrailingZeros(slots.length);
    }

    private static int slotCount(int room) {
        return Integer.highestOneBit(Math.max(1, room)) * 8;
    }

    static long stateBytes(int stride, int room) {
        return Integer.BYTES * ((1L + room) * stride + slotCount(room)) + (long) Long.BYTES * room;
    }

    /** Number of the next entry: how many there are, those below included. */
    int end() {
        return first + count;
    }

    /** How many entries there may be here without {@link #grow}. */
    int room() {
        return keys.length;
    }

    boolean hasOrphans() {
        return orphans > 0 || (below != null && below.hasOrphans());
    }

    static long key(int prefixId, int token) {
        return ((long) prefixId << Integer.SIZE) | token;
    }

    /** Number of the entry of a key, or {@link Codebook#ABSENT}; here only. */
    int find(long key) {
        int slot = slot(key);
        while (true) {
            int entry = slots[slot] - epoch;
            if (entry < 0) {
                return Codebook.ABSENT;
            }
            if (keys[entry] == key) {
                return first + entry;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
    }

    /** What the slot of a key holds: reads what {@link #find} reads first. */
    int touch(long key) {
        return slots[slot(key)];
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

    private int slot(long hashed) {
        return (int) ((hashed * hashMultiplier) >>> slotShift);
    }

    /** Adds a phrase that has an ID and one more token; there must be room. */
    void add(long key) {
        claimSlot(slot(key));
        keys[count++] = key;
    }

    /** Adds tokens that have no ID and one more; there must be room. */
    void addOrphan(int[] prefix, int offset, int prefixLength, int token) {
        writePhrases();
        claimSlot(orphanSlot(prefix, offset, prefixLength, token));
        keys[count++] = ORPHAN;
        int at = count * stride;
        phrases[at] = prefixLength + 1;
        System.arraycopy(prefix, offset, phrases, at + 1, prefixLength);
        phrases[at + prefixLength + 1] = token;
        written = count;
        orphans++;
    }

    /** Gives the next entry the first free slot from a phrase's own on. */
    private void claimSlot(int home) {
        int slot = home;
        while (slots[slot] >= epoch) {
            slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = epoch + count;
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
            int entry = slots[slot] - epoch;
            if (entry < 0) {
                return Codebook.ABSENT;
            }
            if (keys[entry] == ORPHAN && holds((1 + entry) * stride, prefix, offset, prefixLength, token)) {
                return first + entry;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
    }

    private int orphanSlot(int[] prefix, int offset, int prefixLength, int token) {
        long hash = 0;
        for (int i = offset; i < offset + prefixLength; i++) {
            hash = (hash ^ prefix[i]) * hashMultiplier;
            hash ^= hash >>> Integer.SIZE;
        }
        return slot(hash ^ token);
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

    /** Makes sure that all phrases here are written. */
    void writePhrases() {
        while (written < count) {
            writePhrase(written++);
        }
    }

    private void writePhrase(int entry) {
        int prefixId = (int) (keys[entry] >>> Integer.SIZE);
        int at = (1 + entry) * stride;
        int length = 1;
        if (prefixId < firstId) {
            phrases[at + 1] = prefixId;
        } else {
            CodebookEntries holder = holder(prefixId - firstId);
            int[] source = holder.phrases;
            int from = holder.record(prefixId - firstId);
            length = source[from];
            for (int i = 1; i <= length; i++) { // too short for a call of arraycopy to pay
                phrases[at + i] = source[from + i];
            }
        }
        phrases[at] = length + 1;
        phrases[at + length + 1] = (int) keys[entry];
    }

    /** Where an entry is: here or below. */
    private CodebookEntries holder(int number) {
        CodebookEntries holder = this;
        while (number < holder.first) {
            holder = Objects.requireNonNull(holder.below);
        }
        return holder;
    }

    /** Where the phrase of an entry that is here begins. */
    private int record(int number) {
        return (1 + number - first) * stride;
    }

    int length(int number) {
        writePhrases();
        CodebookEntries holder = holder(number);
        return holder.phrases[holder.record(number)];
    }

    int subtoken(int number, int index) {
        writePhrases();
        CodebookEntries holder = holder(number);
        return holder.phrases[holder.record(number) + 1 + index];
    }

    void copySubtokens(int number, int from, int[] target, int targetOffset, int length) {
        writePhrases();
        CodebookEntries holder = holder(number);
        int[] source = holder.phrases;
        int at = holder.record(number) + 1 + from;
        for (int i = 0; i < length; i++) { // too short for a call of arraycopy to pay
            target[targetOffset + i] = source[at + i];
        }
    }

    /** First token of a phrase that was found by its prefixes; no phrase need be written for it. */
    int firstToken(int id) {
        int first = id;
        while (first >= firstId) {
            CodebookEntries holder = holder(first - firstId);
            first = (int) (holder.keys[first - firstId - holder.first] >>> Integer.SIZE);
        }
        return first;
    }

    /** Whether the last entry is here and of that prefix and token. */
    boolean lastIs(long key) {
        return count > 0 && keys[count - 1] == key;
    }

    /**
     * Removes the last entry. No other is found by way of its slot, for all that were added earlier found theirs before it was
     * taken.
     */
    void removeLast() {
        int last = count - 1;
        int slot;
        if (keys[last] == ORPHAN) {
            int at = (1 + last) * stride;
            int length = phrases[at];
            slot = orphanSlot(phrases, at + 1, length - 1, phrases[at + length]);
            orphans--;
        } else {
            slot = slot(keys[last]);
        }
        while (slots[slot] != epoch + last) {
            slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = FREE;
        count = last;
        written = Math.min(written, last);
    }

    /** Removes all entries that are here, at a cost that does not depend on how many they are. */
    void clear() {
        epoch += count;
        count = 0;
        written = 0;
        orphans = 0;
        if (epoch > Integer.MAX_VALUE - keys.length) {
            // once in two thousand million entries
            Arrays.fill(slots, FREE);
            epoch = 1;
        }
    }

    /** Makes room for more entries: twice as many, but not more than {@code most}. */
    void grow(int most) {
        int room = (int) Math.min(most, 2L * keys.length);
        CodebookEntries larger = new CodebookEntries(first, below, firstId, stride, room);
        larger.addAll(this, first, end());
        phrases = larger.phrases;
        keys = larger.keys;
        slots = larger.slots;
        slotShift = larger.slotShift;
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
        CodebookEntries joined = new CodebookEntries(lower.first, lower.below, firstId, stride, end - lower.first);
        joined.addAll(this, lower.first, end);
        return joined;
    }

    private void addAll(CodebookEntries source, int from, int end) {
        for (int number = from; number < end; number++) {
            CodebookEntries holder = source.holder(number);
            long key = holder.keys[number - holder.first];
            if (key == ORPHAN) {
                int at = holder.record(number);
                int length = holder.phrases[at];
                addOrphan(holder.phrases, at + 1, length - 1, holder.phrases[at + length]);
            } else {
                add(key);
            }
        }
        writePhrases();
    }
}
