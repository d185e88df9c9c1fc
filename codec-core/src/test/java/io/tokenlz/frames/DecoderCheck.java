package io.tokenlz.frames;

import static io.tokenlz.frames.ReaderCheck.allocated;
import static io.tokenlz.frames.ReaderCheck.require;
import static io.tokenlz.frames.ReaderCheck.requireMemory;

import io.tokenlz.core.ArrayTokenInput;
import io.tokenlz.core.ArrayTokenOutput;
import io.tokenlz.core.CoderStatus;
import io.tokenlz.core.MalformedTokenStreamException;
import io.tokenlz.core.TokenCodec;
import io.tokenlz.core.TokenDecoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Decodes whatever it is given as IDs of a codec, which no frame stands before: once whole with a new decoder and once in pieces
 * with one that has failed before. Nothing but a {@link MalformedTokenStreamException} may come out. An input is the codec's
 * number in a byte and little-endian IDs.
 */
public final class DecoderCheck implements FuzzRun.Check {
    private static final int MOST_IDS = 400;
    private static final int MOST_WINDOW = 1024;

    /** A decoder allocates what it holds when it is made, and nothing later but an exception; the JVM, what text takes. */
    private static final long ALLOCATED_ANYWAY = 1 << 20;

    private final List<TokenCodec> codecs;
    private final List<TokenDecoder> used;
    private final int[] target = new int[MOST_WINDOW];
    private final ArrayTokenInput input = new ArrayTokenInput();
    private final ArrayTokenOutput output = new ArrayTokenOutput();

    /**
     * Makes a check.
     *
     * @param codecs what decoders are tried of
     */
    public DecoderCheck(List<? extends TokenCodec> codecs) {
        this.codecs = List.copyOf(codecs);
        this.used = this.codecs.stream().map(TokenCodec::newDecoder).toList();
    }

    /**
     * Makes IDs of one of the codecs, most of them with changes.
     *
     * @param random decides all
     * @return an input
     */
    public byte[] input(Random random) {
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
        int[] ids = new int[Math.max(0, bytes.length - 1) / Integer.BYTES];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = (int) ByteSink.INTS.get(bytes, 1 + i * Integer.BYTES);
        }
        String whole;
        try (TokenDecoder decoder = codecs.get(number).newDecoder()) {
            long before = allocated();
            whole = decode(decoder, ids, MOST_IDS, MOST_WINDOW, 0);
            requireMemory(allocated() - before, ALLOCATED_ANYWAY);
        }
        TokenDecoder decoder = used.get(number);
        decoder.reset();
        String inPieces = decode(decoder, ids, 1 + random.nextInt(5), 1 + random.nextInt(9), -1);
        require(whole.equals(inPieces), "whole " + whole + ", in pieces " + inPieces);
        return whole.endsWith("decoded")
                ? "decoded"
                : whole.replaceAll(".*: ", "").replaceAll("[0-9]+", "#");
    }

    /** Decodes in windows of these sizes; all that came of it. */
    private String decode(TokenDecoder decoder, int[] ids, int mostIn, int mostOut, int filling) {
        long tokens = 0;
        int hash = 0;
        int at = 0;
        String failure = "decoded";
        boolean ended = false;
        while (!ended) {
            int count = Math.min(mostIn, ids.length - at);
            Arrays.fill(target, filling);
            output.wrap(target, 0, mostOut);
            input.wrap(ids, at, count);
            try {
                CoderStatus status = decoder.transform(input, output);
                at += (int) input.position();
                if (status == CoderStatus.NEEDS_INPUT && at == ids.length) {
                    ended = decoder.finish(output) == CoderStatus.DONE;
                }
                require(ended || input.position() > 0 || output.position() > 0, "no step");
            } catch (MalformedTokenStreamException malformed) {
                require(malformed.position() >= 0 && malformed.position() <= ids.length, "position " + malformed);
                failure = malformed.position() + ": " + malformed.expected();
                ended = true;
            }
            for (int i = 0; i < output.position(); i++) {
                hash = 31 * hash + target[i];
            }
            for (int i = (int) output.position(); i < mostOut; i++) {
                require(target[i] == filling, "written behind the output's position");
            }
            tokens += output.position();
        }
        return tokens + " " + hash + " " + failure;
    }
}
