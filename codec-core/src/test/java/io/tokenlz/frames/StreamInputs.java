package io.tokenlz.frames;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * Makes streams that are none: random bytes, damaged streams, and such whose checks are right all the same, so that the damage
 * gets to the decoders.
 */
public final class StreamInputs implements Function<Random, byte[]> {
    private static final int MOST_RANDOM_BYTES = 300;

    private final List<byte[]> seeds;

    /**
     * Makes a source of inputs.
     *
     * @param seeds well-formed streams; at least one
     */
    public StreamInputs(List<byte[]> seeds) {
        this.seeds = List.copyOf(seeds);
    }

    /**
     * The same of nothing but the streams' headers.
     *
     * @return a source of its own
     */
    public StreamInputs ofHeaders() {
        return new StreamInputs(seeds.stream()
                .map(seed -> Arrays.copyOf(
                        seed, new FrameWalk(seed).elements().get(0).end()))
                .toList());
    }

    /**
     * The same of nothing but the stored streams.
     *
     * @return a source of its own
     */
    public StreamInputs ofStored() {
        return new StreamInputs(seeds.stream()
                .filter(seed -> (seed[StreamFormat.MAGIC.length + 1] & StreamFormat.FLAG_STORED) != 0)
                .toList());
    }

    @Override
    public byte[] apply(Random random) {
        byte[] seed = seeds.get(random.nextInt(seeds.size()));
        byte[] other = seeds.get(random.nextInt(seeds.size()));
        return switch (random.nextInt(16)) {
            case 0 -> randomBytes(random, seed);
            case 1, 2 -> damaged(random, seed, other);
            case 3, 4, 5 -> repaired(damaged(random, seed, other));
            case 6 -> damaged(random, parts(random, seed, other), other);
            case 7, 8, 9 -> repaired(damaged(random, parts(random, seed, other), other));
            case 10 -> seed;
            default -> parts(random, seed, other);
        };
    }

    /** Nothing but random bytes, or such behind a header. */
    private static byte[] randomBytes(Random random, byte[] seed) {
        byte[] bytes = new ByteDamage(random).bytes(random.nextInt(MOST_RANDOM_BYTES));
        if (random.nextBoolean()) {
            return bytes;
        }
        int header = new FrameWalk(seed).elements().get(0).end();
        return HandMadeStream.joined(Arrays.copyOf(seed, header), bytes);
    }

    private static byte[] damaged(Random random, byte[] stream, byte[] other) {
        List<Integer> places = new ArrayList<>();
        for (FrameWalk.Element element : new FrameWalk(stream).elements()) {
            places.addAll(List.of(element.start(), element.start() + 1, element.start() + 2, element.bodyStart() - 1));
            places.addAll(List.of(element.bodyStart(), element.bodyStart() + 1, element.bodyEnd()));
        }
        int[] all = places.stream().mapToInt(place -> Math.max(0, place)).toArray();
        return new ByteDamage(random).damaged(stream, other, all);
    }

    /**
     * A stream whose checks are right.
     *
     * @param stream as it is; not changed
     * @return the same bytes but for the checks
     */
    public static byte[] repaired(byte[] stream) {
        byte[] repaired = stream.clone();
        new FrameWalk(repaired).repairChecks();
        return repaired;
    }

    private static byte[] parts(Random random, byte[] seed, byte[] other) {
        return new StreamParts(seed).damage(random, other).joined();
    }
}
