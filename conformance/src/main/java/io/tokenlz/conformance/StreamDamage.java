package io.tokenlz.conformance;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * One thing that happens to a stream on its way: a bit flips, a token or byte is lost, comes twice, is swapped with another one,
 * is another one, or was never sent, or the stream is cut. Immutable and thread-safe.
 *
 * @param kind what happens
 * @param place where, 0 or more; taken modulo the stream's length
 * @param value which bit, which other place, or which token or byte, as the kind needs
 */
public record StreamDamage(Kind kind, int place, int value) {
    /** What happens. */
    public enum Kind {
        /** One bit is another one. */
        BIT_FLIP,

        /** A token or byte is another one. */
        REPLACED,

        /** A token or byte comes that was never sent. */
        INSERTED,

        /** A token or byte is lost. */
        LOST,

        /** A token or byte comes twice. */
        DOUBLED,

        /** Two tokens or bytes take each other's place. */
        SWAPPED,

        /** Nothing comes from this place on. */
        CUT
    }

    /** IDs have 31 bits. */
    private static final int ID_BITS = 31;

    /**
     * All kinds of damage to a stream.
     *
     * @param bound tokens or bytes that were not there are 0 … bound−1; 1 … 2³¹
     * @return a generator that shrinks towards the stream's start
     */
    public static Arbitrary<StreamDamage> any(long bound) {
        return Combinators.combine(
                        Arbitraries.of(Kind.class),
                        Arbitraries.integers().between(0, 5000),
                        Arbitraries.integers().between(0, (int) Math.min(bound - 1, Integer.MAX_VALUE)))
                .as(StreamDamage::new);
    }

    /**
     * Damages tokens.
     *
     * @param tokens a stream; only read
     * @return a damaged copy
     */
    public int[] damage(int[] tokens) {
        int length = tokens.length;
        if (length == 0) {
            return kind == Kind.INSERTED ? new int[] {value} : new int[0];
        }
        int at = place % length;
        switch (kind) {
            case INSERTED -> {
                return inserted(tokens, place % (length + 1), value);
            }
            case DOUBLED -> {
                return inserted(tokens, at, tokens[at]);
            }
            case CUT -> {
                return Arrays.copyOf(tokens, at);
            }
            case LOST -> {
                int[] shorter = Arrays.copyOf(tokens, length - 1);
                System.arraycopy(tokens, at + 1, shorter, at, length - 1 - at);
                return shorter;
            }
            default -> {
                int[] changed = tokens.clone();
                change(changed, at);
                return changed;
            }
        }
    }

    private static int[] inserted(int[] tokens, int at, int value) {
        int[] longer = Arrays.copyOf(tokens, tokens.length + 1);
        System.arraycopy(tokens, at, longer, at + 1, tokens.length - at);
        longer[at] = value;
        return longer;
    }

    private void change(int[] tokens, int at) {
        switch (kind) {
            case BIT_FLIP -> tokens[at] ^= 1 << (value % ID_BITS);
            case REPLACED -> tokens[at] = value;
            case SWAPPED -> {
                int other = value % tokens.length;
                int token = tokens[at];
                tokens[at] = tokens[other];
                tokens[other] = token;
            }
            default -> throw new IllegalStateException(kind + " changes more than tokens");
        }
    }

    /**
     * Damages bytes.
     *
     * @param bytes a stream; only read
     * @return a damaged copy
     */
    public byte[] damage(byte[] bytes) {
        int[] numbers = new int[bytes.length];
        Arrays.setAll(numbers, i -> bytes[i] & 0xFF);
        int[] damaged =
                (kind == Kind.BIT_FLIP ? new StreamDamage(kind, place, value % Byte.SIZE) : this).damage(numbers);
        byte[] result = new byte[damaged.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = (byte) damaged[i];
        }
        return result;
    }
}
