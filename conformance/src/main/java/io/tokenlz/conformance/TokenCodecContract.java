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
import io.tokenlz.core.TokenInput;
import io.tokenlz.core.TokenOutput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * What every token codec must do. A codec's test is a class that extends this one and says in {@link #cases()} how to
 * make it, and in {@link #oracle} what to compare it with.
 *
 * <p>Properties fail with the case that was made small, printed as a job (PROTOCOL.md) where the codec is one of this project's.
 */
public abstract class TokenCodecContract extends TokenCoderContract {
    private static final int[] NOTHING = {};

    /** So many places of a stream are tried one by one. */
    private static final int MOST_PLACES = 24;

    private static final int ROOM = 37;

    /** For subclasses. */
    protected TokenCodecContract() {}

    /**
     * A plain decoder of such streams, if there is one: then whatever a decoder gets is decoded, or refused at the same position.
     *
     * @param codec the codec of a case
     * @return a new oracle at the start of a stream; empty to leave that property out
     */
    protected Optional<StreamOracle> oracle(TokenCodec codec) {
        return Optional.empty();
    }

    /** Tokens up to the first flush, from there to the next one, and so on, over and over again. */
    @Provide
    Arbitrary<List<Integer>> flushDistances() {
        return Arbitraries.integers()
                .between(0, MOST_PLACES)
                .list()
                .ofMinSize(1)
                .ofMaxSize(8)
                .filter(distances -> distances.stream().anyMatch(distance -> distance > 0));
    }

    /** Damage to an encoded stream. */
    @Provide
    Arbitrary<List<StreamDamage>> damages() {
        return StreamDamage.any(1L << 31).list().ofMinSize(1).ofMaxSize(3);
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

    /** Both sides of each place where a stream can be cut in two, and room that ends there. */
    @Property(tries = 60)
    void everySplitIsTheSame(@ForAll("cases") CodecCase that) {
        int[] tokens = Arrays.copyOf(that.tokens(), Math.min(that.tokens().length, MOST_PLACES));
        int[] encoded = that.codec().encode(tokens);
        for (int place = 1; place <= MOST_PLACES; place++) {
            List<Integer> sizes = List.of(place, 1 << 10);
            assertThat(drive(that.codec().newEncoder(), tokens, new Windows(sizes, sizes, -1)))
                    .isEqualTo(encoded);
            assertThat(drive(that.codec().newDecoder(), encoded, new Windows(sizes, sizes, -1)))
                    .isEqualTo(tokens);
        }
    }

    /** A flush at any one place, and one behind every token. */
    @Property(tries = 60)
    void everyFlushPositionIsDecodable(@ForAll("cases") CodecCase that) {
        int[] tokens = Arrays.copyOf(that.tokens(), Math.min(that.tokens().length, MOST_PLACES));
        CodecCase start = new CodecCase(that.codec(), tokens);
        for (int place = 0; place <= tokens.length; place++) {
            allThatWasFlushedCanBeDecoded(start, List.of(place, tokens.length + 1), List.of(1 << 10));
        }
        allThatWasFlushedCanBeDecoded(start, List.of(0, 1), List.of(1));
    }

    @Property(tries = 100)
    void everyKindOfMemoryIsTheSame(@ForAll("cases") CodecCase that) {
        int[] encoded = that.codec().encode(that.tokens());
        for (MemoryKind kind : MemoryKind.values()) {
            if (kind.isUsable()) {
                assertThat(through(kind, that.codec().newEncoder(), that.tokens()))
                        .isEqualTo(encoded);
                assertThat(through(kind, that.codec().newDecoder(), encoded)).isEqualTo(that.tokens());
            }
        }
    }

    private static int[] through(MemoryKind kind, TokenCoder coder, int[] tokens) {
        int[] collected = new int[0];
        try (MemoryKind.Memory in = kind.allocate(tokens.length + 2);
                MemoryKind.Memory out = kind.allocate(ROOM + 2)) {
            for (int i = 0; i < tokens.length; i++) {
                in.setToken(1 + i, tokens[i]);
            }
            TokenInput input = in.input(1, tokens.length);
            CoderStatus status;
            do {
                TokenOutput output = out.output(1, ROOM);
                status = coder.transform(input, output);
                if (status == CoderStatus.NEEDS_INPUT) {
                    status = coder.finish(output);
                }
                int length = collected.length;
                collected = Arrays.copyOf(collected, length + (int) output.position());
                for (int i = length; i < collected.length; i++) {
                    collected[i] = out.token(1 + i - length);
                }
            } while (status == CoderStatus.NEEDS_OUTPUT && input.remaining() > 0);
            return status == CoderStatus.DONE ? collected : finished(coder, collected);
        }
    }

    private static int[] finished(TokenCoder coder, int[] collected) {
        Windows rest = Windows.whole();
        rest.finish(coder);
        int[] all = Arrays.copyOf(collected, collected.length + rest.collectedCount());
        System.arraycopy(rest.collected(), 0, all, collected.length, rest.collectedCount());
        return all;
    }

    @Property
    void theSameTokensGiveTheSameStream(@ForAll("cases") CodecCase that) {
        int[] encoded = that.codec().encode(that.tokens());
        try (TokenEncoder encoder = that.codec().newEncoder()) {
            assertThat(encoder.codeWhole(that.tokens(), Integer.MAX_VALUE)).isEqualTo(encoded);
            assertThat(encoder.codeWhole(that.tokens(), Integer.MAX_VALUE)).isEqualTo(encoded);
        }
    }

    /** Two streams at a time, token by token in turns. */
    @Property(tries = 200)
    void codersDoNotDisturbOneAnother(@ForAll("cases") CodecCase that) {
        int[] tokens = that.tokens();
        int[] backwards = IntStream.range(0, tokens.length)
                .map(i -> tokens[tokens.length - 1 - i])
                .toArray();
        int[] encoded = that.codec().encode(tokens);
        int[] otherEncoded = that.codec().encode(backwards);
        Windows first = Windows.whole();
        Windows second = Windows.whole();
        inTurns(that.codec().newEncoder(), tokens, first, that.codec().newEncoder(), backwards, second);
        assertThat(first.collected()).isEqualTo(encoded);
        assertThat(second.collected()).isEqualTo(otherEncoded);
        Windows third = Windows.whole();
        Windows fourth = Windows.whole();
        inTurns(that.codec().newDecoder(), encoded, third, that.codec().newDecoder(), otherEncoded, fourth);
        assertThat(third.collected()).isEqualTo(tokens);
        assertThat(fourth.collected()).isEqualTo(backwards);
    }

    private static void inTurns(
            TokenCoder coder,
            int[] tokens,
            Windows windows,
            TokenCoder other,
            int[] otherTokens,
            Windows otherWindows) {
        for (int i = 0; i < Math.max(tokens.length, otherTokens.length); i++) {
            windows.transform(coder, tokens, Math.min(i, tokens.length), Math.min(i + 1, tokens.length));
            otherWindows.transform(
                    other, otherTokens, Math.min(i, otherTokens.length), Math.min(i + 1, otherTokens.length));
        }
        windows.finish(coder);
        otherWindows.finish(other);
    }

    /** So often, since some mistakes show in one of a few hundred streams: a decoder of the other replay rule, for one. */
    @Property(tries = 4000)
    void allThatWasFlushedCanBeDecoded(
            @ForAll("cases") CodecCase that,
            @ForAll("flushDistances") List<Integer> distances,
            @ForAll("sizes") List<Integer> sizes) {
        TokenEncoder encoder = that.codec().newEncoder();
        Windows encoding = new Windows(sizes, sizes, -1);
        TokenDecoder decoder = that.codec().newDecoder();
        Windows decoding = new Windows(sizes, sizes, -1);
        int at = 0;
        int decodedFrom = 0;
        int until = distances.get(0);
        for (int flush = 1; until <= that.tokens().length; flush++) {
            encoding.transform(encoder, that.tokens(), at, until);
            encoding.flush(encoder);
            decoding.transform(decoder, encoding.collected(), decodedFrom, encoding.collectedCount());
            assertThat(decoding.collected())
                    .as("decodable after a flush at " + until)
                    .isEqualTo(Arrays.copyOf(that.tokens(), until));
            at = until;
            until += distances.get(flush % distances.size());
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
            @ForAll("cases") CodecCase that,
            @ForAll @IntRange(max = 60) int cut,
            @ForAll Before before,
            @ForAll("damages") List<StreamDamage> damages) {
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
            // what was before must not help a stream that is none by itself
            decoder.reset();
            before.happensTo(decoder, encoded, cut);
            decoder.reset();
            int[] damaged = damaged(that, damages);
            assertThat(outcome(decoder, damaged, Windows.whole()))
                    .isEqualTo(outcome(codec.newDecoder(), damaged, Windows.whole()));
        }
    }

    /** What a coder went through before it was reset. */
    enum Before {
        SUCCESS,
        CUT_SHORT,
        OUT_OF_ROOM,
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
                case OUT_OF_ROOM ->
                    coder.transform(
                            new ArrayTokenInput().wrap(tokens.clone(), until, tokens.length - until),
                            new ArrayTokenOutput().wrap(new int[1]));
                case FLUSHED_WITHOUT_ROOM -> coder.flush(new ArrayTokenOutput());
                case FAILURE ->
                    assertThatThrownBy(() -> windows.transform(coder, new int[] {-1}, 0, 1))
                            .isInstanceOf(MalformedTokenStreamException.class);
            }
        }
    }

    @Property
    void whatADecoderDoesNotRefuseItDecodesAlike(
            @ForAll("cases") CodecCase that,
            @ForAll("damages") List<StreamDamage> damages,
            @ForAll("sizes") List<Integer> sizes) {
        int[] stream = damaged(that, damages);
        Outcome whole = outcome(that.codec().newDecoder(), stream, Windows.whole());
        Outcome split = outcome(that.codec().newDecoder(), stream, new Windows(sizes, sizes, 7));
        assertThat(split).isEqualTo(whole);
        if (whole.position() >= 0) {
            assertThat(whole.position()).isLessThanOrEqualTo(stream.length);
            // what was written before the position is what the tokens before it stand for
            Windows prefix = Windows.whole();
            prefix.transform(that.codec().newDecoder(), stream, 0, (int) whole.position());
            assertThat(whole.tokens()).isEqualTo(TokenArbitraries.boxed(prefix.collected()));
            if (whole.position() < stream.length) {
                // and it is this token, not the next, that can't be taken
                int[] refused = Arrays.copyOf(stream, (int) whole.position() + 1);
                assertThat(outcome(that.codec().newDecoder(), refused, Windows.whole())
                                .position())
                        .isEqualTo(whole.position());
            }
        }
    }

    /** Damaged a little, or a lot that never was a stream. */
    private static int[] damaged(CodecCase that, List<StreamDamage> damages) {
        long bound = that.codec().encodedVocabularySize() + 2;
        int[] stream = damages.get(0).place() % 8 == 0 ? NOTHING : that.codec().encode(that.tokens());
        for (StreamDamage damage : damages) {
            stream = new StreamDamage(damage.kind(), damage.place(), (int) (damage.value() % bound)).damage(stream);
        }
        return stream;
    }

    @Property
    void whateverADecoderGetsItDoesAsTheOracleDoes(
            @ForAll("cases") CodecCase that, @ForAll("damages") List<StreamDamage> damages) {
        Optional<StreamOracle> oracle = oracle(that.codec());
        if (oracle.isPresent()) {
            int[] stream = damaged(that, damages);
            List<Integer> decoded = new ArrayList<>();
            int refused = oracle.get().decode(TokenArbitraries.boxed(stream), decoded);
            assertThat(outcome(that.codec().newDecoder(), stream, Windows.whole()))
                    .isEqualTo(new Outcome(decoded, refused));
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
        assertThat(outcome.tokens())
                .isEqualTo(TokenArbitraries.boxed(that.tokens()).subList(0, length));
    }
}
