package io.tokenlz.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.tokenlz.core.ArrayTokenInput;
import io.tokenlz.core.ArrayTokenOutput;
import io.tokenlz.core.CoderStatus;
import io.tokenlz.core.MalformedTokenStreamException;
import io.tokenlz.core.TokenCoder;
import io.tokenlz.core.TokenDecoder;
import io.tokenlz.core.TokenEncoder;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * How a coder behaves, whatever it codes: what it refuses, the memory that it takes, bounds, and the order of calls.
 *
 * <p>A codec's author can't get ranges of arrays wrong: windows check them when they are wrapped ({@code IndexOutOfBoundsException},
 * tested in codec-core), coders are the library's, and {@link Windows} sees a kernel that leaves what it was given. What a codec can
 * override, and so break, is the bound of {@link io.tokenlz.core.TokenCodec#decode(int[], int)}.
 */
abstract class TokenCoderContract {
    /** What a codec may be called: lower case, words joined by hyphens. */
    private static final String NAME = "[a-z0-9]+(-[a-z0-9]+)*";

    private static final int WARM_UPS = 20;
    private static final int ROUNDS = 20;

    /** Less than one small array for each call. */
    private static final long MOST_ALLOCATED_BYTES = 512;

    TokenCoderContract() {}

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

    @Property
    void aDecoderRefusesWhatIsNotOfItsVocabulary(
            @ForAll("cases") CodecCase that, @ForAll @IntRange(max = 60) int at, @ForAll("sizes") List<Integer> sizes) {
        int[] encoded = that.codec().encode(that.tokens());
        int position = Math.min(at, encoded.length);
        long bound = that.codec().encodedVocabularySize();
        for (int alien : new int[] {-1, Integer.MIN_VALUE, (int) Math.min(bound, 1L << 31)}) {
            int[] stream = Arrays.copyOf(encoded, encoded.length + 1);
            System.arraycopy(encoded, position, stream, position + 1, encoded.length - position);
            stream[position] = alien;
            Windows before = Windows.whole();
            before.transform(that.codec().newDecoder(), stream, 0, position);
            assertThat(outcome(that.codec().newDecoder(), stream, new Windows(sizes, sizes, 0)))
                    .isEqualTo(new Outcome(TokenArbitraries.boxed(before.collected()), position));
        }
    }

    @Property(tries = 20)
    void aCodecSaysWhatItIs(@ForAll("cases") CodecCase that) {
        assertThat(that.codec().name()).matches(NAME);
        assertThat(that.codec().vocabularySize()).isPositive();
        assertThat(that.codec().encodedVocabularySize())
                .isBetween((long) that.codec().vocabularySize(), 1L << 31);
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

    /** Once a coder has seen as many tokens as come, it needs no more memory. */
    @Property(tries = 15)
    void codingAllocatesNothing(@ForAll("cases") CodecCase that) {
        int[] encoded = that.codec().encode(that.tokens());
        assertThat(leastAllocated(that.codec().newEncoder(), that.tokens())).isLessThan(MOST_ALLOCATED_BYTES);
        assertThat(leastAllocated(that.codec().newDecoder(), encoded)).isLessThan(MOST_ALLOCATED_BYTES);
    }

    private static long leastAllocated(TokenCoder coder, int[] tokens) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        ArrayTokenInput input = new ArrayTokenInput();
        ArrayTokenOutput output = new ArrayTokenOutput();
        int[] room = new int[64];
        long least = Long.MAX_VALUE;
        for (int round = 0; round < WARM_UPS + ROUNDS; round++) {
            coder.reset();
            input.wrap(tokens);
            long before = threads.getCurrentThreadAllocatedBytes();
            while (coder.transform(input, output.wrap(room)) == CoderStatus.NEEDS_OUTPUT) {
                output.wrap(room);
            }
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            least = round < WARM_UPS ? least : Math.min(least, allocated);
        }
        return least;
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

    /** No more comes out than was asked for, whatever the stream is: else a few tokens could fill the memory. */
    @Property(tries = 200)
    void decodingStopsAtItsBound(@ForAll("cases") CodecCase that) {
        int[] encoded = that.codec().encode(that.tokens());
        int[] before = encoded.clone();
        int length = that.tokens().length;
        assertThat(that.codec().decode(encoded, length)).isEqualTo(that.tokens());
        for (int bound : new int[] {0, length / 2, length - 1}) {
            if (bound >= 0 && bound < length) {
                assertThatThrownBy(() -> that.codec().decode(encoded, bound))
                        .as("%s tokens, of which %s are allowed", length, bound)
                        .isInstanceOf(MalformedTokenStreamException.class);
            }
        }
        for (int bound : new int[] {-1, Integer.MIN_VALUE}) {
            assertThatThrownBy(() -> that.codec().decode(encoded, bound)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(encoded).as("the input, afterwards").isEqualTo(before);
    }

    static int[] drive(TokenCoder coder, int[] tokens, Windows windows) {
        windows.transform(coder, tokens, 0, tokens.length);
        windows.finish(coder);
        return windows.collected();
    }

    /** What came out, and where the stream was refused, or −1. */
    record Outcome(List<Integer> tokens, long position) {}

    static Outcome outcome(TokenCoder coder, int[] stream, Windows windows) {
        try {
            drive(coder, stream, windows);
            return new Outcome(TokenArbitraries.boxed(windows.collected()), -1);
        } catch (MalformedTokenStreamException malformed) {
            windows.salvage();
            assertThat(coder.totalConsumed()).isEqualTo(malformed.position());
            return new Outcome(TokenArbitraries.boxed(windows.collected()), malformed.position());
        }
    }
}
