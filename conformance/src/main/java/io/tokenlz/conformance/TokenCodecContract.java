package io.tokenlz.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenlz.core.ArrayTokenInput;
import io.tokenlz.core.ArrayTokenOutput;
import io.tokenlz.core.CoderStatus;
import io.tokenlz.core.MalformedTokenStreamException;
import io.tokenlz.core.TokenCodec;
import io.tokenlz.core.TokenCoder;
import io.tokenlz.core.TokenDecoder;
import io.tokenlz.core.TokenEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/**
 * What every token codec must do. A codec's test is a class that extends this one and says in {@link #cases()} how to
 * make it.
 */
public abstract class TokenCodecContract {
    private static final int[] NOTHING = {};

    /** For subclasses. */
    protected TokenCodecContract() {}

    /**
     * Configured codecs, each with tokens that fit it.
     *
     * @return a generator of configuration and tokens together
     */
    @Provide
    protected abstract Arbitrary<CodecCase> cases();

    /** Sizes of windows: down to a single token, an empty window now and then, never only empty ones. */
    @Provide
    Arbitrary<List<Integer>> sizes() {
        return Arbitraries.integers()
                .between(0, 9)
                .list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .filter(sizes -> sizes.stream().anyMatch(size -> size > 0));
    }

    @Property
    void whatComesOutIsWhatWentIn(@ForAll("cases") CodecCase that) {
        int[] tokens = that.tokens().clone();
        int[] encoded = that.codec().encode(tokens);
        assertThat(tokens).as("the input, afterwards").isEqualTo(that.tokens());
        int[] encodedBefore = encoded.clone();
        assertThat(that.codec().decode(encoded)).isEqualTo(that.tokens());
        assertThat(encoded).as("the decoder's input, afterwards").isEqualTo(encodedBefore);
        for (int id : encoded) {
            assertThat((long) id).isBetween(0L, that.codec().encodedVocabularySize() - 1);
        }
    }

    @Property
    void splittingNeverChangesWhatComesOut(
            @ForAll("cases") CodecCase that,
            @ForAll("sizes") List<Integer> inputSizes,
            @ForAll("sizes") List<Integer> outputSizes) {
        TokenCodec codec = that.codec();
        int[] encoded = codec.encode(that.tokens());
        // two patterns under the output: what differs was not written
        for (int fill : new int[] {0, -1}) {
            assertThat(drive(codec.newEncoder(), that.tokens(), new Windows(inputSizes, outputSizes, fill)))
                    .isEqualTo(encoded);
            assertThat(drive(codec.newDecoder(), encoded, new Windows(inputSizes, outputSizes, fill)))
                    .isEqualTo(that.tokens());
        }
    }

    @Property
    void oneTokenAtATimeIsTheSame(@ForAll("cases") CodecCase that) {
        splittingNeverChangesWhatComesOut(that, List.of(1), List.of(1));
    }

    @Property
    void allThatWasFlushedCanBeDecoded(
            @ForAll("cases") CodecCase that,
            @ForAll @Size(max = 12) List<@IntRange(max = 400) Integer> flushes,
            @ForAll("sizes") List<Integer> sizes) {
        TokenEncoder encoder = that.codec().newEncoder();
        Windows encoding = new Windows(sizes, sizes, -1);
        TokenDecoder decoder = that.codec().newDecoder();
        Windows decoding = new Windows(sizes, sizes, -1);
        int at = 0;
        int decodedFrom = 0;
        for (int flush : new TreeSet<>(flushes)) {
            int until = Math.min(flush, that.tokens().length);
            encoding.transform(encoder, that.tokens(), at, until);
            encoding.flush(encoder);
            decoding.transform(decoder, encoding.collected(), decodedFrom, encoding.collectedCount());
            assertThat(decoding.collected())
                    .as("decodable after a flush at " + until)
                    .isEqualTo(Arrays.copyOf(that.tokens(), until));
            at = until;
            decodedFrom = encoding.collectedCount();
        }
        encoding.transform(encoder, that.tokens(), at, that.tokens().length);
        encoding.finish(encoder);
        decoding.transform(decoder, encoding.collected(), decodedFrom, encoding.collectedCount());
        decoding.finish(decoder);
        assertThat(decoding.collected()).isEqualTo(that.tokens());
    }

    @Property
    void resetBeginsAnewWhateverWasBefore(
            @ForAll("cases") CodecCase that, @ForAll @IntRange(max = 60) int cut, @ForAll Before before) {
        TokenCodec codec = that.codec();
        int[] encoded = codec.encode(that.tokens());
        try (TokenEncoder encoder = codec.newEncoder();
                TokenDecoder decoder = codec.newDecoder()) {
            before.happensTo(encoder, that.tokens(), cut);
            before.happensTo(decoder, encoded, cut);
            encoder.reset();
            decoder.reset();
            assertThat(drive(encoder, that.tokens(), Windows.whole())).isEqualTo(encoded);
            assertThat(drive(decoder, encoded, Windows.whole())).isEqualTo(that.tokens());
            assertThat(encoder.totalConsumed()).isEqualTo(that.tokens().length);
            assertThat(encoder.totalProduced()).isEqualTo(encoded.length);
        }
    }

    /** What a coder went through before it was reset. */
    enum Before {
        SUCCESS,
        CUT_SHORT,
        FLUSHED_WITHOUT_ROOM,
        FAILURE;

        void happensTo(TokenCoder coder, int[] tokens, int cut) {
            Windows windows = new Windows(List.of(3), List.of(2), 0);
            int until = Math.min(cut, tokens.length);
            windows.transform(coder, tokens, 0, until);
            switch (this) {
                case SUCCESS -> {
                    windows.transform(coder, tokens, until, tokens.length);
                    windows.finish(coder);
                }
                case CUT_SHORT -> {}
                case FLUSHED_WITHOUT_ROOM -> coder.flush(new ArrayTokenOutput());
                case FAILURE ->
                    assertThatThrownBy(() -> windows.transform(coder, new int[] {-1}, 0, 1))
                            .isInstanceOf(MalformedTokenStreamException.class);
            }
        }
    }

    @Property
    void whatADecoderDoesNotRefuseItDecodesAlike(
            @ForAll("cases") CodecCase that, @ForAll Random random, @ForAll("sizes") List<Integer> sizes) {
        int[] stream = corrupted(that, random);
        Outcome whole = outcome(that.codec().newDecoder(), stream, Windows.whole());
        Outcome split = outcome(that.codec().newDecoder(), stream, new Windows(sizes, sizes, 7));
        assertThat(split).isEqualTo(whole);
        if (whole.position() >= 0) {
            assertThat(whole.position()).isLessThanOrEqualTo(stream.length);
            // what was written before the position is what the tokens before it stand for
            Windows prefix = Windows.whole();
            prefix.transform(that.codec().newDecoder(), stream, 0, (int) whole.position());
            assertThat(whole.tokens()).isEqualTo(boxed(prefix.collected()));
        }
    }

    @Property
    void aStreamCutShortGivesAPrefixOrIsRefusedAtItsEnd(
            @ForAll("cases") CodecCase that, @ForAll @IntRange(max = 400) int cut) {
        int[] encoded = that.codec().encode(that.tokens());
        int[] prefix = Arrays.copyOf(encoded, Math.min(cut, encoded.length));
        Outcome outcome = outcome(that.codec().newDecoder(), prefix, Windows.whole());
        assertThat(outcome.position()).isIn(-1L, (long) prefix.length);
        int length = Math.min(outcome.tokens().size(), that.tokens().length);
        assertThat(outcome.tokens()).isEqualTo(boxed(that.tokens()).subList(0, length));
    }

    @Property
    void anEncoderRefusesWhatIsNotOfItsVocabulary(
            @ForAll("cases") CodecCase that, @ForAll @IntRange(max = 60) int at, @ForAll("sizes") List<Integer> sizes) {
        int position = Math.min(at, that.tokens().length);
        for (int alien : new int[] {-1, Integer.MIN_VALUE, that.codec().vocabularySize(), Integer.MAX_VALUE}) {
            int[] tokens = Arrays.copyOf(that.tokens(), that.tokens().length + 1);
            System.arraycopy(that.tokens(), position, tokens, position + 1, that.tokens().length - position);
            tokens[position] = alien;
            TokenEncoder encoder = that.codec().newEncoder();
            Windows windows = new Windows(sizes, sizes, 0);
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThatThrownBy(
                                () -> windows.transform(encoder, tokens, (int) encoder.totalConsumed(), tokens.length))
                        .isInstanceOfSatisfying(
                                MalformedTokenStreamException.class,
                                malformed -> assertThat(malformed.position()).isEqualTo(position));
                windows.salvage();
            }
            // unharmed: it goes on behind the alien as if that had not been there
            windows.transform(encoder, tokens, position + 1, tokens.length);
            windows.finish(encoder);
            assertThat(windows.collected()).isEqualTo(that.codec().encode(that.tokens()));
        }
    }

    @Property(tries = 100)
    void memoryIsFixedWhenACoderIsMade(@ForAll("cases") CodecCase that) {
        try (TokenEncoder encoder = that.codec().newEncoder();
                TokenDecoder decoder = that.codec().newDecoder()) {
            long encoderBytes = encoder.stateBytes();
            long decoderBytes = decoder.stateBytes();
            assertThat(encoderBytes).isNotNegative();
            assertThat(decoderBytes).isNotNegative();
            int[] encoded = drive(encoder, that.tokens(), Windows.whole());
            drive(decoder, encoded, Windows.whole());
            assertThat(encoder.stateBytes()).isEqualTo(encoderBytes);
            assertThat(decoder.stateBytes()).isEqualTo(decoderBytes);
        }
    }

    @Property(tries = 100)
    void misuseIsToldApartFromMalformedInput(@ForAll("cases") CodecCase that) {
        for (TokenCoder coder : List.of(that.codec().newEncoder(), that.codec().newDecoder())) {
            ArrayTokenInput input = new ArrayTokenInput();
            ArrayTokenOutput output = new ArrayTokenOutput();
            assertThat(coder.finish(output)).isEqualTo(CoderStatus.DONE);
            assertThat(coder.finish(output)).isEqualTo(CoderStatus.DONE);
            assertThatThrownBy(() -> coder.transform(input, output)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> coder.flush(output)).isInstanceOf(IllegalStateException.class);
            coder.reset();
            assertThatThrownBy(() -> coder.transform(input.wrap(new int[] {-1}), output.wrap(new int[1])))
                    .isInstanceOf(MalformedTokenStreamException.class);
            if (coder instanceof TokenDecoder) {
                assertThatThrownBy(() -> coder.transform(input, output)).isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(() -> coder.flush(output)).isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(() -> coder.finish(output)).isInstanceOf(IllegalStateException.class);
            }
            coder.reset();
            int[] shared = new int[4];
            assertThatThrownBy(() -> coder.transform(input.wrap(shared, 0, 3), output.wrap(shared, 2, 2)))
                    .isInstanceOf(IllegalArgumentException.class);
            coder.close();
            coder.close();
            assertThatThrownBy(() -> coder.transform(input, output)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> coder.flush(output)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> coder.finish(output)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(coder::reset).isInstanceOf(IllegalStateException.class);
        }
    }

    private static int[] drive(TokenCoder coder, int[] tokens, Windows windows) {
        windows.transform(coder, tokens, 0, tokens.length);
        windows.finish(coder);
        return windows.collected();
    }

    /** What came out, and where the stream was refused, or −1. */
    private record Outcome(List<Integer> tokens, long position) {}

    private static Outcome outcome(TokenCoder coder, int[] stream, Windows windows) {
        try {
            drive(coder, stream, windows);
            return new Outcome(boxed(windows.collected()), -1);
        } catch (MalformedTokenStreamException malformed) {
            windows.salvage();
            assertThat(coder.totalConsumed()).isEqualTo(malformed.position());
            return new Outcome(boxed(windows.collected()), malformed.position());
        }
    }

    /** An encoded stream with a few tokens changed, dropped, doubled or swapped, or tokens that never were a stream. */
    private static int[] corrupted(CodecCase that, Random random) {
        List<Integer> stream = boxed(that.codec().encode(random.nextInt(4) == 0 ? NOTHING : that.tokens()));
        long bound = Math.min(that.codec().encodedVocabularySize() + 2, Integer.MAX_VALUE);
        int changes = stream.isEmpty() ? 30 : 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(stream.size() + 1);
            int any = random.nextInt((int) bound);
            if (at == stream.size() || random.nextInt(3) == 0) {
                stream.add(at, any);
            } else if (random.nextInt(3) == 0) {
                stream.remove(at);
            } else if (random.nextBoolean()) {
                stream.set(at, any);
            } else {
                stream.set(at, stream.get(random.nextInt(stream.size())));
            }
        }
        return stream.stream().mapToInt(Integer::intValue).toArray();
    }

    private static List<Integer> boxed(int[] tokens) {
        List<Integer> list = new ArrayList<>(tokens.length);
        for (int token : tokens) {
            list.add(token);
        }
        return list;
    }
}
