package io.tokenlz.bench;

import io.tokenlz.core.ArrayTokenInput;
import io.tokenlz.core.ArrayTokenOutput;
import io.tokenlz.core.CoderStatus;
import io.tokenlz.core.TokenCodec;
import io.tokenlz.core.TokenCoder;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Times many streams that one thread serves in turns, a few tokens of each at a time, as a gateway does: what they cost beyond
 * a single one is that their coders are no longer in the processor's caches. Each stream has as many tokens, whatever their
 * number.
 */
public final class StreamsMeasurement {
    public static final int STREAM_TOKENS = 256;
    public static final int TURN_TOKENS = 16;

    private final TokenCodec codec;
    private final int streams;
    private final int[] tokens;
    private final int[] encoded;

    /** Where each stream's encoding ends, in its own part of {@link #encoded}. */
    private final int[] encodedEnds;

    private final int[] decoded;
    private final ArrayTokenInput input = new ArrayTokenInput();
    private final ArrayTokenOutput output = new ArrayTokenOutput();

    /**
     * What was measured.
     *
     * @param encodeNanos for a token, 0 if not timed
     * @param decodeNanos for a base token, 0 if not timed
     * @param encoderBytes of a stream
     * @param decoderBytes of a stream
     * @param exact whether every stream came back
     */
    public record Result(double encodeNanos, double decodeNanos, long encoderBytes, long decoderBytes, boolean exact) {}

    public StreamsMeasurement(TokenCodec codec, int streams) {
        this.codec = codec;
        this.streams = streams;
        tokens = new int[Math.multiplyExact(streams, STREAM_TOKENS)];
        new GeneratedTokens(streams).read(0, tokens, 0, tokens.length);
        encoded = new int[tokens.length];
        encodedEnds = new int[streams];
        decoded = new int[tokens.length];
    }

    /** Measures each direction for so many seconds. */
    public Result run(double seconds) {
        int[] wholeStreams = new int[streams];
        Arrays.fill(wholeStreams, STREAM_TOKENS);
        Timed encoding = time(codec::newEncoder, tokens, wholeStreams, encoded, encodedEnds, seconds);
        int[] decodedEnds = new int[streams];
        Timed decoding = time(codec::newDecoder, encoded, encodedEnds, decoded, decodedEnds, seconds);
        boolean exact = Arrays.equals(decodedEnds, wholeStreams) && Arrays.equals(decoded, tokens);
        return new Result(encoding.nanos(), decoding.nanos(), encoding.coderBytes(), decoding.coderBytes(), exact);
    }

    private record Timed(double nanos, long coderBytes) {}

    private Timed time(
            Supplier<? extends TokenCoder> factory,
            int[] source,
            int[] sourceEnds,
            int[] target,
            int[] targetEnds,
            double seconds) {
        TokenCoder[] coders = new TokenCoder[streams];
        Arrays.setAll(coders, i -> factory.get());
        Runnable pass = () -> code(coders, source, sourceEnds, target, targetEnds);
        double passSeconds = seconds > 0 ? FastestPass.seconds(pass, seconds) : FastestPass.once(pass);
        long bytes = coders[0].stateBytes();
        for (TokenCoder coder : coders) {
            coder.close();
        }
        return new Timed(seconds > 0 ? 1e9 * passSeconds / tokens.length : 0, bytes);
    }

    /** All streams from their start, in turns. */
    private void code(TokenCoder[] coders, int[] source, int[] sourceEnds, int[] target, int[] targetEnds) {
        Arrays.fill(targetEnds, 0);
        for (TokenCoder coder : coders) {
            coder.reset();
        }
        for (int from = 0; from < STREAM_TOKENS; from += TURN_TOKENS) {
            for (int i = 0; i < streams; i++) {
                int count = Math.min(TURN_TOKENS, sourceEnds[i] - from);
                if (count > 0) {
                    input.wrap(source, i * STREAM_TOKENS + from, count);
                    provideRoom(i, target, targetEnds);
                    require(coders[i].transform(input, output), CoderStatus.NEEDS_INPUT);
                    targetEnds[i] += (int) output.position();
                }
            }
        }
        for (int i = 0; i < streams; i++) {
            provideRoom(i, target, targetEnds);
            require(coders[i].finish(output), CoderStatus.DONE);
            targetEnds[i] += (int) output.position();
        }
    }

    private void provideRoom(int stream, int[] target, int[] targetEnds) {
        output.wrap(target, stream * STREAM_TOKENS + targetEnds[stream], STREAM_TOKENS - targetEnds[stream]);
    }

    private static void require(CoderStatus status, CoderStatus expected) {
        if (status != expected) {
            throw new IllegalStateException("a stream got longer than it was: " + status);
        }
    }
}
