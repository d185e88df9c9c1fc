package io.tokenlz.reactive;

import io.tokenlz.core.BufferByteOutput;
import io.tokenlz.core.ByteOutput;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The same as {@link TokenRoom} for bytes, without leaving any behind. */
final class ByteRoom {
    private static final byte[] NONE = {};
    private static final int LEAST = 128;

    /** As in {@link TokenRoom}. */
    private static final int KEPT = 2048;

    private final int most;

    /** How much room to make first, as in {@link TokenRoom}. */
    private int first = LEAST;

    private final BufferByteOutput output = new BufferByteOutput();
    private byte[] room = NONE;

    /** The room, with a position behind what is filled. */
    private ByteBuffer view = ByteBuffer.wrap(NONE);

    /**
     * Makes an empty room.
     *
     * @param most the most bytes that it ever has room for
     */
    ByteRoom(int most) {
        this.most = most;
    }

    /** What to write to. It may have no room at all. */
    ByteOutput output() {
        return output;
    }

    /** Makes more room; false if there may be no more. */
    boolean grow() {
        if (room.length == most) {
            return false;
        }
        int size = (int) Math.min(most, Math.max(first, 2L * room.length));
        open(Arrays.copyOf(room, size), filled());
        return true;
    }

    private void open(byte[] newRoom, int filled) {
        if (room != newRoom) {
            room = newRoom;
            view = ByteBuffer.wrap(newRoom);
        }
        output.wrap(view.position(filled));
    }

    int filled() {
        return view.position();
    }

    boolean isFull() {
        return filled() == most;
    }

    /** Takes all bytes out, in a buffer that is not used here any more. */
    ByteBuffer take() {
        boolean whole = filled() == room.length;
        first = Math.max(LEAST, filled());
        ByteBuffer taken = ByteBuffer.wrap(whole ? room : Arrays.copyOf(room, filled()));
        open(whole || room.length > KEPT ? NONE : room, 0);
        return taken;
    }

    /** Shows all bytes to somebody who copies them, and forgets them. */
    void take(Taker taker) {
        taker.take(room, filled());
        first = Math.max(LEAST, filled());
        open(room.length > KEPT ? NONE : room, 0);
    }

    /** Copies the first bytes of an array. */
    @FunctionalInterface
    interface Taker {
        void take(byte[] bytes, int length);
    }

    void clear() {
        open(NONE, 0);
    }
}
