package io.tokenlz.frames;

import static io.tokenlz.frames.ReaderCheck.allocated;
import static io.tokenlz.frames.ReaderCheck.mostAllocated;
import static io.tokenlz.frames.ReaderCheck.require;
import static io.tokenlz.frames.ReaderCheck.requireMemory;

import io.tokenlz.core.ArrayTokenOutput;
import io.tokenlz.core.BufferByteInput;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Opens whatever it is given as a stored stream and reads from all over it, twice, which must come to the same. Nothing but a
 * {@link MalformedFrameException} may come out, and no token that is not where a reader of the whole stream finds it.
 */
public final class StoredCheck implements FuzzRun.Check {
    private static final int READS = 8;
    private static final int MOST_COMPARED = 1 << 16;

    /** What reading tokens allocates however few they are: mostly, the model. */
    private static final long ALLOCATED_ANYWAY = 1 << 25;

    private final ByteMemory memory;

    /** Reads from the heap. */
    public StoredCheck() {
        this(new ByteMemory.Buffer(ByteBuffer.allocate(ByteMemory.ROOM)));
    }

    StoredCheck(ByteMemory memory) {
        this.memory = memory;
    }

    @Override
    public String check(byte[] input, Random random) {
        FrameLimits limits = random.nextBoolean()
                ? FrameLimits.DEFAULT
                : ReaderCheck.LIMITS[random.nextInt(ReaderCheck.LIMITS.length)];
        int[] whole = isIndexRight(input, limits) ? whole(input, limits) : new int[0];
        long seed = random.nextLong();
        memory.hold(input);
        String once = use(memory.stored(input.length), limits, input, whole, new Random(seed), 0);
        StoredBytes heap = StoredBytes.of(ByteBuffer.wrap(input));
        String again = use(heap, limits, input, whole, new Random(seed), -1);
        require(once.equals(again), "once " + once + ", then " + again);
        String[] parts = once.split("; ", -1);
        long failures =
                Arrays.stream(parts).filter(part -> part.contains("Exception")).count();
        return parts.length == 1
                ? once.replaceAll("[0-9A-F]*[0-9][0-9A-F]*", "#")
                : "opened, " + failures + " of " + READS + " reads failed";
    }

    /**
     * Whether restarts are where the index says. A hostile one may lead to a frame that is right for itself and that no reader of
     * the whole stream comes by.
     */
    private static boolean isIndexRight(byte[] input, FrameLimits limits) {
        FrameWalk walk = new FrameWalk(input);
        try {
            StoredIndex index =
                    StoredIndex.read(StoredBytes.of(ByteBuffer.wrap(input)), limits, SeedStreams.DICTIONARY);
            return IntStream.range(0, index.restarts())
                    .allMatch(i -> walk.tokensBefore(index.restartBytes(i)) == index.restartTokens(i));
        } catch (MalformedFrameException none) {
            return false;
        }
    }

    /** What a reader of the whole stream gives before it ends or fails. */
    private static int[] whole(byte[] input, FrameLimits limits) {
        int[] tokens = new int[MOST_COMPARED];
        ArrayTokenOutput output = new ArrayTokenOutput().wrap(tokens);
        try (FrameReader reader = new FrameReader(limits, SeedStreams.DICTIONARY)) {
            reader.read(new BufferByteInput().wrap(ByteBuffer.wrap(input)), output);
        } catch (MalformedFrameException expected) {
            // what came before it is what there is to compare
        }
        return Arrays.copyOf(tokens, (int) output.position());
    }

    /** Opens and reads; all that came of it. */
    private static String use(
            StoredBytes bytes, FrameLimits limits, byte[] input, int[] whole, Random random, int filling) {
        StringBuilder told = new StringBuilder();
        long before = allocated();
        StoredStream stream;
        try {
            stream = StoredStream.open(bytes, limits, SeedStreams.DICTIONARY);
        } catch (MalformedFrameException malformed) {
            tell(malformed, input, told);
            return told.toString();
        } finally {
            requireMemory(allocated() - before, mostAllocated(limits, input.length));
        }
        require(stream.tokens() <= limits.tokensPerStream(), "more tokens than the limit");
        require(stream.documents() > 0 && stream.documentStart(0) == 0, "no first document");
        require(stream.documentStart(stream.documents()) == stream.tokens(), "documents end before the tokens");
        told.append(stream.documents()).append(" documents, ").append(stream.restarts());
        for (int i = 0; i < READS; i++) {
            told.append("; ");
            try {
                if (random.nextInt(4) == 0) {
                    readDocument(stream, input, whole, random.nextInt(stream.documents()), told);
                } else {
                    read(stream, whole, random, filling, told);
                }
            } catch (MalformedFrameException malformed) {
                tell(malformed, input, told);
            }
        }
        return told.toString();
    }

    private static void read(StoredStream stream, int[] whole, Random random, int filling, StringBuilder told) {
        long tokens = stream.tokens();
        long from = random.nextInt(4) == 0
                ? (random.nextLong() >>> 1) % (tokens + 1 > 0 ? tokens + 1 : tokens)
                : random.nextInt((int) Math.min(tokens, 2000) + 1);
        int count = (int) Math.min(tokens - from, random.nextInt(300));
        int[] target = new int[count + 2];
        Arrays.fill(target, filling);
        stream.read(from, target, 1, count);
        require(target[0] == filling && target[count + 1] == filling, "written beside the target");
        int[] read = Arrays.copyOfRange(target, 1, count + 1);
        requireSame(read, from, whole);
        told.append(Arrays.hashCode(read));
    }

    private static void readDocument(StoredStream stream, byte[] input, int[] whole, int document, StringBuilder told) {
        long start = stream.documentStart(document);
        long length = stream.documentStart(document + 1) - start;
        long tokensThere = new FrameWalk(input)
                .elements().stream()
                        .mapToLong(element -> Math.min(element.tokens(), StreamFormat.MOST_FRAME_TOKENS))
                        .sum();
        long before = allocated();
        try {
            int[] tokens = stream.document(document);
            require(tokens.length == length, "another number of tokens than the index says");
            requireSame(tokens, start, whole);
            told.append(Arrays.hashCode(tokens));
        } catch (IllegalArgumentException tooLong) {
            require(length > Integer.MAX_VALUE - 8, "refused a document of " + length + " tokens");
            told.append("too long");
        } finally {
            // whatever the index says of its length, an array is for tokens that are there
            requireMemory(allocated() - before, ALLOCATED_ANYWAY + 32L * input.length + 100 * tokensThere);
        }
    }

    private static void requireSame(int[] read, long from, int[] whole) {
        for (int i = 0; i < read.length && from + i < whole.length; i++) {
            require(read[i] == whole[(int) from + i], "another token at " + (from + i) + " than in the whole stream");
        }
    }

    private static void tell(MalformedFrameException malformed, byte[] input, StringBuilder told) {
        require(malformed.bytePosition() >= 0 && malformed.bytePosition() <= input.length, "position " + malformed);
        require(malformed.tokenPosition() >= 0, "token position " + malformed);
        told.append(malformed.getClass().getSimpleName())
                .append(' ')
                .append(malformed.bytePosition())
                .append(' ')
                .append(malformed.tokenPosition())
                .append(' ')
                .append(malformed.expected());
    }
}
