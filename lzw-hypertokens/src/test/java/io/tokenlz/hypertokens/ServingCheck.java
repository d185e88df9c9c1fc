package io.tokenlz.hypertokens;

import io.tokenlz.core.MalformedTokenStreamException;
import io.tokenlz.frames.FuzzRun;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * Does to streams of a server whatever it is told: IDs of a model are accepted, places marked and returned to, streams forked,
 * reset and pooled. Again and again the stream must be as one that was opened anew and accepted the same IDs. An input is the
 * configuration's number in a byte, and then for each step a byte that says what is done and two that say with what.
 */
final class ServingCheck implements FuzzRun.Check {
    private static final int STEP_BYTES = 3;
    private static final int MOST_STEPS = 600;
    private static final int KINDS = 16;
    private static final int ACCEPTING_KINDS = 10;

    private final List<HypertokenConfig> configs =
            HypertokenFuzzEntries.codecs().stream().map(HypertokenCodec::config).toList();
    private final List<HypertokenStreamPool> pools =
            configs.stream().map(config -> new HypertokenStreamPool(config, 2)).toList();

    /** Steps at random. */
    static Function<Random, byte[]> inputs() {
        return random -> {
            byte[] bytes = new byte[random.nextInt(STEP_BYTES * 200)];
            random.nextBytes(bytes);
            return bytes;
        };
    }

    @Override
    public String check(byte[] input, Random random) {
        ByteBuffer steps = ByteBuffer.wrap(input);
        int number = steps.hasRemaining() ? (steps.get() & 0xFF) % configs.size() : 0;
        HypertokenStreamPool pool = pools.get(number);
        Side side = new Side(pool.acquire(), List.of());
        side.requireSame();
        Side other = side;
        for (int left = MOST_STEPS; left > 0 && steps.remaining() >= STEP_BYTES; left--) {
            int what = steps.get() & 0xFF;
            int where = steps.getShort() & 0xFFFF;
            switch (what % KINDS - ACCEPTING_KINDS) {
                case 0 -> side.mark();
                case 1 -> side.rollback(where);
                case 2 -> {
                    other = side;
                    side = new Side(side.stream.fork(), side.accepted);
                    side.requireSame();
                }
                case 3 -> new Side(side.stream.snapshot().open(), side.accepted).requireSame();
                case 4 -> {
                    Side swapped = side;
                    side = other;
                    other = swapped;
                    side.requireSame();
                }
                case 5 -> {
                    if (where % 4 == 0 && side != other) {
                        pool.release(side.stream);
                        side = new Side(pool.acquire(), List.of());
                        side.requireSame();
                    }
                }
                default -> side.accept(side.id(what / KINDS, where));
            }
        }
        side.requireSame();
        other.requireSame();
        pool.release(side.stream);
        return (side.accepted.size() + 63) / 64 * 64 + " IDs at most";
    }

    private static void require(boolean condition, String complaint) {
        if (!condition) {
            throw new AssertionError(complaint);
        }
    }

    /** A stream, and how it came to where it is. */
    private static final class Side {
        private static final int MOST_MARKS = 8;

        final HypertokenStream stream;
        final List<Integer> accepted;
        private final List<HypertokenMark> marks = new ArrayList<>();
        private final List<Integer> acceptedAtMark = new ArrayList<>();

        Side(HypertokenStream stream, List<Integer> accepted) {
            this.stream = stream;
            this.accepted = new ArrayList<>(accepted);
        }

        /** Few base tokens, so that there is something to find, and hypertokens that are live or nearly so. */
        int id(int kind, int where) {
            int vocabulary = stream.config().vocabularySize();
            return switch (kind % 4) {
                case 0 -> where % Math.min(vocabulary, 6);
                case 1, 2 -> vocabulary + where % (stream.codebook().size() + 2);
                default -> where % 8 == 0 ? -where : where;
            };
        }

        void accept(int id) {
            boolean accepts = stream.accepts(id);
            long before = stream.baseTokens();
            try {
                int length = stream.accept(id);
                require(accepts, "accepted what it does not accept: " + id);
                require(length == stream.spanLength() && stream.baseTokens() == before + length, "a span of " + length);
                accepted.add(id);
            } catch (MalformedTokenStreamException refused) {
                require(!accepts, "refused what it accepts: " + id);
                require(refused.position() == accepted.size(), "position " + refused);
                require(stream.baseTokens() == before, "a refused ID was accepted");
            }
        }

        void mark() {
            if (marks.size() < MOST_MARKS) {
                marks.add(stream.mark());
                acceptedAtMark.add(accepted.size());
            }
        }

        /** Marks of places behind it are on a way that was left: forgotten with it. */
        void rollback(int where) {
            if (!marks.isEmpty()) {
                int mark = where % marks.size();
                stream.rollback(marks.get(mark));
                accepted.subList(acceptedAtMark.get(mark), accepted.size()).clear();
                marks.subList(mark + 1, marks.size()).clear();
                acceptedAtMark.subList(mark + 1, acceptedAtMark.size()).clear();
                requireSame();
            }
        }

        /** The stream is what one is that was opened now and accepted the same IDs. */
        void requireSame() {
            HypertokenStream fresh = new HypertokenStream(stream.config());
            accepted.forEach(fresh::accept);
            Codebook expected = fresh.codebook();
            Codebook found = stream.codebook();
            boolean here = stream.acceptedIds() == accepted.size() && stream.baseTokens() == fresh.baseTokens();
            require(here, "another place");
            require(found.size() == expected.size(), found.size() + " entries, not " + expected.size());
            int first = expected.firstId();
            int next = first + expected.size();
            for (int id = first; id < next; id++) {
                int[] phrase = phrase(expected, id);
                require(Arrays.equals(phrase, phrase(found, id)), "another phrase of " + id);
                int same = expected.find(phrase, 0, phrase.length);
                require(found.find(phrase, 0, phrase.length) == same, "the phrase of " + id + " is found elsewhere");
            }
            for (int id : new int[] {-1, 0, first - 1, next - 1, next, next + 1, Integer.MAX_VALUE}) {
                require(stream.accepts(id) == fresh.accepts(id), "accepts " + stream.accepts(id) + " for " + id);
            }
        }

        private static int[] phrase(Codebook codebook, int id) {
            int[] phrase = new int[codebook.length(id)];
            Arrays.setAll(phrase, index -> codebook.subtoken(id, index));
            return phrase;
        }
    }
}
