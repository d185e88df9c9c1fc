package io.tokenlz.frames;

import static io.tokenlz.frames.ReaderCheck.allocated;
import static io.tokenlz.frames.ReaderCheck.require;
import static io.tokenlz.frames.ReaderCheck.requireMemory;

import io.tokenlz.core.CoderStatus;
import io.tokenlz.core.MalformedTokenStreamException;
import io.tokenlz.core.TokenCodec;
import io.tokenlz.core.TokenDecoder;
import io.tokenlz.core.TokenInput;
import io.tokenlz.core.TokenMemory;
import io.tokenlz.core.TokenOutput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * Decodes whatever it is given as IDs of a codec, which no frame stands before: once whole with a new decoder and once in pieces
 * with one that has failed before. Nothing but a {@link MalformedTokenStreamException} may come out. An input is the codec's
 * number in a byte and little-endian IDs.
 */
public final class DecoderCheck implements FuzzRun.Check {
    /** Where IDs and tokens lie; what is in a mapped file is read like what is in other native memory. */
    public static final List<TokenMemory.Kind> KINDS = List.of(
            TokenMemory.Kind.ARRAY,
            TokenMemory.Kind.AGRONA_DIRECT,
            TokenMemory.Kind.CHRONICLE_HEAP,
            TokenMemory.Kind.CHRONICLE_NATIVE);

    static final int MOST_IDS = 400;
    private static final int MOST_WINDOW = 1024;

    /** Those of an input that are more are not tried. */
    private static final int IDS_ROOM = 1 << 13;

    /** A decoder allocates what it holds when it is made, and nothing later but an exception; the JVM, what text takes. */
    private static final long ALLOCATED_ANYWAY = 1 << 20;

    private final List<TokenCodec> codecs;
    private final List<TokenDecoder> used;
    private final TokenMemory ids;
    private final TokenMemory tokens;

    /**
     * Makes a check.
     *
     * @param codecs what decoders are tried of
     * @param kind where IDs and tokens lie; not in a file
     */
    public DecoderCheck(List<? extends TokenCodec> codecs, TokenMemory.Kind kind) {
        this.codecs = List.copyOf(codecs);
        this.used = this.codecs.stream().map(TokenCodec::newDecoder).toList();
        this.ids = kind.allocate(IDS_ROOM, Path.of(""));
        this.tokens = kind.allocate(MOST_WINDOW, Path.of(""));
    }

    /**
     * Makes IDs of codecs, most of them with changes.
     *
     * @param codecs those of the check
     * @return a source of inputs
     */
    public static Function<Random, byte[]> inputs(List<? extends TokenCodec> codecs) {
        return random -> input(codecs, random);
    }

    private static byte[] input(List<? extends TokenCodec> codecs, Random random) {
        int number = random.nextInt(codecs.size());
        TokenCodec codec = codecs.get(number);
        int[] tokens = SeedStreams.tokens(random, 1 + codec.vocabularySize() / 2, random.nextInt(MOST_IDS));
        int[] ids = codec.encode(tokens);
        int limit = (int) Math.min(Integer.MAX_VALUE, codec.encodedVocabularySize());
        for (int left = ids.length == 0 ? 0 : random.nextInt(5); left > 0; left--) {
            int at = random.nextInt(ids.length);
            int other = random.nextInt(ids.length);
            int count = Math.min(random.nextInt(20), ids.length - Math.max(at, other));
            switch (random.nextInt(6)) {
                case 0 -> ids[at] = random.nextInt(limit);
                case 1 -> ids[at] = Math.max(0, limit - 1 - random.nextInt(100));
                case 2 -> ids[at] += random.nextInt(5) - 2;
                case 3 -> ids[at] = random.nextInt();
                case 4 -> ids[at] = ids[other];
                default -> System.arraycopy(ids.clone(), at, ids, other, count);
            }
        }
        ByteBuffer bytes = ByteBuffer.allocate(1 + ids.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte) number).asIntBuffer().put(ids);
        return bytes.array();
    }

    @Override
    public String check(byte[] bytes, Random random) {
        int number = bytes.length == 0 ? 0 : (bytes[0] & 0xFF) % codecs.size();
        int count = Math.min(IDS_ROOM, Math.max(0, bytes.length - 1) / Integer.BYTES);
        for (int i = 0; i < count; i++) {
            ids.setToken(i, (int) ByteSink.INTS.get(bytes, 1 + i * Integer.BYTES));
        }
        String whole;
        try (TokenDecoder decoder = codecs.get(number).newDecoder()) {
            long before = allocated();
            whole = decode(decoder, count, MOST_IDS, MOST_WINDOW, 0);
            requireMemory(allocated() - before, ALLOCATED_ANYWAY);
        }
        TokenDecoder decoder = used.get(number);
        decoder.reset();
        String inPieces = decode(decoder, count, 1 + random.nextInt(5), 1 + random.nextInt(9), -1);
        require(whole.equals(inPieces), "whole " + whole + ", in pieces " + inPieces);
        tokens.requireCanaries(0, MOST_WINDOW);
        return whole.endsWith("decoded")
                ? "decoded"
                : whole.replaceAll(".*: ", "").replaceAll("[0-9]+", "#");
    }

    /** Decodes in windows of these sizes; all that came of it. */
    private String decode(TokenDecoder decoder, int count, int mostIn, int mostOut, int filling) {
        long written = 0;
        int hash = 0;
        int at = 0;
        String failure = "decoded";
        boolean ended = false;
        while (!ended) {
            for (int i = 0; i < mostOut; i++) {
                tokens.setToken(i, filling);
            }
            TokenInput input = ids.input(at, Math.min(mostIn, count - at));
            TokenOutput output = tokens.output(0, mostOut);
            try {
                CoderStatus status = decoder.transform(input, output);
                at += (int) input.position();
                if (status == CoderStatus.NEEDS_INPUT && at == count) {
                    ended = decoder.finish(output) == CoderStatus.DONE;
                }
                require(ended || input.position() > 0 || output.position() > 0, "no step");
            } catch (MalformedTokenStreamException malformed) {
                require(malformed.position() >= 0 && malformed.position() <= count, "position " + malformed);
                failure = malformed.position() + ": " + malformed.expected();
                ended = true;
            }
            for (int i = 0; i < output.position(); i++) {
                hash = 31 * hash + tokens.token(i);
            }
            for (int i = (int) output.position(); i < mostOut; i++) {
                require(tokens.token(i) == filling, "written behind the output's position");
            }
            written += output.position();
        }
        return written + " " + hash + " " + failure;
    }
}
