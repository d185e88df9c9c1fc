package io.tokenlz.metatokens;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tokenlz.core.ArrayTokenInput;
import io.tokenlz.core.ArrayTokenOutput;
import io.tokenlz.core.CoderStatus;
import io.tokenlz.core.TokenCoder;
import io.tokenlz.core.TokenDecoder;
import io.tokenlz.core.TokenEncoder;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All memory is allocated when a coder is made, which says how much; streams one after the other take no more. */
class MetaTokenAllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int VOCABULARY = 200_019;

    static Stream<MetaTokenConfig> configs() {
        MetaTokenDictionary dictionary = MetaTokenDictionary.of(
                VOCABULARY,
                1,
                new byte[0],
                IntStream.range(0, 90)
                        .mapToObj(i -> new int[] {i, i + 1, i + 2})
                        .toArray(int[][]::new));
        Stream<MetaTokenConfig> written = Stream.of(MetaTokenForm.FLAT, MetaTokenForm.NESTED)
                .flatMap(form -> Arrays.stream(MetaTokenEffort.values())
                        .map(effort -> MetaTokenConfig.builder(VOCABULARY)
                                .form(form)
                                .effort(effort)
                                .protect(7, 9)
                                .shuffled(5)
                                .build()));
        return Stream.concat(
                written,
                Stream.of(MetaTokenConfig.builder(VOCABULARY)
                        .dictionary(dictionary)
                        .build()));
    }

    /** Two windows and a half, with phrases that come again and words in between. */
    private static int[] tokens() {
        Random random = new Random(2);
        int[] tokens = new int[20_000];
        for (int at = 0; at < tokens.length; ) {
            int first = random.nextInt(100);
            int length = Math.min(2 + first % 17, tokens.length - at);
            for (int i = 0; i < length; i++) {
                tokens[at++] = i == length - 1 ? random.nextInt(VOCABULARY) : (first + i) % 100;
            }
        }
        return tokens;
    }

    @ParameterizedTest
    @MethodSource("configs")
    void nothingIsAllocatedInSteadyState(MetaTokenConfig config) {
        int[] tokens = tokens();
        int[] encoded = new int[tokens.length];
        int[] back = new int[tokens.length];
        ArrayTokenInput input = new ArrayTokenInput();
        ArrayTokenOutput output = new ArrayTokenOutput();
        MetaTokenCodec codec = new MetaTokenCodec(config);
        try (TokenEncoder encoder = codec.newEncoder();
                TokenDecoder decoder = codec.newDecoder()) {
            // what a call allocates shows in every round; what the JVM itself does on this thread, in few of them
            long allocated = Long.MAX_VALUE;
            for (int round = 0; round < 10 && allocated > 0; round++) {
                long before = THREADS.getCurrentThreadAllocatedBytes();
                int length = code(encoder, input.wrap(tokens), output.wrap(encoded));
                code(decoder, input.wrap(encoded, 0, length), output.wrap(back));
                allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
                assertThat(length).isLessThan(tokens.length);
                assertThat(back).isEqualTo(tokens);
            }
            assertThat(allocated).isZero();
        }
    }

    private static int code(TokenCoder coder, ArrayTokenInput input, ArrayTokenOutput output) {
        coder.reset();
        coder.transform(input, output);
        if (coder.finish(output) != CoderStatus.DONE) {
            throw new IllegalStateException("the stream found no room");
        }
        return (int) output.position();
    }

    /** But for the heads of some dozens of arrays and objects. */
    @ParameterizedTest
    @MethodSource("configs")
    void aCoderSaysWhatItAllocates(MetaTokenConfig config) {
        MetaTokenCodec codec = new MetaTokenCodec(config);
        codec.newEncoder().close(); // what is made once for all coders
        long start = THREADS.getCurrentThreadAllocatedBytes();
        TokenEncoder encoder = codec.newEncoder();
        long forEncoder = THREADS.getCurrentThreadAllocatedBytes() - start;
        start = THREADS.getCurrentThreadAllocatedBytes();
        TokenDecoder decoder = codec.newDecoder();
        long forDecoder = THREADS.getCurrentThreadAllocatedBytes() - start;
        assertThat(forEncoder - encoder.stateBytes()).isBetween(0L, 8192L);
        assertThat(forDecoder - decoder.stateBytes()).isBetween(0L, 8192L);
    }
}
