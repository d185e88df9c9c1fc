package io.tokenlz.frames;

import com.sun.management.ThreadMXBean;
import io.tokenlz.core.ArrayTokenOutput;
import io.tokenlz.core.ByteInput;
import io.tokenlz.core.CoderStatus;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Reads whatever it is given from its start to its end: once whole with a new reader and once in pieces with one that has failed
 * before, which must come to the same. Nothing but a {@link MalformedFrameException} may come out, at the start of a frame, and
 * no more memory or tokens than limits allow.
 */
public final class ReaderCheck implements FuzzRun.Check {
    /** With and without room for the model, and such that small frames go past. */
    static final FrameLimits[] LIMITS = {
        new FrameLimits(1 << 16, 1 << 17, 1 << 25),
        new FrameLimits(1 << 20, 1 << 21, 1 << 22),
        new FrameLimits(1 << 12, 1 << 12, 1 << 19),
        new FrameLimits(100, 500, 1 << 18),
        FrameLimits.DEFAULT.withTokensPerStream(1 << 18)
    };

    /** What exceptions and the JVM itself take, and a header that is read before any limit can be held against it. */
    private static final long ALLOCATED_ANYWAY = 3 << 20;

    /** A buffer that has to grow again and again is copied each time. */
    private static final int GROWTH = 6;

    private static final int MOST_WINDOW = 4096;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** What a reader made of a stream. */
    record Outcome(
            long tokens,
            int hash,
            long checkedTokens,
            @Nullable Class<?> failure,
            long bytePosition,
            long tokenPosition,
            String expected) {}

    private final ByteMemory memory;
    private final int[] target = new int[MOST_WINDOW];
    private final ArrayTokenOutput output = new ArrayTokenOutput().wrap(target);
    private final Map<FrameLimits, FrameReader> usedReaders = new HashMap<>();

    // what one reading has come to
    private long tokens;
    private int hash;

    /** Reads from the heap. */
    public ReaderCheck() {
        this(new ByteMemory.Buffer(ByteBuffer.allocate(ByteMemory.ROOM)));
    }

    /**
     * Reads from memory of a kind.
     *
     * @param memory where inputs are put
     */
    public ReaderCheck(ByteMemory memory) {
        this.memory = memory;
    }

    /** Fails; allocates nothing where it does not, unlike other assertions. */
    static void require(boolean condition, String complaint) {
        if (!condition) {
            throw new AssertionError(complaint);
        }
    }

    static void requireMemory(long allocated, long most) {
        require(allocated <= most, "allocated " + allocated + " bytes, at most " + most + " expected");
    }

    /** Memory that this thread has been given. */
    static long allocated() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }

    /** The most that a reader may come to be given, grown and given up again included. */
    static long mostAllocated(FrameLimits limits, int length) {
        return GROWTH * limits.stateBytes() + 32L * length + ALLOCATED_ANYWAY;
    }

    @Override
    public String check(byte[] input, Random random) {
        FrameLimits limits = LIMITS[random.nextInt(LIMITS.length)];
        memory.hold(input);
        long before = allocated();
        Outcome whole;
        try (FrameReader reader = new FrameReader(limits, SeedStreams.DICTIONARY)) {
            whole = read(reader, limits, input.length, random, false);
        }
        requireMemory(allocated() - before, mostAllocated(limits, input.length));
        require(whole.tokens() <= limits.tokensPerStream(), "more tokens than the limit");
        FrameReader used = usedReaders.computeIfAbsent(limits, any -> new FrameReader(any, SeedStreams.DICTIONARY));
        used.reset();
        Outcome inPieces = read(used, limits, input.length, random, true);
        require(inPieces.equals(whole), "in pieces " + inPieces + ", whole " + whole);
        requirePosition(whole, new FrameWalk(input));
        return whole.failure() == null ? "read" : whole.failure().getSimpleName() + ": " + whole.expected();
    }

    /** A failure is in an element, and tells where this begins, and how many tokens lie before it. */
    private static void requirePosition(Outcome outcome, FrameWalk walk) {
        if (outcome.failure() != null) {
            long before = walk.tokensBefore(outcome.bytePosition());
            require(before >= 0, "no frame begins at " + outcome);
            require(before == outcome.tokenPosition(), before + " tokens are before " + outcome);
            require(before <= outcome.tokens(), "tokens are missing before " + outcome);
        }
    }

    private Outcome read(FrameReader reader, FrameLimits limits, int length, Random random, boolean inPieces) {
        tokens = 0;
        hash = 0;
        boolean byteByByte = inPieces && random.nextBoolean();
        int filling = inPieces ? -1 : 0;
        int at = 0;
        @Nullable MalformedFrameException failure = null;
        try {
            while (true) {
                int count = Math.min(byteByByte ? 1 : inPieces ? random.nextInt(200) : length, length - at);
                ByteInput input = memory.window(at, count);
                CoderStatus status = readWindow(reader, limits, input, inPieces ? random : null, filling);
                at += (int) input.position();
                if (status == CoderStatus.DONE) {
                    reader.finish();
                    break;
                }
                require(input.remaining() == 0, "input is left");
                if (at == length) {
                    reader.finish();
                    throw new AssertionError("a stream that asks for more is finished");
                }
            }
        } catch (MalformedFrameException malformed) {
            take(filling);
            failure = malformed;
        }
        return new Outcome(
                tokens,
                hash,
                reader.checkedTokens(),
                failure == null ? null : failure.getClass(),
                failure == null ? 0 : failure.bytePosition(),
                failure == null ? 0 : failure.tokenPosition(),
                // what differs from stream to stream says no more about which rule was broken
                failure == null ? "" : failure.expected().replaceAll("[0-9A-F]*[0-9][0-9A-F]*", "#"));
    }

    /** Reads on until the window is empty or the stream at its end; each step must bring a token. */
    private CoderStatus readWindow(
            FrameReader reader, FrameLimits limits, ByteInput input, @Nullable Random pieces, int filling) {
        while (true) {
            int room = pieces == null ? target.length : 1 + pieces.nextInt(1 + pieces.nextInt(target.length));
            Arrays.fill(target, 0, room, filling);
            CoderStatus status = reader.read(input, output.wrap(target, 0, room));
            require(reader.pendingTokens() <= limits.tokensPerFrame(), "more tokens in a frame than the limit");
            take(filling);
            require(reader.totalTokens() == tokens, "another number of tokens than were written");
            if (status != CoderStatus.NEEDS_OUTPUT) {
                return status;
            }
            require(output.remaining() == 0 && reader.pendingTokens() > 0, "no output is needed");
        }
    }

    /** Takes the tokens that were written; nothing may have been written behind them. */
    private void take(int filling) {
        int count = (int) output.position();
        int room = count + (int) output.remaining();
        for (int i = 0; i < count; i++) {
            hash = 31 * hash + target[i];
        }
        for (int i = count; i < room; i++) {
            require(target[i] == filling, "written behind the output's position");
        }
        tokens += count;
        output.wrap(target, 0, 0);
    }
}
