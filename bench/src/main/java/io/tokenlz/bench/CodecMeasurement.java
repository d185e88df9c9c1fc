package io.tokenlz.bench;

import io.tokenlz.core.ArrayTokenInput;
import io.tokenlz.core.ArrayTokenOutput;
import io.tokenlz.core.CoderStatus;
import io.tokenlz.core.MalformedTokenStreamException;
import io.tokenlz.core.TokenCodec;
import io.tokenlz.core.TokenCoder;
import io.tokenlz.core.TokenDecoder;
import io.tokenlz.core.TokenEncoder;
import java.util.Arrays;

/**
 * Runs one codec over the documents of a token stream, compares what comes back, and times both directions.
 *
 * <p>The tokens are cut into documents, and each is a stream of its own: coders are reset between them. Every pass is
 * timed as a whole; the figure is the fastest of the passes that fit the time given, after passes for warm-up of the same
 * length.
 */
public final class CodecMeasurement {
    private static final int EXACT = -1;
    private static final int TOO_LONG = -1;

    private final TokenCodec codec;
    private final int[] tokens;

    /** The token that each document starts at. */
    private final int[] starts;

    private final int[] encoded;

    /** End of each document's encoding in {@link #encoded}. */
    private final int[] encodedEnd;

    private final int[] decoded;

    /** First token of the document being encoded: positions in errors are those of its stream. */
    private long documentStart;

    private final ArrayTokenInput input = new ArrayTokenInput();
    private final ArrayTokenOutput output = new ArrayTokenOutput();

    /**
     * What was measured.
     *
     * @param tokensIn base tokens
     * @param tokensOut tokens after encoding
     * @param encodeMillionPerSecond base tokens encoded, 0 if not timed
     * @param decodeMillionPerSecond base tokens decoded, 0 if not timed
     * @param firstDifference index of the first token that did not come back, or −1 if all did
     */
    public record Result(
            long tokensIn,
            long tokensOut,
            double encodeMillionPerSecond,
            double decodeMillionPerSecond,
            long firstDifference) {
        public boolean exact() {
            return firstDifference < 0;
        }

        /** Share of tokens removed, 0 … 1. */
        public double removed() {
            return tokensIn == 0 ? 0 : 1 - (double) tokensOut / tokensIn;
        }
    }

    /** Documents of so many tokens, but for the last. */
    public CodecMeasurement(TokenCodec codec, int[] tokens, int documentTokens) {
        this(codec, new TokenFile("", "", tokens, Integer.MAX_VALUE, null), documentTokens);
    }

    /** A file's documents, cut where they have more tokens than that. */
    public CodecMeasurement(TokenCodec codec, TokenFile file, int documentTokens) {
        this.codec = codec;
        tokens = file.ids();
        starts = file.streamStarts(documentTokens);
        // neither codec makes a stream longer
        encoded = new int[tokens.length];
        encodedEnd = new int[starts.length];
        decoded = new int[tokens.length];
    }

    /**
     * Measures.
     *
     * @param secondsEach how long to time each direction
     * @throws MalformedTokenStreamException if a token is not of the codec's vocabulary
     */
    public Result run(double secondsEach) {
        try (TokenEncoder encoder = codec.newEncoder();
                TokenDecoder decoder = codec.newDecoder()) {
            int tokensOut;
            try {
                tokensOut = encodeAll(encoder);
            } catch (MalformedTokenStreamException refused) {
                throw new MalformedTokenStreamException(
                        documentStart + refused.position(), refused.expected(), refused.found());
            }
            long difference = difference(decoder);
            if (difference >= 0) {
                return new Result(tokens.length, tokensOut, 0, 0, difference);
            }
            double encodeRate = rate(() -> encodeAll(encoder), secondsEach);
            double decodeRate = rate(() -> decodeAll(decoder), secondsEach);
            return new Result(tokens.length, tokensOut, encodeRate, decodeRate, EXACT);
        }
    }

    /** First token that does not come back; the number of tokens if the stream goes on or fails behind the last. */
    private long difference(TokenDecoder decoder) {
        Arrays.fill(decoded, -1);
        boolean ended;
        try {
            ended = decodeAll(decoder) == tokens.length;
        } catch (MalformedTokenStreamException ourOwnStreamRefused) {
            ended = false;
        }
        int mismatch = Arrays.mismatch(tokens, decoded);
        return mismatch < 0 && !ended ? tokens.length : mismatch;
    }

    private int encodeAll(TokenEncoder encoder) {
        int end = 0;
        for (int document = 0; document < starts.length; document++) {
            int at = starts[document];
            int next = document + 1 < starts.length ? starts[document + 1] : tokens.length;
            documentStart = at;
            end = code(encoder, tokens, at, next - at, encoded, end);
            encodedEnd[document] = end;
        }
        return end;
    }

    private int decodeAll(TokenDecoder decoder) {
        int start = 0;
        int end = 0;
        for (int encodingEnd : encodedEnd) {
            end = code(decoder, encoded, start, encodingEnd - start, decoded, end);
            if (end == TOO_LONG) {
                return TOO_LONG;
            }
            start = encodingEnd;
        }
        return end;
    }

    /** Codes a whole stream; index after what was written. */
    private int code(TokenCoder coder, int[] source, int from, int length, int[] target, int to) {
        coder.reset();
        input.wrap(source, from, length);
        output.wrap(target, to, target.length - to);
        CoderStatus status = coder.transform(input, output);
        if (status == CoderStatus.NEEDS_INPUT) {
            status = coder.finish(output);
        }
        int end = to + (int) output.position();
        if (status == CoderStatus.DONE) {
            return end;
        }
        if (coder instanceof TokenDecoder) {
            return TOO_LONG;
        }
        throw new IllegalStateException(codec.name() + " made a stream longer than it was");
    }

    private double rate(Runnable pass, double seconds) {
        if (seconds <= 0 || tokens.length == 0) {
            return 0;
        }
        return tokens.length / FastestPass.seconds(pass, seconds) / 1e6;
    }
}
