package io.tokenlz.frames;

import static io.tokenlz.frames.ReaderCheck.require;

import io.tokenlz.core.CoderStatus;
import io.tokenlz.core.MalformedTokenStreamException;
import io.tokenlz.core.TokenCodec;
import io.tokenlz.core.TokenEncoder;
import io.tokenlz.core.TokenInput;
import io.tokenlz.core.TokenMemory;
import io.tokenlz.core.TokenOutput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * Encodes whatever it is given as tokens: whole with a new encoder and in pieces with one that was used before, which must give
 * the same IDs; a decoder must give all tokens back that came before one that was refused. An input is the codec's number in a
 * byte, of which the highest bit makes all numbers tokens of the vocabulary, the tokens between two flushes in a byte (0: no
 * flush), and little-endian numbers.
 */
public final class EncoderCheck implements FuzzRun.Check {
    private static final int HEAD_BYTES = 2;
    private static final int MOST_TOKENS = 1 << 11;
    private static final int MOST_WINDOW = 3 * MOST_TOKENS;

    private final List<TokenCodec> codecs;
    private final List<TokenEncoder> used;
    private final TokenMemory tokens;
    private final TokenMemory ids;

    /** What came out, and where a token was refused or all of them ended. */
    private final int[] encoded = new int[MOST_WINDOW];

    private int encodedLength;

    /**
     * Makes a check.
     *
     * @param codecs what encoders are tried of
     * @param kind where tokens and IDs lie; not in a file
     */
    public EncoderCheck(List<? extends TokenCodec> codecs, TokenMemory.Kind kind) {
        this.codecs = List.copyOf(codecs);
        this.used = this.codecs.stream().map(TokenCodec::newEncoder).toList();
        this.tokens = kind.allocate(MOST_TOKENS, Path.of(""));
        this.ids = kind.allocate(MOST_WINDOW, Path.of(""));
    }

    /**
     * Makes tokens, few of them of no vocabulary.
     *
     * @param codecs those of the check
     * @return a source of inputs
     */
    public static Function<Random, byte[]> inputs(List<? extends TokenCodec> codecs) {
        return random -> {
            int number = random.nextInt(codecs.size());
            int vocabulary = codecs.get(number).vocabularySize();
            int[] tokens = SeedStreams.tokens(random, vocabulary, random.nextInt(DecoderCheck.MOST_IDS));
            boolean withAlien = tokens.length > 0 && random.nextInt(4) == 0;
            if (withAlien) {
                tokens[random.nextInt(tokens.length)] = random.nextBoolean() ? vocabulary : random.nextInt();
            }
            byte first = (byte) (withAlien ? number : number | 0x80);
            return input(first, (byte) (random.nextBoolean() ? 0 : random.nextInt()), tokens);
        };
    }

    static byte[] input(byte first, byte second, int... numbers) {
        ByteBuffer bytes =
                ByteBuffer.allocate(HEAD_BYTES + numbers.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(first).put(second).asIntBuffer().put(numbers);
        return bytes.array();
    }

    @Override
    public String check(byte[] bytes, Random random) {
        byte first = bytes.length == 0 ? 0 : bytes[0];
        int number = (first & 0x7F) % codecs.size();
        TokenCodec codec = codecs.get(number);
        int between = bytes.length < HEAD_BYTES || bytes[1] == 0 ? Integer.MAX_VALUE : bytes[1] & 0xFF;
        int count = Math.min(MOST_TOKENS, Math.max(0, bytes.length - HEAD_BYTES) / Integer.BYTES);
        int[] given = new int[count];
        for (int i = 0; i < count; i++) {
            int value = (int) ByteSink.INTS.get(bytes, HEAD_BYTES + i * Integer.BYTES);
            given[i] = first < 0 ? (value & Integer.MAX_VALUE) % codec.vocabularySize() : value;
            tokens.setToken(i, given[i]);
        }
        int taken;
        try (TokenEncoder encoder = codec.newEncoder()) {
            taken = encode(encoder, count, between, MOST_TOKENS, MOST_WINDOW);
        }
        int[] whole = Arrays.copyOf(encoded, encodedLength);
        TokenEncoder encoder = used.get(number);
        encoder.reset();
        int takenInPieces = encode(encoder, count, between, 1 + random.nextInt(5), 1 + random.nextInt(9));
        require(taken == takenInPieces, "whole " + taken + " were taken, in pieces " + takenInPieces);
        require(Arrays.equals(whole, 0, whole.length, encoded, 0, encodedLength), "other IDs in pieces");
        require(Arrays.equals(codec.decode(whole), Arrays.copyOf(given, taken)), "other tokens come back");
        tokens.requireCanaries(0, MOST_TOKENS);
        ids.requireCanaries(0, MOST_WINDOW);
        return taken == count ? "encoded" : "refused";
    }

    /** Encodes in windows of these sizes, up to what is refused; tokens that were taken. */
    private int encode(TokenEncoder encoder, int count, int between, int mostIn, int mostOut) {
        encodedLength = 0;
        int at = 0;
        while (at < count) {
            int flushAt = (int) Math.min(count, (at / between + 1L) * between);
            try {
                at += step(encoder, at, Math.min(mostIn, flushAt - at), mostOut);
            } catch (MalformedTokenStreamException refused) {
                require(refused.position() >= at && refused.position() < count, "position " + refused);
                end(encoder, mostOut);
                return (int) refused.position();
            }
            if (at == flushAt && at < count) {
                flush(encoder, mostOut);
            }
        }
        end(encoder, mostOut);
        return count;
    }

    private int step(TokenEncoder encoder, int at, int most, int mostOut) {
        TokenInput input = tokens.input(at, most);
        TokenOutput output = output(mostOut);
        try {
            encoder.transform(input, output);
        } finally {
            take(output);
        }
        require(input.position() > 0 || output.position() > 0, "no step");
        return (int) input.position();
    }

    private void flush(TokenEncoder encoder, int mostOut) {
        CoderStatus status;
        do {
            TokenOutput output = output(mostOut);
            status = encoder.flush(output);
            take(output);
            require(status == CoderStatus.NEEDS_INPUT || output.position() > 0, "a flush without a step");
        } while (status != CoderStatus.NEEDS_INPUT);
    }

    private void end(TokenEncoder encoder, int mostOut) {
        CoderStatus status;
        do {
            TokenOutput output = output(mostOut);
            status = encoder.finish(output);
            take(output);
            require(status == CoderStatus.DONE || output.position() > 0, "an end without a step");
        } while (status != CoderStatus.DONE);
    }

    private TokenOutput output(int mostOut) {
        return ids.output(0, mostOut);
    }

    private void take(TokenOutput output) {
        for (int i = 0; i < output.position(); i++) {
            require(encodedLength < encoded.length, "more IDs than there may be of so many tokens");
            encoded[encodedLength++] = ids.token(i);
        }
    }
}
