package io.tokenlz.reactive;

import io.tokenlz.core.ArrayTokenOutput;
import io.tokenlz.core.TokenOutput;
import java.util.Arrays;

/** Where a coder writes tokens before they leave as a chunk of the right size. Holds little while nothing is written. */
final class TokenRoom {
    private static final int[] NONE = {};
    private static final int LEAST = 64;

    /** Room of more tokens than that is let go with the chunk that filled it, for most streams are idle most of the time. */
    private static final int KEPT = 512;

    private final int most;

    /** How much room to make first: as much as the chunk before took, for more of its kind may follow, and need no copy then. */
    private int first = LEAST;

    private final ArrayTokenOutput output = new ArrayTokenOutput();
    private int[] room = NONE;

    /** Where in the room the output's window begins. */
    private int start;

    /**
     * Makes an empty room.
     *
     * @param most the most tokens that it ever has room for
     */
    TokenRoom(int most) {
        this.most = most;
    }

    /** What to write to. It may have no room at all. */
    TokenOutput output() {
        return output;
    }

    /** Makes room for so many tokens, or as many as there may be. */
    void provide(int tokens) {
        long needed = Math.min(most, (long) filled() + tokens);
        if (room.length < needed) {
            resize((int) Math.min(most, Math.max(needed, Math.max(first, 2L * room.length))));
        }
    }

    /** Makes more room; false if there may be no more. */
    boolean grow() {
        if (room.length == most) {
            return false;
        }
        resize((int) Math.min(most, Math.max(first, 2L * room.length)));
        return true;
    }

    private void resize(int size) {
        int filled = filled();
        open(Arrays.copyOf(room, size), filled);
    }

    private void open(int[] newRoom, int filled) {
        room = newRoom;
        start = filled;
        output.wrap(newRoom, filled, newRoom.length - filled);
    }

    int filled() {
        return start + (int) output.position();
    }

    boolean isFull() {
        return filled() == most;
    }

    /** Forgets the last tokens. */
    void drop(int tokens) {
        open(room, filled() - tokens);
    }

    /** Takes the first tokens out, as an array that is not used here any more. */
    int[] take(int tokens) {
        int filled = filled();
        int[] taken = tokens == room.length ? room : Arrays.copyOf(room, tokens);
        int left = filled - tokens;
        first = Math.max(LEAST, filled);
        if (left > 0) {
            System.arraycopy(room, tokens, room, 0, left);
        }
        open(left == 0 && (taken == room || room.length > KEPT) ? NONE : room, left);
        return taken;
    }

    void clear() {
        open(NONE, 0);
    }
}
